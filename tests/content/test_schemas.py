"""The schemas for editors say what the loader says."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from quizapp.content.documents import read_document
from quizapp.content.schemas import quiz_schema, source_schema
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
