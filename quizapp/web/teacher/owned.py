"""Finds what belongs to a class that the teacher teaches; everything else is a 404."""

from flask import abort

from quizapp.store import assignments, roster
from quizapp.store.attempts import AttemptState
from quizapp.store.db import db
from quizapp.store.models import Assignment, SchoolClass
from quizapp.store.results import find_class_attempt
from quizapp.store.roster import RosterMember
from quizapp.web.clock import now
from quizapp.web.permissions import get_taught_class

__all__ = ["get_assignment", "get_attempt", "get_learner", "get_member", "get_taught_class"]


def get_member(school_class: SchoolClass, account_id: int) -> RosterMember:
    """Return a learner who is or was in the class."""
    found = roster.find_member(db.session(), school_class.id, account_id)
    if found is None:
        abort(404)
    return found


def get_learner(school_class: SchoolClass, account_id: int) -> RosterMember:
    """Return a learner who is in the class now."""
    found = get_member(school_class, account_id)
    if found.ended_at is not None:
        abort(404)
    return found


def get_assignment(school_class: SchoolClass, assignment_id: int) -> Assignment:
    """Return an assignment of the class that is not removed."""
    found = assignments.find_assignment(db.session(), school_class.id, assignment_id)
    if found is None:
        abort(404)
    return found


def get_attempt(school_class: SchoolClass, attempt_id: int) -> AttemptState:
    """Return an attempt of somebody who is in the class on one of its assignments."""
    found = find_class_attempt(db.session(), school_class.id, attempt_id, now())
    if found is None:
        abort(404)
    return found
