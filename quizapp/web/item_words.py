"""Puts the statistics of items and tests into sentences; works none out."""

from dataclasses import dataclass

from flask_babel import gettext, pgettext

from quizapp.core.items import ItemFigures, TotalFigures
from quizapp.core.scores import FULL
from quizapp.web.i18n import number, percent

FIRM = 20
"""Learners under whom nothing is said of how an exercise tells learners apart."""

WEAK = 20.0
"""Discrimination (of 100) under which an exercise hardly tells learners apart."""


@dataclass(frozen=True)
class FigureLine:
    """A figure with its name; `value` is None where it is undefined and `words` say why."""

    name: str
    value: str | None
    words: str


def say_discrimination(value: float | None) -> str:
    """Return in a sentence how an exercise goes with the rest; value −100–100, None = unknown."""
    if value is None:
        return gettext("Everybody did equally well here or elsewhere: it tells nobody apart.")
    if value < 0:
        return gettext(
            "Learners at ease with the other exercises get this one wrong: is its key right?"
        )
    if value < WEAK:
        return gettext("It hardly tells learners at ease with the other exercises from the rest.")
    return gettext("Learners at ease with the other exercises get this one right more often.")


def item_lines(figures: ItemFigures, n: int, *, set_aside: bool) -> list[FigureLine]:
    """Return the figures of one exercise over n learners, each with its meaning."""
    return [
        FigureLine(
            pgettext("adult", "Discrimination index"),
            _percent(figures.discrimination),
            pgettext("adult", "how far it goes with the others, between −100 and 100 percent")
            if figures.discrimination is not None
            else _why_no_comparison(n),
        ),
        FigureLine(
            pgettext("adult", "Discriminative efficiency"),
            _percent(figures.efficiency),
            pgettext("adult", "the same, of the most that marks like these allow")
            if figures.efficiency is not None
            else _why_no_comparison(n),
        ),
        FigureLine(
            pgettext("adult", "Effective weight"),
            _percent(figures.weight),
            pgettext("adult", "its part in what sets the scores of the class apart")
            if figures.weight is not None
            else _why_no_weight(n, set_aside=set_aside),
        ),
    ]


def total_lines(total: TotalFigures, exercises: int) -> list[FigureLine]:
    """Return the figures of a quiz of so many exercises that count; scores in percent of full."""
    part = 100 / (FULL * exercises) if exercises else None
    return [*_spread_lines(total, part), *_shape_lines(total), *_trust_lines(total, exercises)]


def _spread_lines(total: TotalFigures, part: float | None) -> list[FigureLine]:
    few = pgettext("adult", "needs two learners and an exercise that counts")
    middle = _scaled(total.median, part)
    spread = _scaled(total.deviation, part)
    return [
        FigureLine(
            pgettext("adult", "Median score"),
            middle,
            pgettext("adult", "half of the class is above, half below") if middle else few,
        ),
        FigureLine(
            pgettext("adult", "Standard deviation"),
            spread,
            pgettext("adult", "how far a score typically lies from the mean") if spread else few,
        ),
    ]


def _shape_lines(total: TotalFigures) -> list[FigureLine]:
    return [
        FigureLine(
            pgettext("adult", "Skewness"),
            _plain(total.skewness),
            pgettext("adult", "below 0, a few learners trail far behind; above 0, a few are ahead")
            if total.skewness is not None
            else pgettext("adult", "needs three learners whose scores differ"),
        ),
        FigureLine(
            pgettext("adult", "Kurtosis"),
            _plain(total.kurtosis),
            pgettext("adult", "above 0, some scores lie far out; below 0, they are spread evenly")
            if total.kurtosis is not None
            else pgettext("adult", "needs four learners whose scores differ"),
        ),
    ]


def _trust_lines(total: TotalFigures, exercises: int) -> list[FigureLine]:
    few = pgettext("adult", "needs two exercises that count and two learners whose scores differ")
    part = 100 / (FULL * exercises) if exercises else None
    return [
        FigureLine(
            pgettext("adult", "Internal consistency"),
            _percent(total.consistency),
            pgettext("adult", "how far all exercises measure the same; a short quiz has little")
            if total.consistency is not None
            else few,
        ),
        FigureLine(
            pgettext("adult", "Error ratio"),
            _percent(total.error_ratio),
            pgettext("adult", "the part of the differences between learners that may be chance")
            if total.error_ratio is not None
            else few,
        ),
        FigureLine(
            pgettext("adult", "Standard error"),
            _scaled(total.standard_error, part),
            pgettext("adult", "a score may well be off by this much: small gaps mean nothing")
            if total.standard_error is not None
            else few,
        ),
    ]


def _why_no_comparison(n: int) -> str:
    if n < 2:
        return pgettext("adult", "needs two learners who did the same exercises")
    return pgettext("adult", "everybody has the same mark here, or on all the others together")


def _why_no_weight(n: int, *, set_aside: bool) -> str:
    if set_aside:
        return pgettext("adult", "set aside: it is in no score")
    if n < 2:
        return pgettext("adult", "needs two learners who did the same exercises")
    return pgettext("adult", "it goes against the scores of the class, or these do not differ")


def _percent(value: float | None) -> str | None:
    return None if value is None else percent(value)


def _plain(value: float | None) -> str | None:
    return None if value is None else number(value, 2)


def _scaled(value: float | None, part: float | None) -> str | None:
    return None if value is None or part is None else percent(value * part)
