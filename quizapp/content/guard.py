"""What a YAML file may not hold, looked at before it is composed; knows nothing of quizzes."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import CSafeLoader

from quizapp.exercises.base import Problem

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_NODES = 20_000

# Control characters, marks and controls of writing direction, odd line breaks, a stray BOM.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)

Placed = tuple[Problem, tuple[int, int]]


def find_unsafe(text: str) -> re.Match[str] | None:
    """Return the first control character or sign that changes the direction of writing."""
    return _UNSAFE.search(text)


def guard_text(text: str) -> list[Placed]:
    """Return a problem for each line with an unsafe character or indented with a tab."""
    problems: list[Placed] = []
    for number, line in enumerate(text.split("\n"), 1):
        unsafe = find_unsafe(line)
        if unsafe is not None:
            name = f"U+{ord(unsafe[0]):04X}"
            problem = Problem("unsafe_character", "", {"character": name})
            problems.append((problem, (number, unsafe.start() + 1)))
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent:
            problems.append((Problem("tab", ""), (number, indent.index("\t") + 1)))
    return problems


def guard_events(text: str) -> list[Placed]:
    """Return what is wrong in the stream of YAML events: the first trap, or the syntax error.

    Nesting is bounded here, before anything recursive sees the file.
    """
    try:
        return list(_event_problems(text))
    except yaml.MarkedYAMLError as error:
        return [_syntax_problem(error)]
    except yaml.YAMLError:
        return [(Problem("syntax", "", {"detail": ""}), (1, 1))]


def _event_problems(text: str) -> Iterator[Placed]:
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=CSafeLoader):
        code = _event_code(event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        fatal = _limit_code(depth, nodes, documents)
        if code or fatal:
            yield Problem(fatal or code or "", ""), _place(event.start_mark)
        if fatal:
            return


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _event_code(event: yaml.Event) -> str | None:
    if isinstance(event, yaml.AliasEvent):
        return "alias"
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        return "anchor"
    if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
        return "tag"
    return None


def _limit_code(depth: int, nodes: int, documents: int) -> str | None:
    if depth > MAX_DEPTH:
        return "too_deep"
    if nodes > MAX_NODES:
        return "too_many_values"
    return "several_documents" if documents > 1 else None


_SYNTAX = {
    "mapping values are not allowed": "colon_in_text",
    "found character that cannot start any token": "odd_start",
    "found unexpected end of stream": "quote_not_closed",
    "did not find expected key": "quote_inside",
    "did not find expected ',' or": "bracket_not_closed",
}


def _syntax_problem(error: yaml.MarkedYAMLError) -> Placed:
    mark = error.problem_mark or error.context_mark
    detail = str(error.problem or error.context or "")
    code = next((code for start, code in _SYNTAX.items() if detail.startswith(start)), "syntax")
    return Problem(code, "", {"detail": detail}), _place(mark)
