"""The passage of an exercise: joining, quotations located in it, cutting into pieces."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from quizapp.core.text import find_spans
from quizapp.core.words import LANGUAGES, Word, split_sentences, split_words
from quizapp.exercises.base import JSON, Material, Problem, Span
from quizapp.exercises.schema import closest, join_path


@dataclass(frozen=True)
class Passage:
    """The text of an exercise as shown: its passages joined by one space.

    Offsets are code points into `text`; `bounds` are those of each passage. `original` is the text
    in the language of the source where `text` is our translation.
    """

    ids: tuple[str, ...]
    text: str
    language: str
    bounds: tuple[Span, ...]
    original: str | None = None
    original_language: str | None = None

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The word units of the text."""
        return split_words(self.text, self.language)

    @cached_property
    def sentences(self) -> tuple[tuple[Word, ...], ...]:
        """The word units by sentence."""
        return split_sentences(self.text, self.words)

    def display(self) -> list[dict[str, JSON]]:
        """Return what a learner sees of it, as JSON: each passage with its id and text."""
        return [
            {"id": name, "text": self.text[start:end]}
            for name, (start, end) in zip(self.ids, self.bounds, strict=True)
        ]


@dataclass(frozen=True)
class Piece:
    """A part of the passage between cuts; `name` is the id of what it belongs to, or None."""

    text: str
    span: Span
    name: str | None = None


def read_passage(ids: Sequence[str], material: Material) -> tuple[Passage | None, list[Problem]]:
    """Join passages by one space; a problem for each id that is unknown or comes twice."""
    problems = []
    if material.language not in LANGUAGES:
        problems.append(Problem("unknown_language", "passages", {"value": material.language}))
    for i, name in enumerate(ids):
        path = join_path("passages", i)
        if name not in material.passages:
            params = {"id": name, "suggestion": closest(name, list(material.passages))}
            problems.append(Problem("unknown_passage", path, params))
        elif name in ids[:i]:
            problems.append(Problem("repeated_passage", path, {"id": name}))
    if problems or not ids:
        return None, problems
    return _joined(ids, material), []


def _joined(ids: Sequence[str], material: Material) -> Passage:
    texts = [material.passages[name] for name in ids]
    bounds, start = [], 0
    for passage in texts:
        bounds.append((start, start + len(passage.text)))
        start += len(passage.text) + 1
    translated = material.language != material.source_language
    originals = [passage.original for passage in texts if passage.original]
    return Passage(
        ids=tuple(ids),
        text=" ".join(passage.text for passage in texts),
        language=material.language,
        bounds=tuple(bounds),
        original=" ".join(originals) if translated and originals else None,
        original_language=material.source_language if translated and originals else None,
    )


def locate(
    passage: Passage, find: str, nth: int | None, path: str
) -> tuple[Span | None, list[Problem]]:
    """Find a quotation in the passage; `nth` counts from 1 and only where it occurs repeatedly."""
    spans = find_spans(passage.text, find)
    here = join_path(path, "find")
    if not spans:
        return None, [Problem("span_not_found", here, {"find": find})]
    if nth is None and len(spans) > 1:
        return None, [Problem("span_found_twice", here, {"find": find, "times": len(spans)})]
    if nth is not None and len(spans) == 1:
        return None, [Problem("nth_not_needed", join_path(path, "nth"), {"find": find})]
    if nth is not None and nth > len(spans):
        params = {"find": find, "nth": nth, "times": len(spans)}
        return None, [Problem("nth_too_high", join_path(path, "nth"), params)]
    span = spans[(nth or 1) - 1]
    if not any(start <= span[0] and span[1] <= end for start, end in passage.bounds):
        return None, [Problem("span_crosses_passages", here, {"find": find})]
    return span, []


def whole_words(passage: Passage, span: Span) -> Span | None:
    """Widen a span to the word units that it touches; None if it touches none."""
    touched = [word for word in passage.words if word.start < span[1] and span[0] < word.end]
    if not touched:
        return None
    return min(span[0], touched[0].start), max(span[1], touched[-1].end)


def overlap_problems(named: Sequence[tuple[str, str, Span]]) -> list[Problem]:
    """Return a problem for each span that overlaps an earlier one; items are (path, id, span)."""
    problems = []
    ordered = sorted(named, key=lambda item: item[2])
    for before, item in pairwise(ordered):
        if item[2][0] < before[2][1]:
            params = {"id": item[1], "other": before[1]}
            problems.append(Problem("spans_overlap", join_path(item[0], "find"), params))
    return problems


def repeated_id_problems(named: Iterable[tuple[str, str]]) -> list[Problem]:
    """Return a problem for each id used before; items are (path, id)."""
    seen: set[str] = set()
    problems = []
    for path, name in named:
        if name in seen:
            problems.append(Problem("repeated_id", join_path(path, "id"), {"id": name}))
        seen.add(name)
    return problems


def cut(text: str, named: Iterable[tuple[str, Span]]) -> tuple[Piece, ...]:
    """Cut a text at spans that do not overlap: the pieces, joined, are the text again."""
    pieces, at = [], 0
    for name, (start, end) in sorted(named, key=lambda item: item[1]):
        if at < start:
            pieces.append(Piece(text[at:start], (at, start)))
        pieces.append(Piece(text[start:end], (start, end), name))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], (at, len(text))))
    return tuple(pieces)
