"""Quiz files as they are now, exercise by exercise, good or not; knows no page and no service."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from quizapp.content.library import SOURCE_NAME, ReadFile
from quizapp.content.model import LocatedProblem, Source
from quizapp.content.quizzes import read_exercise
from quizapp.content.revisions import document_with, material_of
from quizapp.exercises.base import AnyExercise, Problem, Severity
from quizapp.exercises.schema import join_path

Sources = Mapping[str, Source]


@dataclass(frozen=True)
class DraftExercise:
    """An exercise as written, `number` from 1, `name` its id; `line` is where it begins.

    `exercise` and its `document` are None while an error keeps it from compiling.
    """

    number: int
    name: str
    line: int
    problems: tuple[LocatedProblem, ...]
    exercise: AnyExercise | None
    document: Mapping[str, Any] | None


@dataclass(frozen=True)
class Draft:
    """A quiz file as it is now; `problems` are those that stand in no exercise.

    `path` is relative to the folder of questions. Texts are as written, empty where there is none.
    """

    path: str
    language: str
    title: str
    intro: str
    notes: str
    age: int | None
    problems: tuple[LocatedProblem, ...]
    exercises: tuple[DraftExercise, ...]

    @property
    def is_broken(self) -> bool:
        """Whether an error stands in it."""
        found = [*self.problems, *(p for each in self.exercises for p in each.problems)]
        return any(problem.severity is Severity.ERROR for problem in found)


def source_folder(path: str) -> str:
    """Return the folder of a file's article, from its path in the folder of questions."""
    return PurePosixPath(path).parts[0]


def is_source(file: ReadFile) -> bool:
    """Return whether a file describes an article rather than a quiz."""
    return PurePosixPath(file.path).name == SOURCE_NAME


def find_source(file: ReadFile, files: Iterable[ReadFile], kept: Sources) -> Source | None:
    """Return the article of a quiz file: as it is now, else as it was last good."""
    folder = source_folder(file.path)
    now = (f.source for f in files if is_source(f) and source_folder(f.path) == folder)
    return next(filter(None, now), None) or kept.get(folder)


def read_draft(file: ReadFile, source: Source | None) -> Draft:
    """Return a quiz file as far as it can be read; without a source no exercise compiles."""
    data = file.document.data if isinstance(file.document.data, dict) else {}
    parts = PurePosixPath(file.path).parts
    language = parts[1] if len(parts) > 2 else ""
    exercises = tuple(_exercises(file, data, source, language))
    inside = {id(problem) for each in exercises for problem in each.problems}
    return Draft(
        path=file.path,
        language=language,
        title=_text(data, "title"),
        intro=_text(data, "intro"),
        notes=_text(data, "notes"),
        age=data["age"] if isinstance(data.get("age"), int) else source.age if source else None,
        problems=tuple(sorted(p for p in file.problems if id(p) not in inside)),
        exercises=exercises,
    )


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _exercises(
    file: ReadFile, data: Mapping[str, Any], source: Source | None, language: str
) -> list[DraftExercise]:
    written = data.get("exercises")
    if not isinstance(written, list) or not written:
        return []
    paths = [join_path("exercises", i) for i in range(len(written))]
    starts = [file.document.place(Problem("", path))[0] for path in paths]
    steps = data.get("steps")
    named = tuple(map(str, steps)) if isinstance(steps, list) else ()
    ends = [end for _, end in pairwise([*starts, len(file.document.lines) + 2])]
    return [
        DraftExercise(
            number,
            _text(entry, "id") if isinstance(entry, dict) else "",
            start,
            tuple(sorted(p for p in file.problems if start <= p.line < end)),
            *_compile(entry, source, language, named),
        )
        for number, (entry, start, end) in enumerate(zip(written, starts, ends, strict=True), 1)
    ]


def _compile(
    entry: Any, source: Source | None, language: str, steps: Sequence[str]
) -> tuple[AnyExercise | None, Mapping[str, Any] | None]:
    if source is None:
        return None, None
    material = material_of(source, language, tuple(steps))
    exercise, _ = read_exercise(entry, material, source)
    if exercise is None:
        return None, None
    return exercise, document_with(entry, source, material, tuple(steps))
