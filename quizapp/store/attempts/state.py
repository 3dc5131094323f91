"""One attempt as its learner may see it: progress, dates and whether its answers are released."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.orm import Session

from quizapp.exercises.further import FurtherStep
from quizapp.store.attempts.responses import StoredResponse, stored_response
from quizapp.store.models import (
    Assignment,
    Attempt,
    AttemptScore,
    Extension,
    Feedback,
    Purpose,
    SchoolClass,
)
from quizapp.store.quizzes import ServedExercise, ServedQuiz, load_quiz_revision
from quizapp.store.release import has_holding_assignment, latest_due, released
from quizapp.store.statements import table

# Built once, since every page of an attempt asks them.
_STATE = (
    select(Attempt, AttemptScore, Assignment, Extension.due_at, SchoolClass.archived_at)
    .join(AttemptScore, AttemptScore.attempt_id == Attempt.id)
    .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
    .outerjoin(SchoolClass, SchoolClass.id == Assignment.class_id)
    .outerjoin(
        Extension,
        and_(
            Extension.assignment_id == Attempt.assignment_id,
            Extension.account_id == Attempt.account_id,
        ),
    )
    .where(Attempt.id == bindparam("attempt"), Attempt.account_id == bindparam("account"))
    .execution_options(populate_existing=True)
)
_attempts = table("attempts")
_REVISION = select(_attempts.c.quiz_revision, _attempts.c.excluded).where(
    _attempts.c.id == bindparam("attempt"), _attempts.c.account_id == bindparam("account")
)


@dataclass(frozen=True)
class AttemptState:
    """An attempt at one moment; score 0–10,000 over the exercises that count, unanswered ones 0.

    `set_aside` are those that do not count in the class; where none is left the score is None.

    `is_released` says whether the answers given so far may be shown with their keys; an
    unanswered exercise may be when, besides, the attempt is finished. `released_at` is the date
    to name on the page when feedback comes after due. `is_held` says that only another
    assignment of the quiz still holds the keys back. `is_open` is false once the assignment takes
    no more answers. `takes_steps` says whether further steps may be answered, which goes on when
    the attempt is finished.
    """

    id: int
    account_id: int
    purpose: Purpose
    assignment_id: int | None
    class_id: int | None
    assignment_title: str | None
    feedback: Feedback | None
    due_at: datetime | None
    closes_at: datetime | None
    released_at: datetime | None
    is_released: bool
    is_held: bool
    is_open: bool
    takes_steps: bool
    quiz: ServedQuiz
    exercises: tuple[ServedExercise, ...]
    set_aside: frozenset[str]
    number: int
    attempts_limit: int | None
    started_at: datetime
    finished_at: datetime | None
    late: bool
    answered: int
    score: int | None
    responses: Mapping[tuple[str, int], StoredResponse]

    @property
    def is_finished(self) -> bool:
        """Whether it takes no more answers."""
        return self.finished_at is not None

    @property
    def is_review(self) -> bool:
        """Whether it is the review of one exercise."""
        return self.purpose is Purpose.REVIEW

    def response(self, exercise_id: str, step: int = 1) -> StoredResponse | None:
        """Return the stored answer, None when there is none."""
        return self.responses.get((exercise_id, step))

    @property
    def unanswered(self) -> tuple[ServedExercise, ...]:
        """The exercises without an answer, in the author's order."""
        return tuple(e for e in self.exercises if (e.id, 1) not in self.responses)

    @property
    def next_exercise(self) -> ServedExercise | None:
        """The first exercise without an answer, None when all have one."""
        return next(iter(self.unanswered), None)

    def shows_key(self, exercise_id: str) -> bool:
        """Tell whether key, reasons and marks of an exercise may be in a response now."""
        return self.is_released and (self.is_finished or (exercise_id, 1) in self.responses)

    def open_step(self, served: ServedExercise) -> FurtherStep | None:
        """Return the further step of an exercise that can be answered now, None without any.

        Steps come in their order, each when the one before is stored; one that shows the key of
        the first step waits for the release of that key.
        """
        if not self.takes_steps or (served.id, 1) not in self.responses:
            return None
        for step in served.further_steps:
            if (served.id, step.number) not in self.responses:
                is_shown = not step.shows_key or self.shows_key(served.id)
                return step if is_shown else None
        return None


def find_attempt(
    session: Session, attempt_id: int, account_id: int, now: datetime
) -> AttemptState | None:
    """Return a learner's own attempt, None when it does not exist or is another's."""
    row = session.execute(_STATE, {"attempt": attempt_id, "account": account_id}).one_or_none()
    return None if row is None else _state(session, row, now)


def find_exercise(
    session: Session, attempt_id: int, account_id: int, exercise_id: str
) -> ServedExercise | None:
    """Return an exercise of a learner's own attempt, None for another's and one left out.

    All that an answer needs before it is written; the rest of the attempt is not read.
    """
    row = session.execute(_REVISION, {"attempt": attempt_id, "account": account_id}).one_or_none()
    if row is None or exercise_id in row.excluded:
        return None
    return load_quiz_revision(session, row.quiz_revision).by_id.get(exercise_id)


def list_responses(session: Session, attempt_id: int) -> dict[tuple[str, int], StoredResponse]:
    """Return the stored answers of an attempt by (exercise, step)."""
    responses = table("responses")
    rows = session.execute(select(responses).where(responses.c.attempt_id == attempt_id))
    return {(row.exercise_id, row.step): stored_response(row) for row in rows}


def _state(session: Session, row: Row[*tuple[Any, ...]], now: datetime) -> AttemptState:
    attempt, score, assignment, extended, archived_at = row
    quiz = load_quiz_revision(session, attempt.quiz_revision)
    release_date = latest_due(session, assignment.id) if _waits(assignment) else None
    shows = released(
        assignment.feedback if assignment else None,
        finished=attempt.finished_at is not None,
        latest_due=release_date,
        now=now,
    )
    is_held = shows and has_holding_assignment(session, attempt, now)
    is_released = shows and not is_held
    is_open = archived_at is None and not _is_past_closing(assignment, extended, now)
    return AttemptState(
        id=attempt.id,
        account_id=attempt.account_id,
        purpose=attempt.purpose,
        assignment_id=attempt.assignment_id,
        class_id=assignment.class_id if assignment else None,
        assignment_title=assignment.title if assignment else None,
        feedback=assignment.feedback if assignment else None,
        due_at=extended or (assignment.due_at if assignment else None),
        closes_at=assignment.closes_at if assignment else None,
        released_at=release_date,
        is_released=is_released,
        is_held=is_held,
        is_open=is_open,
        takes_steps=is_open if assignment else is_released,
        quiz=quiz,
        exercises=quiz.counted(attempt.excluded),
        set_aside=frozenset(attempt.set_aside or ()),
        number=attempt.number,
        attempts_limit=assignment.attempts_limit if assignment else None,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        late=attempt.late,
        answered=score.answered,
        score=score.score if _counts(attempt) else None,
        responses=list_responses(session, attempt.id),
    )


def _counts(attempt: Attempt) -> bool:
    """Tell whether any exercise of the attempt is left that the class has not set aside."""
    return len(set(attempt.set_aside or ())) != attempt.exercises


def _is_past_closing(
    assignment: Assignment | None, extended: datetime | None, now: datetime
) -> bool:
    """Tell whether an assignment is removed or its closing time, perhaps extended, has passed."""
    if assignment is None:
        return False
    closes = assignment.closes_at
    return assignment.removed_at is not None or (
        closes is not None and now >= max(closes, extended or closes)
    )


def _waits(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.feedback is Feedback.AFTER_DUE
