"""What templates show of fact_or_opinion before and after the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.exercises.base import JSON, Evidence, Grade, asked_beside, is_unsure
from quizapp.exercises.fact_or_opinion.authored import KIND, Cue, Exercise, Label, Segment, Truth
from quizapp.exercises.fact_or_opinion.grading import grade
from quizapp.exercises.passages import Passage, Piece, cut


@dataclass(frozen=True)
class QuestionSegment:
    """A segment as asked: nothing of its key."""

    id: str
    number: int
    text: str
    field: str
    options: tuple[Label, ...]


@dataclass(frozen=True)
class Question:
    """The exercise as asked; a piece with a name is the segment of that id."""

    passage: Passage
    pieces: tuple[Piece, ...]
    segments: tuple[QuestionSegment, ...]

    @property
    def offers_mixture(self) -> bool:
        """Whether a segment is a whole sentence, so that it may be a mixture."""
        return any(Label.MIXED in segment.options for segment in self.segments)

    def segment(self, name: str) -> QuestionSegment:
        """Return the segment with this id; KeyError if there is none."""
        return {segment.id: segment for segment in self.segments}[name]


@dataclass(frozen=True)
class ReviewSegment:
    """A segment after the answer; `given` is None after "I do not know"."""

    id: str
    number: int
    text: str
    given: Label | None
    label: Label
    right: bool
    why: str
    truth: Truth | None
    cue: Cue | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Review:
    """The feedback: how many are right, the passage in pieces, each segment with its reason."""

    grade: Grade
    right: int
    total: int
    passage: Passage
    pieces: tuple[Piece, ...]
    segments: tuple[ReviewSegment, ...]

    def segment(self, name: str) -> ReviewSegment:
        """Return the segment with this id; KeyError if there is none."""
        return {segment.id: segment for segment in self.segments}[name]


def question(exercise: Exercise) -> Question:
    """Return what is shown before the answer."""
    segments = tuple(
        QuestionSegment(s.id, s.number, s.text, f"label-{s.id}", s.options)
        for s in exercise.segments
    )
    return Question(exercise.passage, _pieces(exercise), segments)


def review(exercise: Exercise, payload: Mapping[str, Any]) -> Review:
    """Return what is shown after the answer."""
    given = {} if is_unsure(payload) else payload["labels"]
    segments = tuple(_reviewed(s, given.get(s.id)) for s in exercise.segments)
    return Review(
        grade=grade(exercise, payload),
        right=sum(segment.right for segment in segments),
        total=len(segments),
        passage=exercise.passage,
        pieces=_pieces(exercise),
        segments=segments,
    )


def _reviewed(segment: Segment, given: str | None) -> ReviewSegment:
    return ReviewSegment(
        id=segment.id,
        number=segment.number,
        text=segment.text,
        given=None if given is None else Label(given),
        label=segment.label,
        right=given == segment.label,
        why=segment.why,
        truth=segment.truth,
        cue=segment.cue,
        evidence=segment.evidence,
    )


def _pieces(exercise: Exercise) -> tuple[Piece, ...]:
    return cut(exercise.passage.text, [(s.id, s.span) for s in exercise.segments])


def shown(exercise: Exercise) -> list[dict[str, JSON]]:
    """Return ids and texts of the segments as shown."""
    return [{"id": s.id, "text": s.text} for s in exercise.segments]


def asked(exercise: Exercise) -> dict[str, str]:
    """Return what the labels of an answer are about: each segment's text by its id."""
    return {s.id: s.text for s in exercise.segments}


def display(exercise: Exercise) -> JSON:
    """Return everything a learner sees before the answer, for the text hash."""
    return {
        "kind": KIND,
        "title": exercise.title,
        "language": exercise.passage.language,
        "passages": exercise.passage.display(),
        "segments": [
            {"id": s.id, "span": list(s.span), "options": list(s.options)}
            for s in exercise.segments
        ],
        **asked_beside(exercise),
    }


def key(exercise: Exercise) -> JSON:
    """Return everything that grading depends on, for the key hash."""
    return {s.id: str(s.label) for s in exercise.segments}
