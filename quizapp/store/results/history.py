"""Attempts one by one: a learner's own history, and what a teacher may open of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from quizapp.core.detection import Trials
from quizapp.store.attempts.state import AttemptState, find_attempt
from quizapp.store.models import (
    Assignment,
    Attempt,
    AttemptScore,
    Membership,
    Purpose,
    QuizRevision,
    Role,
)
from quizapp.store.release import answers_released


@dataclass(frozen=True)
class AttemptLine:
    """An attempt in a list; score 0–10,000, None while unfinished or not released.

    `counted` exercises make the score; `form` = pair and letter of one of two parallel quizzes.

    None, too, where its class has set every exercise aside: `nothing_counts`.
    """

    id: int
    assignment_id: int | None
    purpose: Purpose
    title: str
    source_id: str
    quiz_id: str
    language: str
    number: int
    started_at: datetime
    finished_at: datetime | None
    late: bool
    answered: int
    exercises: int
    nothing_counts: bool
    score: int | None
    counted: int
    form: tuple[str, str] | None
    trials: Trials


def learner_history(session: Session, account_id: int, now: datetime) -> list[AttemptLine]:
    """Return a learner's finished quizzes, the latest first, unreleased scores left out.

    Reviews are of one exercise and no quizzes.
    """
    statement = (
        _lines(case((answers_released(now), AttemptScore.score)))
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            Attempt.account_id == account_id,
            Attempt.purpose != Purpose.REVIEW,
            Attempt.finished_at.is_not(None),
        )
        .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
    )
    return _read(session, statement)


def class_learner_attempts(session: Session, class_id: int, account_id: int) -> list[AttemptLine]:
    """Return a learner's attempts on this class's assignments, for its teacher, latest first."""
    statement = (
        _lines(case((Attempt.finished_at.is_not(None), AttemptScore.score)))
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            Assignment.class_id == class_id,
            Assignment.removed_at.is_(None),
            Attempt.account_id == account_id,
        )
        .order_by(Attempt.started_at.desc(), Attempt.id.desc())
    )
    return _read(session, statement)


def find_class_attempt(
    session: Session, class_id: int, attempt_id: int, now: datetime
) -> AttemptState | None:
    """Return an attempt for the class's teacher, with all answers whatever their release.

    None when it is on no assignment of this class (practice too), or its learner has left.
    """
    account_id = session.scalar(
        select(Attempt.account_id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(Membership, Membership.account_id == Attempt.account_id)
        .where(
            Attempt.id == attempt_id,
            Assignment.class_id == class_id,
            Assignment.removed_at.is_(None),
            Membership.class_id == class_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
        )
    )
    return None if account_id is None else find_attempt(session, attempt_id, account_id, now)


def _lines(score: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Attempt.id,
            Attempt.assignment_id,
            Attempt.purpose,
            Assignment.title.label("assignment_title"),
            QuizRevision.document,
            Attempt.source_id,
            Attempt.quiz_id,
            Attempt.language,
            Attempt.number,
            Attempt.started_at,
            Attempt.finished_at,
            Attempt.late,
            AttemptScore.answered,
            Attempt.exercises,
            Attempt.set_aside,
            score.label("score"),
            AttemptScore.hits,
            AttemptScore.misses,
            AttemptScore.false_alarms,
            AttemptScore.correct_rejections,
        )
        .select_from(Attempt)
        .join(AttemptScore, AttemptScore.attempt_id == Attempt.id)
        .join(QuizRevision, QuizRevision.hash == Attempt.quiz_revision)
    )


def _read(session: Session, statement: Select[*tuple[Any, ...]]) -> list[AttemptLine]:
    rows: Sequence[Any] = session.execute(statement).all()
    return [
        AttemptLine(
            id=row.id,
            assignment_id=row.assignment_id,
            purpose=row.purpose,
            title=row.assignment_title or row.document["title"],
            source_id=row.source_id,
            quiz_id=row.quiz_id,
            language=row.language,
            number=row.number,
            started_at=row.started_at,
            finished_at=row.finished_at,
            late=row.late,
            answered=row.answered,
            exercises=row.exercises,
            nothing_counts=len(row.set_aside or ()) == row.exercises,
            score=None if len(row.set_aside or ()) == row.exercises else row.score,
            counted=row.exercises - len(row.set_aside or ()),
            form=_form(row.document),
            trials=Trials(row.hits, row.misses, row.false_alarms, row.correct_rejections),
        )
        for row in rows
    ]


def _form(document: Mapping[str, Any]) -> tuple[str, str] | None:
    form = document.get("form")
    return None if form is None else (form["pair"], form["letter"])
