"""Numbers as French and English readers type them; knows no exercise and no right answer.

Exact throughout: `Decimal` in, `Decimal` out, never a float. What can be read in two ways is not
guessed: `AmbiguousNumber` carries the readings so that the page can ask back.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product

from quizapp.core.units import SCALE_NAMES, Unit, read_unit

#: Longest entry looked at, in signs.
LONGEST = 64
#: Enough digits that no product of an entry and its scale is ever rounded.
_EXACT = Context(prec=200)


@dataclass(frozen=True)
class Number:
    """A number as understood: `value` is scaled ("5,6 millions" is 5600000).

    `unit` is "%", "$", "€" or ""; `scale` is the power of ten that was written out (1 if none);
    `text` shows the reading in the reader's language ("5,6 millions").
    """

    value: Decimal
    unit: str
    scale: Decimal
    text: str

    @property
    def plain(self) -> str:
        """The value with a point, no exponent and no idle zeros ("5600000", "-5.6"): to store."""
        return plain_decimal(self.value)


class InvalidNumber(ValueError):
    """What was typed is no number; `code` is empty, too_long, not_a_number or unknown_unit."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AmbiguousNumber(ValueError):
    """What was typed can be read in several ways; `readings`, nearest to zero first."""

    def __init__(self, readings: tuple[Number, ...]) -> None:
        super().__init__(" / ".join(reading.text for reading in readings))
        self.readings = readings


_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")
_SIGNED = re.compile(
    r"(?P<sign>[+\-−–]?) ?(?P<before>(?:US ?)?\$|€)? ?"
    r"(?P<digits>[0-9.,](?:[0-9., ]*[0-9])?) *(?P<after>[^0-9., ].*)?"
)
_SPACED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,](?P<part>[0-9]+))?")
_EITHER = re.compile(r"(?P<whole>[1-9][0-9]{0,2})[.,](?P<part>[0-9]{3})")
_SIMPLE = re.compile(r"(?P<whole>[0-9]*)[.,](?P<part>[0-9]+)|[0-9]+")
_POINTED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<part>[0-9]+))?"
)


def parse_number(text: str, language: str) -> Number:
    """Read a number typed by a reader of `language` ("fr", "en").

    Decimal comma or point; groups of three parted by U+0020, U+00A0, U+202F, U+2009, or by the
    other separator; minus as "-" or U+2212; %, $, €, their words, and scale words of both
    languages. Raises AmbiguousNumber for one separator with one to three digits before it, no
    leading zero and exactly three after it, and for `billion`, `trillion` in French; raises
    InvalidNumber for anything else, the codes being those of that class.
    """
    if len(text) > LONGEST:
        raise InvalidNumber("too_long")
    typed = text.translate(_SPACES).strip(" ")
    if not typed:
        raise InvalidNumber("empty")
    parts = _SIGNED.fullmatch(typed)
    if parts is None:
        raise InvalidNumber("not_a_number")
    amounts = _read_digits(parts["digits"])
    units = _read_units(parts["before"], parts["after"], language)
    sign = -1 if parts["sign"] in {"-", "−", "–"} else 1
    readings = [
        _number(_EXACT.multiply(amount, sign), unit, language)
        for amount, unit in product(amounts, units)
    ]
    if len(readings) == 1:
        return readings[0]
    distinct = {reading.plain: reading for reading in readings}  # 5,600 × 10⁹ = 5,6 × 10¹²
    raise AmbiguousNumber(tuple(sorted(distinct.values(), key=lambda one: one.value.copy_abs())))


def choose_reading(readings: Iterable[Number], plain: str) -> Number | None:
    """Return the reading whose `plain` form the learner chose, if it is one of them."""
    return next((reading for reading in readings if reading.plain == plain), None)


def _read_digits(digits: str) -> tuple[Decimal, ...]:
    """Return each way to read digits with their separators; InvalidNumber when there is none."""
    if either := _EITHER.fullmatch(digits):
        whole, part = either["whole"], either["part"]
        return Decimal(f"{whole}.{part}"), Decimal(whole + part)
    for pattern in (_SPACED, _SIMPLE, _POINTED):
        if one := pattern.fullmatch(digits):
            whole = re.sub("[., ]", "", one["whole"] if one["whole"] is not None else digits)
            return (Decimal(f"{whole or 0}.{one['part']}" if one["part"] else whole),)
    raise InvalidNumber("not_a_number")


def _read_units(before: str | None, after: str | None, language: str) -> tuple[Unit, ...]:
    units = read_unit(after or "", language)
    if units is None:
        more_figures = any(sign.isdigit() for sign in after or "")  # 1e999, 5²
        raise InvalidNumber("not_a_number" if more_figures else "unknown_unit")
    if before is None:
        return units
    symbol = before[-1]
    if any(unit.symbol not in {"", symbol} for unit in units):
        raise InvalidNumber("unknown_unit")
    return tuple(Unit(unit.scale, symbol) for unit in units)


def _number(amount: Decimal, unit: Unit, language: str) -> Number:
    value = Decimal(plain_decimal(_EXACT.multiply(amount, unit.scale)))
    return Number(value, unit.symbol, unit.scale, _show(amount, unit, language))


def _show(amount: Decimal, unit: Unit, language: str) -> str:
    """Return the reading as a text, with the scale as a word from a million on."""
    scale, name = SCALE_NAMES[language].get(unit.scale, (unit.scale, ("", "")))
    if not name[0]:
        scale = Decimal(1)
    mantissa = _EXACT.divide(_EXACT.multiply(amount, unit.scale), scale)
    is_plural = mantissa.copy_abs() >= 2
    figure = format_number(Decimal(plain_decimal(mantissa)), language)
    named = f"{figure}\u00a0{name[is_plural]}" if name[0] else figure
    if not unit.symbol:
        return named
    if language == "fr":
        return f"{named}\u00a0{unit.symbol}"
    if unit.symbol == "%":
        return f"{named}%"
    return f"−{unit.symbol}{named[1:]}" if named.startswith("−") else f"{unit.symbol}{named}"


def plain_decimal(value: Decimal) -> str:
    """Return a finite decimal with a point, without exponent or idle zeros; zero has no sign."""
    digits = format(value, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in {"-0", ""} else digits


def format_number(value: Decimal | int, language: str) -> str:
    """Return a number as `language` writes it: "−5 600,25" (U+202F) or "−5,600.25".

    The digits after the separator are those of `value`. Raises ValueError unless it is finite.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{value} has no figures")
    sign, point, group = ("−", ",", "\u202f") if language == "fr" else ("−", ".", ",")
    whole, _, part = format(number.copy_abs(), "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", group)
    return (sign if number < 0 else "") + grouped + (point + part if part else "")


def within(value: Decimal, target: Decimal, tolerance: Decimal) -> bool:
    """Tell whether |value − target| ≤ tolerance, exactly, the bounds included.

    Raises ValueError for a negative tolerance or a value that is not finite.
    """
    if not (value.is_finite() and target.is_finite() and tolerance.is_finite()):
        raise ValueError("only finite numbers can be compared")
    if tolerance < 0:
        raise ValueError(f"tolerance {tolerance} is negative")
    return abs(Fraction(value) - Fraction(target)) <= Fraction(tolerance)
