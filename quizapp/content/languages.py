"""Compares the languages of a quiz: the same exercises, the same ids."""

from collections.abc import Iterable

from quizapp.content.library import ReadFile
from quizapp.exercises.base import JSON, Problem, Severity

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
            difference = _difference(_shape(first), _shape(other)) or _other_frame(first, other)
            if difference:
                params = {"other": first.path, "difference": difference}
                other.add([Problem("languages_differ", "exercises", params)])
    _tell_untranslated(groups.values())


def _other_frame(first: ReadFile, other: ReadFile) -> str:
    """Return which of level, form and steps of the two quizzes differ, "" if none."""
    names = ("level", "form", "steps")
    return ", ".join(n for n in names if getattr(first.quiz, n) != getattr(other.quiz, n))


def _tell_untranslated(groups: Iterable[list[ReadFile]]) -> None:
    """Warn of a quiz that is not in all languages in which other quizzes of its source are."""
    languages: dict[str, set[str]] = {}
    groups = list(groups)
    for quiz in (file.quiz for group in groups for file in group):
        if quiz is not None:
            languages.setdefault(quiz.source.id, set()).add(quiz.language)
    for first, *others in groups:
        if first.quiz is None:
            continue
        there = {file.quiz.language for file in (first, *others) if file.quiz}
        missing = sorted(languages[first.quiz.source.id] - there)
        if missing:
            params = {"languages": missing}
            first.add([Problem("not_translated", "id", params, Severity.WARNING)])


def _source_language_first(file: ReadFile) -> tuple[bool, str]:
    quiz = file.quiz
    return (quiz is None or quiz.language != quiz.source.language, file.path)


def _shape(file: ReadFile) -> Shape:
    exercises = file.document.data["exercises"]
    return {
        data["id"]: (data["kind"], frozenset(_ids(data, "")) - {data["id"]}) for data in exercises
    }


def _ids(data: JSON, where: str) -> Iterable[str]:
    """Yield the ids in authored data, each with the list that it is in: targets/t1."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from [f"{where}{value}"] if key == "id" else _ids(value, f"{key}/")
    elif isinstance(data, list):
        for value in data:
            yield from _ids(value, where)


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
