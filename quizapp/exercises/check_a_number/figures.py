"""The corrected figure: the key's, how a typed one is understood, whether it is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from quizapp.core.numbers import AmbiguousNumber, InvalidNumber, Number, parse_number, within
from quizapp.exercises.base import Problem
from quizapp.exercises.schema import join_path

LONGEST = 40
"""Characters of a typed figure; longer ones are refused unread."""


@dataclass(frozen=True)
class KeyFigure:
    """The figure of the key: absolute value and tolerance, and its texts as the author wrote them.

    `value` is None where there is nothing to correct. `scale` is the power of ten in the unit
    (10⁹ for "milliards de dollars").
    """

    why: str
    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    scale: Decimal = Decimal(1)
    unit: str = ""
    text: str = ""
    tolerance_text: str = ""

    @classmethod
    def nothing(cls, why: str) -> "KeyFigure":
        """Return the key "no correction"."""
        return cls(why=why)

    def accepts(self, answer: Mapping[str, str] | str) -> bool:
        """Return whether an answer of a payload is right; boundaries are inclusive and exact.

        A bare number may be meant in the unit of the key (14 for 14 milliards). Percent and no
        percent are never the same; other units are not compared.
        """
        if isinstance(answer, str) or self.value is None:
            return answer == "none" and self.value is None
        value, typed = Decimal(answer["value"]), answer["typed"]
        if is_bare(typed):
            return self._is_near(value) or self._is_near(value * self.scale)
        return ("%" in typed) == ("%" in self.unit) and self._is_near(value)

    def _is_near(self, value: Decimal) -> bool:
        return self.value is not None and within(value, self.value, self.tolerance)


def is_bare(typed: str) -> bool:
    """Return whether a typed figure is a number without any unit or scale."""
    return not any(sign.isalpha() or sign in "%$€£¥" for sign in typed)


def read_figure(
    texts: tuple[str, str, str], why: str, language: str
) -> tuple[KeyFigure | None, list[Problem]]:
    """Read the author's value, unit and tolerance; a problem for each that is not a number."""
    value_text, unit, tolerance_text = texts
    problems: list[Problem] = []
    value = _author_number(value_text, language, "value", problems)
    tolerance = _author_number(tolerance_text, language, "tolerance", problems)
    if value is None or tolerance is None:
        return None, problems
    scale = unit_scale(unit, language)
    figure = KeyFigure(
        why=why,
        value=value * scale,
        tolerance=abs(tolerance) * scale,
        scale=scale,
        unit=unit,
        text=with_unit(value_text, unit, language),
        tolerance_text=with_unit(tolerance_text, unit, language),
    )
    return figure, []


def _author_number(text: str, language: str, name: str, problems: list[Problem]) -> Decimal | None:
    path = join_path("figure", name)
    try:
        return understand(text, language).value
    except AmbiguousNumber:
        problems.append(Problem("figure_ambiguous", path, {"value": text}))
    except InvalidNumber:
        problems.append(Problem("figure_unreadable", path, {"value": text}))
    return None


def unit_scale(unit: str, language: str) -> Decimal:
    """Return the power of ten that a unit begins with: 10⁹ for "milliards USD", 1 for "%"."""
    try:
        return understand(f"1 {unit}", language).scale
    except (AmbiguousNumber, InvalidNumber):
        return Decimal(1)


def understand(typed: str, language: str) -> Number:
    """Read a figure as core does, words after it that are no known unit left out.

    "14 milliards de yuans" is 14 milliards, "320 étudiants" is 320. Raises AmbiguousNumber and
    InvalidNumber.
    """
    words = typed.split(" ")
    while True:
        try:
            return parse_number(" ".join(words), language)
        except InvalidNumber as error:
            if error.code != "unknown_unit" or len(words) == 1:
                raise
            words.pop()


def with_unit(text: str, unit: str, language: str) -> str:
    """Return a figure and its unit, if it has one, with a no-break space between.

    English sets none before its percent sign.
    """
    joined = not unit or (language == "en" and unit.startswith("%"))
    return text + unit if joined else f"{text}\N{NO-BREAK SPACE}{unit}"


def readings_of(error: AmbiguousNumber) -> list[dict[str, str]]:
    """Return the readings of an ambiguous figure: `value` for the form, `text` to show."""
    return [{"value": reading.plain, "text": reading.text} for reading in error.readings]
