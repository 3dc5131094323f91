"""The form of loaded_language: marked words, or the box that says there are none."""

from collections.abc import Iterable, Mapping
from typing import Any

from quizapp.exercises.answers import (
    AnswerForm,
    FormSource,
    Text,
    Texts,
    confidence_pairs,
    shortened,
)
from quizapp.exercises.base import FormPair, Payload, Problem, is_unsure
from quizapp.exercises.loaded_language.authored import Exercise


class MarkForm(AnswerForm):
    """Fields `marks` (one `start-end` per word) and `none`."""

    marks = Texts()
    none = Text()

    def is_marked(self, value: str) -> bool:
        """Return whether the word with this form value came in marked."""
        return value in self.marks.data

    @property
    def says_none(self) -> bool:
        """Whether the box "nothing loaded here" came in ticked."""
        return bool(self.none.data == "1")

    def answer_problems(self) -> list[Problem]:
        """Refuse what is no word of the passage, a mark sent twice, and an answer that is none."""
        sent = self.marks.data
        words = self.exercise.word_values
        unknown = [value for value in sent if value not in words]
        if unknown:
            return [Problem("unknown_mark", "marks", {"value": shortened(unknown[0])})]
        if len(set(sent)) < len(sent):
            return [Problem("repeated_mark", "marks")]
        if sent and self.says_none:
            return [Problem("marks_and_none", "none")]
        if not sent and not self.says_none:
            return [Problem("nothing_chosen", "marks")]
        return []

    def answer(self) -> Payload:
        """Return the marked words as sorted offsets."""
        spans = sorted(self.exercise.word_values[value] for value in self.marks.data)
        return {"marks": [list(span) for span in spans], "none": self.says_none}


def form(exercise: Exercise, formdata: FormSource | Iterable[FormPair] | None = None) -> MarkForm:
    """Return the form of an exercise, filled with what came in."""
    return MarkForm(exercise, formdata)


def formdata(exercise: Exercise, payload: Mapping[str, Any]) -> list[FormPair]:
    """Return the form pairs that give this payload."""
    del exercise  # the payload holds the words themselves
    if is_unsure(payload):
        return [("unsure", "1")]
    pairs = [("marks", f"{start}-{end}") for start, end in payload["marks"]]
    return pairs + ([("none", "1")] if payload["none"] else []) + confidence_pairs(payload)
