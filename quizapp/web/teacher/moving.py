"""Moves a learner into another class of the same teacher, after saying what goes along."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from quizapp.store import classes, moving
from quizapp.store.classes import TaughtClass
from quizapp.store.db import db
from quizapp.store.models import Role, SchoolClass
from quizapp.store.moving import Fate
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.home import list_classes
from quizapp.web.teacher.owned import get_learner, get_real_class, read_id
from quizapp.web.teacher.roster_actions import LEARNER


@blueprint.get(f"{LEARNER}/move", endpoint="move_learner")
@teacher_required
def show_move(class_id: int, learner: int) -> str:
    """Ask for the other class, then say what goes along and what stays."""
    school_class = get_real_class(class_id)
    member = get_learner(school_class, learner)
    chosen = get_target(school_class, learner) if "to" in request.args else None
    works = []
    if chosen is not None:
        works = moving.plan_move(db.session(), class_id, chosen.id, member.account_id)
    return class_page(
        "move_learner",
        school_class,
        "class_roster",
        member=member,
        others=other_classes(school_class, learner),
        chosen=chosen,
        works=works,
        goes=Fate.GOES,
        begun_there=Fate.BEGUN_THERE,
    )


@blueprint.post(f"{LEARNER}/move", endpoint="do_move_learner")
@teacher_required
def do_move_learner(class_id: int, learner: int) -> Response:
    """Move the learner; every session of theirs ends."""
    school_class = get_real_class(class_id)
    member = get_learner(school_class, learner)
    chosen = get_target(school_class, learner)
    detail = {"class_id": class_id, "to": chosen.id}
    with acting("learner.move", f"account:{member.account_id}", **detail) as session:
        moving.move_learner(session, class_id, chosen.id, member.account_id, now())
    flash(gettext("%(name)s is in %(other)s now.", name=member.name, other=chosen.name), "good")
    return redirect(url_for("teacher.class_roster", class_id=chosen.id), 303)


def get_target(school_class: SchoolClass, learner: int) -> SchoolClass:
    """Return the class that a form names: another class of the teacher, of real people, in use."""
    to = read_id(request.values.get("to"))
    if to not in {each.id for each in other_classes(school_class, learner)}:
        abort(404)
    return get_real_class(to)


def other_classes(school_class: SchoolClass, learner: int) -> list[TaughtClass]:
    """Return the classes into which a learner can be moved: not where they teach."""
    session = db.session()
    return [
        each
        for each in list_classes()
        if each.id != school_class.id
        and not each.is_demo
        and classes.find_role(session, each.id, learner) is not Role.TEACHER
    ]
