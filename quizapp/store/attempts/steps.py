"""The answers to further steps: stored once, scored apart; they change no score and end nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from quizapp.exercises.further import FurtherStep
from quizapp.store.attempts.answer import (
    Answer,
    Outcome,
    Recorded,
    check_exercise,
    compare_answers,
    insert_answer,
)
from quizapp.store.attempts.context import Actor, Columns, attempt_context
from quizapp.store.attempts.refusals import AssignmentClosed, AttemptMissing, StepTooEarly
from quizapp.store.attempts.responses import find_response
from quizapp.store.attempts.scorekeeping import keep_step
from quizapp.store.attempts.state import AttemptState, find_attempt
from quizapp.store.db import write
from quizapp.store.quizzes import ServedExercise


def record_step(
    session: Session,
    actor: Actor,
    *,
    attempt_id: int,
    exercise: ServedExercise,
    step: FurtherStep,
    payload: Mapping[str, Any],
    now: datetime,
) -> Recorded:
    """Grade the answer to a further step and store it once, in a write transaction of its own.

    Also after the attempt is finished, since its last exercise may have steps. `payload` is the
    canonical one of the step's form. Raises AssignmentClosed, StepTooEarly while the step before
    has no answer or the step would show a key that is not released, or what `record_answer` does.
    """
    answer = Answer(attempt_id, step.number, exercise, payload, step.grade(payload), step.shown)
    with write(session):
        row = attempt_context(session, actor, attempt_id, now)
        check_exercise(session, row, exercise)
        stored = find_response(session, attempt_id, exercise.id, step.number)
        if stored is None:
            _check_open(session, row, answer, now)
            if insert_answer(session, answer, now):
                keep_step(session, row)
                finished = row.finished_at is not None
                return Recorded(Outcome.STORED, answer.stored(now), finished)
            stored = find_response(session, attempt_id, exercise.id, step.number)
        if stored is None:
            raise AttemptMissing(exercise.id)
        return compare_answers(row, stored, payload)


def check_step(state: AttemptState, exercise: ServedExercise, number: int) -> None:
    """Raise the refusal of a step that is not asked now.

    Before the release it is the same whether there is such a step or not, which would tell
    whether a passage has targets.
    """
    if not state.takes_steps:
        raise AssignmentClosed
    step = state.open_step(exercise)
    if step is None or step.number != number:
        raise StepTooEarly


def _check_open(session: Session, row: Columns, answer: Answer, now: datetime) -> None:
    state = find_attempt(session, row.id, row.account_id, now)
    if state is None:
        raise AttemptMissing(str(row.id))
    check_step(state, answer.served, answer.step)
