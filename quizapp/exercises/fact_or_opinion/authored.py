"""What an author writes for fact_or_opinion, and the exercise that it compiles to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.exercises.base import Evidence, Material, Parsed, Problem, Span
from quizapp.exercises.evidence import find_evidence
from quizapp.exercises.passages import (
    Passage,
    locate,
    overlap_problems,
    read_passage,
    repeated_id_problems,
)
from quizapp.exercises.schema import ID_PATTERN, describe, join_path, read

KIND = "fact_or_opinion"
CUE_STEP = "cue"
"""The step of a quiz that asks which cue tells the label of each segment."""


class Label(StrEnum):
    """What a segment is; verifiable means provable either way, not true."""

    VERIFIABLE = "verifiable"
    JUDGEMENT = "judgement"
    MIXED = "mixed"


class Truth(StrEnum):
    """How a verifiable segment stands against its evidence."""

    ACCURATE = "accurate"
    INEXACT = "inexact"
    INACCURATE = "inaccurate"
    UNSETTLED = "unsettled"


class Cue(StrEnum):
    """Which sign in the words tells the label."""

    NUMBER = "number"
    DATE = "date"
    NAMED_EVENT = "named_event"
    EVALUATIVE = "evaluative"
    IMPUTED_INTENTION = "imputed_intention"
    PREDICTION = "prediction"
    GENERALISATION = "generalisation"


@dataclass(frozen=True, kw_only=True)
class SegmentEntry:
    """One segment to be labelled."""

    id: str = describe("Id of the segment, unique in the exercise", pattern=ID_PATTERN)
    find: str = describe("The segment, quoted from the passage")
    nth: int | None = describe(
        "Which occurrence, from 1, only where it occurs more than once", default=None, minimum=1
    )
    label: Label = describe("verifiable, judgement, or mixed (whole sentences only)")
    truth: Truth | None = describe("How it stands; only for verifiable", default=None)
    evidence: tuple[str, ...] = describe("Ids of evidence; only for verifiable", default=())
    cue: Cue | None = describe("The sign that tells the label", default=None)
    why: str = describe("The reason shown after the answer, 10–60 words")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An exercise in which segments are told apart: verifiable claim or judgement."""

    id: str = describe("Id of the exercise, unique in the source", pattern=ID_PATTERN)
    kind: str = describe("The kind of exercise", const=KIND)
    title: str | None = describe("A short title", default=None)
    passages: tuple[str, ...] = describe("Ids of the passages shown", min_items=1, max_items=10)
    segments: tuple[SegmentEntry, ...] = describe(
        "What is to be labelled", min_items=1, max_items=50
    )


@dataclass(frozen=True)
class Segment:
    """A segment in its passage; `span` in code points, `number` from 1 in the order of the text."""

    id: str
    number: int
    span: Span
    text: str
    label: Label
    truth: Truth | None
    evidence: tuple[Evidence, ...]
    cue: Cue | None
    why: str
    options: tuple[Label, ...]


@dataclass(frozen=True)
class Exercise:
    """A compiled exercise: segments in the order of the text."""

    id: str
    kind: str
    title: str | None
    passage: Passage
    segments: tuple[Segment, ...]
    steps: frozenset[str]


def parse(data: Any, material: Material) -> Parsed:
    """Compile authored data; all problems at once, no exercise if one of them is an error."""
    entry, problems = read(Entry, data)
    if entry is None:
        return Parsed(None, tuple(problems))
    passage, found = read_passage(entry.passages, material)
    problems += found + _rule_problems(entry, material)
    if passage is None:
        return Parsed(None, tuple(problems))
    segments, found = _locate_all(entry, passage, material)
    problems += found
    if problems:
        return Parsed(None, tuple(problems))
    exercise = Exercise(entry.id, KIND, entry.title, passage, segments, material.steps)
    return Parsed(exercise)


def _rule_problems(entry: Entry, material: Material) -> list[Problem]:
    paths = [join_path("segments", i) for i in range(len(entry.segments))]
    ids = [segment.id for segment in entry.segments]
    problems = repeated_id_problems(zip(paths, ids, strict=True))
    for path, segment in zip(paths, entry.segments, strict=True):
        params = {"id": segment.id}
        if CUE_STEP in material.steps and segment.cue is None:
            problems.append(Problem("cue_required", join_path(path, "cue"), params))
        if segment.label is Label.VERIFIABLE:
            if segment.truth is None:
                problems.append(Problem("truth_missing", join_path(path, "truth"), params))
            if not segment.evidence:
                problems.append(Problem("evidence_missing", join_path(path, "evidence"), params))
            continue
        for name in ("truth", "evidence"):
            if getattr(segment, name):
                problems.append(Problem(f"{name}_not_verifiable", join_path(path, name), params))
    return problems


def _locate_all(
    entry: Entry, passage: Passage, material: Material
) -> tuple[tuple[Segment, ...], list[Problem]]:
    problems: list[Problem] = []
    placed: list[tuple[str, SegmentEntry, Span]] = []
    for i, segment in enumerate(entry.segments):
        path = join_path("segments", i)
        span, found = locate(passage, segment.find, segment.nth, path)
        problems += found + find_evidence(segment.evidence, path, material)[1]
        if span is not None:
            placed.append((path, segment, span))
    problems += overlap_problems([(path, segment.id, span) for path, segment, span in placed])
    sentences = _sentence_spans(passage)
    segments = []
    for number, (path, segment, span) in enumerate(sorted(placed, key=lambda p: p[2]), 1):
        whole = _is_whole(span, sentences)
        if segment.label is Label.MIXED and not whole:
            params = {"id": segment.id}
            problems.append(Problem("mixed_not_sentence", join_path(path, "label"), params))
        made = _compiled(
            segment,
            span,
            number=number,
            whole=whole,
            text=passage.text[slice(*span)],
            evidence=find_evidence(segment.evidence, path, material)[0],
        )
        segments.append(made)
    return tuple(segments), problems


def _compiled(
    entry: SegmentEntry,
    span: Span,
    *,
    number: int,
    whole: bool,
    text: str,
    evidence: tuple[Evidence, ...],
) -> Segment:
    return Segment(
        id=entry.id,
        number=number,
        span=span,
        text=text,
        label=entry.label,
        truth=entry.truth,
        evidence=evidence,
        cue=entry.cue,
        why=entry.why,
        options=tuple(Label) if whole else (Label.VERIFIABLE, Label.JUDGEMENT),
    )


def _sentence_spans(passage: Passage) -> list[Span]:
    return [(words[0].start, words[-1].end) for words in passage.sentences if words]


def _is_whole(span: Span, sentences: list[Span]) -> bool:
    """Whether a span holds every word of the sentences it touches; punctuation does not matter."""
    touched = [s for s in sentences if s[0] < span[1] and span[0] < s[1]]
    return bool(touched) and span[0] <= touched[0][0] and touched[-1][1] <= span[1]
