"""Plain data read into dataclasses, and the JSON Schema that says the same."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest
from jsonschema import Draft7Validator

from quizapp.exercises.json_schema import json_schema
from quizapp.exercises.schema import closest, describe, join_path, read


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A member of a list."""

    id: str = describe("Its id", pattern=r"^[a-z]+$")
    size: int = describe("Its size", default=1, minimum=1, maximum=9)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One of each type."""

    name: str = describe("Its name")
    kind: str = describe("Always thing", const="thing")
    colour: Colour | None = describe("Its colour", default=None)
    loud: bool = describe("Whether it is", default=False)
    parts: tuple[Part, ...] = describe("Its parts", default=(), min_items=1)
    part: Part | None = describe("Its main part", default=None)
    says: dict[str, str] | None = describe("By language", default=None, keys=["fr", "en"])
    free: dict[str, str] | None = describe("By any key", default=None)
    unit: str | dict[str, str] | None = describe(
        "One text, or by language", default=None, keys=["fr", "en"]
    )


GOOD: dict[str, Any] = {"name": "A", "kind": "thing"}


def codes(**changes: Any) -> list[tuple[str, str]]:
    """Return code and path of the problems of a thing with some keys changed."""
    value = {k: v for k, v in (GOOD | changes).items() if v != "absent"}
    return [(problem.code, problem.path) for problem in read(Thing, value)[1]]


def test_defaults_and_types_are_those_of_the_class() -> None:
    thing, problems = read(Thing, GOOD | {"colour": "red", "parts": [{"id": "a", "size": 3}]})
    assert problems == []
    assert thing == Thing(name="A", kind="thing", colour=Colour.RED, parts=(Part(id="a", size=3),))


WRONG: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"name": "absent"}, ("missing_key", "name")),
    ({"name": None}, ("empty_value", "name")),
    ({"name": "  "}, ("empty_value", "name")),
    ({"name": 12}, ("expected_text", "name")),
    ({"name": True}, ("expected_text", "name")),
    ({"name": ["A"]}, ("expected_text", "name")),
    ({"kind": "think"}, ("not_one_of", "kind")),
    ({"colour": "rde"}, ("not_one_of", "colour")),
    ({"colour": 1}, ("not_one_of", "colour")),
    ({"loud": "yes"}, ("expected_true_false", "loud")),
    ({"parts": {"id": "a"}}, ("expected_list", "parts")),
    ({"parts": []}, ("too_few_items", "parts")),
    ({"parts": ["a"]}, ("expected_mapping", "parts[0]")),
    ({"parts": [{"id": "A"}]}, ("wrong_form", "parts[0].id")),
    ({"part": {"id": "a", "size": 10}}, ("out_of_range", "part.size")),
    ({"part": {"id": "a", "size": "1"}}, ("expected_number", "part.size")),
    ({"part": {"id": "a", "size": True}}, ("expected_number", "part.size")),
    ({"part": {"id": "a", "sise": 1}}, ("unknown_key", "part.sise")),
    ({"says": {"de": "x"}}, ("unknown_key", "says.de")),
    ({"says": {"fr": 1}}, ("expected_text", "says.fr")),
    ({"free": "x"}, ("expected_mapping", "free")),
    ({"unit": 5}, ("expected_text", "unit")),
    ({"unit": {"de": "x"}}, ("unknown_key", "unit.de")),
    ({"unit": {"fr": 1}}, ("expected_text", "unit.fr")),
]


@pytest.mark.parametrize(("changes", "expected"), WRONG)
def test_what_is_wrong_is_named_with_its_path(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert codes(**changes) == [expected]


@pytest.mark.parametrize("changes", [changes for changes, _ in WRONG])
def test_the_schema_refuses_what_the_reader_refuses(changes: dict[str, Any]) -> None:
    value = {k: v for k, v in (GOOD | changes).items() if v != "absent"}
    assert not Draft7Validator(json_schema(Thing)).is_valid(value)


@pytest.mark.parametrize(
    "changes",
    [
        *({}, {"loud": True}, {"parts": [{"id": "a"}]}, {"says": {"fr": "x"}, "free": {"z": "y"}}),
        *({"unit": "x"}, {"unit": {"fr": "x", "en": "y"}}),
    ],
)
def test_the_schema_accepts_what_the_reader_accepts(changes: dict[str, Any]) -> None:
    assert codes(**changes) == []
    assert Draft7Validator(json_schema(Thing)).is_valid(GOOD | changes)


def test_a_final_line_break_does_not_slip_past_a_pattern() -> None:
    assert codes(part={"id": "a\n"}) == [("wrong_form", "part.id")]


def test_every_problem_is_returned_at_once() -> None:
    assert len(codes(name=1, colour="green", part={"id": 1})) == 3


def test_an_unknown_key_is_answered_with_the_one_meant() -> None:
    (problem,) = read(Thing, GOOD | {"colur": "red"})[1]
    assert problem.params["suggestion"] == "colour"


def test_every_field_has_a_description_in_the_schema() -> None:
    schema = json_schema(Thing)
    Draft7Validator.check_schema(schema)
    properties = schema["definitions"]["test_schema.Thing"]["properties"]
    assert all(member["description"] for member in properties.values())


def test_paths_name_members_of_lists_and_mappings() -> None:
    assert join_path(join_path(join_path("", "targets"), 0), "find") == "targets[0].find"
    assert closest("verifable", ["verifiable", "mixed"]) == "verifiable"
    assert closest("xyz", ["verifiable"]) is None
