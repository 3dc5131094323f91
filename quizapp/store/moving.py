"""Moves a learner into another class with what they did there; knows no page.

Assignments belong to a class, so that results go along only where the new class was given the same
quiz and the learner has not begun it there. What finds no place stays with the old class, in none
of its figures, and counts again if the learner is taken back.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.store import set_asides
from quizapp.store.assignments import list_assignments
from quizapp.store.classes import join_class, remove_learner, set_label
from quizapp.store.models import (
    Assignment,
    Attempt,
    Cell,
    CellState,
    Extension,
    Membership,
    Note,
)
from quizapp.store.sessions import end_sessions


class Fate(StrEnum):
    """What becomes of a learner's work on one assignment."""

    GOES = "goes"
    NOT_ASSIGNED = "not_assigned"
    BEGUN_THERE = "begun_there"


@dataclass(frozen=True)
class Work:
    """A learner's work on an assignment of the class they leave, and where it goes."""

    assignment: Assignment
    finished: bool
    tries: int
    fate: Fate
    target: Assignment | None


def plan_move(session: Session, from_class: int, to_class: int, account_id: int) -> list[Work]:
    """Return what a learner has begun in one class, with what would become of it in the other."""
    cells = {cell.assignment_id: cell for cell in _cells(session, from_class, account_id)}
    begun_there = _begun(session, to_class, account_id)
    targets: dict[tuple[str, str], Assignment] = {}
    for each in list_assignments(session, to_class):
        targets.setdefault((each.source_id, each.quiz_id), each)
    works = []
    for old in list_assignments(session, from_class):
        cell = cells.get(old.id)
        if cell is None:
            continue
        target = targets.pop((old.source_id, old.quiz_id), None)
        fate = Fate.GOES
        if target is None:
            fate = Fate.NOT_ASSIGNED
        elif target.id in begun_there:
            fate = Fate.BEGUN_THERE
        works.append(Work(old, cell.state is CellState.FINISHED, cell.tries, fate, target))
    return works


def move_learner(
    session: Session, from_class: int, to_class: int, account_id: int, now: datetime
) -> list[Work]:
    """Make a learner of one class one of the other, as `plan_move` says; return what it said.

    Inside a write transaction. The account, its practice and its review stay as they are; what
    the class called the learner goes along unless the other class has a name for them; marks
    `late` stay, what does not count follows the new class; every session of the learner ends.
    Raises LookupError for who is no learner of the first class now.
    """
    old = _membership(session, from_class, account_id)
    if old is None or old.ended_at is not None:
        raise LookupError(account_id)
    works = plan_move(session, from_class, to_class, account_id)
    remove_learner(session, from_class, account_id, now)
    join_class(session, to_class, account_id, now)
    new = _membership(session, to_class, account_id)
    if new is not None and not new.label and old.label:
        set_label(session, to_class, account_id, old.label)
    for work in works:
        if work.fate is Fate.GOES and work.target is not None:
            _take_over(session, work.assignment, work.target, account_id)
    set_asides.follow(session, to_class)
    end_sessions(session, account_id, now)
    return works


def _take_over(session: Session, old: Assignment, new: Assignment, account_id: int) -> None:
    """Let attempts, cell, extension and note of one learner belong to another assignment."""
    for table in (Attempt, Cell, Extension, Note):
        there = (table.assignment_id == new.id, table.account_id == account_id)
        if session.scalar(select(func.count()).select_from(table).where(*there)):
            continue
        moved = update(table).where(table.assignment_id == old.id, table.account_id == account_id)
        values: dict[str, Any] = {"assignment_id": new.id}
        if table is Cell:
            values |= {"class_id": new.class_id, "version": Cell.version + 1}
        session.execute(moved.values(**values))


def _membership(session: Session, class_id: int, account_id: int) -> Membership | None:
    return session.scalar(
        select(Membership)
        .where(Membership.class_id == class_id, Membership.account_id == account_id)
        .execution_options(populate_existing=True)
    )


def _cells(session: Session, class_id: int, account_id: int) -> list[Cell]:
    statement = select(Cell).where(Cell.class_id == class_id, Cell.account_id == account_id)
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _begun(session: Session, class_id: int, account_id: int) -> set[int]:
    return {cell.assignment_id for cell in _cells(session, class_id, account_id)}
