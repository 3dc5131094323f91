"""The schemas for editors say what the loader says."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

from quizapp import paths
from quizapp.content.authored import QuizFile, SourceFile
from quizapp.content.documents import read_document
from quizapp.content.schemas import quiz_schema, source_schema
from quizapp.exercises.registry import KINDS
from quizapp.exercises.schema import read
from tests.content.pack import QUIZ, SOURCE
from tests.content.test_library import BROKEN, SAMPLES

STRUCTURAL = {
    *("unknown_kind", "unknown_key", "not_one_of", "missing_key", "wrong_form", "out_of_range"),
    *("expected_number", "expected_text", "empty_value", "expected_list"),
}


def data(text: str) -> Any:
    """Return a file as the loader reads it."""
    document = read_document(text.encode())
    assert document.placed == []
    return document.data


def test_schemas_are_draft_07() -> None:
    for schema in (quiz_schema(), source_schema()):
        Draft7Validator.check_schema(schema)
        assert schema["$schema"].startswith("http://json-schema.org/draft-07/")


def test_the_pack_and_the_samples_are_valid() -> None:
    folder = SAMPLES / "hua-bin-2025"
    sample = (folder / "fr" / "bilan-a.yaml").read_text(encoding="utf-8")
    source = (folder / "source.yaml").read_text(encoding="utf-8")
    for text in (QUIZ, sample):
        assert list(Draft7Validator(quiz_schema()).iter_errors(data(text))) == []
    for text in (SOURCE, source):
        assert list(Draft7Validator(source_schema()).iter_errors(data(text))) == []


@pytest.mark.parametrize(("old", "new", "code", "line"), BROKEN)
def test_a_slip_of_structure_is_underlined_in_the_editor(
    old: str, new: str, code: str, line: str
) -> None:
    del line
    valid = Draft7Validator(quiz_schema()).is_valid(data(QUIZ.replace(old, new)))
    assert valid is (code not in STRUCTURAL)


def _described(schema: Any, path: str = "") -> list[str]:
    """Return the paths of properties without a description."""
    missing = []
    for name, member in schema.items():
        for key, value in member.get("properties", {}).items():
            if not value.get("description"):
                missing.append(f"{path}{name}.{key}")
    return missing


def test_every_field_has_a_description() -> None:
    for schema in (quiz_schema(), source_schema()):
        assert _described(schema["definitions"]) == []


def test_schemas_are_made_anew_so_that_callers_may_change_them() -> None:
    first = quiz_schema()
    kept = deepcopy(first)
    first["definitions"].clear()
    assert quiz_schema() == kept


def test_samples_stand_where_their_modelines_expect_schemas() -> None:
    first = (SAMPLES / "hua-bin-2025" / "fr" / "bilan-a.yaml").read_text().splitlines()[0]
    schema = first.split("$schema=")[1]
    assert (Path("fr") / schema).name == "quiz.schema.json"


# --- the corpus, both ways -------------------------------------------------------------------

CORPUS = {
    path: data(path.read_text(encoding="utf-8")) for path in sorted(paths.QUESTIONS.rglob("*.yaml"))
}


def matches(validator: Any, pattern: str, value: Any, _: Any) -> Iterator[ValidationError]:
    """As editors do: in their language nothing follows $, in Python a line break may."""
    if validator.is_type(value, "string") and not re.search(pattern.replace("$", r"\Z"), value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


Editor = extend(Draft7Validator, {"pattern": matches})
VALIDATORS = {True: Editor(source_schema()), False: Editor(quiz_schema())}


def accepts(is_source: bool, value: Any) -> bool:
    """Whether the classes of the loader accept the structure of a file."""
    if is_source:
        return not read(SourceFile, value)[1]
    if read(QuizFile, value)[1]:
        return False
    return all(
        isinstance(exercise, dict)
        and isinstance(exercise.get("kind"), str)
        and exercise["kind"] in KINDS
        and not read(KINDS[exercise["kind"]].Entry, exercise)[1]
        for exercise in value["exercises"]
    )


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_questions_shipped_are_valid_for_an_independent_validator(path: Path) -> None:
    is_source = path.name == "source.yaml"
    assert list(VALIDATORS[is_source].iter_errors(CORPUS[path])) == []
    assert accepts(is_source, CORPUS[path])


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_modelines_point_to_the_schemas_that_are_shipped(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        first = file.readline()
    schema = (path.parent / first.strip().partition("$schema=")[2]).resolve()
    name = "source" if path.name == "source.yaml" else "quiz"
    assert schema == paths.QUESTIONS / f"{name}.schema.json"


@pytest.mark.parametrize("name", ["source", "quiz"])
def test_the_schemas_shipped_are_those_of_the_classes(name: str) -> None:
    made = {"source": source_schema, "quiz": quiz_schema}[name]()
    text = (paths.QUESTIONS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == made, "run: python3 -m quizapp schema --write"


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 200),
    st.sampled_from(
        ["", " ", "fr", "fr\n", "A", "p1", "x" * 41, "2024-13", "accurate", "http://x"]
    ),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.lists(st.sampled_from(["a", 1, None]), max_size=2),
    st.dictionaries(st.sampled_from(["fr", "id", "zz"]), st.sampled_from(["a", 1, ""]), max_size=2),
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[bool, Any]:
    """Return a real file, whether it is a source, with one or two values changed or left out."""
    path = draw(st.sampled_from(sorted(CORPUS)))
    value = deepcopy(CORPUS[path])
    for _ in range(draw(st.integers(1, 2))):
        _mutate(draw, value)
    return path.name == "source.yaml", value


def _mutate(draw: st.DrawFn, value: Any) -> None:
    """Go down by chance, then replace, drop or add a member."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        inner = value[key]
        if isinstance(inner, (dict, list)) and draw(st.integers(0, 3)):
            value = inner
            continue
        action = draw(st.sampled_from(["replace", "drop", "add"]))
        if action == "replace":
            value[key] = draw(VALUES)
        elif action == "drop":
            del value[key]
        elif isinstance(value, dict):
            value[draw(st.sampled_from(["nth", "why", "title", "zz", "kind"]))] = draw(VALUES)
        return


@given(mutated())
@settings(max_examples=400, deadline=None)
def test_editor_and_checker_refuse_the_same_structures(change: tuple[bool, Any]) -> None:
    is_source, value = change
    assert VALIDATORS[is_source].is_valid(value) == accepts(is_source, value)
