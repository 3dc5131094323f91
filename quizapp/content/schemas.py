"""The JSON Schemas of authors' files, made from the classes that the loader reads with."""

from typing import Any

from quizapp.content.authored import QuizFile, SourceFile
from quizapp.exercises.json_schema import json_schema, schema_fragment, schema_name
from quizapp.exercises.registry import KINDS


def source_schema() -> dict[str, Any]:
    """Return the draft-07 schema of source.yaml."""
    return json_schema(SourceFile)


def quiz_schema() -> dict[str, Any]:
    """Return the draft-07 schema of a quiz file; an exercise is read by its kind."""
    schema = json_schema(QuizFile)
    definitions = schema["definitions"]
    branches = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": schema_fragment(kind.Entry, definitions),
        }
        for name, kind in KINDS.items()
    ]
    exercise = {
        "type": "object",
        "properties": {"kind": {"type": "string", "enum": list(KINDS)}},
        "required": ["kind"],
        "allOf": branches,
    }
    definitions[schema_name(QuizFile)]["properties"]["exercises"]["items"] = exercise
    return schema
