"""Exercises as self-contained documents, and their hashes; knows no files and no tables."""

import functools
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.content.model import Hashes, Source, SourceEvidence
from quizapp.exercises.base import (
    JSON,
    AnyExercise,
    Evidence,
    Material,
    PassageText,
    Problem,
    canonical_json,
)
from quizapp.exercises.registry import get_kind

SOURCE_FIELDS = ("id", "title", "author", "date", "genre", "language", "rights")


class InvalidDocument(Exception):
    """A stored document that no longer compiles; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{problem.path}: {problem.code}" for problem in problems))
        self.problems = problems


def material_of(source: Source, language: str, steps: tuple[str, ...]) -> Material:
    """Return what the exercises of a quiz in this language may refer to.

    In another language than the source's only translated passages are there.
    """
    passages, evidence = _texts_of(source, language)
    return Material(language, source.language, passages, evidence, frozenset(steps))


@functools.lru_cache(maxsize=16)
def _texts_of(
    source: Source, language: str
) -> tuple[Mapping[str, PassageText], Mapping[str, Evidence]]:
    """Return passages and evidence in a language; all quizzes of a source share them."""
    passages = {}
    for passage in source.passages.values():
        if language == source.language:
            passages[passage.id] = PassageText(passage.id, passage.text)
        elif language in passage.translations:
            text = passage.translations[language]
            passages[passage.id] = PassageText(passage.id, text, passage.text)
    evidence = {
        item.id: _in_language(item, language, source.language) for item in source.evidence.values()
    }
    return passages, evidence


def _in_language(item: SourceEvidence, language: str, fallback: str) -> Evidence:
    def text(texts: Mapping[str, str]) -> str | None:
        return texts.get(language) or texts.get(fallback) or next(iter(texts.values()), None)

    return Evidence(
        id=item.id,
        publisher=text(item.publisher) or "",
        title=item.title,
        date=item.date,
        url=item.url,
        figure=item.figure,
        unit=text(item.unit),
        period=text(item.period),
        says=text(item.says),
    )


def exercise_document(
    data: Mapping[str, Any], source: Source, language: str, steps: tuple[str, ...]
) -> dict[str, Any]:
    """Return an exercise with everything it refers to, as JSON: the unit that is stored."""
    return document_with(data, source, material_of(source, language, steps), steps)


def document_with(
    data: Mapping[str, Any], source: Source, material: Material, steps: tuple[str, ...]
) -> dict[str, Any]:
    """Return the document of an exercise whose material is at hand."""
    names = dict.fromkeys(_named(data, "evidence"))
    return {
        "language": material.language,
        "source": {name: getattr(source, name) for name in SOURCE_FIELDS},
        "steps": list(steps),
        "exercise": dict(data),
        "passages": [_filled(material.passages[name]) for name in data["passages"]],
        "evidence": [_filled(material.evidence[name]) for name in names],
    }


def _filled(item: PassageText | Evidence) -> dict[str, Any]:
    return {name: value for name, value in vars(item).items() if value is not None}


def _named(data: JSON, name: str) -> Iterator[str]:
    """Yield every text under a key of this name, at any depth, in the author's order."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == name:
                yield from [value] if isinstance(value, str) else value
            else:
                yield from _named(value, name)
    elif isinstance(data, list):
        for member in data:
            yield from _named(member, name)


def compile_exercise(document: Mapping[str, Any]) -> Any:
    """Return the exercise of a document; raises InvalidDocument. The path of authors' files too."""
    data = document["exercise"]
    material = Material(
        language=document["language"],
        source_language=document["source"]["language"],
        passages={item["id"]: PassageText(**item) for item in document["passages"]},
        evidence={item["id"]: Evidence(**item) for item in document["evidence"]},
        steps=frozenset(document["steps"]),
    )
    parsed = get_kind(data["kind"]).parse(data, material)
    if parsed.exercise is None:
        raise InvalidDocument(parsed.problems)
    return parsed.exercise


def hashes(document: Mapping[str, Any]) -> Hashes:
    """Return the three hashes of a document."""
    return hashes_of(compile_exercise(document), document)


def hashes_of(exercise: AnyExercise, document: Mapping[str, Any]) -> Hashes:
    """Return the three hashes of a document whose exercise is at hand."""
    kind = get_kind(exercise.kind)
    return Hashes(
        text=digest(kind.display(exercise)),
        key=digest(kind.key(exercise)),
        all=digest(document),
    )


def digest(value: JSON) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of a value."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
