"""What makes a reason readable: its length, its sentences, its typography; knows no exercise."""

import re
from collections.abc import Iterator

from quizapp.content.typography import find_slips
from quizapp.core.function_words import ABBREVIATIONS
from quizapp.core.words import split_sentences, split_words
from quizapp.exercises.base import Problem, Severity

REASON_WORDS = (10, 60)
SENTENCE_WORDS = 20
# What parts a word that stands between spaces, and what joins several: an elision before a
# quotation mark, a number before digits or a unit.
_PARTING = re.compile("[—–…]")
_JOINING = re.compile(r"['’]\s*[«“\"]|[0-9][\s%‰€$£¥]*\s(?:[0-9]|m|k|b|t|p)", re.IGNORECASE)
# Every word that may be the unit of a number before it, or digits of it.
_JOINED = re.compile(r"\s(?=[0-9mkbtpc])|['’]\s*[«“\"]", re.IGNORECASE)
# The end of a sentence unless the word before it is an abbreviation or an initial.
_END = re.compile(r"[.!?]\s+(?=[«“]?\s?[A-ZÀ-ÖØ-Ý])")
_BEFORE_END = re.compile(r"([^\W_]+)(?:\s?[»”)%€])*$")
LONGEST_WORD = 80
_WORD = re.compile(r"[^\W_]\S*")


def reason_problems(text: str, path: str, language: str) -> Iterator[Problem]:
    """Yield a problem for a reason of under 10 or over 60 words, a warning for a long sentence.

    Splitting words costs more than reading the file, so they are split only where the bounds
    of their number do not decide.
    """
    low, high = REASON_WORDS
    least, most = word_bounds(text)
    if least < low or most > high:
        words = len(split_words(text, language))
        if words < low:
            yield Problem("reason_short", path, {"words": words})
        if words > high:
            yield Problem("reason_long", path, {"words": words})
    if most <= SENTENCE_WORDS or all(map(_is_short, _parts(text))):
        return
    longest = max(len(s) for s in split_sentences(text, split_words(text, language)))
    if longest > SENTENCE_WORDS:
        yield Problem("sentence_long", path, {"words": longest}, Severity.WARNING)


def word_bounds(text: str) -> tuple[int, int]:
    """Return the least and the most words that `split_words` may find."""
    pieces = len(_WORD.findall(text))
    joined = len(_JOINED.findall(text)) if _JOINING.search(text) else 0
    return pieces - joined, pieces + len(_PARTING.findall(text))


def _is_short(sentence: str) -> bool:
    if len(sentence.split()) + len(_PARTING.findall(sentence)) <= SENTENCE_WORDS:
        return True  # signs that stand alone counted as words
    return word_bounds(sentence)[1] <= SENTENCE_WORDS


def _parts(text: str) -> Iterator[str]:
    """Yield a text cut only where `split_sentences` is sure to cut it."""
    start = 0
    for end in _END.finditer(text):
        near = max(start, end.start() - LONGEST_WORD)
        word = _BEFORE_END.search(text, near, end.start())
        if word and len(word[1]) > 1 and word[1].casefold() not in ABBREVIATIONS:
            yield text[start : end.end()]
            start = end.end()
    yield text[start:]


def typography_problems(text: str, path: str) -> Iterator[Problem]:
    """Yield at most one warning for the French typography of a text."""
    context = next(find_slips(text), None)
    if context is not None:
        yield Problem("typography", path, {"context": context}, Severity.WARNING)
