"""One exercise of a class under debate: the key stays, does not count, or goes to the authors."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import abort, flash, make_response, redirect, url_for
from flask_babel import gettext, pgettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Form, StringField

from quizapp.exercises.registry import get_kind
from quizapp.store import class_contests, set_asides
from quizapp.store.asked_exercises import asked_by
from quizapp.store.class_contests import ClassContest, find_class_contest
from quizapp.store.contests import contest_key
from quizapp.store.db import db
from quizapp.store.models import LONGEST_REASON, Assignment, ClassDecision, SchoolClass
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade import Offer, Scope, find_offers
from quizapp.store.set_asides import AsideExercise, find_set_aside
from quizapp.web.clock import now
from quizapp.web.i18n import current_language
from quizapp.web.library import current_library
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting, tidy
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_assignment, get_taught_class

ADDRESS = "/teach/classes/<id:class_id>/assignments/<id:assignment>/contests/<slug:exercise>"
BATCHES = 10
"""Transactions in one request; scores that need more follow with the next."""


class Action(StrEnum):
    """What a teacher can do about a key."""

    SET_ASIDE = "set_aside"
    KEPT = "kept"
    AUTHORS = "authors"


class ContestForm(Form):
    """What is done about a key, and why."""

    action = StringField()
    reason = StringField()


@dataclass(frozen=True)
class Debate:
    """An exercise with all that is said about its key in the class."""

    assignment: Assignment
    served: ServedExercise
    contest: ClassContest | None
    aside: AsideExercise | None

    @property
    def place(self) -> tuple[str, str]:
        """Source and exercise, whatever the language."""
        return self.assignment.source_id, self.served.id

    @property
    def actions(self) -> list[Action]:
        """What can be done now: nothing is set aside twice, no key stays that nobody contests."""
        offered = [] if self.aside else [Action.SET_ASIDE]
        offered += [Action.KEPT] if self.contest and not self.aside else []
        return [*offered, Action.AUTHORS]


@blueprint.route(ADDRESS, methods=["GET", "POST"], endpoint="contest")
@refillable
@teacher_required
def show_contest(class_id: int, assignment: int, exercise: str) -> Response:
    """Show the key with what is said against it; decide for the class, or tell the authors."""
    school_class = get_taught_class(class_id)
    debate = get_debate(school_class, get_assignment(school_class, assignment), exercise)
    form = ContestForm(typed() or None)
    action = read_action(form, debate) if submitted() else None
    if action is not None:
        decide(school_class, debate, action, tidy(form.reason.data))
        return redirect(url_for("teacher.class_contests", class_id=class_id), 303)
    kind = get_kind(debate.served.kind)
    right = kind.samples(debate.served.exercise).right
    shown = class_page(
        "contest", school_class, "class_contests", debate=debate, form=form,
        choices=name_actions(debate), key=kind.review(debate.served.exercise, right),
        longest=LONGEST_REASON, offer=find_offer(debate),
    )  # fmt: skip
    return make_response(shown, 422 if form.errors else 200)


@blueprint.post(
    "/teach/classes/<id:class_id>/set-aside/<slug:source>/<slug:exercise>/back",
    endpoint="take_back",
)
@teacher_required
def take_back(class_id: int, source: str, exercise: str) -> Response:
    """Let an exercise count in the class again; its scores follow."""
    school_class = get_taught_class(class_id)
    place, target = (source, exercise), f"exercise:{source}/{exercise}"
    with acting("exercise.take_back", target, class_id=class_id) as session:
        if not set_asides.take_back(session, class_id, place):
            abort(404)
        class_contests.reopen_contests(session, class_id, place)
    follow(school_class, target)
    return redirect(url_for("teacher.class_contests", class_id=class_id), 303)


@blueprint.post("/teach/classes/<id:class_id>/contests/scores", endpoint="follow_set_asides")
@teacher_required
def go_on(class_id: int) -> Response:
    """Go on with scores that an interrupted decision has not reached."""
    school_class = get_taught_class(class_id)
    follow(school_class, f"class:{class_id}")
    return redirect(url_for("teacher.class_contests", class_id=class_id), 303)


def get_debate(school_class: SchoolClass, assignment: Assignment, exercise: str) -> Debate:
    """Return an exercise that the assignment asks or has asked; 404 for any other."""
    session = db.session()
    asked = asked_by(session, current_library(), assignment, current_language())
    served = asked.get(exercise) or abort(404)
    place = (assignment.source_id, exercise)
    return Debate(
        assignment=assignment,
        served=served,
        contest=find_class_contest(session, school_class.id, place),
        aside=find_set_aside(session, school_class.id, place),
    )


def find_offer(debate: Debate) -> Offer | None:
    """Return what a corrected key of the exercise would change in the class, None for nothing."""
    given = debate.assignment
    quiz = (given.source_id, given.quiz_id)
    found = find_offers(db.session(), current_library(), Scope(given.class_id), quiz)
    return next((each for each in found if each.key.exercise_id == debate.served.id), None)


def read_action(form: ContestForm, debate: Debate) -> Action | None:
    """Return what is to be done; None, with the reason on the field, where it cannot be."""
    reason = tidy(form.reason.data)
    chosen = next((each for each in debate.actions if each == form.action.data), None)
    if chosen is None:
        form.action.errors = [gettext("Choose what to do about this key.")]
    if not reason:
        form.reason.errors = [gettext("Say why: a sentence is enough.")]
    elif len(reason) > LONGEST_REASON:
        form.reason.errors = [gettext("This reason is too long: 500 characters at most.")]
    return None if form.errors else chosen


def decide(school_class: SchoolClass, debate: Debate, action: Action, reason: str) -> None:
    """Do what was chosen, in one write with its audit row; scores follow afterwards."""
    place, target = debate.place, f"exercise:{'/'.join(debate.place)}"
    class_id, at = school_class.id, now()
    with acting(f"contest.{action.value}", target, class_id=class_id) as session:
        if action is Action.AUTHORS:
            about: dict[str, Any] = {"account_id": current_user.id, "class_id": class_id}
            contest_key(session, debate.served, reason, **about, now=at)
        else:
            answer = ClassDecision(action.value)
            class_contests.decide_contests(session, class_id, place, answer, reason, now=at)
        if action is Action.SET_ASIDE:
            who = {"set_by": current_user.id, "now": at}
            set_asides.set_aside(session, class_id, place, reason, **who)
    if action is Action.SET_ASIDE:
        follow(school_class, target)
    elif action is Action.KEPT:
        flash(pgettext("adult", "The key stays, and your reason is kept with it."), "good")
    else:
        flash(pgettext("adult", "The authors see your reason in their queue."), "good")


def follow(school_class: SchoolClass, target: str) -> None:
    """Let the scores of the class follow, log how they moved, and say how far that came."""
    done = set_asides.follow(db.session(), school_class.id, batches=BATCHES)
    with acting("scores.follow", target, class_id=school_class.id, **done.detail()):
        pass
    if not done.is_done:
        flash(pgettext("adult", "Not all scores follow yet. Go on below."))
        return
    flash(
        pgettext(
            "adult",
            "Scores follow: %(higher)s higher, %(lower)s lower, of %(n)s handed in.",
            higher=done.higher,
            lower=done.lower,
            n=done.handed_in,
        ),
        "good",
    )


def name_actions(debate: Debate) -> list[tuple[str, str, str]]:
    """Return value, label and consequence of what can be done, for the radio buttons."""
    words = {
        Action.SET_ASIDE: (
            pgettext("adult", "Set it aside for this class"),
            pgettext("adult", "It counts in no score here and stays readable, for debate."),
        ),
        Action.KEPT: (
            pgettext("adult", "The key stays"),
            pgettext("adult", "Whoever contested it reads your reason. No score changes."),
        ),
        Action.AUTHORS: (
            pgettext("adult", "Tell the authors"),
            pgettext("adult", "They read your reason without your name. No score changes."),
        ),
    }
    return [(each.value, *words[each]) for each in debate.actions]
