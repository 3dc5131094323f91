"""Marks after a changed key: offers, dry runs, regrades with a log; knows no page and no file."""

from quizapp.store.regrade.dry_run import DryRun, RegradeLine, dry_run
from quizapp.store.regrade.grading import Refusal, graded_exercise
from quizapp.store.regrade.live import (
    ExerciseKey,
    LiveExercise,
    asked_exercises,
    live_exercises,
    load_exercise,
)
from quizapp.store.regrade.log import Decision, list_decisions
from quizapp.store.regrade.offers import Offer, find_offers
from quizapp.store.regrade.run import (
    BATCH,
    NothingToRegrade,
    RegradeRefused,
    RegradeUnderWay,
    check_choice,
    find_open_regrade,
    open_regrade,
    run_regrade,
)
from quizapp.store.regrade.scope import PRACTICE, Scope

__all__ = [
    "BATCH",
    "PRACTICE",
    "Decision",
    "DryRun",
    "ExerciseKey",
    "LiveExercise",
    "NothingToRegrade",
    "Offer",
    "Refusal",
    "RegradeLine",
    "RegradeRefused",
    "RegradeUnderWay",
    "Scope",
    "asked_exercises",
    "check_choice",
    "dry_run",
    "find_offers",
    "find_open_regrade",
    "graded_exercise",
    "list_decisions",
    "live_exercises",
    "load_exercise",
    "open_regrade",
    "run_regrade",
]
