"""Contested keys in one class: who says what, and what its teacher decided; changes no mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from quizapp.store.models import (
    LONGEST_REASON,
    Account,
    ClassDecision,
    Contest,
    ContestState,
    Membership,
    Role,
)


@dataclass(frozen=True)
class ClassReason:
    """What a member of the class says against a key; its teachers see who, authors never do."""

    text: str
    by: str
    by_teacher: bool
    language: str
    at: datetime


@dataclass(frozen=True)
class ClassContest:
    """An exercise, in any language, with the reasons of a class, the oldest first.

    `decision` and its `answer` are the teacher's, None before; `state` what the authors made of
    the latest contest.
    """

    source_id: str
    exercise_id: str
    reasons: tuple[ClassReason, ...]
    state: ContestState
    decision: ClassDecision | None
    answer: str | None
    decided_at: datetime | None

    @property
    def place(self) -> tuple[str, str]:
        """Source and exercise, whatever the language."""
        return self.source_id, self.exercise_id

    @property
    def is_open(self) -> bool:
        """Whether it waits for the teacher: neither they nor the authors have answered."""
        return self.decision is None and self.state is ContestState.OPEN


def list_class_contests(session: Session, class_id: int) -> list[ClassContest]:
    """Return what the members of a class contest: what is open first, then the most contested."""
    return _read(session, class_id)


def find_class_contest(
    session: Session, class_id: int, place: tuple[str, str]
) -> ClassContest | None:
    """Return what a class says against one exercise (source, id), None for nothing."""
    return next(iter(_read(session, class_id, place)), None)


def decide_contests(
    session: Session,
    class_id: int,
    place: tuple[str, str],
    decision: ClassDecision,
    reason: str,
    *,
    now: datetime,
) -> int:
    """Answer every contest of an exercise in a class; return how many there were.

    Those answered before get the new answer. Inside a write transaction. Raises ValueError for
    no reason, or one that is too long.
    """
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValueError(f"a reason has 1 to {LONGEST_REASON} signs, not {len(reason)}")
    result: Any = session.execute(
        update(Contest)
        .where(
            Contest.class_id == class_id,
            Contest.source_id == place[0],
            Contest.exercise_id == place[1],
        )
        .values(class_decision=decision, class_reason=reason, class_decided_at=now)
    )
    return int(result.rowcount)


def reopen_contests(session: Session, class_id: int, place: tuple[str, str]) -> None:
    """Forget that an exercise was set aside: it counts again and waits for a new answer."""
    session.execute(
        update(Contest)
        .where(
            Contest.class_id == class_id,
            Contest.source_id == place[0],
            Contest.exercise_id == place[1],
            Contest.class_decision == ClassDecision.SET_ASIDE,
        )
        .values(class_decision=None, class_reason=None, class_decided_at=None)
    )


def _read(
    session: Session, class_id: int, place: tuple[str, str] | None = None
) -> list[ClassContest]:
    statement = (
        select(Contest, Account.login_name, Membership.label, Membership.role)
        .join(Account, Account.id == Contest.account_id)
        .join(
            Membership,
            and_(
                Membership.class_id == Contest.class_id,
                Membership.account_id == Contest.account_id,
                Membership.ended_at.is_(None),
            ),
        )
        .where(Contest.class_id == class_id)
        .order_by(Contest.id)
    )
    if place is not None:
        statement = statement.where(Contest.source_id == place[0], Contest.exercise_id == place[1])
    found: dict[tuple[str, str], list[Any]] = {}
    for row in session.execute(statement):
        found.setdefault((row.Contest.source_id, row.Contest.exercise_id), []).append(row)
    contests = [_contest(rows) for rows in found.values()]
    return sorted(contests, key=lambda each: (not each.is_open, -len(each.reasons)))


def _contest(rows: Sequence[Any]) -> ClassContest:
    latest = rows[-1].Contest
    decision = latest.class_decision
    return ClassContest(
        source_id=latest.source_id,
        exercise_id=latest.exercise_id,
        reasons=tuple(_reason(row) for row in rows),
        state=latest.state,
        decision=None if decision is None else ClassDecision(decision),
        answer=latest.class_reason,
        decided_at=latest.class_decided_at,
    )


def _reason(row: Any) -> ClassReason:
    return ClassReason(
        text=row.Contest.reason,
        by=row.label or row.login_name,
        by_teacher=row.role is Role.TEACHER,
        language=row.Contest.language,
        at=row.Contest.created_at,
    )
