"""The list of expressions that some learners answer from instead of marking words.

Authors name targets and near misses by their ids. What a page shows and a form sends is the place
in the text, since ids may tell which is which.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizapp.exercises.base import Problem, Span
from quizapp.exercises.passages import Passage, whole_words
from quizapp.exercises.schema import closest, join_path

LEAST = 3
"""Expressions of a list: with fewer, it shows more than it asks."""


@dataclass(frozen=True)
class Candidate:
    """An expression of the list; `value` is `start-end`, `words` are those that it ticks."""

    value: str
    text: str
    words: tuple[Span, ...]


def candidate_problems(
    candidates: Sequence[str], targets: Sequence[str], decoys: Sequence[str]
) -> list[Problem]:
    """Return what is wrong with a list of ids: every target is in it, and something else too."""
    known, problems = [*targets, *decoys], []
    for i, name in enumerate(candidates):
        here = join_path("candidates", i)
        if name not in known:
            params = {"id": name, "suggestion": closest(name, known)}
            problems.append(Problem("unknown_candidate", here, params))
        elif name in candidates[:i]:
            problems.append(Problem("candidate_twice", here, {"id": name}))
    if candidates and not problems:
        missing = [name for name in targets if name not in candidates]
        problems += [Problem("target_not_listed", "candidates", {"id": name}) for name in missing]
        if not missing and (len(candidates) < LEAST or set(candidates) <= set(targets)):
            size = {"count": len(candidates), "minimum": LEAST}
            problems.append(Problem("list_too_short", "candidates", size))
    return problems


def list_candidates(
    passage: Passage, candidates: Iterable[str], spans: Mapping[str, Span]
) -> tuple[Candidate, ...]:
    """Return the expressions in the order of the text, each with the words that it covers."""
    places = sorted(whole_words(passage, spans[name]) or spans[name] for name in candidates)
    return tuple(_candidate(passage, span) for span in places)


def _candidate(passage: Passage, span: Span) -> Candidate:
    start, end = span
    words = [word.span for word in passage.words if start <= word.start and word.end <= end]
    return Candidate(f"{start}-{end}", passage.text[start:end], tuple(words))
