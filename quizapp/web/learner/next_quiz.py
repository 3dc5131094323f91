"""Chooses the one next step after a quiz: what is assigned, else what is due, else what is new."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext, pgettext
from flask_login import current_user

from quizapp.store.attempts import AttemptState
from quizapp.store.db import db
from quizapp.store.release import list_unreleased
from quizapp.store.results import learner_history
from quizapp.web.clock import now
from quizapp.web.learner.catalogue import list_entries
from quizapp.web.learner.home import lay_out
from quizapp.web.learner.review import own_reviews
from quizapp.web.library import current_library


@dataclass(frozen=True)
class Suggestion:
    """One next step: go on with an attempt, begin an assignment or the review, look at a quiz.

    `what` says which of them it is, `label` is on the button. `href` is a page, or with `is_post`
    the address that begins it. `language` is that of an author's title, else empty.
    """

    what: str
    title: str
    href: str
    label: str
    is_post: bool = False
    due_at: datetime | None = None
    language: str = ""


def suggest(attempt: AttemptState) -> Suggestion | None:
    """Return the next step after an attempt; None when every quiz is done."""
    return _assigned() or _review() or _new_quiz(attempt)


def _assigned() -> Suggestion | None:
    desk = lay_out(db.session(), current_user.id, now())
    for open_one in desk.under_way:
        return Suggestion(
            pgettext("pupil", "Go on where you left off"),
            open_one.title,
            url_for("learner.attempt", attempt=open_one.attempt),
            gettext("Continue"),
            due_at=open_one.due_at,
        )
    for assigned in desk.to_do:
        return Suggestion(
            pgettext("pupil", "Your next assignment"),
            assigned.title,
            url_for("learner.start_assigned", assignment=assigned.id),
            gettext("Begin"),
            is_post=True,
            due_at=assigned.due_at,
        )
    return None


def _review() -> Suggestion | None:
    reviews = own_reviews()
    if not reviews.due:
        return None
    due = ngettext("%(num)s mistake is due today", "%(num)s mistakes are due today", reviews.due)
    return Suggestion(
        pgettext("pupil", "Your review"),
        due,
        url_for("learner.start_review"),
        pgettext("pupil", "Start the review"),
        is_post=True,
    )


def _new_quiz(attempt: AttemptState) -> Suggestion | None:
    """Return a quiz not done yet that may be practised: the same skill first."""
    session = db.session()
    history = learner_history(session, current_user.id, now())
    left_out = list_unreleased(session, current_user.id, now())
    left_out |= {(line.source_id, line.quiz_id) for line in history}
    kind = attempt.exercises[0].kind
    entries = list_entries(current_library(), attempt.quiz.language)
    entries.sort(key=lambda entry: kind not in entry.skills)
    for entry in entries:
        quiz = entry.quiz
        if (quiz.source_id, quiz.id) not in left_out:
            return Suggestion(
                pgettext("pupil", "A quiz that you have not done yet"),
                quiz.title,
                url_for("learner.quiz", source=quiz.source_id, quiz=quiz.id),
                gettext("Go there"),
                language=quiz.language,
            )
    return None
