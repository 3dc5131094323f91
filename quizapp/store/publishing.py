"""Makes the quizzes of a library the published ones and retires the rest; knows no file format."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.content.model import Library, Quiz
from quizapp.store.db import LOCK_WAIT, write
from quizapp.store.models import Publication
from quizapp.store.quizzes import Key, keep_revision, publication_key, serve
from quizapp.store.statements import insert


def publish(
    session: Session, library: Library, now: datetime, *, wait: float = LOCK_WAIT
) -> list[Key]:
    """Make the library's quizzes the published ones, in one write transaction if anything changed.

    A quiz whose file is broken keeps its last revision; one whose file is gone is retired, its
    revisions kept. Returns the keys (source, quiz, language) that changed. Waits `wait` seconds
    for other writers, then raises Busy.
    """
    known = {publication_key(row): row for row in session.scalars(select(Publication))}
    changed = [
        key
        for key, quiz in library.quizzes.items()
        if key not in known
        or known[key].retired_at is not None
        or (known[key].revision, known[key].path) != (quiz.revision, str(quiz.path))
    ]
    broken = {str(path) for path in library.broken_paths}
    gone = [
        key
        for key, row in known.items()
        if key not in library.quizzes and row.path not in broken and row.retired_at is None
    ]
    if changed or gone:
        with write(session, wait):
            for key in changed:
                _publish_quiz(session, library.quizzes[key], now)
            for key in gone:
                _retire(session, key, now)
    return changed + gone


def _publish_quiz(session: Session, quiz: Quiz, now: datetime) -> None:
    served = serve(quiz)
    keep_revision(session, served)
    values = {
        "path": str(quiz.path),
        "revision": served.revision,
        "published_at": now,
        "retired_at": None,
    }
    key = {"source_id": served.source_id, "quiz_id": served.id, "language": served.language}
    session.execute(
        insert(session, "publications")
        .values(**key, **values)
        .on_conflict_do_update(index_elements=list(key), set_=values)
    )


def _retire(session: Session, key: Key, now: datetime) -> None:
    session.execute(
        update(Publication)
        .where(
            Publication.source_id == key[0],
            Publication.quiz_id == key[1],
            Publication.language == key[2],
        )
        .values(retired_at=now)
    )
