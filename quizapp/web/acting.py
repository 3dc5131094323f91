"""What every change by teachers and authors has in common; knows no single one."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_login import current_user
from sqlalchemy.orm import Session

from quizapp.store import audit
from quizapp.store.db import db, write
from quizapp.store.sessions import check_signed_in
from quizapp.web.clock import now


@contextmanager
def acting(action: str, target: str | None = None, **detail: object) -> Iterator[Session]:
    """Run the block as one write transaction of the person signed in, with its audit row.

    Raises SignedOut when the session ended meanwhile; Busy or Unavailable as `write`.
    """
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        yield session
        audit.record(session, current_user.id, action, now(), target=target, detail=detail)
