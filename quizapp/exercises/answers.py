"""What the forms of all kinds share: raw fields, refusals and the list of problem codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, cast

from wtforms import Field, Form

from quizapp.exercises.base import (
    CONFIDENCE,
    CONFIDENCE_LEVELS,
    UNSURE,
    FormPair,
    Payload,
    Problem,
)

SHOWN = 40
"""Characters of a refused value that a problem carries."""

FORM_PROBLEMS = (
    "repeated_field",
    "nothing_chosen",
    "marks_and_none",
    "unknown_mark",
    "repeated_mark",
    "label_missing",
    "unknown_label",
    "unknown_segment",
    "verdict_missing",
    "unknown_verdict",
    "error_missing",
    "unknown_error",
    "figure_missing",
    "figure_and_none",
    "invalid_figure",
    "ambiguous_figure",
    "confidence_missing",
    "unknown_confidence",
    "choice_missing",
    "unknown_choice",
    "unknown_item",
)
"""Every code that a form may return; the web layer has a message for each."""


class FormSource(Protocol):
    """The part of a multidict that forms read."""

    def getlist(self, name: str, /) -> list[Any]: ...
    def __contains__(self, name: object, /) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...


class Pairs:
    """Form data from (name, value) pairs, for those who hold no request."""

    def __init__(self, pairs: Iterable[FormPair]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def getlist(self, name: str, /) -> list[str]:
        """Return all values sent under a name."""
        return self._values.get(name, [])

    def __contains__(self, name: object, /) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class Texts(Field):
    """Every text sent under one name, unchecked."""

    data: list[str]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep the texts; files and other things count as sent but hold no text."""
        self.data = [value for value in valuelist if isinstance(value, str)]

    def process_data(self, value: Any) -> None:
        """Start empty."""
        self.data = list(value or [])


class Text(Field):
    """The one text sent under a name, unchecked; None if there is none or there are several."""

    data: str | None

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Keep the text if it is the only value."""
        single = len(valuelist) == 1 and isinstance(valuelist[0], str)
        self.data = valuelist[0] if single else None

    @property
    def repeated(self) -> bool:
        """Whether more than one value came in."""
        return len(self.raw_data or ()) > 1


class AnswerForm(Form):
    """The form of one answer: problems as codes, and the payload once there are none."""

    class Meta:
        """No translations of WTForms' own: problems are codes."""

        locales = False

    unsure = Text()
    confidence = Text()

    def __init__(self, exercise: Any, formdata: FormSource | Iterable[FormPair] | None) -> None:
        self.exercise = exercise
        self.source = as_source(formdata)
        super().__init__(formdata=self.source)

    @property
    def is_unsure(self) -> bool:
        """Whether the button "I do not know" sent the form."""
        return bool(self.unsure.data == "1")

    @property
    def asks_confidence(self) -> bool:
        """Whether the quiz asks how sure the learner is."""
        return CONFIDENCE in self.exercise.steps

    def problems(self) -> list[Problem]:
        """Return everything that keeps the answer from being accepted."""
        if self.is_unsure:
            return []
        repeated = [
            Problem("repeated_field", name)
            for name, field in self._fields.items()
            if isinstance(field, Text) and field.repeated
        ]
        return repeated or [*self.answer_problems(), *self._confidence_problems()]

    def answer_problems(self) -> list[Problem]:
        """Return the problems of the kind's own fields."""
        raise NotImplementedError

    def answer(self) -> Payload:
        """Return the payload of an answer without problems."""
        raise NotImplementedError

    def validate(self, extra_validators: Any = None) -> bool:
        """Return whether the answer is accepted."""
        return not self.problems()

    def payload(self) -> Payload:
        """Return the canonical answer; ValueError if it has problems."""
        if self.is_unsure:
            return dict(UNSURE)
        if self.problems():
            raise ValueError("an answer with problems has no payload")
        return self.answer() | self._confidence()

    def _confidence_problems(self) -> list[Problem]:
        given = self.confidence.data
        if not self.asks_confidence or given in _LEVELS:
            return []
        return [Problem("unknown_confidence" if given else "confidence_missing", CONFIDENCE)]

    def _confidence(self) -> Payload:
        return {CONFIDENCE: _LEVELS[self.confidence.data or ""]} if self.asks_confidence else {}


_LEVELS = {str(level): level for level in CONFIDENCE_LEVELS}


def confidence_pairs(payload: Mapping[str, Any]) -> list[FormPair]:
    """Return the form pair of how sure the learner was, none where it was not asked."""
    return [(CONFIDENCE, str(payload[CONFIDENCE]))] if CONFIDENCE in payload else []


def as_source(formdata: FormSource | Iterable[FormPair] | None) -> FormSource:
    """Return form data that forms can read, also from pairs or from nothing."""
    if formdata is None:
        return Pairs(())
    if hasattr(formdata, "getlist"):
        return cast("FormSource", formdata)
    return Pairs(formdata)


def shortened(value: str) -> str:
    """Return the start of a refused value, without characters that cannot be shown."""
    return "".join(c for c in value[:SHOWN] if c.isprintable())
