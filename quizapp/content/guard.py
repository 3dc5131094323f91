"""What a YAML file may not hold, looked at before it is composed; knows nothing of quizzes."""

import re
from typing import Any

import yaml

from quizapp.exercises.base import Problem

MAX_BYTES = 256 * 1024

# Control characters, marks and controls of writing direction, odd line breaks, a stray BOM.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)

_CONTROLS = bytes({*range(32)} - {9, 10, 13})

Placed = tuple[Problem, tuple[int, int]]


def decode(raw: bytes) -> tuple[str, list[Placed]]:
    """Return the text of a file, and what is wrong with its encoding, with one problem at most.

    A text that is not UTF-8 is given as if in the encoding that it probably has, to be shown.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _undecoded(raw, error.start)
    return (text, [_BINARY]) if _is_binary(raw) else (text, [])


_BINARY: Placed = (Problem("binary_file", ""), (1, 1))


def _undecoded(raw: bytes, at: int) -> tuple[str, list[Placed]]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        problem = Problem("not_utf8", "", {"encoding": "UTF-16"})
        return raw.decode("utf-16", "replace"), [(problem, (1, 1))]
    if _is_binary(raw):
        return "", [_BINARY]
    before = raw[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    problem = Problem("not_utf8", "", {"encoding": "Latin-1 (Windows-1252)"})
    return raw.decode("cp1252", "replace"), [(problem, (before.count(b"\n") + 1, column))]


def _is_binary(raw: bytes) -> bool:
    """Whether more than one byte in ten is a control character, as in pictures and archives."""
    return len(raw) - len(raw.translate(None, _CONTROLS)) > max(8, len(raw) // 10) and b"\0" in raw


def find_unsafe(text: str) -> re.Match[str] | None:
    """Return the first control character or sign that changes the direction of writing."""
    return _UNSAFE.search(text)


def without_unsafe(text: str) -> str:
    """Return a text without the signs that files may not hold."""
    return _UNSAFE.sub("", text)


def guard_text(lines: list[str]) -> list[Placed]:
    """Return a problem for each line with an unsafe character or indented with a tab."""
    whole = "".join(lines)
    if "\t" not in whole and find_unsafe(whole) is None:
        return []
    problems: list[Placed] = []
    for number, line in enumerate(lines, 1):
        unsafe = find_unsafe(line)
        if unsafe is not None:
            name = f"U+{ord(unsafe[0]):04X}"
            problem = Problem("unsafe_character", "", {"character": name})
            problems.append((problem, (number, unsafe.start() + 1)))
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            problems.append((Problem("tab", ""), (number, indent.index("\t") + 1)))
    return problems


def trap_code(event: yaml.Event) -> str | None:
    """Return the code of what makes an event refused whatever stands around it."""
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        return "anchor"
    if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
        return "tag"
    return None


_SYNTAX = {
    "mapping values are not allowed": "colon_in_text",
    "found character that cannot start any token": "odd_start",
    "found unexpected end of stream": "quote_not_closed",
    "did not find expected key": "quote_inside",
    "did not find expected ',' or": "bracket_not_closed",
}


def syntax_problem(error: yaml.MarkedYAMLError) -> Placed:
    """Return the problem of a text that is not YAML, in the words of the usual causes."""
    mark = error.problem_mark or error.context_mark
    detail = str(error.problem or error.context or "")
    code = next((code for start, code in _SYNTAX.items() if detail.startswith(start)), "syntax")
    return Problem(code, "", {"detail": detail}), (mark.line + 1, mark.column + 1) if mark else (
        1,
        1,
    )


def place_of(mark: Any) -> tuple[int, int]:
    """Return line and column from 1 of a mark."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
