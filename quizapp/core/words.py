"""Texts as words and sentences in French and English; knows no marks and no keys.

A word is what stands between white space, without the punctuation around it. Elided words stay
with what follows (l'odeur, qu'on, also l'« odeur »), hyphenated words are one, dashes (— –) part
words save inside a range (2024–2025). A number with its inner spaces and its unit is one word:
"5 600 000", "85 %", "1,6 milliard", "600 Md€", "$5.6 billion". The units are closed lists
(`_SCALES`, `_SIGNS`): what follows a unit ("de dollars", "d'euros", "people") is words of its own.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.core.function_words import (
    ABBREVIATIONS,
    CLIPPED_AUXILIARIES,
    CONTRACTIONS,
    ELISIONS,
    FUNCTION_WORDS,
)

LANGUAGES = tuple(FUNCTION_WORDS)


@dataclass(frozen=True)
class Word:
    """A word of a text: half-open code-point offsets, its letters, whether it is a content word."""

    start: int
    end: int
    text: str
    is_content: bool

    @property
    def span(self) -> tuple[int, int]:
        """The offsets as a pair, the form in which a mark names its word."""
        return self.start, self.end


_GAP = "[ \u00a0\u202f\u2009]"
_SCALES = (
    "milliers?|mille|millions?|milliards?|billions?|trillions?|Mds?|Mrds?|bn|tn"
    "|thousands?|pour cent|per cent|percent"
)
_SIGNS = "%|‰|€|\\$|£|¥|(?:Mds?|M|k)(?:€|\\$)"
_NUMERAL = rf"(?:[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}}(?![0-9]))+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
_NUMBER = (
    rf"(?<![^\W_])(?:[+−-]?(?:US)?[$€£¥]?|[$€£¥][+−-]?){_NUMERAL}(?:[-–]{_NUMERAL})?"
    rf"(?:{_GAP}?(?:(?i:{_SCALES})(?![^\W_])|(?:{_SIGNS})(?![^\W_])))*"
)
_REST = r"(?:[^\s—–…]|(?<=[0-9])–(?=[0-9]))*"
_STOP = re.compile("[.!?…]")
_QUOTES = '[«“"]'


def _unit_pattern(language: str) -> re.Pattern[str]:
    elided = "|".join(ELISIONS[language])
    if not elided:
        return re.compile(rf"{_NUMBER}{_REST}|[^\W_]{_REST}")
    # What may stand between an elided word and its noun: an opening quotation mark.
    elision = rf"(?i:\b(?:{elided})['’](?:{_QUOTES}\s*|(?=[0-9$€£])))"
    return re.compile(rf"(?:{elision})?(?:{_NUMBER}{_REST}|[^\W_]{_REST})")


_UNITS = {language: _unit_pattern(language) for language in LANGUAGES}


@functools.lru_cache(maxsize=256)
def split_words(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of an NFC text, in order. Raises ValueError for another language."""
    return tuple(_words(text, _checked(language)))


def _words(text: str, language: str) -> Iterator[Word]:
    for unit in _UNITS[language].finditer(text):
        start, end = unit.span()
        while _is_loose(text, start, end):
            end -= 1
        spelt = text[start:end]
        yield Word(start, end, spelt, is_content_word(spelt, language))


def _is_loose(text: str, start: int, end: int) -> bool:
    """Tell whether the last sign of text[start:end] is punctuation that the word does not need."""
    sign = text[end - 1]
    if sign == ")":
        return "(" not in text[start:end]  # élève(s) keeps its bracket
    return not (unicodedata.category(sign)[0] in "LNM" or sign in "%‰°$€£¥")


def _checked(language: str) -> str:
    if language not in FUNCTION_WORDS:
        raise ValueError(f"no words are known in the language {language!r}")
    return language


@functools.lru_cache(maxsize=8192)
def is_content_word(spelt: str, language: str) -> bool:
    """Tell whether a word is in none of the function-word lists, its elided prefix dropped.

    A compound is a function word when each of its parts is (est-il, a-t-on).
    """
    listed = FUNCTION_WORDS[_checked(language)]
    folded = spelt.casefold().replace("’", "'")
    if folded in listed:
        return False
    bare = _without_elision(folded, language)
    if language == "en":
        bare = _without_contraction(bare)
    return not (bare in listed or all(part in listed for part in bare.split("-")))


def _without_elision(folded: str, language: str) -> str:
    head, apostrophe, tail = folded.partition("'")
    while apostrophe and head in ELISIONS[language]:
        folded = tail.lstrip('«“" \u00a0\u202f\u2009')
        if folded in FUNCTION_WORDS[language]:
            break
        head, apostrophe, tail = folded.partition("'")
    return folded


def _without_contraction(folded: str) -> str:
    for contraction in CONTRACTIONS:
        if folded.endswith(contraction):
            bare = folded.removesuffix(contraction)
            return "can" if bare in CLIPPED_AUXILIARIES else bare
    return folded


def split_sentences(text: str, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """Return the words of a text, as `split_words` gives them, sentence by sentence.

    A sentence ends on . ! ? … between two words, unless a small letter follows a full stop or
    a closed quotation (« etc. » in mid-sentence, « Quoi ? » dit-il), or the stop belongs to an
    abbreviation or an initial (M. Li, J. D. Vance).
    """
    sentences: list[tuple[Word, ...]] = []
    first = 0
    for at in range(1, len(words)):
        if _ends_sentence(text, words[at - 1], words[at]):
            sentences.append(words[first:at])
            first = at
    return (*sentences, words[first:]) if words else ()


def _ends_sentence(text: str, word: Word, following: Word) -> bool:
    if not _STOP.search(text, word.end, following.start):
        return False
    between = text[word.end : following.start]
    goes_on = following.text[0].islower()
    if "!" in between or "?" in between:
        return not (goes_on and any(sign in between for sign in '»”")'))
    is_initial = len(word.text) == 1 and word.text.isupper()
    is_abbreviation = word.text.casefold() in ABBREVIATIONS or is_initial
    return not (goes_on or (is_abbreviation and between.startswith(".")))
