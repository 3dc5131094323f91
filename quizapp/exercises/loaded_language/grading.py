"""What an answer to loaded_language is worth; pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from quizapp.core.adjectives import looks_like_adjective
from quizapp.core.marking import MarkingResult, score_marks
from quizapp.core.scores import to_points
from quizapp.core.words import Word
from quizapp.exercises.base import (
    Grade,
    Payload,
    Samples,
    Span,
    Tally,
    count_options,
    grade_of,
    is_unsure,
    unsure_grade,
    with_confidence,
)
from quizapp.exercises.loaded_language.authored import Exercise


def marks_of(payload: Mapping[str, Any]) -> list[Span]:
    """Return the marked words of an answer as offsets."""
    return [(start, end) for start, end in payload.get("marks", ())]


def score(exercise: Exercise, payload: Mapping[str, Any]) -> MarkingResult:
    """Return the marking of an answer, "I do not know" taken as no marks."""
    return score_marks(exercise.marking_key, marks_of(payload))


def grade(exercise: Exercise, payload: Mapping[str, Any]) -> Grade:
    """Return max(0, found − false alarms) ÷ targets; a control passage is all or nothing."""
    if is_unsure(payload):
        return unsure_grade(payload)
    result = score(exercise, payload)
    ids = [target.id for target in exercise.targets]
    marks = {
        "found": [name for name, found in zip(ids, result.found, strict=True) if found],
        "of": len(ids),
        "false_alarms": result.false_alarms,
        "precision": round(result.precision, 6),
        "recall": round(result.recall, 6),
        "f1": round(result.f1, 6),
    }
    return grade_of(to_points(result.score), result.trials, marks)


def trials_key(exercise: Exercise) -> tuple[int, int]:
    """Return the number of signal trials (targets) and of noise trials (stretches)."""
    return len(exercise.targets), len(exercise.marking_key.stretches)


def tally(exercise: Exercise, payloads: Iterable[Mapping[str, Any]]) -> Tally:
    """Count marks per word (group `words`, options `start-end`) and the box (group `none`)."""
    answers = list(payloads)
    sure = [payload for payload in answers if not is_unsure(payload)]
    marked = (f"{start}-{end}" for payload in sure for start, end in marks_of(payload))
    groups = (
        count_options("words", tuple(exercise.word_values), marked),
        count_options("none", ("none",), ("none" for payload in sure if payload["none"])),
    )
    return Tally(len(answers), len(answers) - len(sure), groups)


def constant_answers(exercise: Exercise) -> dict[str, Payload]:
    """Return what who never reads would answer: every word, none, what looks adjectival.

    Where there is a list, all of it too.
    """
    words, language = exercise.marking_key.words, exercise.passage.language
    answers = {
        "mark_all": _payload(words),
        "mark_none": _payload([]),
        "mark_adjectives": _payload(w for w in words if looks_like_adjective(w.text, language)),
    }
    if exercise.candidates:
        spans = sorted(span for one in exercise.candidates for span in one.words)
        marks = [list(span) for span in spans]
        answers["mark_list"] = {"marks": marks, "none": False, "list": True}
    return answers


def samples(exercise: Exercise) -> Samples:
    """Return the key itself, an answer without any point, and neither marks nor the box."""
    key = exercise.marking_key
    right = _payload(key.words[at] for places in key.target_words for at in places)
    alarms = [key.words[at] for stretch in key.stretches for at in stretch]
    wrong = [] if exercise.targets else [next(word for word in alarms if word.is_content)]
    return Samples(
        with_confidence(exercise, right, 3), with_confidence(exercise, _payload(wrong), 1), []
    )


def _payload(words: Iterable[Word]) -> Payload:
    spans = sorted({word.span for word in words})
    return {"marks": [list(span) for span in spans], "none": not spans}
