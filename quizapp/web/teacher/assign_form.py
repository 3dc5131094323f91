"""The form with which quizzes are assigned: what it offers, how it reads dates; stores nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, StringField

from quizapp.content.model import Library
from quizapp.core.local_time import NonexistentTime, to_utc
from quizapp.core.messages import N_
from quizapp.store.assignments import Terms
from quizapp.store.models import Assignment, Feedback
from quizapp.web.clock import now
from quizapp.web.i18n import school_zone
from quizapp.web.learner.catalogue import Entry, list_entries
from quizapp.web.refill import typed

DUE_IN = timedelta(days=7)
DUE_TIME = time(23, 59)
MOST_ATTEMPTS = 9
LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)
QuizName = tuple[str, str]
"""Source id and quiz id."""


class ChosenQuizzes(Field):
    """The values of all ticked boxes."""

    data: list[str]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take every value once, in order."""
        self.data = list(dict.fromkeys(valuelist))


class TermsForm(Form):
    """When an assignment is due, when it gives feedback, how often it may be done."""

    due = StringField()
    feedback = StringField()
    attempts = StringField()


class AssignForm(TermsForm):
    """Which quizzes, on which terms."""

    quiz = ChosenQuizzes(default=[])


@dataclass(frozen=True)
class Offer:
    """A quiz of the catalogue as a box to tick; `assigned` = this class has it."""

    entry: Entry
    assigned: bool

    @property
    def name(self) -> QuizName:
        """Source id and quiz id."""
        return self.entry.quiz.source_id, self.entry.quiz.id

    @property
    def value(self) -> str:
        """What the form sends for it."""
        return "/".join(self.name)


def list_offers(library: Library, given: Iterable[Assignment]) -> list[Offer]:
    """Return each quiz of the library once, in the order of the catalogue."""
    assigned = {(each.source_id, each.quiz_id) for each in given}
    return [
        Offer(entry, (entry.quiz.source_id, entry.quiz.id) in assigned)
        for entry in list_entries(library)
    ]


def new_assign_form(chosen: str = "") -> AssignForm:
    """Return the form as it was typed, else with the defaults and perhaps a quiz ticked."""
    fields: MultiDict[str, str] = typed()
    due = datetime.combine(now().astimezone(school_zone()).date() + DUE_IN, DUE_TIME)
    defaults = {
        "due": local_text(due),
        "feedback": Feedback.AT_ONCE.value,
        "attempts": "1",
        "quiz": [chosen] if chosen else [],
    }
    return AssignForm(fields or None, data=defaults)


def terms_form(assignment: Assignment) -> TermsForm:
    """Return the form as it was typed, else with the terms of an assignment."""
    due = assignment.due_at.astimezone(school_zone()) if assignment.due_at else None
    terms = {
        "due": local_text(due) if due else "",
        "feedback": assignment.feedback.value,
        "attempts": str(assignment.attempts_limit),
    }
    return TermsForm(typed() or None, data=terms)


def local_text(local: datetime) -> str:
    """Return a local time as a datetime-local field holds it."""
    return local.strftime("%Y-%m-%dT%H:%M")


def chosen_offers(form: AssignForm, offers: Iterable[Offer]) -> list[Offer]:
    """Return the quizzes ticked; none, with the reason on the field, when they cannot be had."""
    by_value = {offer.value: offer for offer in offers}
    found = [by_value[value] for value in form.quiz.data if value in by_value]
    if not form.quiz.data:
        _refuse(form.quiz, N_("Choose at least one quiz."))
    elif len(found) < len(form.quiz.data):
        _refuse(form.quiz, N_("One of the quizzes is not there any more. Choose again."))
    elif any(offer.assigned for offer in found):
        _refuse(form.quiz, N_("One of the quizzes is assigned to this class already."))
    return [] if form.quiz.errors else found


def read_terms(form: TermsForm, old: Assignment | None = None) -> Terms | None:
    """Return the terms typed, with what the form does not ask taken from `old`.

    None, with the reasons on the fields, when they cannot be taken.
    """
    due = _read_due(form.due, old)
    if form.feedback.data not in list(Feedback):
        _refuse(form.feedback, N_("Choose when the answers are explained."))
    elif form.feedback.data == Feedback.AFTER_DUE and due is None and not form.due.errors:
        _refuse(form.due, N_("Feedback after the due date needs a due date."))
    attempts = (form.attempts.data or "").strip()
    if attempts not in map(str, range(1, MOST_ATTEMPTS + 1)):
        _refuse(form.attempts, N_("Choose a number of attempts from 1 to 9."))
    if old is not None and due and not form.due.errors:
        _check_order(form.due, due, old)
    if form.due.errors or form.feedback.errors or form.attempts.errors:
        return None
    return Terms(
        feedback=Feedback(str(form.feedback.data)),
        language=old.language if old else None,
        opens_at=old.opens_at if old else None,
        due_at=due,
        closes_at=old.closes_at if old else None,
        attempts_limit=int(attempts),
        excluded=tuple(old.excluded) if old else (),
    )


def _read_due(field: Field, old: Assignment | None) -> datetime | None:
    """Return the moment typed in the school's time; an old one may stay in the past."""
    text = (field.data or "").strip()
    if not text:
        return None
    try:
        if not LOCAL_TIME.fullmatch(text):
            raise ValueError(text)
        moment = to_utc(datetime.fromisoformat(text), school_zone())
    except NonexistentTime:
        _refuse(field, N_("The clocks are put forward over this time: choose an hour later."))
        return None
    except (ValueError, OverflowError):
        _refuse(field, N_("Type a date and a time, such as 2026-03-20 23:59."))
        return None
    if old is None and moment <= now():
        _refuse(field, N_("This date has passed. Choose a later one."))
    elif moment.year > now().year + 5:
        _refuse(field, N_("This date is too far away. Check the year."))
    return moment


def _check_order(field: Field, due: datetime, old: Assignment) -> None:
    opens, closes = old.opens_at or due, old.closes_at or due
    if not opens <= due <= closes:
        _refuse(field, N_("The due date must lie between opening and closing of the assignment."))


def _refuse(field: Field, message: str) -> None:
    field.errors = [*field.errors, gettext(message)]
