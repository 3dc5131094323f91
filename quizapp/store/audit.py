"""Keeps who did what to which object; knows no action by itself."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizapp.store.models import AuditEntry


def record(
    session: Session,
    account_id: int | None,
    action: str,
    now: datetime,
    *,
    target: str | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    """Add a row, in the transaction of the action itself. No secret, code or answer belongs in it.

    `action` is a word such as `class.create`, `target` the object as `class:12`.
    """
    session.execute(
        insert(AuditEntry).values(
            at=now, account_id=account_id, action=action, object=target, detail=detail or {}
        )
    )
