"""What an author writes for loaded_language, and the exercise that it compiles to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from quizapp.core.marking import MarkingKey, Zone
from quizapp.exercises.base import Material, Parsed, Problem, Span
from quizapp.exercises.loaded_language.candidates import (
    Candidate,
    candidate_problems,
    list_candidates,
)
from quizapp.exercises.passages import (
    Passage,
    locate,
    overlap_problems,
    read_passage,
    repeated_id_problems,
    whole_words,
)
from quizapp.exercises.schema import ID_PATTERN, describe, join_path, read

KIND = "loaded_language"
TECHNIQUE_STEP = "technique"
"""The step of a quiz that asks for the technique of each target."""
REWRITE_STEP = "rewrite"
"""The step of a quiz that asks for the neutral one among the rewrites."""


class Technique(StrEnum):
    """How a target loads the passage."""

    NAME_CALLING = "name_calling"
    EXAGGERATION = "exaggeration"
    APPEAL_TO_FEAR = "appeal_to_fear"
    DOUBT = "doubt"
    RIDICULE = "ridicule"
    LOADED_WORD = "loaded_word"


class RewriteVerdict(StrEnum):
    """What a proposed rewrite does to the passage."""

    NEUTRAL = "neutral"
    CHANGES_FACT = "changes_fact"
    KEEPS_CHARGE = "keeps_charge"
    ADDS_HEDGE = "adds_hedge"


@dataclass(frozen=True, kw_only=True)
class TargetEntry:
    """A loaded expression that must be found."""

    id: str = describe("Id of the target, unique in the exercise", pattern=ID_PATTERN)
    find: str = describe("The expression, quoted from the passage")
    nth: int | None = describe(
        "Which occurrence, from 1, only where it occurs more than once", default=None, minimum=1
    )
    technique: Technique = describe("How it loads the passage")
    why: str = describe("The reason shown after the answer, 10–60 words")
    neutral: str | None = describe("A neutral way to say the same", default=None)


@dataclass(frozen=True, kw_only=True)
class SpanEntry:
    """An expression with a reason: optional (never counted) or a near miss (a false alarm)."""

    id: str = describe("Id of the expression, unique in the exercise", pattern=ID_PATTERN)
    find: str = describe("The expression, quoted from the passage")
    nth: int | None = describe(
        "Which occurrence, from 1, only where it occurs more than once", default=None, minimum=1
    )
    why: str = describe("The reason shown after the answer, 10–60 words")


@dataclass(frozen=True, kw_only=True)
class RewriteEntry:
    """A rewrite of the passage to choose from in a later step."""

    id: str = describe("Id of the rewrite, unique in the exercise", pattern=ID_PATTERN)
    text: str = describe("The rewritten passage")
    verdict: RewriteVerdict = describe("What the rewrite does")
    why: str = describe("The reason shown after the answer, 10–60 words")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An exercise in which the learner marks loaded words; without targets, a control passage."""

    id: str = describe("Id of the exercise, unique in the source", pattern=ID_PATTERN)
    kind: str = describe("The kind of exercise", const=KIND)
    title: str | None = describe("A short title", default=None)
    passages: tuple[str, ...] = describe("Ids of the passages shown", min_items=1, max_items=10)
    targets: tuple[TargetEntry, ...] = describe("What must be found", default=(), max_items=50)
    optional: tuple[SpanEntry, ...] = describe(
        "Defensible either way, never counted", default=(), max_items=50
    )
    near_misses: tuple[SpanEntry, ...] = describe(
        "Neutral words that are often marked, with the reason why they are neutral",
        default=(),
        max_items=50,
    )
    rewrites: tuple[RewriteEntry, ...] = describe(
        "Rewrites for a later step", default=(), max_items=50
    )
    candidates: tuple[str, ...] = describe(
        "Ids of all targets and of near misses, shown as a list instead of words to mark",
        default=(),
        max_items=50,
    )
    why: str | None = describe("Why nothing is loaded here; required without targets", default=None)


@dataclass(frozen=True)
class Target:
    """A target in its passage; `span` in code points."""

    id: str
    span: Span
    text: str
    technique: Technique
    why: str
    neutral: str | None


@dataclass(frozen=True)
class Remark:
    """An optional expression or a near miss in its passage; `span` in code points."""

    id: str
    span: Span
    text: str
    why: str


@dataclass(frozen=True)
class Exercise:
    """A compiled exercise: spans in the order of the text."""

    id: str
    kind: str
    title: str | None
    passage: Passage
    targets: tuple[Target, ...]
    optional: tuple[Remark, ...]
    near_misses: tuple[Remark, ...]
    rewrites: tuple[RewriteEntry, ...]
    candidates: tuple[Candidate, ...]
    why: str | None
    steps: frozenset[str]

    @cached_property
    def word_values(self) -> dict[str, Span]:
        """The words that can be marked, by their form value `start-end`."""
        return {f"{start}-{end}": (start, end) for start, end in self.marking_key.place_of}

    @cached_property
    def target_values(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """For each target its id and the form values of the words of which half must be marked."""
        key, values = self.marking_key, list(self.word_values)
        found = []
        for target, places in zip(self.targets, key.target_words, strict=True):
            counted = [at for at in places if key.words[at].is_content] or places
            found.append((target.id, frozenset(values[at] for at in counted)))
        return tuple(found)

    @cached_property
    def word_keys(self) -> dict[str, bool]:
        """Whether marking a word is right, by form value; without those that never count."""
        key = self.marking_key
        return {
            value: zone is Zone.CORE
            for value, zone, word in zip(self.word_values, key.zones, key.words, strict=True)
            if zone is Zone.CORE or (zone is Zone.NEUTRAL and word.is_content)
        }

    @cached_property
    def marking_key(self) -> MarkingKey:
        """The key by which marks are scored; worked out once."""
        return MarkingKey(
            text=self.passage.text,
            language=self.passage.language,
            targets=tuple(target.span for target in self.targets),
            optional=tuple(remark.span for remark in self.optional),
        )


def parse(data: Any, material: Material) -> Parsed:
    """Compile authored data; all problems at once, no exercise if one of them is an error."""
    entry, problems = read(Entry, data)
    if entry is None:
        return Parsed(None, tuple(problems))
    passage, found = read_passage(entry.passages, material)
    problems += found + _rule_problems(entry, material)
    if passage is None:
        return Parsed(None, tuple(problems))
    spans, found = _locate_all(entry, passage)
    problems += found
    if problems:
        return Parsed(None, tuple(problems))
    exercise = _compiled(entry, passage, spans, material.steps)
    if not exercise.targets and not exercise.marking_key.stretches:
        return Parsed(None, (Problem("nothing_to_mark", "passages"),))
    return Parsed(exercise)


def _lists(entry: Entry) -> list[tuple[str, Sequence[TargetEntry | SpanEntry]]]:
    return [
        ("targets", entry.targets),
        ("optional", entry.optional),
        ("near_misses", entry.near_misses),
    ]


def _rule_problems(entry: Entry, material: Material) -> list[Problem]:
    named: list[tuple[str, Sequence[TargetEntry | SpanEntry | RewriteEntry]]] = [
        *_lists(entry),
        ("rewrites", entry.rewrites),
    ]
    ids = [(join_path(name, i), e.id) for name, entries in named for i, e in enumerate(entries)]
    problems = repeated_id_problems(ids)
    if not entry.targets and entry.why is None:
        problems.append(Problem("control_without_why", "why"))
    decoys = [e.id for e in entry.near_misses]
    problems += candidate_problems(entry.candidates, [e.id for e in entry.targets], decoys)
    neutral = [e.verdict for e in entry.rewrites].count(RewriteVerdict.NEUTRAL)
    asked = REWRITE_STEP in material.steps and entry.rewrites
    if asked and (neutral != 1 or len(entry.rewrites) < 2):
        params = {"neutral": neutral, "all": len(entry.rewrites)}
        problems.append(Problem("rewrites_unfit", "rewrites", params))
    return problems


def _locate_all(entry: Entry, passage: Passage) -> tuple[dict[str, Span], list[Problem]]:
    """Locate every expression; near misses must not touch a target or an optional span either."""
    problems: list[Problem] = []
    spans: dict[str, Span] = {}
    placed: list[tuple[str, str, Span]] = []
    for name, entries in _lists(entry):
        for i, item in enumerate(entries):
            path = join_path(name, i)
            span, found = locate(passage, item.find, item.nth, path)
            problems += found
            if span is None:
                continue
            units = whole_words(passage, span)
            if units is None:
                problems.append(Problem("span_without_word", join_path(path, "find")))
                continue
            spans[item.id] = span
            placed.append((path, item.id, units))
    return spans, problems + overlap_problems(placed)


def _compiled(
    entry: Entry, passage: Passage, spans: dict[str, Span], steps: frozenset[str]
) -> Exercise:
    def quoted(name: str) -> str:
        return passage.text[slice(*spans[name])]

    def remarks(entries: tuple[SpanEntry, ...]) -> tuple[Remark, ...]:
        made = [Remark(e.id, spans[e.id], quoted(e.id), e.why) for e in entries]
        return tuple(sorted(made, key=lambda remark: remark.span))

    targets = [
        Target(e.id, spans[e.id], quoted(e.id), e.technique, e.why, e.neutral)
        for e in entry.targets
    ]
    return Exercise(
        id=entry.id,
        kind=KIND,
        title=entry.title,
        passage=passage,
        targets=tuple(sorted(targets, key=lambda target: target.span)),
        optional=remarks(entry.optional),
        near_misses=remarks(entry.near_misses),
        rewrites=entry.rewrites,
        candidates=list_candidates(passage, entry.candidates, spans),
        why=entry.why,
        steps=steps,
    )
