"""What templates show of loaded_language after the answer: the passage marked up, and reasons."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from quizapp.core.marking import WORDS_PER_FALSE_ALARM, MarkingKey
from quizapp.exercises.base import Grade, Span
from quizapp.exercises.loaded_language.authored import Exercise, Technique
from quizapp.exercises.loaded_language.grading import grade, marks_of, score
from quizapp.exercises.passages import Passage, cut, whole_words

NEUTRAL_WORD = "neutral_word"
"""Code of the reason for a false alarm for which the author wrote none."""


class State(StrEnum):
    """What became of a part of the passage."""

    PLAIN = "plain"
    FOUND = "found"
    MISSED = "missed"
    ALARM = "alarm"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Run:
    """A part of a piece that the learner ticked as a whole or not at all."""

    text: str
    ticked: bool


@dataclass(frozen=True)
class ReviewPiece:
    """A part of the passage; `number` is that of its reason.

    A false alarm may be several pieces with one number; `first` is true for the first of them,
    which carries the anchor.
    """

    text: str
    span: Span
    state: State
    number: int | None
    first: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Reason:
    """Why a part counts as it does; `why` is None only where `code` stands for a generic reason."""

    number: int
    state: State
    id: str | None
    text: str
    ticked: bool
    why: str | None
    code: str | None = None
    technique: Technique | None = None
    neutral: str | None = None


@dataclass(frozen=True)
class Review:
    """The feedback: found − false alarms of targets, the passage in pieces, the reasons.

    `reasons` (targets and false alarms, in the order of the text) are numbered from 1, `optional`
    go on from there. `from_list` tells that the answer was given from the list. `why` is the
    exercise's own reason, always there in a control passage.
    """

    grade: Grade
    found: int
    targets: int
    false_alarms: int
    is_control: bool
    passage: Passage
    pieces: tuple[ReviewPiece, ...]
    reasons: tuple[Reason, ...]
    optional: tuple[Reason, ...]
    why: str | None
    from_list: bool


@dataclass(frozen=True)
class _Part:
    """A numbered part before it has its number: its spans (several only for alarms)."""

    spans: tuple[Span, ...]
    state: State
    id: str | None
    why: str | None
    technique: Technique | None = None
    neutral: str | None = None


def review(exercise: Exercise, payload: Mapping[str, Any]) -> Review:
    """Return what is shown after the answer; after "I do not know" every target is missed."""
    result = score(exercise, payload)
    marked = frozenset(marks_of(payload))
    counted = sorted(
        [*_targets(exercise, result.found), *_alarms(exercise, marked)],
        key=lambda part: part.spans[0],
    )
    parts = dict(enumerate([*counted, *_optional(exercise)], 1))
    reasons = [_reason(exercise, number, part, marked) for number, part in parts.items()]
    return Review(
        grade=grade(exercise, payload),
        found=sum(result.found),
        targets=len(exercise.targets),
        false_alarms=result.false_alarms,
        is_control=not exercise.targets,
        passage=exercise.passage,
        pieces=tuple(_pieces(exercise, parts, marked)),
        reasons=tuple(reasons[: len(counted)]),
        optional=tuple(reasons[len(counted) :]),
        why=exercise.why,
        from_list=payload.get("list") is True,
    )


def _targets(exercise: Exercise, found: tuple[bool, ...]) -> Iterator[_Part]:
    for target, is_found in zip(exercise.targets, found, strict=True):
        yield _Part(
            spans=(_widened(exercise, target.span),),
            state=State.FOUND if is_found else State.MISSED,
            id=target.id,
            why=target.why,
            technique=target.technique,
            neutral=target.neutral,
        )


def _optional(exercise: Exercise) -> Iterator[_Part]:
    for remark in exercise.optional:
        span = _widened(exercise, remark.span)
        yield _Part((span,), State.OPTIONAL, remark.id, remark.why)


def _widened(exercise: Exercise, span: Span) -> Span:
    return whole_words(exercise.passage, span) or span


def _alarms(exercise: Exercise, marked: frozenset[Span]) -> Iterator[_Part]:
    """Yield the false alarms exactly as they are counted: three content words of a stretch each."""
    key = exercise.marking_key
    for stretch in key.stretches:
        ticked = [at for at in stretch if key.words[at].span in marked]
        content = [at for at in ticked if key.words[at].is_content]
        for i in range(0, len(content), WORDS_PER_FALSE_ALARM):
            group = content[i : i + WORDS_PER_FALSE_ALARM]
            inside = [at for at in ticked if group[0] <= at <= group[-1]]
            spans = tuple(_runs(key, inside))
            near = _near_miss(exercise, spans)
            yield _Part(spans, State.ALARM, *(near or (None, None)))


def _runs(key: MarkingKey, places: Iterable[int]) -> Iterator[Span]:
    """Yield the spans of neighbouring words that have only spaces between them."""
    spans: list[Span] = []
    for at in places:
        start, end = key.words[at].span
        if spans and key.text[spans[-1][1] : start].isspace():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    yield from spans


def _near_miss(exercise: Exercise, spans: Iterable[Span]) -> tuple[str, str] | None:
    for start, end in spans:
        for remark in exercise.near_misses:
            if start < remark.span[1] and remark.span[0] < end:
                return remark.id, remark.why
    return None


def _reason(exercise: Exercise, number: int, part: _Part, marked: frozenset[Span]) -> Reason:
    text = exercise.passage.text
    return Reason(
        number=number,
        state=part.state,
        id=part.id,
        text=" … ".join(text[start:end] for start, end in part.spans),
        ticked=any(s < end and start < e for s, e in marked for start, end in part.spans),
        why=part.why,
        code=NEUTRAL_WORD if part.why is None else None,
        technique=part.technique,
        neutral=part.neutral,
    )


def _pieces(
    exercise: Exercise, parts: Mapping[int, _Part], marked: frozenset[Span]
) -> Iterator[ReviewPiece]:
    named = [(str(number), span) for number, part in parts.items() for span in part.spans]
    ticked = [exercise.marking_key.place_of[span] for span in sorted(marked)]
    runs = list(_runs(exercise.marking_key, ticked))
    seen: set[int] = set()
    for piece in cut(exercise.passage.text, named):
        number = int(piece.name) if piece.name else None
        yield ReviewPiece(
            text=piece.text,
            span=piece.span,
            state=parts[number].state if number else State.PLAIN,
            number=number,
            first=number is not None and number not in seen,
            runs=_ticked_runs(exercise.passage.text, piece.span, runs),
        )
        seen |= {number} if number else set()


def _ticked_runs(text: str, span: Span, runs: Iterable[Span]) -> tuple[Run, ...]:
    start, end = span
    signs = [any(s <= at < e for s, e in runs) for at in range(start, end)]
    parts = []
    at = start
    for ticked, group in groupby(signs):
        size = len(list(group))
        parts.append(Run(text[at : at + size], ticked))
        at += size
    return tuple(parts)
