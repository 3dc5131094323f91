"""Reads a quiz file into a Quiz, given its source; knows one file at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.content.authored import MAX_EXERCISES, QuizFile
from quizapp.content.documents import Document
from quizapp.content.model import Hashes, Quiz, QuizForm, Revision, Source
from quizapp.content.revisions import digest, document_with, hashes_of, material_of
from quizapp.exercises.base import AnyExercise, Material, Problem, Severity
from quizapp.exercises.passages import repeated_id_problems
from quizapp.exercises.registry import KINDS
from quizapp.exercises.schema import closest, declared_fields, join_path, read


@dataclass(frozen=True)
class QuizPlace:
    """Where a quiz file stands: its name without .yaml, its folder, and its path from the root."""

    name: str
    folder: str
    path: str


def read_quiz(
    document: Document, source: Source, place: QuizPlace
) -> tuple[Quiz | None, list[Problem]]:
    """Read a quiz; None if a problem is an error."""
    entry, problems = read(QuizFile, document.data)
    raw = document.data.get("exercises") if isinstance(document.data, dict) else None
    language = str(entry.language) if entry else place.folder
    steps = tuple(str(step) for step in entry.steps) if entry else ()
    material = material_of(source, language, steps)
    exercises, found = _read_exercises(raw, material, source)
    problems += found
    if entry is None:
        return None, problems
    problems += _file_problems(entry, place)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    return _compiled(entry, source, exercises, place), problems


def _file_problems(entry: QuizFile, place: QuizPlace) -> list[Problem]:
    problems = []
    if entry.id != place.name:
        params = {"id": entry.id, "name": place.name}
        problems.append(Problem("wrong_file_name", "id", params))
    if entry.language != place.folder:
        params = {"language": str(entry.language), "folder": place.folder}
        problems.append(Problem("language_mismatch", "language", params))
    return problems


def _read_exercises(
    raw: Any, material: Material, source: Source
) -> tuple[list[AnyExercise], list[Problem]]:
    if not isinstance(raw, list) or len(raw) > MAX_EXERCISES:
        return [], []
    exercises: list[AnyExercise] = []
    problems: list[Problem] = []
    for i, data in enumerate(raw):
        path = join_path("exercises", i)
        exercise, found = read_exercise(data, material, source)
        problems += [_moved(problem, path) for problem in found]
        exercises += [exercise] if exercise else []
    named = [
        (join_path("exercises", i), str(data.get("id")))
        for i, data in enumerate(raw)
        if isinstance(data, dict) and "id" in data
    ]
    return exercises, problems + repeated_id_problems(named)


def read_exercise(
    data: Any, material: Material, source: Source
) -> tuple[AnyExercise | None, list[Problem]]:
    """Read one exercise; None if a problem is an error. Paths count from the exercise."""
    if not isinstance(data, dict):
        return None, [Problem("expected_mapping", "", {"keys": ["id", "kind", "passages"]})]
    if "kind" not in data:
        return _read_mistyped(data, material, source)
    name = str(data["kind"])
    if name not in KINDS:
        params = {"value": name, "options": list(KINDS), "suggestion": closest(name, list(KINDS))}
        return None, [Problem("unknown_kind", "kind", params)]
    parsed = KINDS[name].parse(data, material)
    return parsed.exercise, [_translated(problem, source) for problem in parsed.problems]


def _read_mistyped(
    data: dict[str, Any], material: Material, source: Source
) -> tuple[None, list[Problem]]:
    """Name a key that was probably meant as kind, with what else is wrong; or say it is missing."""
    known = {name for kind in KINDS.values() for name, *_ in declared_fields(kind.Entry)}
    meant = closest("kind", [key for key in map(str, data) if key not in known])
    if meant is None:
        return None, [Problem("missing_key", "kind", {"key": "kind"})]
    params = {"key": meant, "suggestion": "kind", "known": ["kind"]}
    rest = {key: value for key, value in data.items() if key != meant}
    _, found = read_exercise(rest | {"kind": data[meant]}, material, source)
    return None, [Problem("unknown_key", meant, params), *found]


def _translated(problem: Problem, source: Source) -> Problem:
    """Say of a passage that exists, but not in this language, that its translation is missing."""
    if problem.code == "unknown_passage" and problem.params["id"] in source.passages:
        return Problem("translation_missing", problem.path, problem.params)
    return problem


def _moved(problem: Problem, path: str) -> Problem:
    here = f"{path}.{problem.path}" if problem.path else path
    return Problem(problem.code, here, problem.params, problem.severity)


def _compiled(
    entry: QuizFile, source: Source, exercises: list[AnyExercise], place: QuizPlace
) -> Quiz:
    form = QuizForm(entry.form.pair, str(entry.form.letter)) if entry.form else None
    return Quiz(
        source=source,
        id=entry.id,
        language=str(entry.language),
        title=entry.title,
        intro=entry.intro,
        level=entry.level,
        form=form,
        steps=tuple(str(step) for step in entry.steps),
        age=entry.age,
        notes=entry.notes,
        exercises=tuple(exercises),
        path=place.path,
        make_revision=lambda: _revision(entry, source, form, exercises),
    )


def _revision(
    entry: QuizFile, source: Source, form: QuizForm | None, exercises: list[AnyExercise]
) -> Revision:
    language, steps = str(entry.language), tuple(str(step) for step in entry.steps)
    material = material_of(source, language, steps)
    documents = [document_with(data, source, material, steps) for data in entry.exercises]
    found = {
        exercise.id: hashes_of(exercise, document)
        for exercise, document in zip(exercises, documents, strict=True)
    }
    document = _document(entry, source, form, found)
    by_hash = (found[exercise.id].all for exercise in exercises)
    return Revision(digest(document), document, dict(zip(by_hash, documents, strict=True)), found)


def _document(
    entry: QuizFile, source: Source, form: QuizForm | None, found: Mapping[str, Hashes]
) -> dict[str, Any]:
    age = entry.age or source.age
    return {
        "source": source.id,
        "id": entry.id,
        "language": str(entry.language),
        "title": entry.title,
        "intro": entry.intro,
        "level": entry.level,
        **({"age": age} if age else {}),
        "form": vars(form) if form else None,
        "steps": [str(step) for step in entry.steps],
        "exercises": [{"id": name, "all": hashed.all} for name, hashed in found.items()],
    }
