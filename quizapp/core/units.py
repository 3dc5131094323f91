"""Units and scale words in French and English; knows no figures."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

_Entry = TypeVar("_Entry")

_THOUSAND, _MILLION = Decimal(10**3), Decimal(10**6)
_MILLIARD, _BILLION = Decimal(10**9), Decimal(10**12)
_TRILLION = Decimal(10**18)


@dataclass(frozen=True)
class Unit:
    """A power of ten and a canonical symbol: "%", "$", "€" or ""."""

    scale: Decimal
    symbol: str


#: Scale words, without the plural s; those with two values are asked back.
_SCALES: dict[str, dict[str, tuple[Decimal, ...]]] = {
    "fr": {"billion": (_MILLIARD, _BILLION), "trillion": (_BILLION, _TRILLION)},
    "en": {"billion": (_MILLIARD,), "trillion": (_BILLION,), "m": (_MILLION,)},
}
_COMMON_SCALES: dict[str, tuple[Decimal, ...]] = {
    **dict.fromkeys(("k", "mille", "millier", "thousand"), (_THOUSAND,)),
    # In lower case only English takes it: a French "m" would be metres.
    **dict.fromkeys(("M", "million"), (_MILLION,)),
    **dict.fromkeys(("md", "mrd", "milliard", "bn"), (_MILLIARD,)),
    "tn": (_BILLION,),
}
_SYMBOLS = {
    **dict.fromkeys(("%", "pour cent", "pourcent", "percent", "per cent", "pct"), "%"),
    **dict.fromkeys(("$", "us$", "$us", "dollar", "usd"), "$"),
    **dict.fromkeys(("€", "euro", "eur"), "€"),
}

#: Per language and scale: what one such word is worth, and the word for less than two and more.
SCALE_NAMES: dict[str, dict[Decimal, tuple[Decimal, tuple[str, str]]]] = {
    "fr": {
        _MILLION: (_MILLION, ("million", "millions")),
        **dict.fromkeys((_MILLIARD, _BILLION, _TRILLION), (_MILLIARD, ("milliard", "milliards"))),
    },
    "en": {
        _MILLION: (_MILLION, ("million", "million")),
        _MILLIARD: (_MILLIARD, ("billion", "billion")),
        **dict.fromkeys((_BILLION, _TRILLION), (_BILLION, ("trillion", "trillion"))),
    },
}


def _alternatives(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(word) + ("s?" if word[-1].isalpha() else "") for word in longest_first
    )


def _all_scales(language: str) -> dict[str, tuple[Decimal, ...]]:
    return {**_COMMON_SCALES, **_SCALES[language]}


def _pattern(language: str) -> re.Pattern[str]:
    scale, symbol = _alternatives(_all_scales(language)), _alternatives(_SYMBOLS)
    of = r"(?:de |d'|of )"
    return re.compile(
        rf"(?:(?P<scale>{scale})(?:(?: ?| {of})(?P<scaled>{symbol}))?|(?P<alone>{symbol}))",
    )


#: A capital M that stands for million: "M", "M€", not "Md", "Millions".
_MEGA = re.compile(r"M(?![A-Za-z])")
_PATTERNS = {language: _pattern(language) for language in _SCALES}


def read_unit(text: str, language: str) -> tuple[Unit, ...] | None:
    """Return what a unit may mean ("%", "milliards de dollars", "Md€", ""); None if unknown.

    Capitals do not matter, save that a French million is "M". More than one unit comes back only
    for `billion` and `trillion` in French. Raises ValueError for another language.
    """
    if language not in _PATTERNS:
        raise ValueError(f"no units are known in the language {language!r}")
    spelt = " ".join(text.replace("’", "'").split())
    if not spelt:
        return (Unit(Decimal(1), ""),)
    folded = spelt.lower()
    if _MEGA.match(spelt):
        folded = "M" + folded[1:]
    found = _PATTERNS[language].fullmatch(folded)
    if found is None:
        return None
    symbol = _look_up(found["scaled"] or found["alone"], _SYMBOLS, "")
    values = _look_up(found["scale"], _all_scales(language), (Decimal(1),))
    return tuple(Unit(value, symbol) for value in values)


def _look_up(word: str | None, table: dict[str, _Entry], default: _Entry) -> _Entry:
    """Return the entry of a word, which may have a plural s that the table lacks."""
    if word is None:
        return default
    return table[word] if word in table else table[word.removesuffix("s")]
