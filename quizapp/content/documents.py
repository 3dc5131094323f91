"""YAML text into plain data with the place of every value; knows YAML and nothing of quizzes."""

import re
from dataclasses import dataclass, field
from typing import Any, cast

import yaml
from yaml import CSafeLoader

from quizapp.content.guard import MAX_BYTES, find_unsafe, guard_events, guard_text
from quizapp.exercises.base import Problem
from quizapp.exercises.schema import join_path

Place = tuple[int, int]

_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_TYPED = {"true": True, "false": False, "null": None, "~": None, "": None}
_COMMENT = re.compile(r"[ \t]+#(?P<joined>\S?)")


@dataclass
class Document:
    """One file: its data, where each value and each key stands (line, column from 1), problems.

    `placed` are problems of YAML itself, each with its place; where they leave no structure to
    read, `is_read` is False and there is no data.
    """

    lines: list[str] = field(default_factory=list)
    data: Any = None
    is_read: bool = False
    values: dict[str, Place] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    placed: list[tuple[Problem, Place]] = field(default_factory=list)

    def place(self, problem: Problem) -> Place:
        """Return where a problem stands: its key if unknown, its value, or the nearest around."""
        if problem.code == "unknown_key" and problem.path in self.keys:
            return self.keys[problem.path]
        path = problem.path
        while path and path not in self.values:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.values.get(path, (1, 1))

    def line(self, number: int) -> str:
        """Return a line of the file, "" past its end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def read_document(raw: bytes) -> Document:
    """Read one file; never raises. Only true/false, whole numbers and null are typed."""
    document = Document()
    if len(raw) > MAX_BYTES:
        params = {"size": len(raw), "limit": MAX_BYTES}
        document.placed.append((Problem("file_too_large", "", params), (1, 1)))
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        document.placed.append((Problem("not_utf8", ""), (line, 1)))
        return document
    document.lines = text.splitlines()
    document.placed = guard_text(text) or guard_events(text)
    if not document.placed:
        _compose(document, text)
    return document


def _compose(document: Document, text: str) -> None:
    node = yaml.compose(text, Loader=CSafeLoader)
    if node is None:
        document.placed.append((Problem("empty_file", ""), (1, 1)))
        return
    document.data = _convert(document, node, "")
    document.is_read = True


def _convert(document: Document, node: yaml.Node, path: str) -> Any:
    document.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(document, node, path)
    if isinstance(node, yaml.SequenceNode):
        items = enumerate(node.value)
        return [_convert(document, item, join_path(path, i)) for i, item in items]
    return _scalar(document, cast("yaml.ScalarNode", node), path)


def _mapping(document: Document, node: yaml.MappingNode, path: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            document.placed.append((Problem("key_not_text", path), place))
            continue
        key = str(key_node.value)
        here = join_path(path, key)
        if key in result:
            params = {"key": key, "first": document.keys[here][0], "second": place[0]}
            document.placed.append((Problem("repeated_key", here, params), place))
            continue
        document.keys[here] = place
        result[key] = _convert(document, value_node, here)
    return result


def _scalar(document: Document, node: yaml.ScalarNode, path: str) -> Any:
    value = str(node.value)
    place = document.values[path]
    unsafe = find_unsafe(value)
    if unsafe is not None:
        params = {"character": f"U+{ord(unsafe[0]):04X}"}
        document.placed.append((Problem("unsafe_character", path, params), place))
    if node.style:  # the C loader gives "" for plain text
        return value
    _report_cut(document, node, value, path)
    if _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    return _TYPED.get(value, value)


def _report_cut(document: Document, node: yaml.ScalarNode, value: str, path: str) -> None:
    """Report ` #` after unquoted text: YAML takes the rest of the line for a comment."""
    end = node.end_mark
    rest = document.line(end.line + 1)[end.column :]
    comment = _COMMENT.match(rest)
    if comment and (comment["joined"] or " " in value):
        place = (end.line + 1, end.column + 1)
        document.placed.append((Problem("text_cut", path, {"rest": rest.strip()}), place))
