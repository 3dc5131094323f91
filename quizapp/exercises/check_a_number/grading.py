"""What an answer to check_a_number is worth; pure."""

import functools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from quizapp.core.detection import Trials
from quizapp.core.numbers import plain_decimal
from quizapp.core.scores import Level, level_credit, to_points
from quizapp.exercises.base import (
    NO_TRIALS,
    Grade,
    Payload,
    Samples,
    Tally,
    TallyGroup,
    count_options,
    grade_of,
    is_unsure,
    unsure_grade,
    with_confidence,
)
from quizapp.exercises.check_a_number.authored import ErrorKind, Exercise, Weights
from quizapp.exercises.check_a_number.figures import KeyFigure


def part_credits(exercise: Exercise, payload: Mapping[str, Any]) -> dict[str, Fraction]:
    """Return the credit (0–1) of each part that is asked: verdict, error, perhaps figure."""
    credit = {
        "verdict": level_credit(payload["verdict"], exercise.verdict.level),
        "error": Fraction(payload["error"] == exercise.error.kind),
    }
    if exercise.figure is not None:
        credit["figure"] = Fraction(exercise.figure.accepts(payload.get("figure", "")))
    return credit


def grade(exercise: Exercise, payload: Mapping[str, Any]) -> Grade:
    """Return the credits of the parts asked, weighted; a verdict key on the scale is one trial."""
    if is_unsure(payload):
        return unsure_grade(payload)
    credit = part_credits(exercise, payload)
    weights = {part: getattr(exercise.weights, part) for part in credit}
    points, parts = _weighed(tuple(credit.values()), tuple(weights.values()))
    marks: dict[str, Any] = dict(zip(credit, parts, strict=True))
    return grade_of(points, _trials(exercise, payload), marks | {"weights": weights})


@functools.lru_cache(maxsize=1024)
def _weighed(credit: tuple[Fraction, ...], weights: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """Return the points of the whole and of each part; there are few different ones."""
    total = sum((part * weight for part, weight in zip(credit, weights, strict=True)), Fraction(0))
    return to_points(total / sum(weights)), tuple(to_points(part) for part in credit)


def _trials(exercise: Exercise, payload: Mapping[str, Any]) -> Trials:
    signal = exercise.verdict.level.is_signal
    yes = Level(payload["verdict"]).is_signal is True
    if signal is None:
        return NO_TRIALS
    if signal:
        return Trials(hits=int(yes), misses=int(not yes))
    return Trials(false_alarms=int(yes), correct_rejections=int(not yes))


def trials_key(exercise: Exercise) -> tuple[int, int]:
    """Return (1, 0) for a number to be questioned, (0, 1) for a sound one, (0, 0) outside."""
    signal = exercise.verdict.level.is_signal
    return (0, 0) if signal is None else (int(signal), int(not signal))


def tally(exercise: Exercise, payloads: Iterable[Mapping[str, Any]]) -> Tally:
    """Count verdicts, kinds of error and, where asked, figures by value."""
    answers = list(payloads)
    sure = [payload for payload in answers if not is_unsure(payload)]
    groups = [
        count_options("verdict", tuple(Level), (payload["verdict"] for payload in sure)),
        count_options("error", tuple(ErrorKind), (payload["error"] for payload in sure)),
    ]
    if exercise.figure is not None:
        groups.append(_figures(sure))
    return Tally(len(answers), len(answers) - len(sure), tuple(groups))


def _figures(payloads: Iterable[Mapping[str, Any]]) -> TallyGroup:
    figures = [payload.get("figure", "none") for payload in payloads]
    values = [figure if isinstance(figure, str) else figure["value"] for figure in figures]
    return count_options("figure", tuple(sorted(set(values))), values)


def constant_answers(exercise: Exercise) -> dict[str, Payload]:
    """Return what who never reads would answer: one verdict and one error, nothing to correct."""
    figure = {} if exercise.figure is None else {"figure": "none"}
    return {
        f"{level}+{kind}": {"verdict": str(level), "error": str(kind)} | figure
        for level in Level
        for kind in ErrorKind
    }


def constant_points(exercise: Exercise) -> Mapping[str, int]:
    """Return the points of each constant answer, as `grade` does, but once for equal keys."""
    figure = None if exercise.figure is None else exercise.figure.accepts("none")
    key = exercise.verdict.level, exercise.error.kind
    return _constant_points(*key, figure, exercise.weights)


@functools.lru_cache(maxsize=1024)
def _constant_points(
    level: Level, error: ErrorKind, figure: bool | None, weights: Weights
) -> Mapping[str, int]:
    asked = () if figure is None else (Fraction(figure),)
    shares = (weights.verdict, weights.error, weights.figure)[: 2 + len(asked)]
    return {
        f"{given}+{kind}": _weighed(
            (level_credit(given, level), Fraction(kind is error), *asked), shares
        )[0]
        for given in Level
        for kind in ErrorKind
    }


def samples(exercise: Exercise) -> Samples:
    """Return an answer right in every part, one wrong in every part, one with a made-up verdict."""
    level, kind = exercise.verdict.level, exercise.error.kind
    wrong_level = next(other for other in Level if level_credit(other, level) == 0)
    wrong_kind = next(other for other in ErrorKind if other is not kind)
    right: Payload = {"verdict": str(level), "error": str(kind)}
    wrong: Payload = {"verdict": str(wrong_level), "error": str(wrong_kind)}
    if exercise.figure is not None:
        right["figure"] = _right_figure(exercise.figure)
        wrong["figure"] = "none" if exercise.figure.value is not None else _typed("1")
    return Samples(
        with_confidence(exercise, right, 3),
        with_confidence(exercise, wrong, 1),
        [("verdict", "true-ish"), ("error", str(kind))],
    )


def _right_figure(figure: KeyFigure) -> dict[str, str] | str:
    if figure.value is None:
        return "none"
    # Bare and in the unit of the key, with a point: readable in every language.
    return _typed(plain_decimal(figure.value / figure.scale))


def _typed(text: str) -> dict[str, str]:
    return {"typed": text, "value": text}
