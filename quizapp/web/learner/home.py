"""The start page of a learner: what is under way, what is to do, how each skill stands."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_login import current_user
from sqlalchemy.orm import Session

from quizapp.store.assignments import (
    LearnerAssignment,
    list_learner_assignments,
    list_open_practice,
)
from quizapp.store.db import db
from quizapp.store.models import CellState
from quizapp.store.notes import list_own_notes
from quizapp.store.quizzes import load_quiz_revision
from quizapp.store.results import learner_progress
from quizapp.web.clock import now
from quizapp.web.learner import blueprint
from quizapp.web.learner.review import own_reviews
from quizapp.web.permissions import learner_required


@dataclass(frozen=True)
class UnderWay:
    """An attempt to resume; `due_at` and `class_name` only where it is assigned."""

    attempt: int
    title: str
    answered: int
    exercises: int
    class_name: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class Desk:
    """What lies before a learner; `later` opens at a date to come."""

    under_way: list[UnderWay]
    to_do: list[LearnerAssignment]
    later: list[LearnerAssignment]
    done: list[LearnerAssignment]

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits."""
        return not (self.under_way or self.to_do or self.later)


@blueprint.get("/learn", endpoint="home")
@learner_required
def show_home() -> str:
    """Show what to resume, what to do, then the skills in words."""
    session = db.session()
    return render_template(
        "learner/home.html",
        desk=lay_out(session, current_user.id, now()),
        skills=learner_progress(session, current_user.id, now()),
        reviews=own_reviews(),
        own_notes=list_own_notes(session, current_user.id),
        now=now(),
    )


def lay_out(session: Session, account_id: int, at: datetime) -> Desk:
    """Return what a learner has under way, to do, ahead and behind them."""
    assigned = list_learner_assignments(session, account_id, at)
    waiting = [a for a in assigned if a.open_attempt is None and _takes_attempts(a, at)]
    fresh = [a for a in waiting if a.state is not CellState.FINISHED]
    return Desk(
        under_way=_under_way(session, account_id, assigned, at),
        to_do=[a for a in fresh if not _opens_later(a, at)],
        later=[a for a in fresh if _opens_later(a, at)],
        done=[a for a in assigned if a.state is CellState.FINISHED],
    )


def _under_way(
    session: Session, account_id: int, assigned: list[LearnerAssignment], at: datetime
) -> list[UnderWay]:
    resumed = [
        UnderWay(a.open_attempt, a.title, a.answered, a.exercises, a.class_name, a.due_at)
        for a in assigned
        if a.open_attempt is not None and _takes_answers(a, at)
    ]
    practised = [
        UnderWay(p.id, load_quiz_revision(session, p.quiz_revision).title, p.answered, p.exercises)
        for p in list_open_practice(session, account_id)
    ]
    return resumed + practised


def _opens_later(assignment: LearnerAssignment, at: datetime) -> bool:
    return assignment.opens_at is not None and at < assignment.opens_at


def _takes_answers(assignment: LearnerAssignment, at: datetime) -> bool:
    closes, due = assignment.closes_at, assignment.due_at
    return closes is None or at < max(closes, due or closes)


def _takes_attempts(assignment: LearnerAssignment, at: datetime) -> bool:
    return not assignment.excused and _takes_answers(assignment, at)
