"""What templates show of loaded_language before the answer: sentences of words to mark."""

import re
from dataclasses import dataclass

from quizapp.core.words import Word
from quizapp.exercises.base import JSON, Span, asked_beside
from quizapp.exercises.loaded_language.authored import KIND, Exercise
from quizapp.exercises.loaded_language.candidates import Candidate
from quizapp.exercises.passages import Passage

# After a word: closing punctuation with the space before it, then the space, then what opens.
_GAP = re.compile(r"((?:\s?[,.;:!?…»”)\]]+)*)(\s*)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Token:
    """A word to mark with the punctuation that must not wrap away from it.

    `before + text + after + space` of all tokens, joined, is the passage. `value` is the form
    value `start-end`.
    """

    value: str
    span: Span
    text: str
    before: str
    after: str
    space: str


@dataclass(frozen=True)
class Sentence:
    """One sentence of the passage, `number` from 1."""

    number: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Question:
    """The exercise as asked; `candidates` is empty where there is no list to answer from."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    words: int
    candidates: tuple[Candidate, ...]


def question(exercise: Exercise) -> Question:
    """Return what is shown before the answer."""
    passage = exercise.passage
    tokens = iter(_tokens(passage.text, exercise.marking_key.words))
    sentences = tuple(
        Sentence(number, tuple(next(tokens) for _ in words))
        for number, words in enumerate(passage.sentences, 1)
    )
    words = len(exercise.marking_key.words)
    return Question(passage, sentences, words, exercise.candidates)


def _tokens(text: str, words: tuple[Word, ...]) -> list[Token]:
    tokens = []
    before = text[: words[0].start] if words else ""
    ends = [word.start for word in words[1:]] + [len(text)]
    for word, end in zip(words, ends, strict=True):
        gap = text[word.end : end]
        after, space, opening = _split_gap(gap) if end < len(text) else (gap, "", "")
        value = f"{word.start}-{word.end}"
        tokens.append(Token(value, word.span, word.text, before, after, space))
        before = opening
    return tokens


def _split_gap(gap: str) -> tuple[str, str, str]:
    match = _GAP.match(gap)
    return (match[1], match[2], match[3]) if match else (gap, "", "")


def shown(exercise: Exercise) -> list[dict[str, JSON]]:
    """Return ids and texts of the passages as shown."""
    return exercise.passage.display()


def asked(exercise: Exercise) -> dict[str, str]:
    """Return what the offsets of an answer are about: the text into which they point."""
    return {"text": exercise.passage.text}


def display(exercise: Exercise) -> JSON:
    """Return everything a learner sees before the answer, for the text hash."""
    return {
        "kind": KIND,
        "title": exercise.title,
        "language": exercise.passage.language,
        "passages": exercise.passage.display(),
        **asked_beside(exercise),
        **(
            {"candidates": [one.value for one in exercise.candidates]}
            if exercise.candidates
            else {}
        ),
    }


def key(exercise: Exercise) -> JSON:
    """Return everything that grading depends on, for the key hash."""
    return {
        "targets": {target.id: list(target.span) for target in exercise.targets},
        "optional": [list(remark.span) for remark in exercise.optional],
    }
