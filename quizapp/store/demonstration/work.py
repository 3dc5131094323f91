"""One simulated learner doing one assignment, through the functions of the web's forms."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.store.attempts import (
    Actor,
    AttemptState,
    find_attempt,
    record_answer,
    record_step,
    start_assigned,
)
from quizapp.store.demonstration.minds import Mind, answer, answer_step
from quizapp.store.demonstration.people import Plan

BREAK = timedelta(hours=1)


class Worker:
    """A learner with a mind of their own."""

    def __init__(self, session: Session, library: Library, account_id: int, mind: Mind) -> None:
        self.session = session
        self.library = library
        self.actor = Actor(account_id)
        self.mind = mind

    def do(self, assignment_id: int, wanted: Plan, again: bool) -> None:
        """Do an assignment as planned, a second time where wanted, inside one transaction."""
        end = self._try(assignment_id, wanted, wanted.starts_at)
        if again and wanted.answers is None:
            self._try(assignment_id, wanted, end + BREAK)

    def _try(self, assignment_id: int, wanted: Plan, now: datetime) -> datetime:
        attempt_id = start_assigned(
            self.session,
            self.library,
            self.actor,
            assignment_id=assignment_id,
            language=None,
            now=now,
        )
        state = self._state(attempt_id, now)
        for served in state.exercises[: wanted.answers]:
            now += timedelta(seconds=wanted.rng.randint(25, 150))
            record_answer(
                self.session,
                self.actor,
                attempt_id=attempt_id,
                exercise=served,
                payload=answer(served.kind, served.exercise, self.mind, wanted.rng),
                now=now,
            )
        return self._go_deeper(attempt_id, wanted, now)

    def _go_deeper(self, attempt_id: int, wanted: Plan, now: datetime) -> datetime:
        """Answer the further steps that are open, exercise by exercise."""
        state = self._state(attempt_id, now)
        for served in state.exercises:
            while step := state.open_step(served):
                now += timedelta(seconds=wanted.rng.randint(15, 60))
                record_step(
                    self.session,
                    self.actor,
                    attempt_id=attempt_id,
                    exercise=served,
                    step=step,
                    payload=answer_step(step, self.mind, wanted.rng),
                    now=now,
                )
                state = self._state(attempt_id, now)
        return now

    def _state(self, attempt_id: int, now: datetime) -> AttemptState:
        state = find_attempt(self.session, attempt_id, self.actor.account_id, now)
        if state is None:
            raise LookupError(attempt_id)
        return state
