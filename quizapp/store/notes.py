"""What a teacher writes to one learner about one assignment; knows no page and no answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.store.models import LONGEST_NOTE, Assignment, Membership, Note, Role
from quizapp.store.statements import insert


@dataclass(frozen=True)
class Written:
    """A note as teacher and learner read it."""

    assignment_id: int
    text: str
    written_at: datetime


@dataclass(frozen=True)
class OwnNote:
    """A note as its learner reads it, with the title of the assignment."""

    assignment_id: int
    title: str
    text: str
    written_at: datetime


def write_note(
    session: Session,
    assignment_id: int,
    account_id: int,
    text: str,
    *,
    written_by: int,
    now: datetime,
) -> None:
    """Write a note in place of the one before; an empty text takes it away.

    Inside a write transaction. Raises ValueError for a text that is too long.
    """
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"a note has at most {LONGEST_NOTE} signs, not {len(text)}")
    if not text:
        session.execute(delete(Note).where(*_of(assignment_id, account_id)))
        return
    values = {"text": text, "written_by": written_by, "written_at": now}
    session.execute(
        insert(session, "notes")
        .values(assignment_id=assignment_id, account_id=account_id, **values)
        .on_conflict_do_update(index_elements=["assignment_id", "account_id"], set_=values)
    )


def find_note(session: Session, assignment_id: int, account_id: int) -> Written | None:
    """Return the note to a learner about an assignment."""
    row = session.execute(
        select(Note.assignment_id, Note.text, Note.written_at).where(
            *_of(assignment_id, account_id)
        )
    ).one_or_none()
    return None if row is None else Written(*row)


def list_class_notes(session: Session, class_id: int, account_id: int) -> dict[int, Written]:
    """Return the notes to a learner of a class, by assignment, removed ones left out."""
    rows = session.execute(
        select(Note.assignment_id, Note.text, Note.written_at)
        .join(Assignment, Assignment.id == Note.assignment_id)
        .where(
            Note.account_id == account_id,
            Assignment.class_id == class_id,
            Assignment.removed_at.is_(None),
        )
    )
    return {row.assignment_id: Written(*row) for row in rows}


def list_own_notes(session: Session, account_id: int) -> list[OwnNote]:
    """Return what a learner was written in the classes they are in, the latest first."""
    rows = session.execute(
        select(Note.assignment_id, Assignment.title, Note.text, Note.written_at)
        .join(Assignment, Assignment.id == Note.assignment_id)
        .join(Membership, Membership.class_id == Assignment.class_id)
        .where(
            Note.account_id == account_id,
            Assignment.removed_at.is_(None),
            Membership.account_id == account_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
        )
        .order_by(Note.written_at.desc(), Note.assignment_id)
    )
    return [OwnNote(*row) for row in rows]


def _of(assignment_id: int, account_id: int) -> tuple[Any, ...]:
    return (Note.assignment_id == assignment_id, Note.account_id == account_id)
