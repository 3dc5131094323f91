"""The terms of an assignment as a form: dates of the school, feedback, attempts, what is asked."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from wtforms import Field, Form, StringField

from quizapp.core.local_time import NonexistentTime, to_utc
from quizapp.core.messages import N_
from quizapp.store.assignments import Terms
from quizapp.store.db import db
from quizapp.store.models import Assignment, Feedback
from quizapp.store.quizzes import ServedExercise, choose_language, find_quiz, quiz_languages
from quizapp.web.clock import now
from quizapp.web.i18n import current_language, school_zone
from quizapp.web.library import current_library
from quizapp.web.refill import typed

MOST_ATTEMPTS = 9
LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)
Dates = dict[str, datetime | None]


class ChosenValues(Field):
    """The values of all ticked boxes."""

    data: list[str]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take every value once, in order."""
        self.data = list(dict.fromkeys(valuelist))


class TermsForm(Form):
    """When an assignment is due, when it gives feedback, how often it may be done, what it asks.

    `listed` says that the exercises were listed, so that one without a tick is left out.
    """

    due = StringField()
    feedback = StringField()
    attempts = StringField()
    language = StringField()
    opens = StringField()
    closes = StringField()
    listed = StringField()
    asked = ChosenValues(default=[])

    @property
    def has_more(self) -> bool:
        """Whether the terms that few need hold something, or something is wrong with them."""
        rare = (self.language, self.opens, self.closes)
        return any(field.data or field.errors for field in rare) or bool(self.asked.errors)


@dataclass(frozen=True)
class Askable:
    """What the terms are about: languages, and the exercises where it is one quiz."""

    languages: tuple[str, ...] = ()
    exercises: tuple[ServedExercise, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the exercises."""
        return tuple(each.id for each in self.exercises)


def askable(source: str, quiz: str) -> Askable:
    """Return what a quiz offers now: the exercises of all its languages, the page's first."""
    session, library = db.session(), current_library()
    languages = quiz_languages(session, library, source, quiz)
    if not languages:
        return Askable()
    first = choose_language(languages, current_language())
    found: dict[str, ServedExercise] = {}
    for language in sorted(languages, key=lambda each: each != first):
        served = find_quiz(session, library, source, quiz, language)
        for each in served.exercises if served else ():
            found.setdefault(each.id, each)
    return Askable(languages, tuple(found.values()))


def terms_form(assignment: Assignment, offered: Askable) -> TermsForm:
    """Return the form as it was typed, else with the terms of an assignment."""
    terms = {
        "due": shown_time(assignment.due_at),
        "feedback": assignment.feedback.value,
        "attempts": str(assignment.attempts_limit),
        "language": assignment.language or "",
        "opens": shown_time(assignment.opens_at),
        "closes": shown_time(assignment.closes_at),
        "asked": [each for each in offered.ids if each not in assignment.excluded],
    }
    return TermsForm(typed() or None, data=terms)


def shown_time(moment: datetime | None) -> str:
    """Return a moment as a datetime-local field holds it, in the time of the school."""
    return local_text(moment.astimezone(school_zone())) if moment else ""


def local_text(local: datetime) -> str:
    """Return a local time as a datetime-local field holds it."""
    return local.strftime("%Y-%m-%dT%H:%M")


def read_terms(form: TermsForm, offered: Askable, old: Assignment | None = None) -> Terms | None:
    """Return the terms typed; None, with the reasons on the fields, when they cannot be taken."""
    dates = _read_dates(form, old)
    if form.feedback.data not in list(Feedback):
        refuse(form.feedback, N_("Choose when the answers are explained."))
    elif form.feedback.data == Feedback.AFTER_DUE and not (dates["due"] or form.due.errors):
        refuse(form.due, N_("Feedback after the due date needs a due date."))
    attempts = (form.attempts.data or "").strip()
    if attempts not in map(str, range(1, MOST_ATTEMPTS + 1)):
        refuse(form.attempts, N_("Choose a number of attempts from 1 to 9."))
    language = form.language.data or None
    if language not in (None, old and old.language, *offered.languages):
        refuse(form.language, N_("The quiz is not there in this language."))
    excluded = _read_excluded(form, offered.ids, old.excluded if old else ())
    if any(field.errors for field in form):
        return None
    return Terms(
        feedback=Feedback(str(form.feedback.data)),
        language=language,
        opens_at=dates["opens"],
        due_at=dates["due"],
        closes_at=dates["closes"],
        attempts_limit=int(attempts),
        excluded=excluded,
    )


def _read_excluded(form: TermsForm, ids: Sequence[str], old: Collection[str]) -> tuple[str, ...]:
    """Return what is left out: listed and not ticked, and what was left out and is not listed."""
    if form.listed.data != "1":
        return tuple(old)
    if not set(form.asked.data) & set(ids):
        refuse(form.asked, N_("Keep at least one exercise."))
    left_out = [each for each in ids if each not in form.asked.data]
    return (*left_out, *(each for each in old if each not in ids))


def _read_dates(form: TermsForm, old: Assignment | None) -> Dates:
    """Return opening, due date and closing time, in this order if at all."""
    dates: Dates = {
        "opens": read_moment(form.opens, may_be_past=True),
        "due": read_moment(form.due, may_be_past=old is not None),
        "closes": read_moment(form.closes, may_be_past=old is not None),
    }
    opens, due, closes = dates.values()
    if opens and due and opens > due:
        refuse(form.opens, N_("The assignment would open after it is due."))
    elif opens and closes and opens > closes:
        refuse(form.opens, N_("The assignment would open after it is closed."))
    if due and closes and closes < due:
        refuse(form.closes, N_("The assignment would be closed before it is due."))
    return dates


def read_moment(field: Field, *, may_be_past: bool = False) -> datetime | None:
    """Return the moment typed in the time of the school; None for none and for a bad one.

    The reason is on the field. A time that the clocks skip is refused, of one that they show
    twice it is the later.
    """
    text = (field.data or "").strip()
    if not text:
        return None
    try:
        if not LOCAL_TIME.fullmatch(text):
            raise ValueError(text)
        moment = to_utc(datetime.fromisoformat(text), school_zone())
    except NonexistentTime:
        refuse(field, N_("The clocks are put forward over this time: choose an hour later."))
        return None
    except (ValueError, OverflowError):
        refuse(field, N_("Type a date and a time, such as 2026-03-20 23:59."))
        return None
    if moment <= now() and not may_be_past:
        refuse(field, N_("This date has passed. Choose a later one."))
    elif abs(moment.year - now().year) > 5:
        refuse(field, N_("This date is too far away. Check the year."))
    return moment


def refuse(field: Field, message: str, **words: Any) -> None:
    """Put a reason on a field."""
    field.errors = [*field.errors, gettext(message, **words)]
