"""The form of check_a_number: verdict, kind of error and, where asked, the corrected figure."""

from collections.abc import Iterable, Mapping
from typing import Any

from quizapp.core.numbers import AmbiguousNumber, InvalidNumber
from quizapp.core.scores import Level
from quizapp.exercises.answers import AnswerForm, FormSource, Text, confidence_pairs, shortened
from quizapp.exercises.base import FormPair, Payload, Problem, is_unsure
from quizapp.exercises.check_a_number.authored import ErrorKind, Exercise
from quizapp.exercises.check_a_number.figures import LONGEST, readings_of, understand

NOTHING = "none"


class NumberForm(AnswerForm):
    """Fields `verdict`, `error`, `figure`, `no_figure` and `figure_reading`."""

    verdict = Text()
    error = Text()
    figure = Text()
    no_figure = Text()
    figure_reading = Text()

    @property
    def asks_figure(self) -> bool:
        """Whether the quiz asks for the corrected figure."""
        return self.exercise.figure is not None

    @property
    def typed(self) -> str:
        """The figure as typed, without the spaces around it."""
        return (self.figure.data or "").strip()

    @property
    def says_no_figure(self) -> bool:
        """Whether the box "no correction" came in ticked."""
        return bool(self.no_figure.data == "1")

    def readings(self) -> list[dict[str, str]]:
        """Return the ways to read an ambiguous figure, each with value and text; else nothing."""
        if not self.asks_figure:
            return []
        problems = self._read_figure()[1]
        return [reading for problem in problems for reading in problem.params.get("readings", ())]

    def answer_problems(self) -> list[Problem]:
        """Name each part that is missing or cannot be taken."""
        problems = [
            *_choice_problems("verdict", self.verdict.data, tuple(Level)),
            *_choice_problems("error", self.error.data, tuple(ErrorKind)),
        ]
        return problems + (self._read_figure()[1] if self.asks_figure else [])

    def answer(self) -> Payload:
        """Return verdict and error, and the figure where it is asked."""
        payload = {"verdict": self.verdict.data, "error": self.error.data}
        return payload | ({"figure": self._read_figure()[0]} if self.asks_figure else {})

    def _read_figure(self) -> tuple[dict[str, str] | str, list[Problem]]:
        typed = self.typed
        if self.says_no_figure:
            return NOTHING, [Problem("figure_and_none", "no_figure")] if typed else []
        if not typed:
            return NOTHING, [Problem("figure_missing", "figure")]
        if len(typed) > LONGEST or not _is_printable(typed):
            return NOTHING, [Problem("invalid_figure", "figure", _refused(typed))]
        return self._understand(typed)

    def _understand(self, typed: str) -> tuple[dict[str, str] | str, list[Problem]]:
        language = self.exercise.passage.language
        try:
            number = understand(typed, language)
        except AmbiguousNumber as error:
            readings = readings_of(error)
            if self.figure_reading.data in [reading["value"] for reading in readings]:
                return {"typed": typed, "value": str(self.figure_reading.data)}, []
            asked = {"typed": typed, "readings": readings}
            return NOTHING, [Problem("ambiguous_figure", "figure_reading", asked)]
        except InvalidNumber as error:
            params = {"typed": typed, "reason": error.code}
            return NOTHING, [Problem("invalid_figure", "figure", params)]
        return {"typed": typed, "value": number.plain}, []


def _refused(typed: str) -> dict[str, str]:
    reason = "too_long" if len(typed) > LONGEST else "not_a_number"
    return {"typed": shortened(typed), "reason": reason}


def _is_printable(text: str) -> bool:
    return all(sign.isprintable() or sign.isspace() for sign in text) and not any(
        sign in "\r\n\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029" for sign in text
    )


def _choice_problems(name: str, given: str | None, options: tuple[str, ...]) -> list[Problem]:
    if not given:
        return [Problem(f"{name}_missing", name)]
    if given not in options:
        return [Problem(f"unknown_{name}", name, {"value": shortened(given)})]
    return []


def form(exercise: Exercise, formdata: FormSource | Iterable[FormPair] | None = None) -> NumberForm:
    """Return the form of an exercise, filled with what came in."""
    return NumberForm(exercise, formdata)


def formdata(exercise: Exercise, payload: Mapping[str, Any]) -> list[FormPair]:
    """Return the form pairs that give this payload."""
    if is_unsure(payload):
        return [("unsure", "1")]
    pairs = [("verdict", payload["verdict"]), ("error", payload["error"])]
    pairs += confidence_pairs(payload)
    figure = payload.get("figure")
    if figure is None or exercise.figure is None:
        return pairs
    if figure == NOTHING:
        return [*pairs, ("no_figure", "1")]
    return [*pairs, ("figure", figure["typed"]), ("figure_reading", figure["value"])]
