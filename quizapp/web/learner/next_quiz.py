"""Chooses the one next step after a quiz: what is assigned first, else what is new."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_login import current_user

from quizapp.store.attempts import AttemptState
from quizapp.store.db import db
from quizapp.store.release import has_unreleased_assignment
from quizapp.store.results import learner_history
from quizapp.web.clock import now
from quizapp.web.learner.catalogue import Entry, list_entries
from quizapp.web.learner.home import lay_out
from quizapp.web.library import current_library


@dataclass(frozen=True)
class Suggestion:
    """One next step: go on with an attempt, begin an assignment, or look at a quiz.

    `href` is a page, or with `is_post` the address that begins an assignment.
    """

    title: str
    href: str
    is_post: bool = False
    due_at: datetime | None = None


def suggest(attempt: AttemptState) -> Suggestion | None:
    """Return the next step after an attempt; None when every quiz is done."""
    desk = lay_out(db.session(), current_user.id, now())
    for open_one in desk.under_way:
        href = url_for("learner.attempt", attempt=open_one.attempt)
        return Suggestion(open_one.title, href, due_at=open_one.due_at)
    for assigned in desk.to_do:
        href = url_for("learner.start_assigned", assignment=assigned.id)
        return Suggestion(assigned.title, href, is_post=True, due_at=assigned.due_at)
    return _new_quiz(attempt)


def _new_quiz(attempt: AttemptState) -> Suggestion | None:
    """Return a quiz not done yet: the same skill first where there were mistakes."""
    history = learner_history(db.session(), current_user.id, now())
    done = {(line.source_id, line.quiz_id) for line in history}
    kind = attempt.exercises[0].kind
    entries = [
        entry
        for entry in list_entries(current_library(), attempt.quiz.language)
        if (entry.quiz.source_id, entry.quiz.id) not in done and _may_practise(entry)
    ]
    entries.sort(key=lambda entry: kind not in entry.skills)
    for entry in entries:
        quiz = entry.quiz
        href = url_for("learner.quiz", source=quiz.source_id, quiz=quiz.id)
        return Suggestion(quiz.title, href)
    return None


def _may_practise(entry: Entry) -> bool:
    source, quiz = entry.quiz.source_id, entry.quiz.id
    return not has_unreleased_assignment(db.session(), current_user.id, source, quiz, now())
