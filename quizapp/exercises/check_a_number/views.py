"""What templates show of check_a_number before and after the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from quizapp.core.numbers import AmbiguousNumber, InvalidNumber, choose_reading, format_number
from quizapp.core.scores import Level
from quizapp.exercises.base import JSON, Evidence, Grade, asked_beside, is_unsure
from quizapp.exercises.check_a_number.authored import KIND, ErrorKind, Exercise
from quizapp.exercises.check_a_number.figures import KeyFigure, is_bare, understand, with_unit
from quizapp.exercises.check_a_number.grading import grade, part_credits
from quizapp.exercises.passages import Passage, Piece, cut

Choice = TypeVar("Choice", Level, ErrorKind)


@dataclass(frozen=True)
class QuestionCard:
    """A card as asked: nothing of whether it is weak."""

    id: str
    evidence: Evidence


@dataclass(frozen=True)
class Question:
    """The exercise as asked; the piece named "claim" is the number to check."""

    passage: Passage
    pieces: tuple[Piece, ...]
    question: str
    cards: tuple[QuestionCard, ...]
    levels: tuple[Level, ...]
    errors: tuple[ErrorKind, ...]
    asks_figure: bool


@dataclass(frozen=True)
class PartReview(Generic[Choice]):
    """Verdict or kind of error after the answer; `given` is None after "I do not know"."""

    given: Choice | None
    key: Choice
    credit: Fraction
    why: str


@dataclass(frozen=True)
class FigureReview:
    """The corrected figure after the answer.

    `key` is the right figure with its unit, None where there is nothing to correct; `given_none`
    tells that the learner said so. `understood` is how the typed text was read. `claimed` and
    `gap` (claimed − right) are None where the claim cannot be read as a number in the same unit.
    """

    typed: str | None
    understood: str | None
    given_none: bool
    key: str | None
    tolerance: str | None
    claimed: str | None
    gap: str | None
    right: bool
    why: str


@dataclass(frozen=True)
class ReviewCard:
    """A card after the answer; `why` tells why a weak one is weak."""

    id: str
    evidence: Evidence
    weak: bool
    why: str | None


@dataclass(frozen=True)
class ScorePart:
    """One part of the score: `credit` (0–1) counts for `share` (0–1) of it."""

    name: str
    credit: Fraction
    share: Fraction


@dataclass(frozen=True)
class Review:
    """The feedback; `figure` is None where the quiz does not ask it.

    `parts` add up to the score, verdict first; there are none after "I do not know".
    """

    grade: Grade
    passage: Passage
    pieces: tuple[Piece, ...]
    question: str
    figure: FigureReview | None
    verdict: PartReview[Level]
    error: PartReview[ErrorKind]
    cards: tuple[ReviewCard, ...]
    as_of: str
    parts: tuple[ScorePart, ...]


def question(exercise: Exercise) -> Question:
    """Return what is shown before the answer."""
    return Question(
        passage=exercise.passage,
        pieces=_pieces(exercise),
        question=exercise.question,
        cards=tuple(QuestionCard(card.id, card.evidence) for card in exercise.cards),
        levels=tuple(Level),
        errors=tuple(ErrorKind),
        asks_figure=exercise.figure is not None,
    )


def review(exercise: Exercise, payload: Mapping[str, Any]) -> Review:
    """Return what is shown after the answer."""
    sure = not is_unsure(payload)
    credit = part_credits(exercise, payload) if sure else {}
    zero = Fraction(0)
    return Review(
        grade=grade(exercise, payload),
        passage=exercise.passage,
        pieces=_pieces(exercise),
        question=exercise.question,
        figure=_figure(exercise, payload.get("figure")),
        verdict=PartReview(
            given=Level(payload["verdict"]) if sure else None,
            key=exercise.verdict.level,
            credit=credit.get("verdict", zero),
            why=exercise.verdict.why,
        ),
        error=PartReview(
            given=ErrorKind(payload["error"]) if sure else None,
            key=exercise.error.kind,
            credit=credit.get("error", zero),
            why=exercise.error.why,
        ),
        cards=tuple(ReviewCard(c.id, c.evidence, c.weak, c.why) for c in exercise.cards),
        as_of=exercise.as_of,
        parts=_parts(exercise, credit),
    )


def _parts(exercise: Exercise, credit: Mapping[str, Fraction]) -> tuple[ScorePart, ...]:
    weights = {name: getattr(exercise.weights, name) for name in credit}
    total = sum(weights.values())
    return tuple(ScorePart(name, credit[name], Fraction(weights[name], total)) for name in credit)


def _pieces(exercise: Exercise) -> tuple[Piece, ...]:
    return cut(exercise.passage.text, [("claim", exercise.claim)])


def _figure(exercise: Exercise, given: Mapping[str, str] | str | None) -> FigureReview | None:
    key = exercise.figure
    if key is None:
        return None
    typed = given["typed"] if given is not None and not isinstance(given, str) else None
    claimed, gap = _gap(exercise, key)
    return FigureReview(
        typed=typed,
        understood=_understood(given, key, exercise.passage.language),
        given_none=given == "none",
        key=key.text or None,
        tolerance=key.tolerance_text or None,
        claimed=claimed,
        gap=gap,
        right=given is not None and key.accepts(given),
        why=key.why,
    )


def _understood(given: Mapping[str, str] | str | None, key: KeyFigure, language: str) -> str | None:
    """Return how a typed figure was read: a bare one in the unit of the key if that is right."""
    if given is None or isinstance(given, str):
        return None
    value, typed = Decimal(given["value"]), given["typed"]
    if is_bare(typed):
        in_unit = key.scale != 1 and value != key.value and key.accepts(given)
        return with_unit(format_number(value, language), key.unit if in_unit else "", language)
    try:
        return understand(typed, language).text
    except AmbiguousNumber as error:
        reading = choose_reading(error.readings, given["value"])
        return reading.text if reading else format_number(value, language)


def _gap(exercise: Exercise, key: KeyFigure) -> tuple[str | None, str | None]:
    """Return the claimed number as quoted and its distance from the right one in its unit."""
    start, end = exercise.claim
    quoted, language = exercise.passage.text[start:end], exercise.passage.language
    if key.value is None:
        return quoted, None
    try:
        number = understand(quoted, language)
    except (AmbiguousNumber, InvalidNumber):
        return quoted, None
    if ("%" in quoted) != ("%" in key.unit):
        return quoted, None
    gap = format_number((number.value - key.value) / key.scale, language)
    return quoted, with_unit(gap, key.unit, language)


def shown(exercise: Exercise) -> list[dict[str, JSON]]:
    """Return ids and texts of the claim and the cards as shown."""
    start, end = exercise.claim
    claim = {"id": "claim", "text": exercise.passage.text[start:end], "asked": exercise.question}
    return [claim] + [{"id": card.id, "text": card.evidence.title} for card in exercise.cards]


def asked(exercise: Exercise) -> dict[str, str]:
    """Return what an answer is about: claim, question and, where it was asked, the figure.

    The evidence cards are not in it: no answer names one.
    """
    start, end = exercise.claim
    text = exercise.passage.text
    figure = {} if exercise.figure is None else {"figure": ""}
    return {"text": text, "claim": text[start:end], "question": exercise.question} | figure


def display(exercise: Exercise) -> JSON:
    """Return everything a learner sees before the answer, for the text hash."""
    return {
        "kind": KIND,
        "title": exercise.title,
        "language": exercise.passage.language,
        "passages": exercise.passage.display(),
        "claim": list(exercise.claim),
        "question": exercise.question,
        "cards": [{"id": c.id, "evidence": vars(c.evidence)} for c in exercise.cards],
        "asks_figure": exercise.figure is not None,
        **asked_beside(exercise),
    }


def key(exercise: Exercise) -> JSON:
    """Return everything that grading depends on, for the key hash."""
    figure = exercise.figure
    return {
        "verdict": str(exercise.verdict.level),
        "error": str(exercise.error.kind),
        "weights": vars(exercise.weights),
        "figure": figure
        and {
            "value": None if figure.value is None else str(figure.value),
            "tolerance": str(figure.tolerance),
            "scale": str(figure.scale),
            "percent": "%" in figure.unit,
        },
    }
