"""New PINs for learners of a class and the slips that hand them out; knows no list of names."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import pgettext
from werkzeug.wrappers import Response

from quizapp.core.names import sort_key
from quizapp.store import roster
from quizapp.store.db import db
from quizapp.store.models import Joining, SchoolClass
from quizapp.web.addresses import absolute_url
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint, pins
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_learner, get_real_class, read_id
from quizapp.web.teacher.pins import Batch
from quizapp.web.teacher.sharing import draw_qr, share_of

ROSTER = "/teach/classes/<id:class_id>/roster"


@dataclass(frozen=True)
class Slip:
    """What one learner is handed: who they are, the name they sign in with, their PIN."""

    name: str
    login: str
    pin: str


@blueprint.post(
    "/teach/classes/<id:class_id>/learners/<id:learner>/secret", endpoint="reset_secret"
)
@teacher_required
def reset_secret(class_id: int, learner: int) -> Response | str:
    """Give a learner a new PIN, shown once; the old secret and its sessions end."""
    school_class = get_real_class(class_id)
    member = get_learner(school_class, learner)
    return go_on(school_class, pins.new_batch(school_class, [member.account_id]))


@blueprint.post(f"{ROSTER}/pins", endpoint="give_pins")
@teacher_required
def give_pins(class_id: int) -> Response | str:
    """Give new PINs to all, to those ticked or to those who never came; go on with a batch."""
    school_class = get_real_class(class_id)
    if "batch" in request.form:
        batch = pins.unseal(request.form["batch"], school_class)
        if batch is None:
            return redirect(url_for("teacher.class_roster", class_id=class_id), 303)
        return go_on(school_class, batch)
    who = request.form.get("who", "")
    if who == "ticked" and not request.form.getlist("learner"):
        flash(pgettext("adult", "Tick the learners who are to have a new PIN."), "warn")
        return redirect(url_for("teacher.class_roster", class_id=class_id), 303)
    return go_on(school_class, pins.new_batch(school_class, _chosen(school_class, who)))


@blueprint.get(f"{ROSTER}/slips", endpoint="slips")
@teacher_required
def show_slips(class_id: int) -> str:
    """Show the PINs that were just made, once, as slips to print and cut."""
    school_class = get_real_class(class_id)
    batch = pins.take_for_slips(school_class)
    made = pins.made_pins(batch) if batch else {}
    members = roster.list_members(db.session(), class_id)
    slips = [
        Slip(m.name, m.login_name, made[m.account_id]) for m in members if m.account_id in made
    ]
    share = share_of(school_class)
    by_slip = share is not None and share.is_open and school_class.joining is Joining.ROSTER
    link = share.link if share and by_slip else absolute_url("auth.login")
    return class_page(
        "slips",
        school_class,
        "class_roster",
        slips=sorted(slips, key=lambda slip: sort_key(slip.name)),
        link=link,
        qr=draw_qr(link),
    )


def go_on(school_class: SchoolClass, batch: Batch) -> Response | str:
    """Make PINs for one slice of time; show how far it came, or the slips once all are made."""
    left = pins.give_some(batch)
    if left:
        total = len(batch.epochs)
        return render_template(
            "teacher/making_pins.html",
            school_class=school_class,
            done=total - left,
            total=total,
            batch=pins.seal(batch),
        )
    pins.keep_for_slips(batch)
    return redirect(url_for("teacher.slips", class_id=school_class.id), 303)


def _chosen(school_class: SchoolClass, who: str) -> list[int] | None:
    """Return whom a form chose by their ids, None for all; 404 for a choice that is none."""
    if who == "all":
        return None
    if who == "waiting":
        members = roster.list_members(db.session(), school_class.id)
        waiting = [m for m in members if m.ended_at is None and m.resettable and not m.has_come]
        return [member.account_id for member in waiting]
    if who != "ticked":
        abort(404)
    return [read_id(each) for each in request.form.getlist("learner")]
