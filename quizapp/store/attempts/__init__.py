"""Attempts: starting, answering, finishing, and what their learner may see; knows no page."""

from quizapp.store.attempts.answer import (
    Outcome,
    Recorded,
    finish_attempt,
    record_answer,
)
from quizapp.store.attempts.context import Actor
from quizapp.store.attempts.refusals import (
    AssignmentClosed,
    AttemptFinished,
    AttemptMissing,
    AttemptRefused,
    AttemptsUsed,
    NotAMember,
    NotOpenYet,
    PracticeBlocked,
    SignedOut,
    StepTooEarly,
)
from quizapp.store.attempts.reopen import Reopening, reopen_attempt, why_not
from quizapp.store.attempts.responses import StoredResponse, find_response, get_response
from quizapp.store.attempts.start import start_assigned, start_practice
from quizapp.store.attempts.state import (
    AttemptState,
    find_attempt,
    find_exercise,
    list_responses,
)
from quizapp.store.attempts.steps import check_step, record_step

__all__ = [
    "Actor",
    "AssignmentClosed",
    "AttemptFinished",
    "AttemptMissing",
    "AttemptRefused",
    "AttemptState",
    "AttemptsUsed",
    "NotAMember",
    "NotOpenYet",
    "Outcome",
    "PracticeBlocked",
    "Recorded",
    "Reopening",
    "SignedOut",
    "StepTooEarly",
    "StoredResponse",
    "check_step",
    "find_attempt",
    "find_exercise",
    "find_response",
    "finish_attempt",
    "get_response",
    "list_responses",
    "record_answer",
    "record_step",
    "reopen_attempt",
    "start_assigned",
    "start_practice",
    "why_not",
]
