"""Contested keys: who says why that a key is wrong, and the authors' queue; changes no mark.

What a class makes of them is in `class_contests`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from quizapp.store.models import (
    LONGEST_REASON,
    ClassDecision,
    Contest,
    ContestState,
    SchoolClass,
)
from quizapp.store.quizzes import ServedExercise
from quizapp.store.statements import insert_ignoring

Place = tuple[str, str, str]
"""Source id, language and exercise id."""


@dataclass(frozen=True)
class OwnContest:
    """What somebody said against a key, and what became of it.

    `state` is the authors' answer, `class_decision` with `class_reason` the teacher's, None before.
    """

    reason: str
    state: ContestState
    class_decision: ClassDecision | None
    class_reason: str | None
    at: datetime


@dataclass(frozen=True)
class ContestedKey:
    """An exercise of one revision with the reasons given against its key, the oldest first.

    Who gave them is not said: authors see reasons, not learners.
    """

    source_id: str
    language: str
    exercise_id: str
    exercise_revision: str
    reasons: tuple[str, ...]
    since: datetime


def contest_key(
    session: Session,
    exercise: ServedExercise,
    reason: str,
    *,
    account_id: int,
    class_id: int | None,
    now: datetime,
) -> bool:
    """Store a reason against a key, once for each account and revision; tell whether it is new.

    Inside a write transaction. Raises ValueError for no reason, or one that is too long.
    """
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValueError(f"a reason has 1 to {LONGEST_REASON} signs, not {len(reason)}")
    values = {
        "account_id": account_id,
        "class_id": class_id,
        "source_id": exercise.source["id"],
        "language": exercise.document["language"],
        "exercise_id": exercise.id,
        "exercise_revision": exercise.revision,
        "reason": reason,
        "state": ContestState.OPEN,
        "created_at": now,
    }
    return session.scalar(insert_ignoring(session, "contests", returning="id"), values) is not None


def find_own_contest(session: Session, account_id: int, revision: str) -> OwnContest | None:
    """Return what somebody said against the key of a revision, None when nothing."""
    found = session.scalar(
        select(Contest).where(
            Contest.account_id == account_id, Contest.exercise_revision == revision
        )
    )
    if found is None:
        return None
    decision = found.class_decision
    return OwnContest(
        reason=found.reason,
        state=found.state,
        class_decision=None if decision is None else ClassDecision(decision),
        class_reason=found.class_reason,
        at=found.created_at,
    )


def list_contested(session: Session, source_id: str | None = None) -> list[ContestedKey]:
    """Return the keys with open contests, the most contested first; perhaps of one source.

    What simulated learners say is left out.
    """
    simulated = exists().where(SchoolClass.id == Contest.class_id, SchoolClass.is_demo.is_(True))
    statement = select(Contest).where(Contest.state == ContestState.OPEN, ~simulated)
    statement = statement.order_by(Contest.id)
    if source_id is not None:
        statement = statement.where(Contest.source_id == source_id)
    found: dict[str, list[Contest]] = {}
    for contest in session.scalars(statement):
        found.setdefault(contest.exercise_revision, []).append(contest)
    groups = sorted(found.values(), key=lambda group: (-len(group), group[0].id))
    return [_contested(group) for group in groups]


def close_contests(
    session: Session, place: Place, state: ContestState, *, closed_by: int, now: datetime
) -> int:
    """Close every open contest of an exercise as kept or corrected; return how many there were.

    Inside a write transaction.
    """
    result: Any = session.execute(
        update(Contest)
        .where(
            Contest.source_id == place[0],
            Contest.language == place[1],
            Contest.exercise_id == place[2],
            Contest.state == ContestState.OPEN,
        )
        .values(state=state, closed_at=now, closed_by=closed_by)
    )
    return int(result.rowcount)


def close_corrected(
    session: Session,
    place: Place,
    revisions: Collection[str],
    *,
    class_id: int | None,
    closed_by: int | None,
    now: datetime,
) -> int:
    """Close as corrected the open contests of revisions whose key is another one now.

    Perhaps of one class only. Inside a write transaction; returns how many there were.
    """
    statement = update(Contest).where(
        Contest.source_id == place[0],
        Contest.language == place[1],
        Contest.exercise_id == place[2],
        Contest.exercise_revision.in_(sorted(revisions)),
        Contest.state == ContestState.OPEN,
    )
    if class_id is not None:
        statement = statement.where(Contest.class_id == class_id)
    closed = {"state": ContestState.CORRECTED, "closed_at": now, "closed_by": closed_by}
    result: Any = session.execute(statement.values(closed))
    return int(result.rowcount)


def _contested(group: Sequence[Contest]) -> ContestedKey:
    first = group[0]
    return ContestedKey(
        source_id=first.source_id,
        language=first.language,
        exercise_id=first.exercise_id,
        exercise_revision=first.exercise_revision,
        reasons=tuple(contest.reason for contest in group),
        since=first.created_at,
    )
