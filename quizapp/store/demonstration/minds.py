"""How a simulated learner answers: equal-variance signal detection with d' and c of their own.

It knows how the answers of each kind are made from yes/no decisions; a kind it does not know is
answered by the kind's own samples. Answers go through the kind's form, as those of the web do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from quizapp.core.scores import Level
from quizapp.exercises import check_a_number, fact_or_opinion, loaded_language
from quizapp.exercises.base import CONFIDENCE, CONFIDENCE_LEVELS, with_confidence
from quizapp.exercises.fact_or_opinion import Label
from quizapp.exercises.further import FurtherStep
from quizapp.exercises.registry import get_kind

UNSURE = {"unsure": True}


@dataclass(frozen=True)
class Mind:
    """A learner's discernment d' (0 guesses, 3 is sharp), bias c (below 0 suspicious), doubt.

    `doubt` is the share of exercises, 0–1, answered with "I do not know".
    """

    discernment: float
    bias: float
    doubt: float = 0.03

    def says_signal(self, is_signal: bool, rng: Random) -> bool:
        """Decide one trial: a draw from N(±d'/2, 1) against the criterion c."""
        mean = self.discernment / 2 if is_signal else -self.discernment / 2
        return rng.gauss(mean, 1.0) > self.bias

    def knows(self, rng: Random) -> bool:
        """Decide whether the learner finds what is no yes/no trial; more often the sharper."""
        return rng.random() < min(0.95, 0.35 + 0.2 * self.discernment)

    def after(self, lessons: int, gain: float) -> "Mind":
        """Return the mind some lessons later: sharper by `gain` for each, and a little calmer."""
        sharper = min(3.6, max(0.0, self.discernment + gain * lessons))
        return replace(self, discernment=sharper, bias=self.bias * 0.96**lessons)


Answer = Callable[[Any, Mind, Random], Mapping[str, Any]]


def answer(kind: str, exercise: Any, mind: Mind, rng: Random) -> Mapping[str, Any]:
    """Return the payload that the kind's form makes of the simulated answer."""
    module = get_kind(kind)
    given = (
        UNSURE if rng.random() < mind.doubt else _ANSWERS.get(kind, _by_sample)(exercise, mind, rng)
    )
    payload = _say_how_sure(exercise, dict(given), rng)
    form = module.form(exercise, module.formdata(exercise, payload))
    if not form.validate():
        raise ValueError(f"simulated answer to {exercise.id}: {form.problems()}")
    return form.payload()


def answer_step(step: FurtherStep, mind: Mind, rng: Random) -> Mapping[str, Any]:
    """Return the payload that the form of a further step makes of the simulated choices."""
    choices = {
        item.id: item.key if mind.knows(rng) else rng.choice(item.options).id for item in step.items
    }
    form = step.form(step.formdata({"choices": choices}))
    if not form.validate():
        raise ValueError(f"simulated answer to step {step.number}: {form.problems()}")
    return form.payload()


def _say_how_sure(exercise: Any, payload: dict[str, Any], rng: Random) -> dict[str, Any]:
    """Add the confidence where it is asked: higher after right answers, too high after some."""
    if CONFIDENCE not in exercise.steps:
        return payload
    right = get_kind(exercise.kind).grade(exercise, payload).right
    level = rng.choices(CONFIDENCE_LEVELS, (10, 35, 55) if right else (35, 40, 25))[0]
    return with_confidence(exercise, payload, level)


def _label_segments(
    exercise: fact_or_opinion.Exercise, mind: Mind, rng: Random
) -> Mapping[str, Any]:
    labels = {}
    for segment in exercise.segments:
        if segment.label is Label.MIXED:
            labels[segment.id] = Label.MIXED if mind.knows(rng) else rng.choice(segment.options)
        else:
            signal = mind.says_signal(segment.label is Label.JUDGEMENT, rng)
            labels[segment.id] = Label.JUDGEMENT if signal else Label.VERIFIABLE
    return {"labels": {name: str(label) for name, label in labels.items()}}


def _mark_words(exercise: loaded_language.Exercise, mind: Mind, rng: Random) -> Mapping[str, Any]:
    key = exercise.marking_key
    marked: set[int] = set()
    for places in key.target_words:
        if mind.says_signal(True, rng):
            marked.update(places)
    for stretch in key.stretches:
        content = [at for at in stretch if key.words[at].is_content]
        if content and mind.says_signal(False, rng):
            marked.add(rng.choice(content))
    spans = [[key.words[at].start, key.words[at].end] for at in sorted(marked)]
    return {"marks": spans, "none": not spans}


def _check_number(exercise: check_a_number.Exercise, mind: Mind, rng: Random) -> Mapping[str, Any]:
    samples = get_kind(check_a_number.KIND).samples(exercise)
    right, level = mind.knows(rng), exercise.verdict.level
    if level.is_signal is None:
        chosen = level if right else rng.choice(list(Level)[:-1])
    else:
        signal = mind.says_signal(level.is_signal, rng)
        side = [each for each in Level if each.is_signal is signal]
        chosen = level if level in side and right else rng.choice(side)
    payload = {**(samples.right if right else samples.wrong), "verdict": str(chosen)}
    if chosen is level and mind.knows(rng):
        payload["error"] = samples.right["error"]
    return payload


def _by_sample(exercise: Any, mind: Mind, rng: Random) -> Mapping[str, Any]:
    samples = get_kind(exercise.kind).samples(exercise)
    return samples.right if mind.knows(rng) else samples.wrong


_ANSWERS: Mapping[str, Answer] = {
    fact_or_opinion.KIND: _label_segments,
    loaded_language.KIND: _mark_words,
    check_a_number.KIND: _check_number,
}
