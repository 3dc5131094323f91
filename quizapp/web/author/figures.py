"""Puts the statistics of a quiz into sentences for its authors; works none out."""

from dataclasses import dataclass

from quizapp.core.scores import FULL
from quizapp.exercises.registry import get_kind
from quizapp.store.db import db
from quizapp.store.quizzes import ServedQuiz
from quizapp.store.results import ExerciseFigures, QuizFigures, quiz_figures
from quizapp.web.exercises import kind_template
from quizapp.web.item_words import FIRM, say_discrimination


@dataclass(frozen=True)
class ShownFigures:
    """The figures of one exercise: numbers, the question its tally refers to, one sentence.

    `advice` is empty under FIRM learners; `is_doubtful` tells that the key should be read again.
    """

    figures: ExerciseFigures
    question: object
    template: str
    advice: str
    is_doubtful: bool


@dataclass(frozen=True)
class ShownTotal:
    """The figures of a whole quiz; `median`, `deviation`, `standard_error` in percent of full."""

    n: int
    median: float
    deviation: float
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None


def show_figures(quiz: ServedQuiz) -> tuple[ShownTotal | None, dict[str, ShownFigures]]:
    """Return the figures of a quiz and, by id, of its exercises that have enough learners."""
    found = quiz_figures(db.session(), quiz)
    shown = {name: _show(figures, found.n) for name, figures in found.exercises.items()}
    return _show_total(found, len(quiz.exercises)), shown


def _show(figures: ExerciseFigures, whole: int) -> ShownFigures:
    served = figures.exercise
    value = figures.item.discrimination if figures.item else None
    firm = figures.item is not None and whole >= FIRM
    return ShownFigures(
        figures=figures,
        question=get_kind(served.kind).question(served.exercise),
        template=kind_template(served.kind),
        advice=say_discrimination(value) if firm else "",
        is_doubtful=firm and value is not None and value < 0,
    )


def _show_total(found: QuizFigures, exercises: int) -> ShownTotal | None:
    total = found.total
    if total is None or total.median is None or total.deviation is None:
        return None
    percent = 100 / (FULL * exercises)
    error = total.standard_error
    return ShownTotal(
        n=total.n,
        median=total.median * percent,
        deviation=total.deviation * percent,
        skewness=total.skewness,
        kurtosis=total.kurtosis,
        consistency=total.consistency,
        error_ratio=total.error_ratio,
        standard_error=None if error is None else error * percent,
    )
