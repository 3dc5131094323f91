"""Compares the parallel forms A and B of a quiz: as many of each sort, no sentence in common."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from quizapp.content.library import ReadFile
from quizapp.content.model import Quiz
from quizapp.exercises.base import Problem

LETTERS = ("A", "B")
Sort = tuple[str, str]


def compare_forms(files: Iterable[ReadFile]) -> None:
    """Add a problem to each form that has no counterpart or is not parallel to it."""
    pairs: dict[tuple[str, str, str], dict[str, list[ReadFile]]] = {}
    for file in files:
        quiz = file.quiz
        if quiz is not None and quiz.form is not None:
            group = pairs.setdefault((quiz.source.id, quiz.form.pair, quiz.language), {})
            group.setdefault(quiz.form.letter, []).append(file)
    for (_, pair, _), group in pairs.items():
        _compare(pair, group)


def _compare(pair: str, group: dict[str, list[ReadFile]]) -> None:
    for letter, same in group.items():
        for other in same[1:]:
            params = {"pair": pair, "letter": letter, "first": same[0].path}
            other.add([Problem("form_twice", "form", params)])
    if len(group) == 1:
        ((letter, (only, *_)),) = group.items()
        missing = next(other for other in LETTERS if other != letter)
        only.add([Problem("form_alone", "form", {"pair": pair, "letter": missing})])
        return
    first, second = (group[letter][0] for letter in LETTERS)
    second.add(_pair_problems(first, second))


def _pair_problems(first: ReadFile, second: ReadFile) -> Iterator[Problem]:
    one, other = first.quiz, second.quiz
    if one is None or other is None:
        return
    difference = _difference(one, other)
    if difference:
        yield Problem("forms_differ", "form", {"other": first.path, "difference": difference})
    there = set(_sentences(one))
    for i, exercise in enumerate(other.exercises):
        shared = [s for s in _sentences_of(exercise) if s in there]
        if shared:
            params = {"other": first.path, "sentence": " ".join(shared[0])}
            yield Problem("forms_share", f"exercises[{i}].passages", params)


def _difference(one: Quiz, other: Quiz) -> str:
    """Return in which counts two quizzes differ, first to second, "" if in none."""
    mine, its = Counter(_sorts(one)), Counter(_sorts(other))
    told = [
        f"{kind} {label} {mine[kind, label]}/{its[kind, label]}"
        for kind, label in sorted(mine.keys() | its.keys())
        if mine[kind, label] != its[kind, label]
    ]
    level = [f"level {one.level}/{other.level}"] if one.level != other.level else []
    return ", ".join(level + told)


def _sorts(quiz: Quiz) -> Iterator[Sort]:
    """Yield kind and label of each key, and each exercise by its kind."""
    for exercise in quiz.exercises:
        yield exercise.kind, ""
        for label in _labels(exercise):
            yield exercise.kind, label


def _labels(exercise: Any) -> list[str]:
    """Return the labels of the key: of each segment, of the verdict, or whether it is a control."""
    if exercise.kind == "fact_or_opinion":
        return [str(segment.label) for segment in exercise.segments]
    if exercise.kind == "check_a_number":
        return [str(exercise.verdict.level)]
    return ["targets" if exercise.targets else "control"]


def _sentences(quiz: Quiz) -> Iterator[tuple[str, ...]]:
    for exercise in quiz.exercises:
        yield from _sentences_of(exercise)


def _sentences_of(exercise: Any) -> list[tuple[str, ...]]:
    return [tuple(word.text for word in words) for words in exercise.passage.sentences]
