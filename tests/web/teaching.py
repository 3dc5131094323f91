"""A teacher's class whose learners answer through the store; knows no page."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask

from quizapp.exercises.registry import get_kind
from quizapp.store import classes
from quizapp.store.assignments import Terms, assign, extend
from quizapp.store.attempts import (
    Actor,
    find_attempt,
    finish_attempt,
    record_answer,
    start_assigned,
)
from quizapp.store.classes import join_class, set_label
from quizapp.store.db import db, write
from quizapp.web.library import current_library
from tests.client import PageClient
from tests.web.conftest import Clock
from tests.web.people import People

SOURCE = "hua-bin-2025"
LABELS = "fait-ou-opinion-1"
MARKING = "mots-charges-1"
NUMBERS = "verifier-un-nombre-1"
DAY = timedelta(days=1)


class Room:
    """A class with its teacher, who is signed in at `page`."""

    def __init__(self, app: Flask, people: People, clock: Clock, teacher: str = "madame") -> None:
        self.app, self.people, self.clock = app, people, clock
        self.name = teacher
        self.teacher = people.make(teacher, roles=["teacher"])
        self.id, self.code = people.make_class(self.teacher)
        self.url = f"/teach/classes/{self.id}"
        self.sign_in()

    def sign_in(self) -> None:
        """Sign the teacher in, again after the clock was moved."""
        self.page = PageClient(self.app)
        self.people.sign_in(self.page, self.name)

    def learner(self, name: str, label: str = "") -> int:
        account = self.people.make(name)
        with self.app.app_context(), write(db.session()):
            join_class(db.session(), self.id, account, self.clock())
            set_label(db.session(), self.id, account, label or None)
        return account

    def leave(self, account: int) -> None:
        with self.app.app_context(), write(db.session()):
            classes.remove_learner(db.session(), self.id, account, self.clock())

    def assign(self, quiz: str = LABELS, title: str = "", **terms: Any) -> int:
        """Assign the first six exercises of a quiz: no figure moves when the quiz grows."""
        terms.setdefault("due_at", self.clock() + DAY)
        with self.app.app_context(), write(db.session()):
            exercises = current_library().quizzes[SOURCE, quiz, "fr"].exercises
            terms.setdefault("excluded", tuple(each.id for each in exercises[6:]))
            made = (SOURCE, quiz, title or quiz)
            given = assign(
                db.session(), [self.id], made, Terms(**terms), created_by=None, now=self.clock()
            )
        return given[0]

    def excuse(self, assignment: int, account: int) -> None:
        with self.app.app_context(), write(db.session()):
            extend(db.session(), assignment, account, excused=True)

    def answer(
        self, account: int, assignment: int, answers: Sequence[str] = (), *, finish: bool = False
    ) -> int:
        """Answer the first exercises ("right", "wrong" or "unsure"; none = all right)."""
        with self.app.app_context():
            session, actor = db.session(), Actor(account)
            attempt = start_assigned(
                session,
                current_library(),
                actor,
                assignment_id=assignment,
                language="fr",
                now=self.clock(),
            )
            state = find_attempt(session, attempt, account, self.clock())
            assert state is not None
            planned = list(answers) or ["right"] * len(state.exercises)
            for served, how in zip(state.exercises, planned, strict=False):
                payload = {"unsure": True}
                if how != "unsure":
                    payload = getattr(get_kind(served.kind).samples(served.exercise), how)
                record_answer(
                    session,
                    actor,
                    attempt_id=attempt,
                    exercise=served,
                    payload=payload,
                    now=self.clock(),
                )
            if finish:
                finish_attempt(session, actor, attempt_id=attempt, now=self.clock())
        return attempt
