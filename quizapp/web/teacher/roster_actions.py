"""What a teacher does to one learner with one click, and what the class calls them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import flash, request
from flask_babel import gettext, pgettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from quizapp.core.messages import N_
from quizapp.store import classes, limits
from quizapp.store.classes import LONGEST_LABEL
from quizapp.store.models import SchoolClass
from quizapp.store.roster import RosterMember
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting, tidy
from quizapp.web.teacher.owned import get_learner, get_member, get_taught_class
from quizapp.web.teacher.roster import back_to

LEARNER = "/teach/classes/<id:class_id>/learners/<id:learner>"
Change = Callable[[Session, int, RosterMember, datetime], None]


@dataclass(frozen=True)
class Action:
    """One click: its word in path and audit, whom it is for, what it does and says afterwards."""

    word: str
    find: Callable[[SchoolClass, int], RosterMember]
    change: Change
    said: str
    category: str = "good"


def _unlock(session: Session, class_id: int, member: RosterMember, at: datetime) -> None:
    limits.forget_tries(session, member.login_name)


def _remove(session: Session, class_id: int, member: RosterMember, at: datetime) -> None:
    classes.remove_learner(session, class_id, member.account_id, at)


def _restore(session: Session, class_id: int, member: RosterMember, at: datetime) -> None:
    classes.restore_learner(session, class_id, member.account_id)


ACTIONS = (
    Action("unlock", get_learner, _unlock, N_("%(name)s can sign in again.")),
    Action(
        "remove",
        get_learner,
        _remove,
        N_("%(name)s is no longer in the class. You find them below."),
        "message",
    ),
    Action("restore", get_member, _restore, N_("%(name)s is in the class again.")),
)


def _add_route(action: Action) -> None:
    @teacher_required
    def act(class_id: int, learner: int) -> Response:
        school_class = get_taught_class(class_id)
        member = action.find(school_class, learner)
        target = f"account:{member.account_id}"
        with acting(f"learner.{action.word}", target, class_id=class_id) as session:
            action.change(session, class_id, member, now())
        flash(gettext(action.said, name=member.name), action.category)
        return back_to(school_class)

    endpoint = f"{action.word}_learner"
    blueprint.add_url_rule(f"{LEARNER}/{action.word}", endpoint, act, methods=["POST"])


for _action in ACTIONS:
    _add_route(_action)


@blueprint.post(f"{LEARNER}/label", endpoint="set_label")
@teacher_required
def set_label(class_id: int, learner: int) -> Response:
    """Set what the teachers call a learner; empty = the log-in name."""
    school_class = get_taught_class(class_id)
    member = get_learner(school_class, learner)
    label = tidy(request.form.get("label"))
    if len(label) > LONGEST_LABEL:
        flash(pgettext("adult", "This name is too long: 60 characters at most."), "bad")
        return back_to(school_class)
    with acting("learner.label", f"account:{member.account_id}", class_id=class_id) as session:
        classes.set_label(session, class_id, member.account_id, label or None)
    flash(
        gettext("%(login)s is shown as “%(name)s”.", login=member.login_name, name=label)
        if label
        else gettext("%(login)s is shown under this name.", login=member.login_name),
        "good",
    )
    return back_to(school_class)
