"""Reads plain data into frozen dataclasses as their fields declare; knows no exercise."""

import dataclasses
import difflib
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from quizapp.exercises.base import Problem

T = TypeVar("T")
ID_PATTERN = r"^[a-z0-9-]{1,40}$"
MAX_ITEMS = 500
"""The longest list of a file, unless its field says otherwise."""
TO_FILL_IN = {"fr": "À REMPLIR", "en": "TO FILL IN"}
"""What `new` writes where the author has to decide, by language."""
_MARKERS = tuple(TO_FILL_IN.values())
_INVALID = object()


def describe(text: str, *, default: Any = dataclasses.MISSING, **rules: Any) -> Any:
    """Declare a field of authored data: its description, default and rules.

    Rules: `pattern` (regular expression), `minimum`, `maximum` (whole numbers), `min_items`,
    `max_items`, `max_length` (signs), `const` (the only value), `raw` (anything).
    """
    return dataclasses.field(default=default, metadata={"description": text, **rules})


def read(cls: type[T], value: Any, path: str = "") -> tuple[T | None, list[Problem]]:
    """Read a mapping into a frozen dataclass; None if anything in it is wrong.

    Every problem is returned, not only the first. Text comes as str, and only true/false, whole
    numbers and null are typed.
    """
    problems: list[Problem] = []
    result = _read_object(cls, value, path, problems)
    return (None if result is _INVALID else result), problems


def join_path(path: str, key: str | int) -> str:
    """Return the path of a member: `targets` + 0 → `targets[0]`, + `find` → `targets[0].find`."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def closest(word: str, known: list[str]) -> str | None:
    """Return the known word that the author probably meant, if one is near enough."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else None


# --- reading ---------------------------------------------------------------------------------


@functools.lru_cache(maxsize=256)
def declared_fields(cls: type) -> tuple[tuple[str, Any, Mapping[str, Any], bool], ...]:
    """Return name, type, rules and whether it is required, of each field of a dataclass."""
    hints = typing.get_type_hints(cls)
    return tuple(
        (f.name, hints[f.name], f.metadata, f.default is dataclasses.MISSING)
        for f in dataclasses.fields(cls)
    )


def _read_object(cls: type, value: Any, path: str, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        problems.append(Problem("expected_mapping", path, {"keys": _names(cls)}))
        return _INVALID
    before = len(problems)
    _refuse_unknown(cls, value, path, problems)
    found: dict[str, Any] = {}
    for name, hint, rules, required in declared_fields(cls):
        if name in value:
            found[name] = _read_value(hint, rules, value[name], join_path(path, name), problems)
        elif required:
            problems.append(Problem("missing_key", join_path(path, name), {"key": name}))
    return cls(**found) if len(problems) == before else _INVALID


def _names(cls: type) -> list[str]:
    return [name for name, *_ in declared_fields(cls)]


def _refuse_unknown(cls: type, value: dict[Any, Any], path: str, problems: list[Problem]) -> None:
    names = _names(cls)
    for key in value:
        if key not in names:
            params = {"key": str(key), "suggestion": closest(str(key), names), "known": names}
            problems.append(Problem("unknown_key", join_path(path, str(key)), params))


def _read_value(
    hint: Any, rules: Mapping[str, Any], value: Any, path: str, problems: list[Problem]
) -> Any:
    if rules.get("raw"):
        return value
    if value is None:
        problems.append(Problem("empty_value", path))
        return _INVALID
    if takes_texts(hint) and isinstance(value, dict):
        return _read_texts(rules, value, path, problems)
    shape, hint = _shape(hint)
    if shape is _Shape.LIST:
        return _read_list(hint, rules, value, path, problems)
    if shape is _Shape.TEXTS:
        return _read_texts(rules, value, path, problems)
    if shape is _Shape.OBJECT:
        return _read_object(hint, value, path, problems)
    problem = _scalar_problem(hint, rules, value, path)
    if problem is not None:
        problems.append(problem)
        return _INVALID
    return hint(value)


class _Shape(Enum):
    LIST = 1
    TEXTS = 2
    OBJECT = 3
    SCALAR = 4


@functools.lru_cache(maxsize=256)
def _shape(hint: Any) -> tuple[_Shape, Any]:
    """Return how a field is read, and its type without None."""
    hint = without_none(hint)
    shapes = {tuple: _Shape.LIST, dict: _Shape.TEXTS}
    is_object = dataclasses.is_dataclass(hint)
    default = _Shape.OBJECT if is_object else _Shape.SCALAR
    return shapes.get(typing.get_origin(hint), default), hint


@functools.lru_cache(maxsize=256)
def without_none(hint: Any) -> Any:
    """Return the type of an optional field without its None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(arg for arg in typing.get_args(hint) if arg is not types.NoneType)
    return hint


@functools.lru_cache(maxsize=256)
def takes_texts(hint: Any) -> bool:
    """Return whether a field takes one text for all languages or texts by language."""
    return {str, dict[str, str]} <= set(typing.get_args(hint))


def _read_list(
    hint: Any, rules: Mapping[str, Any], value: Any, path: str, problems: list[Problem]
) -> Any:
    if not isinstance(value, list):
        problems.append(Problem("expected_list", path))
        return _INVALID
    if len(value) < rules.get("min_items", 0):
        problems.append(Problem("too_few_items", path, {"minimum": rules["min_items"]}))
    if len(value) > rules.get("max_items", MAX_ITEMS):
        params = {"count": len(value), "maximum": rules.get("max_items", MAX_ITEMS)}
        problems.append(Problem("too_many_items", path, params))
        return _INVALID
    item = typing.get_args(hint)[0]
    inner = rules.get("items", {})
    return tuple(
        _read_value(item, inner, member, join_path(path, i), problems)
        for i, member in enumerate(value)
    )


def _read_texts(rules: Mapping[str, Any], value: Any, path: str, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        problems.append(Problem("expected_mapping", path, {"keys": []}))
        return _INVALID
    known = rules.get("keys")
    inner = {name: rule for name, rule in rules.items() if name == "max_length"}
    for key, member in value.items():
        if known is not None and key not in known:
            params = {"key": str(key), "suggestion": closest(str(key), known), "known": known}
            problems.append(Problem("unknown_key", join_path(path, str(key)), params))
        _read_value(str, inner, member, join_path(path, str(key)), problems)
    return dict(value)


def _scalar_problem(hint: Any, rules: Mapping[str, Any], value: Any, path: str) -> Problem | None:
    if isinstance(value, str) and value.startswith(_MARKERS):
        return Problem("to_fill_in", path)
    found = _CHECKS.get(hint, _check_choice)(hint, rules, value)
    return Problem(found[0], path, found[1]) if found else None


def _check_text(
    _hint: Any, rules: Mapping[str, Any], value: Any
) -> tuple[str, dict[str, Any]] | None:
    if not isinstance(value, str):
        return "expected_text", {"value": _shown(value)}
    if not value.strip():
        return "empty_value", {}
    if len(value) > rules.get("max_length", len(value)):
        return "text_too_long", {"count": len(value), "maximum": rules["max_length"]}
    if "const" in rules and value != rules["const"]:
        return "not_one_of", _choice_params(value, [rules["const"]])
    if "pattern" in rules and not _whole(rules["pattern"]).search(value):
        return "wrong_form", {"value": _shown(value), "pattern": rules["pattern"]}
    return None


@functools.lru_cache(maxsize=64)
def _whole(pattern: str) -> re.Pattern[str]:
    # `$` lets a final line break through in Python, but not in JSON Schema.
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


def _check_number(
    _hint: Any, rules: Mapping[str, Any], value: Any
) -> tuple[str, dict[str, Any]] | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return "expected_number", {"value": _shown(value)}
    low, high = rules.get("minimum"), rules.get("maximum")
    if (low is not None and value < low) or (high is not None and value > high):
        return "out_of_range", {"value": value, "minimum": low, "maximum": high}
    return None


def _check_flag(
    _hint: Any, _rules: Mapping[str, Any], value: Any
) -> tuple[str, dict[str, Any]] | None:
    return None if isinstance(value, bool) else ("expected_true_false", {"value": _shown(value)})


def _check_choice(
    hint: Any, _rules: Mapping[str, Any], value: Any
) -> tuple[str, dict[str, Any]] | None:
    if isinstance(value, str) and value in hint._value2member_map_:
        return None
    return "not_one_of", _choice_params(value, [str(option) for option in hint])


_CHECKS: Mapping[Any, Callable[[Any, Mapping[str, Any], Any], tuple[str, dict[str, Any]] | None]]
_CHECKS = {str: _check_text, int: _check_number, bool: _check_flag}


def _choice_params(value: Any, options: list[str]) -> dict[str, Any]:
    shown = _shown(value)
    return {"value": shown, "options": options, "suggestion": closest(shown, options)}


def _shown(value: Any) -> str:
    text = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else str(value)
    return str(text)[:60]
