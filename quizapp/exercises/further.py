"""The steps after the first, alike for every kind: some items, one option to choose for each.

When a step is asked follows from what it shows. One that `shows_key` names what the key of the
first step says (the targets of a passage), so it waits until that key is released to the learner;
one that does not is asked as soon as the step before is stored. The reasons of an exercise tell
the answers of its steps, so they come after the last step that can still be answered.
"""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from quizapp.core.scores import to_points
from quizapp.exercises.answers import AnswerForm, FormSource, Text, shortened
from quizapp.exercises.base import (
    JSON,
    NO_TRIALS,
    UNSURE_GRADE,
    FormPair,
    Grade,
    Payload,
    Problem,
    Samples,
    grade_of,
    is_unsure,
)

PREFIX = "choice-"


@dataclass(frozen=True)
class Option:
    """One thing to choose; `value` is what its form field sends and tells nothing of the key.

    `text` is None where the templates have the words; `verdict` and `why` come after the answer.
    """

    id: str
    value: str
    text: str | None = None
    verdict: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Item:
    """What is asked about: its text in the passage (empty for the whole), and the right option."""

    id: str
    number: int
    text: str
    options: tuple[Option, ...]
    key: str

    @property
    def field(self) -> str:
        """The name of its form field."""
        return PREFIX + self.id

    def option(self, name: str) -> Option:
        """Return the option with this id; KeyError if there is none."""
        return {option.id: option for option in self.options}[name]


@dataclass(frozen=True)
class AskedOption:
    """An option as asked; `name` is its id where the templates have the words, else None."""

    value: str
    name: str | None
    text: str | None


@dataclass(frozen=True)
class AskedItem:
    """An item as asked: nothing of its key."""

    id: str
    number: int
    text: str
    field: str
    options: tuple[AskedOption, ...]


@dataclass(frozen=True)
class ReviewItem:
    """An item after the answer; `given` is None after "I do not know"."""

    item: Item
    given: Option | None
    key: Option
    right: bool


@dataclass(frozen=True)
class StepReview:
    """The feedback on a step: how many are right, each item beside the key."""

    grade: Grade
    right: int
    total: int
    items: tuple[ReviewItem, ...]


@dataclass(frozen=True)
class FurtherStep:
    """A step of an exercise, `number` from 2; scored apart from the first step.

    `shows_key` tells that asking it shows the key of the first step.
    """

    name: str
    number: int
    language: str
    items: tuple[Item, ...]
    shows_key: bool
    steps: frozenset[str] = frozenset()

    @property
    def question(self) -> tuple[AskedItem, ...]:
        """The items as asked."""
        return tuple(
            AskedItem(item.id, item.number, item.text, item.field, _asked(item.options))
            for item in self.items
        )

    def form(self, formdata: FormSource | Iterable[FormPair] | None = None) -> "StepForm":
        """Return the form of the step, filled with what came in."""
        return _form_class(tuple(item.id for item in self.items))(self, formdata)

    def formdata(self, payload: Mapping[str, Any]) -> list[FormPair]:
        """Return the form pairs that give this payload."""
        if is_unsure(payload):
            return [("unsure", "1")]
        chosen = payload["choices"]
        return [(item.field, item.option(chosen[item.id]).value) for item in self.items]

    def grade(self, payload: Mapping[str, Any]) -> Grade:
        """Return the share of items right; a further step is never a signal-detection trial."""
        if is_unsure(payload):
            return UNSURE_GRADE
        right = [item.id for item in self.items if payload["choices"].get(item.id) == item.key]
        share = Fraction(len(right), len(self.items))
        return grade_of(to_points(share), NO_TRIALS, {"right": right, "of": len(self.items)})

    def review(self, payload: Mapping[str, Any]) -> StepReview:
        """Return what is shown after the answer."""
        chosen = {} if is_unsure(payload) else payload["choices"]
        items = tuple(_reviewed(item, chosen.get(item.id)) for item in self.items)
        right = sum(item.right for item in items)
        return StepReview(self.grade(payload), right, len(items), items)

    @property
    def shown(self) -> list[dict[str, JSON]]:
        """Ids and texts as shown, kept with each answer."""
        return [
            {"id": item.id, "text": item.text, "options": {o.id: o.text for o in item.options}}
            for item in self.items
        ]

    @property
    def samples(self) -> Samples:
        """An answer right in every item, one wrong in every item, one that leaves the first out."""
        right = {item.id: item.key for item in self.items}
        wrong = {
            item.id: next(o.id for o in item.options if o.id != item.key) for item in self.items
        }
        invalid = self.formdata({"choices": right})[1:]
        return Samples({"choices": right}, {"choices": wrong}, invalid)


class StepForm(AnswerForm):
    """Fields `choice-<item id>`, each with the value of one option."""

    exercise: FurtherStep

    def given(self, item: str) -> str | None:
        """Return the value as sent, perhaps no option at all; None if nothing was."""
        data: str | None = self[PREFIX + item].data
        return data

    def answer_problems(self) -> list[Problem]:
        """Name each item without an option or with one that it does not offer."""
        problems = [
            Problem("unknown_item", shortened(name))
            for name in self.source
            if name.startswith(PREFIX) and name not in self
        ]
        for item in self.exercise.items:
            given, params = self.given(item.id), {"number": item.number, "text": item.text}
            if not given:
                problems.append(Problem("choice_missing", item.field, params))
            elif given not in {option.value for option in item.options}:
                problems.append(Problem("unknown_choice", item.field, params))
        return problems

    def answer(self) -> Payload:
        """Return the chosen options by item."""
        return {"choices": {item.id: self._chosen(item) for item in self.exercise.items}}

    def _chosen(self, item: Item) -> str:
        given = self.given(item.id)
        return next(option.id for option in item.options if option.value == given)


@functools.lru_cache(maxsize=1024)
def _form_class(ids: tuple[str, ...]) -> type[StepForm]:
    return type("StepForm", (StepForm,), {PREFIX + name: Text() for name in ids})


def _asked(options: Iterable[Option]) -> tuple[AskedOption, ...]:
    return tuple(
        AskedOption(option.value, option.id if option.text is None else None, option.text)
        for option in options
    )


def _reviewed(item: Item, given: str | None) -> ReviewItem:
    option = None if given is None else item.option(given)
    return ReviewItem(item, option, item.option(item.key), given == item.key)


def plain_options(names: Iterable[str]) -> tuple[Option, ...]:
    """Return options of a fixed list, in its order, for which the templates have words."""
    return tuple(Option(str(name), str(name)) for name in names)


def numbered(
    steps: Iterable[tuple[str, tuple[Item, ...], bool]], language: str
) -> tuple[FurtherStep, ...]:
    """Return the steps that have items, numbered from 2; each is (name, items, shows_key)."""
    asked = [step for step in steps if step[1]]
    return tuple(
        FurtherStep(name, number, language, items, shows_key)
        for number, (name, items, shows_key) in enumerate(asked, 2)
    )
