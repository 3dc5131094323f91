"""Puts exercises into words and templates: problems as sentences, dates, the names of kinds.

It knows no kind: what a kind looks like is in its template.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date, format_skeleton
from flask import Flask, current_app
from flask_babel import pgettext

from quizapp.core import scores
from quizapp.core.numbers import format_number
from quizapp.exercises.answers import AnswerForm
from quizapp.exercises.base import Problem
from quizapp.web.i18n import current_language, percent

ANSWER = "answer"
"""Id of the form, for problems that belong to no field of it."""

Sentence = Callable[[Mapping[str, Any]], str]


def _invalid_figure(params: Mapping[str, Any]) -> str:
    typed = params["typed"]
    if params["reason"] == "too_long":
        return pgettext("pupil", "This figure is too long: type one number, with its unit.")
    if params["reason"] == "unknown_unit":
        return pgettext("pupil", "The unit in “%(typed)s” was not understood.", typed=typed)
    return pgettext("pupil", "“%(typed)s” was not understood as a number.", typed=typed)


SENTENCES: Mapping[str, Sentence] = {
    "repeated_field": lambda _: pgettext("pupil", "One answer came in twice. Choose again."),
    "nothing_chosen": lambda _: pgettext(
        "pupil", "Tick at least one word, or the box “Nothing loaded here”."
    ),
    "marks_and_none": lambda _: pgettext(
        "pupil", "Some words are ticked and the box “Nothing loaded here” too: keep one of the two."
    ),
    "unknown_mark": lambda _: pgettext("pupil", "One of the marks is not a word of this text."),
    "repeated_mark": lambda _: pgettext("pupil", "One word came in twice. Check your marks."),
    "label_missing": lambda p: pgettext("pupil", "Choose a label for part %(n)s.", n=p["number"]),
    "unknown_label": lambda p: pgettext(
        "pupil", "Part %(n)s: this label is not one of the choices.", n=p["number"]
    ),
    "unknown_segment": lambda _: pgettext(
        "pupil", "One of the labels belongs to no part of this text."
    ),
    "verdict_missing": lambda _: pgettext("pupil", "Choose a verdict."),
    "unknown_verdict": lambda _: pgettext("pupil", "This verdict is not one of the choices."),
    "error_missing": lambda _: pgettext(
        "pupil", "Choose the kind of error; “no error” is one of the choices."
    ),
    "unknown_error": lambda _: pgettext("pupil", "This kind of error is not one of the choices."),
    "figure_missing": lambda _: pgettext(
        "pupil", "Type the right figure, or tick “Nothing to correct”."
    ),
    "figure_and_none": lambda _: pgettext(
        "pupil", "There is a figure and “Nothing to correct” is ticked: keep one of the two."
    ),
    "invalid_figure": _invalid_figure,
    "ambiguous_figure": lambda p: pgettext(
        "pupil", "“%(typed)s” can be read in two ways. Choose which one you mean.", typed=p["typed"]
    ),
    "confidence_missing": lambda _: pgettext("pupil", "Say how sure you are."),
    "unknown_confidence": lambda _: pgettext(
        "pupil", "How sure you are: this is not one of the choices."
    ),
    "choice_missing": lambda p: (
        pgettext("pupil", "Choose an answer for “%(text)s”.", text=p["text"])
        if p["text"]
        else pgettext("pupil", "Choose one of the versions.")
    ),
    "unknown_choice": lambda p: (
        pgettext("pupil", "“%(text)s”: this is not one of the choices.", text=p["text"])
        if p["text"]
        else pgettext("pupil", "This version is not one of the choices.")
    ),
    "unknown_item": lambda _: pgettext("pupil", "One of the choices belongs to no part of this."),
}
"""A sentence for each code of `FORM_PROBLEMS`; the argument is the problem's parameters."""


@dataclass(frozen=True)
class Complaint:
    """One thing to correct: the id of the field to jump to, and the sentence."""

    target: str
    sentence: str


def explain(problem: Problem) -> str:
    """Return the sentence for a problem of a form, in the language of the page."""
    return SENTENCES[problem.code](problem.params)


def errors_by_field(problems: Sequence[Problem]) -> dict[str, str]:
    """Return the first sentence for each field, for the macro `ask` of a kind."""
    errors: dict[str, str] = {}
    for problem in problems:
        errors.setdefault(problem.path, explain(problem))
    return errors


def complaints(form: AnswerForm, problems: Sequence[Problem]) -> list[Complaint]:
    """Return what the error summary lists, each linked to a field that is on the page."""
    return [Complaint(_target(form, problem), explain(problem)) for problem in problems]


def _target(form: AnswerForm, problem: Problem) -> str:
    return problem.path if problem.path in form and problem.path != "unsure" else ANSWER


def kind_template(kind: str) -> str:
    """Return the name of the template that holds a kind's macros."""
    return f"exercises/{kind}.html"


def class_template(kind: str) -> str:
    """Return the name of the template that shows what a class answered to a kind."""
    return f"exercises/_class_{kind}.html"


def kind_name(kind: str) -> str:
    """Return the name of a kind, which is also that of the skill, from its template."""
    return _say(kind, "name")


def kind_summary(kind: str) -> str:
    """Return one sentence on what the skill is, from the kind's template."""
    return _say(kind, "summary")


def _say(kind: str, macro: str) -> str:
    module: Any = current_app.jinja_env.get_template(kind_template(kind)).module
    return str(getattr(module, macro)()).strip()


def partial_date(text: str) -> str:
    """Write an ISO date in words, in the language of the page."""
    return date_in_words(text, current_language())


def date_in_words(text: str, language: str) -> str:
    """Write an ISO date in words; a bare year or year and month stay as exact as they are."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    if len(parts) == 2:
        month: str = format_skeleton("yMMMM", day, locale=language)
        return month
    written: str = format_date(day, "long", locale=language)
    return written.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else written


def host(url: str) -> str:
    """Return the host of an address, without www."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def figure(text: str, language: str) -> str:
    """Write a figure of the evidence (`10000`, `20.8`) as the language of its quiz does.

    One that is no plain decimal number stays as its author wrote it.
    """
    try:
        return format_number(Decimal(text), language)
    except InvalidOperation:
        return text


def share(part: Fraction) -> str:
    """Write a part of 1 as a percentage."""
    return percent(float(part * 100))


def init_exercises(app: Flask) -> None:
    """Give templates the filters that exercises need."""
    app.jinja_env.filters.update(
        partial_date=partial_date,
        host=host,
        figure=figure,
        share=share,
        points=scores.percent,
        kind_name=kind_name,
        kind_summary=kind_summary,
        kind_template=kind_template,
        class_template=class_template,
    )
