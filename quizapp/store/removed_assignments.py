"""Assignments that were taken away, and bringing them back; knows no answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.store.models import Assignment


def restore_assignment(session: Session, class_id: int, assignment_id: int) -> bool:
    """Bring back a removed assignment of this class; tell whether there was one."""
    result: Any = session.execute(
        update(Assignment)
        .where(
            Assignment.id == assignment_id,
            Assignment.class_id == class_id,
            Assignment.removed_at.is_not(None),
        )
        .values(removed_at=None)
    )
    return bool(result.rowcount)


def list_removed(session: Session, class_id: int) -> Sequence[Assignment]:
    """Return the assignments of a class that were removed, the last removed first."""
    return session.scalars(
        select(Assignment)
        .where(Assignment.class_id == class_id, Assignment.removed_at.is_not(None))
        .order_by(Assignment.removed_at.desc(), Assignment.id.desc())
    ).all()
