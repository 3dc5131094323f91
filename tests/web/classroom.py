"""A class with learners who sign in and answer through the pages; knows no rule of the app."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.security import generate_password_hash

from quizapp.content.live import LiveLibrary
from quizapp.content.model import Library
from quizapp.exercises.registry import get_kind
from quizapp.paths import QUESTIONS
from quizapp.store.accounts import Secret, create_account
from quizapp.store.assignments import Terms, assign
from quizapp.store.attempts import AttemptState, find_attempt
from quizapp.store.classes import create_class, join_class
from quizapp.store.db import db, write
from quizapp.store.models import Attempt, Response, SecretKind
from quizapp.store.quizzes import ServedExercise
from quizapp.web.library import EXTENSION, current_library
from tests.client import Page, PageClient

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PASSWORD = "lire entre les lignes"
SOURCE = "hua-bin-2025"
MARKING = "mots-charges-1"
LABELS = "fait-ou-opinion-1"
NUMBERS = "verifier-un-nombre-2"
QUIZZES = (MARKING, LABELS, NUMBERS)
# Reading the files again for every test would take longer than the tests.
SHIPPED = LiveLibrary([QUESTIONS], every=float("inf"))

Pairs = list[tuple[str, object]]


class Pupil:
    """A learner with a browser of their own."""

    def __init__(self, room: "Classroom", name: str, account_id: int) -> None:
        self.room = room
        self.id = account_id
        self.name = name
        self.page = PageClient(room.app)

    def sign_in(self) -> "Pupil":
        self.page.get("/login")
        self.page.submit({"name": self.name, "password": PASSWORD}, action="/login")
        return self

    def begin(self, assignment: int) -> int:
        """Start an assignment from the learner's start page; return the attempt."""
        self.page.get("/learn")
        self.page.submit(action=f"/assignments/{assignment}/attempts")
        return self.newest()

    def practise(self, quiz: str) -> int:
        self.page.get(f"/quizzes/{SOURCE}/{quiz}")
        self.page.submit(action=f"/quizzes/{SOURCE}/{quiz}/attempts")
        return self.newest()

    def answer(
        self, attempt: int, exercise: str, data: Pairs | None = None, status: int = 303
    ) -> Page:
        """Open an exercise and send an answer, the right one unless told otherwise."""
        url = url_of(attempt, exercise)
        self.page.get(url)
        pairs = self.room.right(attempt, exercise) if data is None else data
        return self.page.submit(pairs, action=url, status=status)

    def answer_all(self, attempt: int) -> None:
        for served in self.room.state(attempt).exercises:
            self.answer(attempt, served.id)

    def newest(self) -> int:
        """Return the attempt that the learner began last."""
        with self.room.app.app_context():
            statement = select(Attempt.id).where(Attempt.account_id == self.id)
            return max(db.session.scalars(statement))


class Classroom:
    """The app with a teacher, a class and learners; its clock stands still until it is moved."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.now = NOW
        app.config["CLOCK"] = lambda: self.now
        app.extensions[EXTENSION] = SHIPPED
        with app.app_context(), write(db.session()):
            teacher = self._account("madame", roles=("teacher",))
            self.id = create_class(db.session(), "3e B", teacher, NOW)

    def pupil(self, name: str) -> Pupil:
        """Return a learner of the class, signed in."""
        with self.app.app_context(), write(db.session()):
            account = self._account(name)
            join_class(db.session(), self.id, account, NOW)
        return Pupil(self, name, account).sign_in()

    def assign(self, quiz: str = MARKING, *, room: int | None = None, **terms: Any) -> int:
        """Assign a quiz to the class, or to another one."""
        made = (SOURCE, quiz, f"Devoir {quiz}")
        with self.app.app_context(), write(db.session()):
            (given,) = assign(
                db.session(), [room or self.id], made, Terms(**terms), created_by=None, now=NOW
            )
        return given

    def second_class(self, *pupils: Pupil) -> int:
        """Open another class with these learners, too; return its id."""
        with self.app.app_context(), write(db.session()):
            session = db.session()
            teacher = self._account("monsieur", roles=("teacher",))
            made = create_class(session, "Club presse", teacher, NOW)
            for pupil in pupils:
                join_class(session, made, pupil.id, NOW)
        return made

    def state(self, attempt: int) -> AttemptState:
        with self.app.app_context():
            account = db.session.get_one(Attempt, attempt).account_id
            found = find_attempt(db.session(), attempt, account, self.now)
        assert found is not None
        return found

    def exercises(self, attempt: int) -> list[str]:
        return [served.id for served in self.state(attempt).exercises]

    def served(self, attempt: int, exercise: str) -> ServedExercise:
        return self.state(attempt).quiz.get_exercise(exercise)

    def right(self, attempt: int, exercise: str) -> Pairs:
        return self._sample(attempt, exercise, "right")

    def wrong(self, attempt: int, exercise: str) -> Pairs:
        return self._sample(attempt, exercise, "wrong")

    def responses(self) -> list[Response]:
        with self.app.app_context():
            return list(db.session.scalars(select(Response).order_by(Response.id)))

    def library(self) -> Library:
        with self.app.app_context():
            return current_library()

    def _sample(self, attempt: int, exercise: str, which: str) -> Pairs:
        served = self.served(attempt, exercise)
        kind = get_kind(served.kind)
        payload = getattr(kind.samples(served.exercise), which)
        return list(kind.formdata(served.exercise, payload))

    def _account(self, name: str, roles: tuple[str, ...] = ()) -> int:
        hashed = generate_password_hash(PASSWORD, self.app.config["HASH_METHOD"])
        secret = Secret(SecretKind.PASSWORD, hashed)
        return create_account(db.session(), name, secret, NOW, roles=roles, language="en")


def url_of(attempt: int, exercise: str) -> str:
    return f"/attempts/{attempt}/exercises/{exercise}"
