"""What an answer to fact_or_opinion is worth; pure."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from quizapp.core.detection import Trials
from quizapp.core.scores import to_points
from quizapp.exercises.base import (
    Grade,
    Payload,
    Samples,
    Tally,
    count_options,
    grade_of,
    is_unsure,
    unsure_grade,
    with_confidence,
)
from quizapp.exercises.fact_or_opinion.authored import Exercise, Label

YES = Label.JUDGEMENT


def grade(exercise: Exercise, payload: Mapping[str, Any]) -> Grade:
    """Return the share of segments right; a segment keyed mixed is no signal-detection trial."""
    if is_unsure(payload):
        return unsure_grade(payload)
    given = payload["labels"]
    right = [s.id for s in exercise.segments if given.get(s.id) == s.label]
    share = Fraction(len(right), len(exercise.segments))
    marks = {"right": right, "of": len(exercise.segments)}
    return grade_of(to_points(share), _trials(exercise, given), marks)


def _trials(exercise: Exercise, given: Mapping[str, str]) -> Trials:
    signal = [given.get(s.id) == YES for s in exercise.segments if s.label is Label.JUDGEMENT]
    noise = [given.get(s.id) == YES for s in exercise.segments if s.label is Label.VERIFIABLE]
    return Trials(
        hits=sum(signal),
        misses=len(signal) - sum(signal),
        false_alarms=sum(noise),
        correct_rejections=len(noise) - sum(noise),
    )


def trials_key(exercise: Exercise) -> tuple[int, int]:
    """Return the number of signal trials (judgements) and of noise trials (verifiable)."""
    labels = [segment.label for segment in exercise.segments]
    return labels.count(Label.JUDGEMENT), labels.count(Label.VERIFIABLE)


def tally(exercise: Exercise, payloads: Iterable[Mapping[str, Any]]) -> Tally:
    """Count the labels given to each segment; one group per segment id."""
    answers = list(payloads)
    sure = [payload["labels"] for payload in answers if not is_unsure(payload)]
    groups = tuple(
        count_options(s.id, s.options, (labels.get(s.id, "") for labels in sure))
        for s in exercise.segments
    )
    return Tally(len(answers), len(answers) - len(sure), groups)


def constant_answers(exercise: Exercise) -> dict[str, Payload]:
    """Return what who never reads would answer: one label, or mixed wherever it is offered.

    A name with "/" looks at what is offered, so it is not quite constant.
    """
    plain = (Label.VERIFIABLE, Label.JUDGEMENT)
    answers = {str(label): dict.fromkeys(exercise.segments, label) for label in plain}
    for label in plain:
        answers[f"{Label.MIXED}/{label}"] = {
            s: Label.MIXED if Label.MIXED in s.options else label for s in exercise.segments
        }
    return {
        name: _payload({segment.id: str(label) for segment, label in labels.items()})
        for name, labels in answers.items()
    }


def samples(exercise: Exercise) -> Samples:
    """Return an answer with every label right, one with every label wrong, one unlabelled."""
    right = {s.id: str(s.label) for s in exercise.segments}
    wrong = {
        s.id: str(next(label for label in s.options if label is not s.label))
        for s in exercise.segments
    }
    invalid = [(f"label-{s.id}", str(s.label)) for s in exercise.segments[1:]]
    return Samples(
        with_confidence(exercise, _payload(right), 3),
        with_confidence(exercise, _payload(wrong), 1),
        invalid,
    )


def _payload(labels: dict[str, str]) -> Payload:
    return {"labels": labels}
