"""Makes a class for a new year from an old one: name and first date; knows no table."""

from datetime import UTC, date, datetime, timedelta

from flask import flash, make_response, redirect, url_for
from flask_babel import gettext, pgettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Field, StringField

from quizapp.core.local_time import NonexistentTime, to_utc
from quizapp.store import class_copies
from quizapp.store.assignments import list_assignments
from quizapp.store.class_copies import Shift
from quizapp.store.db import db
from quizapp.web.clock import now
from quizapp.web.i18n import school_zone
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.class_settings import CLASS, target
from quizapp.web.teacher.home import ClassForm, read_name
from quizapp.web.teacher.owned import get_real_class

YEAR = timedelta(weeks=52)
"""A year of whole weeks, so that what was due on a Friday is due on a Friday."""
FURTHEST = timedelta(days=5 * 366)


class CopyForm(ClassForm):
    """The name of the new class and the day on which its first quiz is due."""

    first = StringField()


@blueprint.route(f"{CLASS}/copy", methods=["GET", "POST"], endpoint="copy_class")
@refillable
@teacher_required
def copy_class(class_id: int) -> Response:
    """Make a class with the same assignments on later dates, without learners."""
    school_class = get_real_class(class_id)
    first = class_copies.first_date(db.session(), class_id)
    form = CopyForm(typed() or None, data={"name": school_class.name, "first": next_year(first)})
    if submitted():
        name, shift = read_name(form.name), read_shift(form.first, first)
        if name is not None and shift is not None:
            with acting("class.copy", target(school_class)) as session:
                made = class_copies.copy_class(
                    session, class_id, name, teacher_id=current_user.id, shift=shift, now=now()
                )
            flash(
                gettext("The new class is there, with a code of its own and no learners."), "good"
            )
            return redirect(url_for("teacher.class_assignments", class_id=made), 303)
    page = class_page(
        "class_copy",
        school_class,
        "class_settings",
        form=form,
        first=first,
        assignments=list_assignments(db.session(), class_id),
    )
    return make_response(page, 422 if form.errors else 200)


def next_year(first: datetime | None) -> str:
    """Return the first day to come that lies one or more years of 52 weeks after a date."""
    if first is None:
        return ""
    day, today = first.astimezone(school_zone()).date(), now().astimezone(school_zone()).date()
    day += YEAR
    while day <= today:
        day += YEAR
    return day.isoformat()


def read_shift(field: Field, first: datetime | None) -> Shift | None:
    """Return how the dates move; None, with the reason on the field, for a day that cannot be."""
    if first is None:
        return lambda moment: moment
    zone = school_zone()
    try:
        day = date.fromisoformat((field.data or "").strip())
    except ValueError:
        field.errors = [pgettext("adult", "Type a day, such as 2026-09-25.")]
        return None
    today = now().astimezone(zone).date()
    if not today < day < today + FURTHEST:
        field.errors = [pgettext("adult", "Choose a day to come, within five years.")]
        return None
    return shift_by(day - first.astimezone(zone).date())


def shift_by(days: timedelta) -> Shift:
    """Return how a moment moves by days with the clock on the wall showing the same time."""
    zone = school_zone()

    def shift(moment: datetime) -> datetime:
        local = moment.astimezone(zone).replace(tzinfo=None, fold=0) + days
        try:
            return to_utc(local, zone)
        except NonexistentTime:  # the clocks are put forward over it: an hour later
            return to_utc(local + timedelta(hours=1), zone).astimezone(UTC)

    return shift
