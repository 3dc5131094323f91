"""Compares the languages of a quiz: the same exercises, the same ids."""

from collections.abc import Iterable

from quizapp.content.library import ReadFile
from quizapp.exercises.base import JSON, Problem

Shape = dict[str, tuple[str, frozenset[str]]]


def compare_languages(files: Iterable[ReadFile]) -> None:
    """Add a problem to each quiz that differs from the one in the language of the source."""
    groups: dict[tuple[str, str], list[ReadFile]] = {}
    for file in files:
        if file.quiz is not None:
            groups.setdefault((file.quiz.source.id, file.quiz.id), []).append(file)
    for group in groups.values():
        group.sort(key=_source_language_first)
        first, *others = group
        for other in others:
            difference = _difference(_shape(first), _shape(other))
            if difference:
                params = {"other": first.path, "difference": difference}
                other.add([Problem("languages_differ", "exercises", params)])


def _source_language_first(file: ReadFile) -> tuple[bool, str]:
    quiz = file.quiz
    return (quiz is None or quiz.language != quiz.source.language, file.path)


def _shape(file: ReadFile) -> Shape:
    exercises = file.document.data["exercises"]
    return {data["id"]: (data["kind"], frozenset(_ids(data)) - {data["id"]}) for data in exercises}


def _ids(data: JSON) -> Iterable[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from [value] if key == "id" else _ids(value)
    elif isinstance(data, list):
        for value in data:
            yield from _ids(value)


def _difference(first: Shape, other: Shape) -> str:
    """Return the ids that only one of them has, "" if there are none."""
    if first.keys() != other.keys():
        return ", ".join(sorted(first.keys() ^ other.keys()))
    for name, (kind, ids) in first.items():
        if kind != other[name][0]:
            return f"{name}: {kind}, {other[name][0]}"
        if ids != other[name][1]:
            return f"{name}: " + ", ".join(sorted(ids ^ other[name][1]))
    return ""
