"""One learner's work on one assignment: the answers beside the key, what is granted."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, make_response, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.core.messages import N_
from quizapp.store import extensions, notes
from quizapp.store.attempts import AttemptState, Reopening, StoredResponse, reopen_attempt, why_not
from quizapp.store.db import db
from quizapp.store.models import LONGEST_NOTE, Assignment, SchoolClass
from quizapp.store.quizzes import ServedExercise
from quizapp.store.results import AttemptLine, class_learner_attempts
from quizapp.store.roster import RosterMember
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.refill import refillable, submitted
from quizapp.web.reviews import is_regraded, stored_review
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.acting import acting
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_assignment, get_attempt, get_learner, get_taught_class
from quizapp.web.teacher.work_forms import (
    ExceptionForm,
    NoteForm,
    exception_form,
    note_form,
    read_exception,
    read_note,
    tell_granted,
    tell_note,
)

ADDRESS = "/teach/classes/<id:class_id>/learners/<id:learner>/<id:assignment>"
NOT_REOPENED = {
    Reopening.NOT_FINISHED: N_("This attempt is under way already."),
    Reopening.ALL_ANSWERED: N_("Every exercise is answered, and answers are final."),
    Reopening.LATER_ATTEMPT: N_("There is a later attempt: only the last one can be reopened."),
}


@dataclass(frozen=True)
class AnsweredExercise:
    """An exercise of an attempt with its correction; both None when it was not answered.

    `regraded` marks follow a corrected key.
    """

    served: ServedExercise
    response: StoredResponse | None
    review: Any
    regraded: bool


class NotReopened(Exception):
    """An attempt stays as it is; `outcome` says why."""

    def __init__(self, outcome: Reopening) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True)
class Work:
    """A learner and an assignment of their class."""

    school_class: SchoolClass
    member: RosterMember
    assignment: Assignment

    @property
    def target(self) -> str:
        """The object of an audit row."""
        return f"assignment:{self.assignment.id}"

    @property
    def url(self) -> str:
        """The address of its page."""
        return url_for(
            "teacher.work",
            class_id=self.school_class.id,
            learner=self.member.account_id,
            assignment=self.assignment.id,
        )

    def attempts(self) -> list[AttemptLine]:
        """Return the learner's attempts on the assignment, the first one first."""
        found = class_learner_attempts(db.session(), self.school_class.id, self.member.account_id)
        mine = [line for line in found if line.assignment_id == self.assignment.id]
        return sorted(mine, key=lambda line: line.number)


def get_work(class_id: int, learner: int, assignment: int) -> Work:
    """Return a learner's work of a class that the teacher teaches; 404 for any other."""
    school_class = get_taught_class(class_id)
    return Work(
        school_class,
        get_learner(school_class, learner),
        get_assignment(school_class, assignment),
    )


@blueprint.get(ADDRESS, endpoint="work")
@teacher_required
def show_work(class_id: int, learner: int, assignment: int) -> Response:
    """Show the first attempt with every answer beside the key, or that there is none."""
    return work_page(get_work(class_id, learner, assignment))


@blueprint.get("/teach/classes/<id:class_id>/attempts/<id:attempt>", endpoint="attempt")
@teacher_required
def show_attempt(class_id: int, attempt: int) -> Response:
    """Show every answer of an attempt beside the key."""
    found = get_attempt(get_taught_class(class_id), attempt)
    return work_page(work_of(class_id, found), found)


@blueprint.route(f"{ADDRESS}/exception", methods=["POST"], endpoint="save_exception")
@refillable
@teacher_required
def save_exception(class_id: int, learner: int, assignment: int) -> Response:
    """Give a learner more time, excuse them, or take it back."""
    work = get_work(class_id, learner, assignment)
    form = exception_form(work.assignment, extensions.Granted())
    granted = read_exception(form, work.assignment) if submitted() else None
    if granted is None:
        return work_page(work, granting=form)
    account = work.member.account_id
    detail = {"account": account, "due": str(granted.due_at or ""), "excused": granted.excused}
    with acting("assignment.exception", work.target, **detail) as session:
        extensions.grant(session, work.assignment.id, account, granted)
    tell_granted(work.member.name, granted)
    return redirect(url_for("teacher.class_results", class_id=class_id), 303)


@blueprint.route(f"{ADDRESS}/note", methods=["POST"], endpoint="save_note")
@refillable
@teacher_required
def save_note(class_id: int, learner: int, assignment: int) -> Response:
    """Write a note to the learner, or take it away with an empty one."""
    work = get_work(class_id, learner, assignment)
    form = note_form(None)
    text = read_note(form) if submitted() else None
    if text is None:
        return work_page(work, noting=form)
    account = work.member.account_id
    action = "note.write" if text else "note.remove"
    with acting(action, work.target, account=account) as session:
        notes.write_note(
            session, work.assignment.id, account, text, written_by=current_user.id, now=now()
        )
    tell_note(text)
    return redirect(work.url, 303)


@blueprint.post("/teach/classes/<id:class_id>/attempts/<id:attempt>/reopen", endpoint="reopen")
@teacher_required
def reopen(class_id: int, attempt: int) -> Response:
    """Give a finished attempt back to its learner."""
    found = get_attempt(get_taught_class(class_id), attempt)
    here = url_for("teacher.attempt", class_id=class_id, attempt=attempt)
    detail = {"score": found.score, "late": found.late}
    try:
        with acting("attempt.reopen", f"attempt:{attempt}", **detail) as session:
            outcome = reopen_attempt(session, attempt)
            if outcome is not Reopening.DONE:
                raise NotReopened(outcome)
    except NotReopened as refused:
        flash(gettext(NOT_REOPENED[refused.outcome]), "warn")
    else:
        flash(gettext("The attempt is open again. Its answers stay as they are."), "good")
    return redirect(here, 303)


def work_of(class_id: int, attempt: AttemptState) -> Work:
    """Return the work that an attempt on an assignment belongs to; 404 for any other attempt."""
    if attempt.assignment_id is None:
        abort(404)
    return get_work(class_id, attempt.account_id, attempt.assignment_id)


def work_page(
    work: Work,
    attempt: AttemptState | None = None,
    *,
    granting: ExceptionForm | None = None,
    noting: NoteForm | None = None,
) -> Response:
    """Return the page with an attempt, the first one unless given, and the forms as they stand."""
    session, lines = db.session(), work.attempts()
    if attempt is None and lines:
        attempt = get_attempt(work.school_class, lines[0].id)
    of = (work.assignment.id, work.member.account_id)
    granted, note = extensions.find_granted(session, *of), notes.find_note(session, *of)
    page = class_page(
        "work",
        work.school_class,
        "class_results",
        work=work,
        attempt=attempt,
        lines=lines,
        answered=[answered_exercise(attempt, each) for each in attempt.exercises]
        if attempt
        else [],
        refusal=why_not(session, attempt.id) if attempt else None,
        granted=granted,
        note=note,
        granting=granting or exception_form(work.assignment, granted),
        noting=noting or note_form(note),
        longest_note=LONGEST_NOTE,
        now=now(),
    )
    wrong = (granting and granting.errors) or (noting and noting.errors)
    return make_response(page, 422 if wrong else 200)


def answered_exercise(attempt: AttemptState, served: ServedExercise) -> AnsweredExercise:
    """Return an exercise of an attempt as the template reviews it."""
    response = attempt.response(served.id)
    review = None if response is None else stored_review(served, response)
    return AnsweredExercise(served, response, review, is_regraded(response))
