"""Exercises that do not count in a class: the decision, and the scores that follow; no page.

Practice, other classes and the authors' figures never look at it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from quizapp.store.db import write
from quizapp.store.models import (
    LONGEST_REASON,
    Account,
    Assignment,
    Attempt,
    Response,
    SchoolClass,
    SetAside,
)
from quizapp.store.quizzes import load_quiz_revision
from quizapp.store.set_aside_scores import recount
from quizapp.store.statements import insert_ignoring, table

BATCH = 500
"""Attempts in one transaction."""

attempts = table("attempts")


@dataclass(frozen=True)
class AsideExercise:
    """An exercise that does not count in a class, why, and who decided so (None = gone)."""

    source_id: str
    exercise_id: str
    reason: str
    set_by: str | None
    set_at: datetime


@dataclass(frozen=True)
class Followed:
    """How far the scores follow: all of them when `is_done`.

    Of the attempts brought up by this call, how many are handed in, how many of those rose and
    fell, and their mean score (0–10,000) before and after; None without a score.
    """

    is_done: bool = True
    attempts: int = 0
    handed_in: int = 0
    higher: int = 0
    lower: int = 0
    mean_before: int | None = None
    mean_after: int | None = None

    def detail(self) -> dict[str, object]:
        """Return the figures for the audit."""
        return {
            "attempts": self.attempts,
            "handed_in": self.handed_in,
            "higher": self.higher,
            "lower": self.lower,
            "mean_before": self.mean_before,
            "mean_after": self.mean_after,
        }


def set_aside(
    session: Session,
    class_id: int,
    place: tuple[str, str],
    reason: str,
    *,
    set_by: int,
    now: datetime,
) -> bool:
    """Leave an exercise (source, id) out of a class's scores; tell whether it counted until now.

    Inside a write transaction that ends before `follow`: so an answer sees the decision at the
    latest when it has waited for the batch that changes its attempt. Raises ValueError for no
    reason, or one that is too long.
    """
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValueError(f"a reason has 1 to {LONGEST_REASON} signs, not {len(reason)}")
    _lock_class(session, class_id)
    values = {
        "class_id": class_id,
        "source_id": place[0],
        "exercise_id": place[1],
        "reason": reason,
        "set_by": set_by,
        "set_at": now,
    }
    made = session.scalar(insert_ignoring(session, "set_asides", returning="class_id"), values)
    return made is not None


def take_back(session: Session, class_id: int, place: tuple[str, str]) -> bool:
    """Let an exercise count again; tell whether it did not. Inside a write transaction."""
    _lock_class(session, class_id)
    gone: Any = session.execute(delete(SetAside).where(*_at(class_id, place)))
    return bool(gone.rowcount)


def list_set_asides(
    session: Session, class_id: int, source_id: str | None = None
) -> list[AsideExercise]:
    """Return what does not count in a class, the latest decision first; perhaps of one source."""
    statement = (
        select(
            SetAside.source_id,
            SetAside.exercise_id,
            SetAside.reason,
            Account.login_name,
            SetAside.set_at,
        )
        .outerjoin(Account, Account.id == SetAside.set_by)
        .where(SetAside.class_id == class_id)
        .order_by(SetAside.set_at.desc(), SetAside.source_id, SetAside.exercise_id)
    )
    if source_id is not None:
        statement = statement.where(SetAside.source_id == source_id)
    return [AsideExercise(*row) for row in session.execute(statement)]


def find_set_aside(session: Session, class_id: int, place: tuple[str, str]) -> AsideExercise | None:
    """Return the decision on an exercise (source, id), None where it counts."""
    found = list_set_asides(session, class_id, place[0])
    return next((each for each in found if each.exercise_id == place[1]), None)


def set_aside_ids(session: Session, class_id: int, source_id: str) -> frozenset[str]:
    """Return the ids of the exercises of a source that do not count in a class."""
    statement = select(SetAside.exercise_id).where(
        SetAside.class_id == class_id, SetAside.source_id == source_id
    )
    return frozenset(session.scalars(statement))


def is_set_aside() -> ColumnElement[bool]:
    """Return whether a response does not count, for Response joined with Attempt and Assignment.

    False where there is no assignment.
    """
    return exists().where(
        SetAside.class_id == Assignment.class_id,
        SetAside.source_id == Attempt.source_id,
        SetAside.exercise_id == Response.exercise_id,
    )


def kept_list(aside: Iterable[str], asked: Iterable[str]) -> list[str] | None:
    """Return what an attempt keeps of the exercises set aside: those it asks, None for none."""
    return sorted(set(aside) & set(asked)) or None


def count_behind(session: Session, class_id: int) -> int:
    """Return how many attempts still count by a former decision: 0 unless interrupted."""
    return sum(1 for _ in _behind(session, class_id))


def follow(session: Session, class_id: int, *, batches: int | None = None) -> Followed:
    """Bring scores, cells and trials of a class up to what is set aside now.

    One write transaction for each BATCH of attempts, perhaps only some of them: what is
    interrupted goes on where it stopped, and running it again changes nothing. Attempts under
    way, and those of removed assignments and learners, follow too.
    """
    behind = _behind(session, class_id)
    changes: list[tuple[int, int]] = []
    n = 0
    while chunk := list(islice(behind, BATCH)):
        if batches == 0:
            return _followed(n, changes, is_done=False)
        with write(session):
            changes += _follow_batch(session, class_id, chunk)
        n += len(chunk)
        batches = None if batches is None else batches - 1
    return _followed(n, changes, is_done=True)


def _lock_class(session: Session, class_id: int) -> None:
    """Wait for attempts that are being begun: they have read what was set aside before."""
    lock = select(SchoolClass.id).where(SchoolClass.id == class_id).with_for_update()
    session.execute(lock)


def _at(class_id: int, place: tuple[str, str]) -> tuple[ColumnElement[bool], ...]:
    return (
        SetAside.class_id == class_id,
        SetAside.source_id == place[0],
        SetAside.exercise_id == place[1],
    )


def _by_source(session: Session, class_id: int) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    statement = select(SetAside.source_id, SetAside.exercise_id)
    for source_id, exercise_id in session.execute(statement.where(SetAside.class_id == class_id)):
        found.setdefault(source_id, set()).add(exercise_id)
    return found


def _behind(session: Session, class_id: int) -> Iterator[int]:
    """Yield the attempts of a class whose list is not that of the decisions of this moment."""
    statement = (
        select(
            Attempt.id,
            Attempt.source_id,
            Attempt.quiz_revision,
            Attempt.excluded,
            Attempt.set_aside,
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.class_id == class_id)
        .order_by(Attempt.id)
    )
    aside = _by_source(session, class_id)
    rows = session.execute(statement).all()
    return (row.id for row in rows if row.set_aside != _wanted(session, row, aside))


def _wanted(session: Session, row: Any, aside: Mapping[str, set[str]]) -> list[str] | None:
    mine = aside.get(row.source_id)
    if not mine:
        return None
    quiz = load_quiz_revision(session, row.quiz_revision)
    return kept_list(mine, (served.id for served in quiz.counted(row.excluded)))


def _follow_batch(
    session: Session, class_id: int, chunk: Sequence[int]
) -> Iterable[tuple[int, int]]:
    """Bring some attempts up; return scores before and after of those handed in."""
    lock = select(attempts.c.id).where(attempts.c.id.in_(chunk)).order_by(attempts.c.id)
    session.execute(lock.with_for_update())
    aside = _by_source(session, class_id)
    rows = session.execute(select(attempts).where(attempts.c.id.in_(chunk))).all()
    return recount(session, [(row, _wanted(session, row, aside)) for row in rows])


def _followed(n: int, changes: Sequence[tuple[int, int]], *, is_done: bool) -> Followed:
    total = len(changes)
    return Followed(
        is_done=is_done,
        attempts=n,
        handed_in=total,
        higher=sum(after > before for before, after in changes),
        lower=sum(after < before for before, after in changes),
        mean_before=round(sum(before for before, _ in changes) / total) if total else None,
        mean_after=round(sum(after for _, after in changes) / total) if total else None,
    )
