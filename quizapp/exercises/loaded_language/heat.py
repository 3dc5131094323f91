"""The marks of a class laid over the passage: how many marked each word, found each target."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from quizapp.core.floor import HIDDEN, ShownCount
from quizapp.core.scores import round_half_up
from quizapp.exercises.base import Choice
from quizapp.exercises.loaded_language.authored import Exercise, Technique
from quizapp.exercises.loaded_language.options import NONE, TARGETS, WORDS
from quizapp.exercises.loaded_language.questions import Token, question
from quizapp.exercises.passages import Passage

STEPS = (10, 20, 40, 60, 80)
"""Percent from which a word has the next darker ground; see interface.md section 4."""


@dataclass(frozen=True)
class Heat:
    """How many of a class: `count` as it may be shown, its percent and its step 0–5.

    `percent` is None where the count is not shown; where it is "at least", so is the percent.
    """

    count: ShownCount
    percent: int | None
    step: int

    @property
    def is_least(self) -> bool:
        """Whether the figure is "at least"."""
        return self.count.least is not None


@dataclass(frozen=True)
class HeatWord:
    """A word of the passage; `opens` and `closes` are the brackets of a target.

    `is_numbered`: from 10 % or in the key. `joined`: the space after it belongs to a target.
    """

    token: Token
    heat: Heat
    in_key: bool
    opens: bool
    closes: bool

    @property
    def is_numbered(self) -> bool:
        """Whether the figure stands under the word."""
        return self.heat.percent is not None and (self.in_key or self.heat.step > 0)


@dataclass(frozen=True)
class KeyExpression:
    """A target, how it loads the passage, and how many found it."""

    choice: Choice
    text: str
    technique: Technique
    why: str
    heat: Heat


@dataclass(frozen=True)
class FrequentAlarm:
    """A neutral word that at least 10 % marked; `why` is the author's reason, where there is."""

    choice: Choice
    text: str
    why: str | None
    heat: Heat


@dataclass(frozen=True)
class HeatMap:
    """The picture of `total` answers.

    `expressions` go from the least to the most found, `alarms` from the most to the least marked.
    `none` = how many said that nothing is loaded. `is_control`: nothing is.
    """

    total: int
    passage: Passage
    sentences: tuple[tuple[HeatWord, ...], ...]
    expressions: tuple[KeyExpression, ...]
    alarms: tuple[FrequentAlarm, ...]
    none: Heat
    is_control: bool
    why: str | None


def picture(
    exercise: Exercise, counts: Mapping[Choice, ShownCount], total: int, *, with_key: bool = True
) -> HeatMap:
    """Return the marks of a class over the passage; `counts` as they may be shown, of `total`.

    Without the key nothing in it depends on the key: every passage looks like a control passage.
    """
    if not with_key:
        exercise = replace(exercise, targets=(), optional=(), near_misses=(), why=None)

    def heat(choice: Choice) -> Heat:
        return read_heat(counts.get(choice, HIDDEN), total)

    heats = {name: heat((WORDS, name)) for name in exercise.word_values}
    alarms = _alarms(exercise, heats) if with_key else ()
    expressions = [
        KeyExpression((TARGETS, t.id), t.text, t.technique, t.why, heat((TARGETS, t.id)))
        for t in exercise.targets
    ]
    return HeatMap(
        total=total,
        passage=exercise.passage,
        sentences=tuple(
            tuple(_word(exercise, token, heat((WORDS, token.value))) for token in sentence.tokens)
            for sentence in question(exercise).sentences
        ),
        expressions=tuple(sorted(expressions, key=lambda each: each.heat.percent or 0)),
        alarms=tuple(sorted(alarms, key=lambda each: -(each.heat.percent or 0)))
        if with_key
        else (),
        none=heat((NONE, NONE)),
        is_control=with_key and not exercise.targets,
        why=exercise.why,
    )


def read_heat(count: ShownCount, total: int) -> Heat:
    """Return a count with its percent of `total`, rounded half up, and its step."""
    if count.shown is None or not total:
        return Heat(count, None, 0)
    percent = round_half_up(Fraction(100 * count.shown, total))
    return Heat(count, percent, sum(percent >= step for step in STEPS))


def _word(exercise: Exercise, token: Token, heat: Heat) -> HeatWord:
    start, end = token.span
    covering = [t.span for t in exercise.targets if t.span[0] < end and start < t.span[1]]
    return HeatWord(
        token=token,
        heat=heat,
        in_key=bool(covering),
        opens=any(start <= span[0] < end for span in covering),
        closes=any(start < span[1] <= end for span in covering),
    )


def _alarms(exercise: Exercise, heats: Mapping[str, Heat]) -> Iterator[FrequentAlarm]:
    for value, (start, end) in exercise.word_values.items():
        if exercise.word_keys.get(value) is not False or not heats[value].step:
            continue
        reasons = (r.why for r in exercise.near_misses if r.span[0] < end and start < r.span[1])
        text = exercise.passage.text[start:end]
        yield FrequentAlarm((WORDS, value), text, next(reasons, None), heats[value])
