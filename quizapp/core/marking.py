"""Marks on words scored against a key; knows zones and stretches, nothing of techniques or pages.

Rules: exercises.md section 2, loaded_language. Each word is core (in a target), optional or
neutral; a word partly inside a span is inside. A target is found when at least half of its content
words are marked (of all its words, when none is a content word). A stretch is a maximal run of
neutral words, cut by the other words and by CUTS between words: the key fixes it, marks do not.
"""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from quizapp.core.detection import Trials
from quizapp.core.overlap import Overlap, compare_spans
from quizapp.core.text import Span
from quizapp.core.words import Word, split_words

#: Punctuation that cuts a stretch where it stands between two words.
CUTS = frozenset(".!?;:–—")
#: Marked content words of one stretch that make one false alarm more.
WORDS_PER_FALSE_ALARM = 3


class Zone(StrEnum):
    """What the key says of a word."""

    CORE = "core"
    OPTIONAL = "optional"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class MarkingKey:
    """A passage in NFC with the spans of its targets and of its optional expressions.

    Raises ValueError for a text not in NFC, a span outside it or a span without any word.
    Optional words inside a target are core. No targets: a control passage.
    """

    text: str
    language: str
    targets: tuple[Span, ...]
    optional: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", self.text):
            raise ValueError("the text of a marking key must be in NFC")
        for start, end in (*self.targets, *self.optional):
            if not 0 <= start < end <= len(self.text):
                raise ValueError(f"span {start}-{end} is not within the text")
            if not self._covered((start, end)):
                raise ValueError(f"span {start}-{end} holds no word")

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the text, in order."""
        return split_words(self.text, self.language)

    @cached_property
    def target_words(self) -> tuple[tuple[int, ...], ...]:
        """Per target, the places of its words in `words`."""
        return tuple(self._covered(span) for span in self.targets)

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """Per word, its zone."""
        core = {at for places in self.target_words for at in places}
        optional = {at for span in self.optional for at in self._covered(span)}
        return tuple(
            Zone.CORE if at in core else Zone.OPTIONAL if at in optional else Zone.NEUTRAL
            for at in range(len(self.words))
        )

    @cached_property
    def stretches(self) -> tuple[tuple[int, ...], ...]:
        """The stretches that have a content word, as places of all their words in `words`."""
        runs: list[list[int]] = []
        previous = None
        for at, zone in enumerate(self.zones):
            if zone is not Zone.NEUTRAL:
                continue
            if previous is None or previous != at - 1 or self._is_cut_before(at):
                runs.append([])
            runs[-1].append(at)
            previous = at
        return tuple(tuple(run) for run in runs if any(self.words[at].is_content for at in run))

    @cached_property
    def place_of(self) -> dict[Span, int]:
        """The place in `words` of each word's span."""
        return {word.span: at for at, word in enumerate(self.words)}

    def _covered(self, span: Span) -> tuple[int, ...]:
        start, end = span
        return tuple(
            at for at, word in enumerate(self.words) if word.start < end and start < word.end
        )

    def _is_cut_before(self, at: int) -> bool:
        between = self.text[self.words[at - 1].end : self.words[at].start]
        return not CUTS.isdisjoint(between)


@dataclass(frozen=True)
class MarkingResult:
    """What marks are worth.

    `found` is per target, `stretches_hit` per stretch of the key; `alarmed_words` are the neutral
    content words marked; `score` is 0–1; precision, recall and f1 are 0–1, for analysis only.
    """

    found: tuple[bool, ...]
    false_alarms: int
    alarmed_words: tuple[Word, ...]
    stretches_hit: tuple[bool, ...]
    score: Fraction
    precision: float
    recall: float
    f1: float
    trials: Trials


def score_marks(key: MarkingKey, marks: Collection[Span]) -> MarkingResult:
    """Score marked words: max(0, found − false alarms) / targets.

    False alarms are ⌈m/3⌉ per stretch, m its marked content words. A control passage is worth 1
    without false alarms, else 0. Order and repetition do not matter. Raises ValueError for a mark
    that is not exactly a word of the text.
    """
    marked = _places(key, marks)
    alarmed = [
        [at for at in stretch if at in marked and key.words[at].is_content]
        for stretch in key.stretches
    ]
    found = tuple(_is_found(key, places, marked) for places in key.target_words)
    false_alarms = sum(-(-len(places) // WORDS_PER_FALSE_ALARM) for places in alarmed)
    overlap = _overlap(key, marked)
    return MarkingResult(
        found=found,
        false_alarms=false_alarms,
        alarmed_words=tuple(key.words[at] for places in alarmed for at in places),
        stretches_hit=tuple(bool(places) for places in alarmed),
        score=_score(found, false_alarms),
        precision=overlap.precision,
        recall=overlap.recall,
        f1=overlap.f1,
        trials=_trials(found, [bool(places) for places in alarmed]),
    )


def _places(key: MarkingKey, marks: Iterable[Span]) -> frozenset[int]:
    unknown = [mark for mark in marks if tuple(mark) not in key.place_of]
    if unknown:
        raise ValueError(f"no word of the text: {unknown[0]!r}")
    return frozenset(key.place_of[start, end] for start, end in marks)


def _is_found(key: MarkingKey, places: tuple[int, ...], marked: frozenset[int]) -> bool:
    counted = [at for at in places if key.words[at].is_content] or places
    return 2 * sum(at in marked for at in counted) >= len(counted)


def _score(found: tuple[bool, ...], false_alarms: int) -> Fraction:
    if not found:
        return Fraction(int(false_alarms == 0))
    return Fraction(max(0, sum(found) - false_alarms), len(found))


def _trials(found: Collection[bool], hit: Collection[bool]) -> Trials:
    return Trials(
        hits=sum(found),
        misses=len(found) - sum(found),
        false_alarms=sum(hit),
        correct_rejections=len(hit) - sum(hit),
    )


def _overlap(key: MarkingKey, marked: frozenset[int]) -> Overlap:
    """Compare the runs of marks with the targets, both on whole words."""
    expected = [
        (key.words[places[0]].start, key.words[places[-1]].end) for places in key.target_words
    ]
    return compare_spans(_marked_runs(key, marked), expected)


def _marked_runs(key: MarkingKey, marked: frozenset[int]) -> list[Span]:
    """Return the maximal runs of marked words parted by spaces alone, optional words left out."""
    runs: list[Span] = []
    previous = None
    for at in sorted(marked):
        if key.zones[at] is Zone.OPTIONAL:
            continue
        word = key.words[at]
        if previous == at - 1 and key.text[key.words[at - 1].end : word.start].isspace():
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append(word.span)
        previous = at
    return runs
