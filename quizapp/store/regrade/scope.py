"""Whose answers a regrade may touch: one class's, or practice and review; knows no mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_

from quizapp.store.models import Account, Assignment, Membership, Role
from quizapp.store.statements import table

attempts = table("attempts")
responses = table("responses")

SETTLED: Any = func.coalesce(responses.c.settled_revision, responses.c.exercise_revision)
"""The revision up to which the marks of an answer are decided."""


@dataclass(frozen=True)
class Scope:
    """The answers of a class's assignments; `class_id` None = practice and review of everybody.

    A teacher decides for the class, authors for the rest: neither touches the other's.
    """

    class_id: int | None = None

    def condition(self) -> ColumnElement[bool]:
        """Return what an attempt must be: of the members who count in the class's figures."""
        if self.class_id is None:
            return attempts.c.assignment_id.is_(None)
        return exists().where(
            Assignment.id == attempts.c.assignment_id,
            Assignment.class_id == self.class_id,
            Assignment.removed_at.is_(None),
            Membership.class_id == self.class_id,
            Membership.account_id == attempts.c.account_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
            Account.id == attempts.c.account_id,
            Account.active.is_(True),
        )


PRACTICE = Scope()


def answers(
    columns: Select[*tuple[Any, ...]],
    scope: Scope,
    revisions: Iterable[str],
    *,
    finished: bool = True,
) -> Select[*tuple[Any, ...]]:
    """Select from the answers that are decided up to one of these revisions.

    Of finished attempts, or else of those under way; further steps have no key of their own.
    """
    wanted = sorted(revisions)
    first = and_(responses.c.settled_revision.is_(None), responses.c.exercise_revision.in_(wanted))
    ended = attempts.c.finished_at
    return columns.select_from(
        responses.join(attempts, attempts.c.id == responses.c.attempt_id)
    ).where(
        or_(first, responses.c.settled_revision.in_(wanted)),
        responses.c.step == 1,
        ended.is_not(None) if finished else ended.is_(None),
        scope.condition(),
    )
