"""One file of an author as plain data with the place of every value; knows nothing of quizzes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quizapp.content.composing import Branch, Composed, Composer
from quizapp.content.guard import MAX_BYTES, decode, guard_text, place_of
from quizapp.exercises.base import Problem, Severity
from quizapp.exercises.schema import join_path

Place = tuple[int, int]
_STEP = re.compile(r"\[(\d+)\]|\.?(\w[\w-]*)")
_PLAIN_PATH = re.compile(rf"(?:{_STEP.pattern})*")


@dataclass
class Document:
    """One file: its data, where each value and each key stands (line, column from 1), problems.

    `placed` are problems of YAML itself, each with its place; where they leave no structure to
    read, `is_read` is False and there is no data.
    """

    lines: list[str] = field(default_factory=list)
    data: Any = None
    is_read: bool = False
    placed: list[tuple[Problem, Place]] = field(default_factory=list)
    composed: Composed = field(default_factory=Composed, repr=False)

    @cached_property
    def _places(self) -> dict[str, tuple[Place | None, Place]]:
        """Place of the key (None in a list) and of the value, by path; few files need them."""
        root = self.composed.root
        places: dict[str, tuple[Place | None, Place]] = {"": (None, place_of(self.composed.mark))}
        return places | (dict(_places_in(root, "")) if root else {})

    def place(self, problem: Problem) -> Place:
        """Return where a problem stands: its key if unknown, its value, or the nearest around."""
        path = problem.path
        found = self._descend(path)
        if found is not None:
            return found[0] if found[0] and problem.code == "unknown_key" else found[1]
        places = self._places
        if path in places:
            key, value = places[path]
            return key if key and problem.code == "unknown_key" else value
        while path and path not in places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return places[path][1]

    def _descend(self, path: str) -> tuple[Place | None, Place] | None:
        """Return the places at a path of plain names; None if a step of it is not there."""
        if not _PLAIN_PATH.fullmatch(path):
            return None
        key_mark, mark, branch = None, self.composed.mark, self.composed.root
        for index, name in _STEP.findall(path):
            step = branch.places.get(int(index) if index else name) if branch else None
            if step is None:
                return None
            key_mark, mark, branch = step
        return (place_of(key_mark) if key_mark else None), place_of(mark)

    def line(self, number: int) -> str:
        """Return a line of the file, "" past its end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def _places_in(branch: Branch, path: str) -> Iterator[tuple[str, tuple[Place | None, Place]]]:
    for name, (key_mark, mark, inner) in branch.places.items():
        here = join_path(path, name)
        yield here, (place_of(key_mark) if key_mark else None, place_of(mark))
        if inner is not None:
            yield from _places_in(inner, here)


def read_document(raw: bytes, size: int = 0) -> Document:
    """Read one file; never raises. Only true/false, whole numbers and null are typed.

    `size` is that of the file in bytes where not all of it has been read.
    """
    document = Document()
    if len(raw) > MAX_BYTES:
        params = {"size": max(size, len(raw)), "limit": MAX_BYTES}
        document.placed.append((Problem("file_too_large", "", params), (1, 1)))
        return document
    text, document.placed = decode(raw)
    document.lines = _lines(text)
    if not document.placed:
        document.placed = guard_text(document.lines)
    if not document.placed:
        _compose(document, text)
    if _mixes_line_ends(raw) and not document.placed:
        document.placed.append((Problem("mixed_line_ends", "", {}, Severity.WARNING), (1, 1)))
    return document


def _compose(document: Document, text: str) -> None:
    composed = document.composed = Composer(text, document.lines).compose()
    document.placed = composed.traps
    if composed.traps:
        return
    if composed.is_empty:
        document.placed = [(Problem("empty_file", ""), (1, 1))]
        return
    document.placed = composed.slips
    document.data, document.is_read = composed.data, True


def _lines(text: str) -> list[str]:
    """Cut a text at the line breaks that YAML knows and that are not refused."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _mixes_line_ends(raw: bytes) -> bool:
    pairs = raw.count(b"\r\n")
    returns, feeds = raw.count(b"\r") - pairs, raw.count(b"\n") - pairs
    return sum(count > 0 for count in (pairs, returns, feeds)) > 1
