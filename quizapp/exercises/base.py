"""What all kinds of exercise share: problems, material, grades, tallies; knows no single kind."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from quizapp.core.detection import Trials
from quizapp.core.mastery import RIGHT_FROM
from quizapp.core.scores import FULL

JSON: TypeAlias = Any
Payload: TypeAlias = dict[str, Any]
FormPair: TypeAlias = tuple[str, str]
Span: TypeAlias = tuple[int, int]
Choice: TypeAlias = tuple[str, str]
"""The id of an option group and one of its options."""

UNSURE: Mapping[str, bool] = {"unsure": True}
UNANSWERED: Mapping[str, bool] = {"unsure": True, "unanswered": True}
"""What stands for an answer in the correction of an exercise that has none; never stored."""
CONFIDENCE = "confidence"
"""The step of a quiz that asks with each answer how sure the learner is, and its field."""
CONFIDENCE_LEVELS = (1, 2, 3)
"""Not sure, rather sure, sure; kept beside the answer and never part of its marks."""
NO_TRIALS = Trials(hits=0, misses=0, false_alarms=0, correct_rejections=0)


class Severity(StrEnum):
    """How much a problem weighs: an error keeps a file out of service, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with authored data or with an answer; never a sentence.

    `path` names the place: `targets[0].find` in authored data, a field name in a form.
    """

    code: str
    path: str
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence in the language of the quiz; `date` is ISO 8601, perhaps a year."""

    id: str
    publisher: str
    title: str
    date: str
    url: str
    figure: str | None = None
    unit: str | None = None
    period: str | None = None
    says: str | None = None


@dataclass(frozen=True)
class PassageText:
    """One numbered passage in the language of the quiz, with the original when it is translated."""

    id: str
    text: str
    original: str | None = None


@dataclass(frozen=True)
class Material:
    """What an exercise may refer to: passages and evidence by id, and the steps its quiz asks."""

    language: str
    source_language: str
    passages: Mapping[str, PassageText]
    evidence: Mapping[str, Evidence]
    steps: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grade:
    """What one answer is worth: points 0–10,000, right from 7,500, its signal-detection trials.

    `marks` holds the further figures of the kind, as JSON.
    """

    points: int
    right: bool
    unsure: bool
    trials: Trials
    marks: dict[str, JSON] = field(default_factory=dict)

    @property
    def unanswered(self) -> bool:
        """Whether there is no answer at all, not even "I do not know"."""
        return "unanswered" in self.marks


UNSURE_GRADE = Grade(points=0, right=False, unsure=True, trials=NO_TRIALS)
_UNANSWERED_GRADE = replace(UNSURE_GRADE, marks={"unanswered": True})


@dataclass(frozen=True)
class Samples:
    """Answers to try an exercise with: two payloads, and form pairs that must be refused."""

    right: Payload
    wrong: Payload
    invalid: list[FormPair]


@dataclass(frozen=True)
class Count:
    """How many chose one option; `option` is an id, a label or, for words, `start-end`."""

    option: str
    n: int


@dataclass(frozen=True)
class TallyGroup:
    """The counts of one question of the exercise, in the order in which its options are shown."""

    id: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Tally:
    """What a class answered: `n` answers, of which `unsure` said that they do not know."""

    n: int
    unsure: int
    groups: tuple[TallyGroup, ...]

    def group(self, name: str) -> TallyGroup:
        """Return the group with this id; KeyError if the kind has none."""
        for group in self.groups:
            if group.id == name:
                return group
        raise KeyError(name)


@dataclass(frozen=True)
class OptionGroup:
    """One question of an exercise with its options in the order in which they are shown.

    `exclusive` = an answer chooses one of them. What is typed adds options of its own.
    """

    id: str
    options: tuple[str, ...]
    exclusive: bool = True


class AnyExercise(Protocol):
    """What the compiled exercise of every kind has."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def passage(self) -> Any: ...
    @property
    def steps(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Parsed:
    """The result of reading authored data: an exercise unless a problem is an error."""

    exercise: Any
    problems: tuple[Problem, ...] = ()


def grade_of(points: int, trials: Trials, marks: dict[str, JSON]) -> Grade:
    """Return the grade of an answer that is not "I do not know"; points 0–10,000."""
    if not 0 <= points <= FULL:
        raise ValueError(f"points out of range: {points}")
    return Grade(
        points=points, right=points >= RIGHT_FROM, unsure=False, trials=trials, marks=marks
    )


def unsure_grade(payload: Mapping[str, Any]) -> Grade:
    """Return the grade of "I do not know", or of no answer."""
    return _UNANSWERED_GRADE if "unanswered" in payload else UNSURE_GRADE


def is_unsure(payload: Mapping[str, Any]) -> bool:
    """Return whether the answer is "I do not know"."""
    return payload.get("unsure") is True


def with_confidence(exercise: AnyExercise, payload: Payload, level: int) -> Payload:
    """Return a payload with how sure the learner is (1–3) where the quiz asks it."""
    asked = CONFIDENCE in exercise.steps and not is_unsure(payload)
    return payload | {CONFIDENCE: level} if asked else payload


def asked_beside(exercise: AnyExercise) -> dict[str, JSON]:
    """Return what is asked with the answer besides the kind's own parts, for the text hash."""
    return {CONFIDENCE: True} if CONFIDENCE in exercise.steps else {}


def confidence_of(payload: Mapping[str, Any]) -> int | None:
    """Return how sure the learner was (1–3), None where it was not asked or not known."""
    level: int | None = payload.get(CONFIDENCE)
    return level


def canonical_json(value: JSON) -> str:
    """Return the one JSON text of a value: sorted keys, no spaces, no escapes beyond need."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def in_shown_order(exercise: str, options: Iterable[str]) -> list[str]:
    """Return option ids in an order that is equal for all and tells nothing of the key."""
    return sorted(options, key=lambda option: _digest(f"{exercise}/{option}"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def count_options(name: str, options: Sequence[str], chosen: Iterable[str]) -> TallyGroup:
    """Count the chosen options, unknown ones left out; every option appears, also with 0."""
    counts = dict.fromkeys(options, 0)
    for option in chosen:
        if option in counts:
            counts[option] += 1
    return TallyGroup(name, tuple(Count(option, n) for option, n in counts.items()))
