"""A class itself: its name, its door, its teachers, putting it away and taking it out again."""

from flask import abort, flash, make_response, redirect, request, url_for
from flask_babel import gettext, pgettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Form, StringField

from quizapp.store import classes, co_teachers, roster
from quizapp.store.co_teachers import IsLearner, LastTeacher, NoTeacher
from quizapp.store.db import db
from quizapp.store.models import Joining, SchoolClass
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting, tidy
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.home import ClassForm, read_name
from quizapp.web.teacher.owned import get_real_class, get_taught_class
from quizapp.web.teacher.roster import back_to

CLASS = "/teach/classes/<id:class_id>"


class TeacherForm(Form):
    """The log-in name of another teacher."""

    teacher = StringField()


@blueprint.get(f"{CLASS}/settings", endpoint="class_settings")
@teacher_required
def show_settings(class_id: int) -> str:
    """Show the name, the door and the teachers of a class, and what can be done with it."""
    return settings_page(get_taught_class(class_id))


def settings_page(
    school_class: SchoolClass,
    form: ClassForm | None = None,
    colleague: TeacherForm | None = None,
) -> str:
    """Render the settings, with a form that was refused as it was typed."""
    return class_page(
        "class_settings",
        school_class,
        "class_settings",
        form=form or ClassForm(data={"name": school_class.name}),
        colleague=colleague or TeacherForm(),
        teachers=co_teachers.list_teachers(db.session(), school_class.id),
    )


def back_to_settings(school_class: SchoolClass) -> Response:
    """Return to the settings after a change."""
    return redirect(url_for("teacher.class_settings", class_id=school_class.id), 303)


@blueprint.post(f"{CLASS}/name", endpoint="rename_class")
@refillable
@teacher_required
def rename_class(class_id: int) -> Response:
    """Give the class another name."""
    school_class = get_taught_class(class_id)
    form = ClassForm(typed())
    name = read_name(form.name) if submitted() else None
    if name is None:
        page = settings_page(school_class, form=form)
        return make_response(page, 422 if form.errors else 200)
    with acting("class.rename", target(school_class)) as session:
        roster.rename_class(session, class_id, name)
    flash(gettext("The class has a new name."), "good")
    return back_to_settings(school_class)


@blueprint.post(f"{CLASS}/code", endpoint="renew_code")
@teacher_required
def renew_code(class_id: int) -> Response:
    """Give the class a new code; the old one opens nothing any more."""
    school_class = get_real_class(class_id)
    with acting("class.renew_code", target(school_class)) as session:
        classes.renew_code(session, class_id, now())
    flash(gettext("The class has a new code. The old one works no more; nobody has left."), "good")
    return back_to(school_class)


@blueprint.post(f"{CLASS}/joining", endpoint="set_joining")
@teacher_required
def set_joining(class_id: int) -> Response:
    """Open or close the class to new learners, or choose how they come in."""
    school_class = get_taught_class(class_id)
    how = request.form.get("how")
    if how is not None:
        return choose_joining(school_class, how)
    is_open = request.form.get("open") == "1"
    with acting("class.joining", target(school_class), open=is_open) as session:
        classes.set_join_open(session, class_id, is_open)
    said = gettext("Joining is open.") if is_open else gettext("Joining is closed.")
    flash(said, "good")
    return back_to(school_class)


def choose_joining(school_class: SchoolClass, how: str) -> Response:
    """Let learners in with pseudonyms, or with slips alone."""
    if how not in list(Joining):
        abort(404)
    with acting("class.joining", target(school_class), how=how) as session:
        roster.set_joining(session, school_class.id, Joining(how))
    said = {
        Joining.PSEUDONYM: pgettext("adult", "Whoever has the code comes in with a pseudonym."),
        Joining.ROSTER: pgettext("adult", "Only who has a slip from you comes in."),
    }
    flash(said[Joining(how)], "good")
    return back_to_settings(school_class)


@blueprint.post(f"{CLASS}/archive", endpoint="archive_class")
@teacher_required
def archive_class(class_id: int) -> Response:
    """Put a class away: learners see it no more, nobody joins; everything in it stays."""
    school_class = get_taught_class(class_id)
    with acting("class.archive", target(school_class)) as session:
        classes.archive_class(session, class_id, now())
    flash(gettext("%(name)s is archived. You find it below.", name=school_class.name), "good")
    return redirect(url_for("teacher.home"), 303)


@blueprint.post(f"{CLASS}/unarchive", endpoint="restore_class")
@teacher_required
def restore_class(class_id: int) -> Response:
    """Take an archived class back into use."""
    school_class = get_taught_class(class_id)
    with acting("class.restore", target(school_class)) as session:
        classes.restore_class(session, class_id)
    flash(gettext("%(name)s is in use again.", name=school_class.name), "good")
    return redirect(url_for("teacher.class_results", class_id=class_id), 303)


@blueprint.post(f"{CLASS}/teachers", endpoint="add_teacher")
@refillable
@teacher_required
def add_teacher(class_id: int) -> Response:
    """Let another teacher teach the class too."""
    school_class = get_taught_class(class_id)
    form = TeacherForm(typed())
    name = tidy(form.teacher.data)
    if not submitted():
        return make_response(settings_page(school_class, colleague=form))
    try:
        with acting("class.add_teacher", target(school_class)) as session:
            co_teachers.add_teacher(session, class_id, name, now())
    except IsLearner:
        fault = pgettext("adult", "This account is a learner of the class. Remove it there first.")
    except NoTeacher:
        fault = pgettext("adult", "No teacher signs in with this name. Check its spelling.")
    else:
        flash(pgettext("adult", "%(name)s teaches this class too.", name=name), "good")
        return back_to_settings(school_class)
    form.teacher.errors = [fault]
    return make_response(settings_page(school_class, colleague=form), 422)


@blueprint.post(f"{CLASS}/teachers/<id:teacher>/remove", endpoint="remove_teacher")
@teacher_required
def remove_teacher(class_id: int, teacher: int) -> Response:
    """Take the class from one of its teachers, never from the last one."""
    school_class = get_taught_class(class_id)
    if all(
        each.account_id != teacher for each in co_teachers.list_teachers(db.session(), class_id)
    ):
        abort(404)
    try:
        with acting("class.remove_teacher", target(school_class), teacher=teacher) as session:
            co_teachers.remove_teacher(session, class_id, teacher, now())
    except LastTeacher:
        flash(pgettext("adult", "A class keeps at least one teacher who can sign in."), "warn")
        return back_to_settings(school_class)
    flash(pgettext("adult", "The class has one teacher less."), "good")
    if teacher == current_user.id:
        return redirect(url_for("teacher.home"), 303)
    return back_to_settings(school_class)


def target(school_class: SchoolClass) -> str:
    """Return how the audit names a class."""
    return f"class:{school_class.id}"
