"""The form of loaded_language: marked words or expressions of the list, or the box for none."""

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
from quizapp.exercises.base import FormPair, Payload, Problem, Span, is_unsure
from quizapp.exercises.loaded_language.authored import Exercise


class MarkForm(AnswerForm):
    """Fields `marks` (one `start-end` per word) and `none`.

    With `listed`, which the page of the list sends, `candidates` (one `start-end` per expression)
    stand in place of the marks. An exercise without a list does not look at them.
    """

    marks = Texts()
    none = Text()
    listed = Text()
    candidates = Texts()

    @property
    def uses_list(self) -> bool:
        """Whether the answer is given from the list of expressions."""
        return bool(self.listed.data == "1" and self.exercise.candidates)

    def is_chosen(self, value: str) -> bool:
        """Return whether the expression with this form value came in ticked."""
        return value in self.candidates.data

    def is_marked(self, value: str) -> bool:
        """Return whether the word with this form value came in marked."""
        return value in self.marks.data

    def is_ticked(self, word: Span) -> bool:
        """Return whether a word came in marked, by itself or within an expression of the list."""
        return any(word in self._known.get(value, ()) for value in self._sent)

    @property
    def says_none(self) -> bool:
        """Whether the box "nothing loaded here" came in ticked."""
        return bool(self.none.data == "1")

    def answer_problems(self) -> list[Problem]:
        """Refuse what is no word of the passage, a mark sent twice, and an answer that is none."""
        sent = self._sent
        unknown = [value for value in sent if value not in self._known]
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
        spans = sorted(span for value in self._sent for span in self._known[value])
        marks = {"marks": [list(span) for span in spans], "none": self.says_none}
        return marks | ({"list": True} if self.uses_list else {})

    @property
    def _sent(self) -> list[str]:
        if not self.uses_list:
            return self.marks.data
        # Words sent beside the list are none of its expressions, and refused as such.
        return self.candidates.data + self.marks.data

    @property
    def _known(self) -> Mapping[str, tuple[Span, ...]]:
        """What can be sent, with the words that it ticks."""
        if self.uses_list:
            return {one.value: one.words for one in self.exercise.candidates}
        return {value: (span,) for value, span in self.exercise.word_values.items()}


def form(exercise: Exercise, formdata: FormSource | Iterable[FormPair] | None = None) -> MarkForm:
    """Return the form of an exercise, filled with what came in."""
    return MarkForm(exercise, formdata)


def formdata(exercise: Exercise, payload: Mapping[str, Any]) -> list[FormPair]:
    """Return the form pairs that give this payload."""
    if is_unsure(payload):
        return [("unsure", "1")]
    if payload.get("list"):
        marked = {(start, end) for start, end in payload["marks"]}
        chosen = [one.value for one in exercise.candidates if marked.issuperset(one.words)]
        pairs = [("listed", "1"), *(("candidates", value) for value in chosen)]
    else:
        pairs = [("marks", f"{start}-{end}") for start, end in payload["marks"]]
    return pairs + ([("none", "1")] if payload["none"] else []) + confidence_pairs(payload)
