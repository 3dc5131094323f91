"""What a teacher types for one learner: more time or excused, and a note; stores nothing."""

import unicodedata
from datetime import datetime, timedelta

from flask import flash
from flask_babel import gettext, pgettext
from wtforms import Form, StringField

from quizapp.core.messages import N_
from quizapp.store.extensions import Granted
from quizapp.store.models import LONGEST_NOTE, Assignment
from quizapp.store.notes import Written
from quizapp.web.clock import now
from quizapp.web.i18n import school_datetime, school_zone
from quizapp.web.refill import typed
from quizapp.web.teacher.assign_form import DUE_TIME
from quizapp.web.teacher.terms_form import local_text, read_moment, refuse, shown_time

MORE_TIME = timedelta(days=7)


class ExceptionForm(Form):
    """What one learner is granted: the button that was pressed, and until when."""

    grant = StringField()
    until = StringField()


class NoteForm(Form):
    """What a teacher writes to one learner."""

    note = StringField()


def exception_form(assignment: Assignment, granted: Granted) -> ExceptionForm:
    """Return the form as it was typed, else with what is granted or a week more."""
    later = max(assignment.due_at or now(), now()).astimezone(school_zone()).date() + MORE_TIME
    proposed = local_text(datetime.combine(later, DUE_TIME))
    until = shown_time(granted.due_at) or proposed
    fields = typed() if "grant" in typed() else None
    return ExceptionForm(fields, data={"until": until})


def note_form(written: Written | None) -> NoteForm:
    """Return the form as it was typed, else with the note that there is."""
    fields = typed() if "note" in typed() else None
    return NoteForm(fields, data={"note": written.text if written else ""})


def read_exception(form: ExceptionForm, assignment: Assignment) -> Granted | None:
    """Return what to grant; None, with the reason on the field, when it cannot be."""
    if form.grant.data == "excused":
        return Granted(excused=True)
    if form.grant.data == "none":
        return Granted()
    if form.grant.data != "time":
        refuse(form.grant, N_("Press one of the buttons: more time, or excused."))
        return None
    if assignment.due_at is None:
        refuse(form.grant, N_("This assignment has no due date: nobody needs more time."))
        return None
    until = read_moment(form.until)
    if until is None and not form.until.errors:
        refuse(form.until, N_("Type a date and a time, such as 2026-03-20 23:59."))
    elif until and until <= assignment.due_at:
        refuse(form.until, N_("The whole class has until then. Choose a later date."))
    return None if form.until.errors else Granted(until)


def read_note(form: NoteForm) -> str | None:
    """Return the note, tidied; None, with the reason on the field, when it is too long."""
    lines = (form.note.data or "").replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(s for s in lines if s == "\n" or unicodedata.category(s)[0] != "C").strip()
    if len(text) > LONGEST_NOTE:
        refuse(form.note, N_("This note is too long: 1000 signs at most."))
        return None
    return text


def tell_granted(name: str, granted: Granted) -> None:
    """Say what the learner has now."""
    if granted.excused:
        message = pgettext("adult", "%(name)s is excused.", name=name)
    elif granted.due_at:
        date = school_datetime(granted.due_at)
        message = pgettext("adult", "%(name)s has until %(date)s.", name=name, date=date)
    else:
        message = pgettext("adult", "The same holds for %(name)s as for the class.", name=name)
    flash(message, "good")


def tell_note(text: str) -> None:
    """Say what became of the note."""
    flash(gettext("The note is saved.") if text else gettext("The note is removed."), "good")
