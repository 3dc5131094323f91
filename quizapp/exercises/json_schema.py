"""Describes authored dataclasses as JSON Schema, from the declarations that `read` obeys."""

import dataclasses
import typing
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from quizapp.exercises.schema import MAX_ITEMS, declared_fields, takes_texts, without_none

DRAFT = "http://json-schema.org/draft-07/schema#"


def json_schema(cls: type) -> dict[str, Any]:
    """Return the draft-07 schema of a dataclass, made from the same declarations as `read`."""
    definitions: dict[str, Any] = {}
    root = schema_fragment(cls, definitions)
    # Beside a $ref draft-07 reads nothing, so it stands inside allOf.
    return {"$schema": DRAFT, "allOf": [root], "definitions": definitions}


def schema_fragment(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """Add a dataclass and what it refers to to `definitions`; return a reference to it."""
    name = schema_name(cls)
    if name not in definitions:
        definitions[name] = {}
        definitions[name].update(_object_schema(cls, definitions))
    return {"$ref": f"#/definitions/{name}"}


def schema_name(cls: type) -> str:
    """Return the name of a dataclass among the definitions: its module's last part and its own."""
    module = cls.__module__.removesuffix(".authored").rsplit(".", 1)[-1]
    return f"{module}.{cls.__name__}"


def _object_schema(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    properties = {}
    for name, hint, rules, _required in declared_fields(cls):
        member = _value_schema(hint, rules, definitions)
        text = rules["description"]
        # In draft-07 a description beside a $ref is ignored.
        properties[name] = (
            {"allOf": [member], "description": text}
            if "$ref" in member
            else {**member, "description": text}
        )
    return {
        "type": "object",
        "description": (cls.__doc__ or "").split("\n")[0],
        "properties": properties,
        "required": [name for name, _hint, _rules, required in declared_fields(cls) if required],
        "additionalProperties": False,
    }


def _value_schema(
    hint: Any, rules: Mapping[str, Any], definitions: dict[str, Any]
) -> dict[str, Any]:
    if rules.get("raw"):
        return {}
    if takes_texts(hint):
        return {"anyOf": [_scalar_schema(str, {}), _texts_schema(rules)]}
    hint = without_none(hint)
    origin = typing.get_origin(hint)
    if origin is tuple:
        item = _value_schema(typing.get_args(hint)[0], rules.get("items", {}), definitions)
        minimum = {"minItems": rules["min_items"]} if "min_items" in rules else {}
        maximum = {"maxItems": rules.get("max_items", MAX_ITEMS)}
        return {"type": "array", "items": item, **minimum, **maximum}
    if origin is dict:
        return _texts_schema(rules)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return schema_fragment(hint, definitions)
    return _scalar_schema(hint, rules)


def _texts_schema(rules: Mapping[str, Any]) -> dict[str, Any]:
    text = _scalar_schema(str, {k: rule for k, rule in rules.items() if k == "max_length"})
    if "keys" in rules:
        return {
            "type": "object",
            "properties": dict.fromkeys(rules["keys"], text),
            "additionalProperties": False,
        }
    return {"type": "object", "additionalProperties": text}


def _scalar_schema(hint: Any, rules: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [str(option) for option in hint]}
    if hint is bool:
        return {"type": "boolean"}
    if hint is int:
        limits = {key: rules[key] for key in ("minimum", "maximum") if key in rules}
        return {"type": "integer", **limits}
    if "const" in rules:
        return {"type": "string", "const": rules["const"]}
    longest = {"maxLength": rules["max_length"]} if "max_length" in rules else {}
    return {"type": "string", "pattern": rules.get("pattern", r"\S"), **longest}
