"""Turns exercises of each kind into questions for Moodle; knows no file format."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from quizapp.content.exports import markup, wording
from quizapp.content.exports.loaded import ask_loaded_language
from quizapp.content.exports.naming import label_of
from quizapp.content.exports.questions import (
    HALF,
    RIGHT,
    WRONG,
    Answer,
    Choice,
    ChoiceQuestion,
    NumberQuestion,
    Question,
    weights,
)
from quizapp.content.exports.sheet import Sheet, Voice
from quizapp.core.scores import Level, level_credit
from quizapp.exercises import check_a_number, fact_or_opinion
from quizapp.exercises.check_a_number.figures import KeyFigure

Asker = Callable[[Sheet, Any, Voice], Iterator[Question]]


def ask_all(sheet: Sheet, voice: Voice) -> list[Question]:
    """Return the questions of a quiz in the order of its exercises."""
    return [
        question
        for exercise in sheet.exercises
        for question in ASKERS[exercise.kind](sheet, exercise, voice)
    ]


def ask_fact_or_opinion(
    sheet: Sheet, exercise: fact_or_opinion.Exercise, voice: Voice
) -> Iterator[Question]:
    """Ask one label for each segment, each worth the same."""
    worth = weights([1] * len(exercise.segments))
    for segment, weight in zip(exercise.segments, worth, strict=True):
        excerpt = markup.excerpt(sheet, exercise.passage, voice, [(segment.id, segment.span)])
        key = voice.say(wording.LABELS[segment.label])
        if segment.truth is not None:
            key = f"{key} – {voice.say(wording.TRUTHS[segment.truth])}"
        reason = markup.paragraph(segment.why)
        yield ChoiceQuestion(
            label=label_of(sheet, exercise, segment.id, segment.text),
            html=excerpt + markup.paragraph(voice.say(wording.ASK_LABEL)),
            feedback=markup.labelled(voice.say(wording.KEY), key)
            + markup.sources(segment.evidence, sheet, voice),
            weight=weight,
            choices=tuple(
                _option(wording.LABELS[label], _right(label == segment.label), reason, voice)
                for label in segment.options
            ),
        )


def ask_check_a_number(
    sheet: Sheet, exercise: check_a_number.Exercise, voice: Voice
) -> Iterator[Question]:
    """Ask verdict, kind of error and, where there is one, the figure, worth what they are here."""
    parts = [exercise.weights.verdict, exercise.weights.error]
    figure = _answers(exercise.figure)
    parts += [exercise.weights.figure] if figure else []
    worth = weights(parts)
    yield _verdict(sheet, exercise, voice, worth[0])
    yield _error(sheet, exercise, voice, worth[1])
    if exercise.figure is not None and figure:
        yield NumberQuestion(
            label=label_of(sheet, exercise, "figure", voice.say("The right figure")),
            html=_claim(sheet, exercise, voice, wording.ASK_FIGURE) + _unit(exercise.figure, voice),
            feedback=_grounds(sheet, exercise, voice, exercise.figure.text, exercise.figure.why),
            weight=worth[2],
            answers=figure,
            right=markup.paragraph(exercise.figure.why),
        )


def _verdict(
    sheet: Sheet, exercise: check_a_number.Exercise, voice: Voice, weight: Decimal
) -> Question:
    key = exercise.verdict.level
    reason = markup.paragraph(exercise.verdict.why)
    return ChoiceQuestion(
        label=label_of(sheet, exercise, "verdict", voice.say("Verdict")),
        html=_claim(sheet, exercise, voice, wording.ASK_VERDICT),
        feedback=_grounds(sheet, exercise, voice, voice.say(wording.LEVELS[key])),
        weight=weight,
        choices=tuple(
            _option(wording.LEVELS[level], _CREDIT[level_credit(level, key)], reason, voice)
            for level in Level
        ),
    )


def _error(
    sheet: Sheet, exercise: check_a_number.Exercise, voice: Voice, weight: Decimal
) -> Question:
    key = exercise.error.kind
    reason = markup.paragraph(exercise.error.why)
    return ChoiceQuestion(
        label=label_of(sheet, exercise, "error", voice.say("What is wrong with it?")),
        html=_claim(sheet, exercise, voice, wording.ASK_ERROR),
        feedback=_grounds(sheet, exercise, voice, voice.say(wording.ERRORS[key])),
        weight=weight,
        choices=tuple(
            _option(wording.ERRORS[kind], _right(kind == key), reason, voice)
            for kind in check_a_number.ErrorKind
        ),
    )


def _answers(figure: KeyFigure | None) -> tuple[Answer, ...]:
    """Return the figure in its unit, and in full (14 000 000 000 for 14 milliards); or nothing."""
    if figure is None or figure.value is None:
        return ()
    scales = dict.fromkeys((figure.scale, Decimal(1)))
    return tuple(Answer(figure.value / by, figure.tolerance / by) for by in scales)


def _unit(figure: KeyFigure, voice: Voice) -> str:
    return markup.labelled(voice.say(wording.FIGURE_UNIT), figure.unit) if figure.unit else ""


def _claim(sheet: Sheet, exercise: check_a_number.Exercise, voice: Voice, asked: str) -> str:
    excerpt = markup.excerpt(sheet, exercise.passage, voice, [("claim", exercise.claim)])
    question = f"<p><strong>{markup.escaped(exercise.question)}</strong></p>"
    shown = markup.cards((card.evidence for card in exercise.cards), sheet, voice)
    return excerpt + question + shown + markup.paragraph(voice.say(asked))


def _grounds(
    sheet: Sheet, exercise: check_a_number.Exercise, voice: Voice, key: str, why: str = ""
) -> str:
    told = markup.labelled(voice.say(wording.KEY), key)
    told += markup.paragraph(why) if why else ""
    told += markup.paragraph(voice.say(wording.HOLDS) % {"date": voice.day(exercise.as_of)})
    for card in exercise.cards:
        if card.why:
            about = f"{card.evidence.publisher} – {card.why}"
            told += markup.labelled(voice.say(wording.NO_HELP), about)
    return told + markup.sources((card.evidence for card in exercise.cards), sheet, voice)


def _option(text: str, fraction: Decimal, feedback: str, voice: Voice) -> Choice:
    shown = wording.first_capital(voice.say(text))
    return Choice(markup.escaped(shown), fraction, feedback)


def _right(right: bool) -> Decimal:
    return RIGHT if right else WRONG


_CREDIT = {Fraction(0): WRONG, Fraction(1, 2): HALF, Fraction(1): RIGHT}

ASKERS: Mapping[str, Asker] = {
    fact_or_opinion.KIND: ask_fact_or_opinion,
    "loaded_language": ask_loaded_language,
    check_a_number.KIND: ask_check_a_number,
}
"""For each kind of exercise what it becomes; a kind that is not here cannot be exported."""
