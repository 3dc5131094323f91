"""The form for the day of the purge: how it is filled in and read; stores nothing."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from wtforms import Form, StringField

from quizapp.core.retention import DEFAULT, PurgeRule

YEARLY, NEVER = "yearly", "never"


class RetentionForm(Form):
    """Whether classes are deleted each year, and on which day."""

    purge = StringField()
    day = StringField()
    month = StringField()


@dataclass(frozen=True)
class Wanted:
    """What was chosen; rule None = never."""

    rule: PurgeRule | None


def form_of(rule: PurgeRule | None) -> RetentionForm:
    """Return the form as the setting stands."""
    shown = rule or DEFAULT
    values = {"purge": YEARLY if rule else NEVER, "day": str(shown.day), "month": str(shown.month)}
    return RetentionForm(data=values)


def read_rule(form: RetentionForm, today: date) -> Wanted | None:
    """Return what was chosen; None, with the reason on the field, when it cannot be taken."""
    if form.purge.data == NEVER:
        return Wanted(None)
    if form.purge.data != YEARLY:
        form.purge.errors = [gettext("Choose one of the two.")]
        return None
    try:
        return Wanted(PurgeRule(_number(form.month.data), _number(form.day.data), since=today))
    except ValueError:
        form.day.errors = [gettext("Choose a day that every year has.")]
        return None


def _number(text: str | None) -> int:
    """Return a number of at most two ASCII digits; raises ValueError for anything else."""
    if not text or len(text) > 2 or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)
