"""What makes a reason readable: its length, its sentences, its typography; knows no exercise."""

import re
from collections.abc import Iterator

from quizapp.content.typography import find_slips
from quizapp.core.words import split_sentences, split_words
from quizapp.exercises.base import Problem, Severity

REASON_WORDS = (10, 60)
SENTENCE_WORDS = 20
# A dash parts words; an elision before a quotation mark, or a number before digits or a unit,
# joins what stands between spaces.
_NOT_SIMPLE = re.compile(
    r"[—–…]|['’]\s*[«“\"]|[0-9][\s%‰€$£¥]*\s(?:[0-9]|m|k|b|t|p)", re.IGNORECASE
)
# No abbreviation ends in as many letters.
_SURE_END = re.compile(r"(?<=[^\W\d_]{8})[.!?]\s+(?=[A-ZÀ-ÖØ-Ý])")
_WORD = re.compile(r"[^\W_]\S*")


def reason_problems(text: str, path: str, language: str) -> Iterator[Problem]:
    """Yield a problem for a reason of under 10 or over 60 words, a warning for a long sentence."""
    words = count_words(text, language)
    low, high = REASON_WORDS
    if words < low:
        yield Problem("reason_short", path, {"words": words})
    if words > high:
        yield Problem("reason_long", path, {"words": words})
    if words <= SENTENCE_WORDS or _is_short(text, language):
        return
    longest = max(len(s) for s in split_sentences(text, split_words(text, language)))
    if longest > SENTENCE_WORDS:
        yield Problem("sentence_long", path, {"words": longest}, Severity.WARNING)


def _is_short(text: str, language: str) -> bool:
    """Whether no sentence is long, cutting only where `split_sentences` is sure to."""
    return all(count_words(part, language) <= SENTENCE_WORDS for part in _SURE_END.split(text))


def count_words(text: str, language: str) -> int:
    """Return how many words `split_words` finds, sooner where the text is simple."""
    if _NOT_SIMPLE.search(text):
        return len(split_words(text, language))
    return len(_WORD.findall(text))


def typography_problems(text: str, path: str) -> Iterator[Problem]:
    """Yield at most one warning for the French typography of a text."""
    context = next(find_slips(text), None)
    if context is not None:
        yield Problem("typography", path, {"context": context}, Severity.WARNING)
