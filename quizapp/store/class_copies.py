"""A class of a past year made anew: the same assignments on later dates, no people, a new code."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.store.assignments import Terms, assign, list_assignments
from quizapp.store.classes import create_class
from quizapp.store.models import SchoolClass

Shift = Callable[[datetime], datetime]


def copy_class(
    session: Session, class_id: int, name: str, *, teacher_id: int, shift: Shift, now: datetime
) -> int:
    """Make a class with the assignments of another one, their dates moved by `shift`.

    Inside a write transaction; returns the new class, which has the teacher alone, no learner and
    a code of its own. Assignments that were removed stay behind.
    """
    joining = session.scalar(select(SchoolClass.joining).where(SchoolClass.id == class_id))
    made = create_class(session, name, teacher_id, now)
    session.execute(update(SchoolClass).where(SchoolClass.id == made).values(joining=joining))
    for old in list_assignments(session, class_id):
        terms = Terms(
            feedback=old.feedback,
            language=old.language,
            opens_at=shift(old.opens_at) if old.opens_at else None,
            due_at=shift(old.due_at) if old.due_at else None,
            closes_at=shift(old.closes_at) if old.closes_at else None,
            attempts_limit=old.attempts_limit,
            excluded=tuple(old.excluded),
        )
        quiz = (old.source_id, old.quiz_id, old.title)
        assign(session, [made], quiz, terms, created_by=teacher_id, now=now)
    return made


def first_date(session: Session, class_id: int) -> datetime | None:
    """Return the earliest due date of a class's assignments, None where none has one."""
    dates = [each.due_at for each in list_assignments(session, class_id) if each.due_at]
    return min(dates, default=None)
