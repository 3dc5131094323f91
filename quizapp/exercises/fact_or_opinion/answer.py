"""The form of fact_or_opinion: one label per segment."""

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from quizapp.exercises.answers import AnswerForm, FormSource, Text, confidence_pairs, shortened
from quizapp.exercises.base import FormPair, Payload, Problem, is_unsure
from quizapp.exercises.fact_or_opinion.authored import Exercise

PREFIX = "label-"


class LabelForm(AnswerForm):
    """Fields `label-<segment id>`, reached as `form["label-a"]`."""

    def given(self, segment: str) -> str | None:
        """Return the label as sent, perhaps not one at all; None if nothing was."""
        data: str | None = self[PREFIX + segment].data
        return data

    def answer_problems(self) -> list[Problem]:
        """Name each segment without a label or with one that it does not offer."""
        problems = [
            Problem("unknown_segment", shortened(name))
            for name in self.source
            if name.startswith(PREFIX) and name not in self
        ]
        for segment in self.exercise.segments:
            given = self.given(segment.id)
            params = {"id": segment.id, "number": segment.number}
            if given is None or given == "":
                problems.append(Problem("label_missing", PREFIX + segment.id, params))
            elif given not in segment.options:
                problems.append(Problem("unknown_label", PREFIX + segment.id, params))
        return problems

    def answer(self) -> Payload:
        """Return the labels by segment id."""
        return {"labels": {s.id: self.given(s.id) for s in self.exercise.segments}}


def form(exercise: Exercise, formdata: FormSource | Iterable[FormPair] | None = None) -> LabelForm:
    """Return the form of an exercise, filled with what came in."""
    return _form_class(tuple(segment.id for segment in exercise.segments))(exercise, formdata)


@functools.lru_cache(maxsize=1024)
def _form_class(ids: tuple[str, ...]) -> type[LabelForm]:
    return type("LabelForm", (LabelForm,), {PREFIX + name: Text() for name in ids})


def formdata(exercise: Exercise, payload: Mapping[str, Any]) -> list[FormPair]:
    """Return the form pairs that give this payload."""
    if is_unsure(payload):
        return [("unsure", "1")]
    labels = payload["labels"]
    pairs = [(PREFIX + s.id, labels[s.id]) for s in exercise.segments if s.id in labels]
    return pairs + confidence_pairs(payload)
