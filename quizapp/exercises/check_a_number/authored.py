"""What an author writes for check_a_number, and the exercise that it compiles to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.core.scores import Level
from quizapp.exercises.base import Evidence, Material, Parsed, Problem, Span, in_shown_order
from quizapp.exercises.check_a_number.figures import KeyFigure, read_figure
from quizapp.exercises.evidence import unknown_evidence
from quizapp.exercises.passages import Passage, locate, read_passage, repeated_id_problems
from quizapp.exercises.schema import ID_PATTERN, describe, join_path, read

KIND = "check_a_number"
FIGURE_STEP = "figure"
"""The step of a quiz that makes every exercise of this kind ask for the corrected figure."""


class ErrorKind(StrEnum):
    """What is wrong with the number, "nothing" included."""

    NONE = "none"
    MAGNITUDE = "magnitude"
    UNIT = "unit"
    BASE = "base"
    PERIOD = "period"
    SCOPE = "scope"
    PROPOSAL_AS_ENACTED = "proposal_as_enacted"
    ATTRIBUTION = "attribution"
    NO_SOURCE = "no_source"


@dataclass(frozen=True, kw_only=True)
class ClaimEntry:
    """The claim: its number, quoted, and what is asked about it."""

    find: str = describe("The number, quoted from the passage")
    nth: int | None = describe(
        "Which occurrence, from 1, only where it occurs more than once", default=None, minimum=1
    )
    question: str = describe("What the learner is asked about it")


@dataclass(frozen=True, kw_only=True)
class CardEntry:
    """One evidence card beside the claim."""

    id: str = describe("Id of the card, unique in the exercise", pattern=ID_PATTERN)
    evidence: str = describe("Id of the evidence that it shows")
    weak: bool = describe("Whether it does not help to check the claim", default=False)
    why: str | None = describe("Why it is weak; required when it is", default=None)


@dataclass(frozen=True, kw_only=True)
class VerdictEntry:
    """The key's verdict."""

    level: Level = describe("How the claim stands against the evidence")
    why: str = describe("The reason shown after the answer, 10–60 words")


@dataclass(frozen=True, kw_only=True)
class ErrorEntry:
    """The key's kind of error."""

    kind: ErrorKind = describe("What is wrong with the number, or none")
    why: str = describe("The reason shown after the answer, 10–60 words")


@dataclass(frozen=True, kw_only=True)
class FigureEntry:
    """The corrected figure, or `none: true` where there is nothing to correct."""

    value: str | None = describe("The figure as one writes it, in quotes", default=None)
    unit: str | None = describe("Its unit, such as % or milliards de dollars", default=None)
    tolerance: str | None = describe("Accepted distance, in the same unit", default=None)
    none: bool = describe("Nothing to correct", default=False)
    why: str = describe("The reason shown after the answer, 10–60 words")


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Shares of the score, brought to their sum over what is asked."""

    verdict: int = describe("Weight of the verdict", default=60, minimum=0, maximum=100)
    error: int = describe("Weight of the kind of error", default=20, minimum=0, maximum=100)
    figure: int = describe("Weight of the corrected figure", default=20, minimum=0, maximum=100)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An exercise in which a claim with a number is checked against evidence."""

    id: str = describe("Id of the exercise, unique in the source", pattern=ID_PATTERN)
    kind: str = describe("The kind of exercise", const=KIND)
    title: str | None = describe("A short title", default=None)
    passages: tuple[str, ...] = describe("Ids of the passages shown", min_items=1, max_items=10)
    claim: ClaimEntry = describe("The claim to check")
    cards: tuple[CardEntry, ...] = describe(
        "The evidence shown beside it", min_items=1, max_items=50
    )
    verdict: VerdictEntry = describe("The verdict of the key")
    error: ErrorEntry = describe("The kind of error of the key")
    figure: FigureEntry | None = describe("The corrected figure of the key", default=None)
    weights: Weights | None = describe("Other weights than 60, 20 and 20", default=None)
    as_of: str = describe("The day for which the key holds", pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")


@dataclass(frozen=True)
class Card:
    """An evidence card; `why` is the reason why it is weak."""

    id: str
    evidence: Evidence
    weak: bool
    why: str | None


@dataclass(frozen=True)
class Exercise:
    """A compiled exercise: cards in the order shown; `figure` is None unless it is asked."""

    id: str
    kind: str
    title: str | None
    passage: Passage
    claim: Span
    question: str
    cards: tuple[Card, ...]
    verdict: VerdictEntry
    error: ErrorEntry
    figure: KeyFigure | None
    weights: Weights
    as_of: str
    steps: frozenset[str]


def parse(data: Any, material: Material) -> Parsed:
    """Compile authored data; all problems at once, no exercise if one of them is an error."""
    entry, problems = read(Entry, data)
    if entry is None:
        return Parsed(None, tuple(problems))
    passage, found = read_passage(entry.passages, material)
    problems += found + _card_problems(entry, material) + _rule_problems(entry, material)
    figure, found = _figure(entry, material)
    problems += found
    if passage is None:
        return Parsed(None, tuple(problems))
    claim, found = locate(passage, entry.claim.find, entry.claim.nth, "claim")
    problems += found
    if claim is None or problems:
        return Parsed(None, tuple(problems))
    return Parsed(
        Exercise(
            id=entry.id,
            kind=KIND,
            title=entry.title,
            passage=passage,
            claim=claim,
            question=entry.claim.question,
            cards=_cards(entry, material),
            verdict=entry.verdict,
            error=entry.error,
            figure=figure if FIGURE_STEP in material.steps else None,
            weights=entry.weights or Weights(),
            as_of=entry.as_of,
            steps=material.steps,
        )
    )


def _card_problems(entry: Entry, material: Material) -> list[Problem]:
    paths = [join_path("cards", i) for i in range(len(entry.cards))]
    ids = [card.id for card in entry.cards]
    problems = repeated_id_problems(zip(paths, ids, strict=True))
    for path, card in zip(paths, entry.cards, strict=True):
        if card.evidence not in material.evidence:
            here = join_path(path, "evidence")
            problems.append(unknown_evidence(card.evidence, here, material))
        if card.weak and card.why is None:
            problems.append(Problem("weak_without_why", join_path(path, "why"), {"id": card.id}))
    if all(card.weak for card in entry.cards) and entry.verdict.level is not Level.UNVERIFIABLE:
        problems.append(Problem("only_weak_cards", "cards"))
    return problems


def _rule_problems(entry: Entry, material: Material) -> list[Problem]:
    problems = []
    if FIGURE_STEP in material.steps and entry.figure is None:
        problems.append(Problem("figure_required", "figure"))
    weights = entry.weights
    if weights is not None and weights.verdict + weights.error == 0:
        problems.append(Problem("weights_without_verdict", "weights"))
    return problems


def _figure(entry: Entry, material: Material) -> tuple[KeyFigure | None, list[Problem]]:
    figure = entry.figure
    if figure is None:
        return None, []
    given = {"value": figure.value, "unit": figure.unit, "tolerance": figure.tolerance}
    if figure.none:
        extra = [name for name, value in given.items() if value is not None]
        problems = [Problem("figure_and_no_figure", join_path("figure", name)) for name in extra]
        return KeyFigure.nothing(figure.why), problems
    missing = [name for name, value in given.items() if value is None]
    if missing:
        return None, [
            Problem("missing_key", join_path("figure", name), {"key": name}) for name in missing
        ]
    texts = (figure.value or "", figure.unit or "", figure.tolerance or "")
    return read_figure(texts, figure.why, material.language)


def _cards(entry: Entry, material: Material) -> tuple[Card, ...]:
    by_id = {card.id: card for card in entry.cards}
    return tuple(
        Card(name, material.evidence[by_id[name].evidence], by_id[name].weak, by_id[name].why)
        for name in in_shown_order(entry.id, by_id)
    )
