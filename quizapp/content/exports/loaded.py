"""Turns marking words into a choice among expressions; knows no file format."""

from collections.abc import Iterator
from decimal import Decimal

from quizapp.content.exports import markup, wording
from quizapp.content.exports.naming import label_of
from quizapp.content.exports.questions import (
    MOST_RIGHT,
    RIGHT,
    Choice,
    ChoiceQuestion,
    Question,
    shares,
)
from quizapp.content.exports.sheet import Sheet, Voice
from quizapp.core.marking import WORDS_PER_FALSE_ALARM
from quizapp.exercises.base import Span
from quizapp.exercises.loaded_language import Exercise, Target

FEWEST_DISTRACTORS = 4

Option = tuple[Span, Choice]


def ask_loaded_language(sheet: Sheet, exercise: Exercise, voice: Voice) -> Iterator[Question]:
    """Ask which expressions are loaded: one question, several answers.

    Targets share 100 %, every neutral expression takes what a target gives, and Moodle does not go
    below 0: (found − false alarms) ÷ targets, as here. Neutral are the near misses, then excerpts
    of the stretches between; optional expressions are not offered. More than 20 targets do not fit.
    """
    targets = exercise.targets[:MOST_RIGHT]
    given = shares(len(targets)) if targets else []
    penalty = -min(given, default=RIGHT)
    options = [
        (target.span, Choice(markup.escaped(target.text), share, _reason(target, voice)))
        for target, share in zip(targets, given, strict=True)
    ]
    options += _distractors(exercise, penalty, voice)
    none = Choice(
        markup.escaped(voice.say(wording.NOTHING_LOADED)),
        -RIGHT if targets else RIGHT,
        markup.paragraph(exercise.why or voice.say(wording.SOME_LOADED)),
    )
    yield ChoiceQuestion(
        label=label_of(sheet, exercise),
        html=markup.excerpt(sheet, exercise.passage, voice)
        + markup.paragraph(voice.say(wording.ASK_LOADED)),
        feedback=_feedback(exercise, voice),
        choices=(*(choice for _, choice in sorted(options, key=_place)), none),
        single=False,
    )


def _place(option: Option) -> Span:
    return option[0]


def _reason(target: Target, voice: Voice) -> str:
    technique = wording.first_capital(voice.say(wording.TECHNIQUES[target.technique]))
    told = markup.labelled(f"{technique}.", target.why)
    if target.neutral:
        told += markup.labelled(voice.say(wording.WITHOUT_CHARGE), target.neutral)
    return told


def _feedback(exercise: Exercise, voice: Voice) -> str:
    key = " · ".join(target.text for target in exercise.targets)
    told = markup.labelled(voice.say(wording.KEY), key or voice.say(wording.NOTHING_LOADED))
    return told + (markup.paragraph(exercise.why) if exercise.why else "")


def _distractors(exercise: Exercise, penalty: Decimal, voice: Voice) -> list[Option]:
    seen = {target.text.casefold() for target in exercise.targets}
    options: list[Option] = []
    for remark in exercise.near_misses:
        choice = Choice(markup.escaped(remark.text), penalty, markup.paragraph(remark.why))
        options.append((remark.span, choice))
        seen.add(remark.text.casefold())
    neutral = markup.paragraph(voice.say(wording.NEUTRAL))
    wanted = max(FEWEST_DISTRACTORS, len(exercise.targets)) - len(options)
    found = [
        (span, text) for span, text in _neutral_excerpts(exercise) if text.casefold() not in seen
    ]
    options += [
        (span, Choice(markup.escaped(text), penalty, neutral))
        for span, text in _spread(found, wanted)
    ]
    return options


def _neutral_excerpts(exercise: Exercise) -> Iterator[tuple[Span, str]]:
    """Yield the first content words of each stretch without a near miss, as many as one alarm."""
    key = exercise.marking_key
    near = [remark.span for remark in exercise.near_misses]
    for stretch in key.stretches:
        words = [key.words[at] for at in stretch if key.words[at].is_content]
        span = words[0].start, words[:WORDS_PER_FALSE_ALARM][-1].end
        if not any(start < span[1] and span[0] < end for start, end in near):
            yield span, key.text[slice(*span)]


def _spread(found: list[tuple[Span, str]], wanted: int) -> list[tuple[Span, str]]:
    """Return at most as many as wanted, from all over the passage."""
    if wanted <= 0 or not found:
        return []
    step = max(1, len(found) / wanted)
    places = dict.fromkeys(int(i * step) for i in range(min(wanted, len(found))))
    return [found[at] for at in places]
