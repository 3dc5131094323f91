"""Finds what belongs to a class that the teacher teaches; everything else is a 404."""

import re

from flask import abort

from quizapp.store import assignments, roster
from quizapp.store.attempts import AttemptState
from quizapp.store.db import db
from quizapp.store.models import Assignment, SchoolClass
from quizapp.store.results import find_class_attempt
from quizapp.store.roster import RosterMember
from quizapp.web.clock import now
from quizapp.web.converters import IdConverter
from quizapp.web.permissions import get_taught_class

__all__ = [
    "get_assignment",
    "get_attempt",
    "get_learner",
    "get_member",
    "get_real_class",
    "get_taught_class",
    "read_id",
]


def read_id(typed: str | None) -> int:
    """Return the id that a form sent, as strict as those in addresses."""
    if typed is None or not re.fullmatch(IdConverter.regex, typed):
        abort(404)
    return int(typed)


def get_real_class(class_id: int) -> SchoolClass:
    """Return a class of real people; the one of simulated learners takes nobody in."""
    found = get_taught_class(class_id)
    if found.is_demo:
        abort(404)
    return found


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
