"""Two classes with their people and work, in a database that goes back to how it was.

It sends any request as any person and checks the headers of every answer; it knows no expected
status.
"""

import re
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from quizapp.app import create_app
from quizapp.exercises.base import UNSURE
from quizapp.settings import Settings
from quizapp.store import assignments, classes, installation
from quizapp.store.assignments import Terms
from quizapp.store.attempts import (
    Actor,
    find_attempt,
    finish_attempt,
    record_answer,
    start_assigned,
)
from quizapp.store.co_teachers import add_teacher
from quizapp.store.contests import contest_key
from quizapp.store.db import db, write
from quizapp.store.enrolment import Newcomer
from quizapp.store.models import SchoolClass
from quizapp.store.quizzes import serve
from quizapp.store.set_asides import set_aside
from quizapp.web.headers import SECURITY_HEADERS
from quizapp.web.library import current_library, publish_library
from quizapp.web.teacher.enrolment_plan import seal
from tests.conftest import CHEAP_HASH, SECRET_KEY, CompiledTemplates
from tests.web.people import PASSWORD, People

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
SOURCE = "hua-bin-2025"
LABELS, WORDS, NUMBERS = "fait-ou-opinion-1", "mots-charges-1", "verifier-un-nombre-1"
PRACTISED = "fait-ou-opinion-2"
MISSING = {"exercise": "no-such-exercise", "source": "no-such-article", "quiz": "no-such-quiz"}
NO_ID = "999999"
TOKEN = re.compile(r'(name="csrf_token" value=")[^"]*')
PEOPLE = {
    "learner": (),
    "other_learner": (),
    "teacher": ("teacher",),
    "other_teacher": ("teacher",),
    "author": ("author",),
    "admin": ("admin",),
    "colleague": ("teacher",),
    "removed_learner": (),
}


class World:
    """An app with everybody in it; `ids` fill the paths of the routes, `foreign` other people's."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        app.config["CLOCK"] = lambda: NOW
        self.people = People(app, app.config["CLOCK"])
        self.accounts = {name: self.people.make(name, roles) for name, roles in PEOPLE.items()}
        publish_library(app)
        self.ids: dict[str, str] = {}
        self.foreign: dict[str, str] = {}
        self._furnish()
        self.cookies: dict[str, tuple[str, str]] = {"anonymous": self._open_browser(None)}
        for name in list(PEOPLE)[:6]:
            self.cookies[name] = self._open_browser(name)
        path = app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
        self._live = sqlite3.connect(path, isolation_level=None)
        self._live.execute("PRAGMA synchronous=OFF")
        self._kept = sqlite3.connect(Path(path).with_name("kept.db"), isolation_level=None)
        self._live.backup(self._kept)
        self._clean = self.version()

    def _furnish(self) -> None:
        who = self.accounts
        own, code = self.people.make_class(who["teacher"], "3e B")
        other, _ = self.people.make_class(who["other_teacher"], "3e C")
        beside = self.people.make_class(who["teacher"], "3e D")[0]
        theirs = self.people.make_class(who["other_teacher"], "3e E")[0]
        simulated = [self.people.make_class(who[name])[0] for name in ("teacher", "other_teacher")]
        with self.app.app_context():
            session = db.session()
            self._fill_class(own, who["learner"], self.ids)
            self._fill_class(other, who["other_learner"], self.foreign)
            words = current_library().quizzes[SOURCE, WORDS, "fr"]
            with write(session):
                for class_id in simulated:
                    session.get_one(SchoolClass, class_id).is_demo = True
                for class_id in (own, theirs):
                    add_teacher(session, class_id, "colleague", NOW)
                classes.join_class(session, own, who["removed_learner"], NOW)
                classes.remove_learner(session, own, who["removed_learner"], NOW)
                for class_id, exercise in (
                    (own, self.ids["exercise"]),
                    (other, serve(words).exercises[0].id),
                ):
                    place = (SOURCE, exercise)
                    set_aside(session, class_id, place, "Discutable.", set_by=1, now=NOW)
                contest_key(
                    session,
                    serve(words).exercises[0],
                    "Ce mot décrit.",
                    account_id=who["learner"],
                    class_id=own,
                    now=NOW,
                )
                plan = seal(own, [Newcomer("LOVELACE Ada", "hibou-sage-88")])
                invitation = installation.issue_invitation(session, ["teacher"], who["admin"], NOW)
            [pending] = installation.list_invitations(session, NOW)
        self.ids |= {
            "code": code,
            "invitation": invitation,
            "open_invitation": pending.id,
            "tried": words.exercises[0].id,
            "source": SOURCE,
            "quiz": PRACTISED,
            "person": str(who["colleague"]),
            "co_teacher": str(who["colleague"]),
            "other_class": str(beside),
            "plan": plan,
            "removed_learner": str(who["removed_learner"]),
            "name": "colleague",
            "password": PASSWORD,
        }
        self.foreign |= {
            "person": str(who["learner"]),
            "co_teacher": str(who["other_teacher"]),
            "other_class": str(theirs),
            "removed_learner": self.foreign["learner"],
            "exercise": words.exercises[0].id,
        }

    def _fill_class(self, class_id: int, learner: int, ids: dict[str, str]) -> None:
        """Put a learner into a class with an attempt under way, one finished, one quiz removed."""
        session, actor, library = db.session(), Actor(learner), current_library()
        terms = Terms(due_at=NOW + timedelta(days=7))
        with write(session):
            classes.join_class(session, class_id, learner, NOW)
            given = [
                assignments.assign(
                    session, [class_id], (SOURCE, quiz, quiz), terms, created_by=None, now=NOW
                )[0]
                for quiz in (LABELS, WORDS, NUMBERS)
            ]
        started = [
            start_assigned(session, library, actor, assignment_id=each, language="fr", now=NOW)
            for each in given
        ]
        state = find_attempt(session, started[0], learner, NOW)
        assert state is not None
        record_answer(
            session,
            actor,
            attempt_id=started[0],
            exercise=state.exercises[0],
            payload=UNSURE,
            now=NOW,
        )
        finish_attempt(session, actor, attempt_id=started[1], now=NOW)
        with write(session):
            assignments.remove_assignment(session, given[2], NOW)
        ids |= {
            "class_id": str(class_id),
            "learner": str(learner),
            "assignment": str(given[0]),
            "removed_assignment": str(given[2]),
            "attempt": str(started[0]),
            "finished": str(started[1]),
            "handed_in": str(given[1]),
            "answered": library.quizzes[SOURCE, WORDS, "fr"].exercises[0].id,
            "exercise": state.exercises[1].id,
            "kept": current_library().quizzes[SOURCE, WORDS, "fr"].exercises[1].id,
        }

    def _open_browser(self, name: str | None) -> tuple[str, str]:
        """Return the cookie of somebody signed in and a CSRF token for it."""
        client = self.app.test_client()
        page = client.get("/login")
        if name is not None:
            data = {"name": name, "password": PASSWORD, "csrf_token": token_of(page)}
            assert client.post("/login", data=data).status_code == 303
            page = client.get("/privacy")
        cookie = client.get_cookie("quizapp")
        assert cookie is not None
        return cookie.value, token_of(page)

    def reset(self) -> None:
        """Put every row back to what it was, if any changed."""
        if self.version() != self._clean:
            self._kept.backup(self._live)
            self._clean = self.version()

    def version(self) -> int:
        """Return a number that grows with every change that the app commits."""
        number: int = self._live.execute("PRAGMA data_version").fetchone()[0]
        return number

    def send(
        self,
        actor: str,
        method: str,
        path: str,
        data: Mapping[str, object] | None = None,
        *,
        token: bool = True,
    ) -> TestResponse:
        """Send a request as somebody, by default with their CSRF token."""
        cookie, csrf_token = self.cookies[actor]
        client = self.app.test_client(use_cookies=False)
        fields = dict(data or {}) | ({"csrf_token": csrf_token} if token else {})
        response = client.open(
            path,
            method=method,
            headers={"Cookie": f"quizapp={cookie}"},
            data=fields if method == "POST" else None,
            buffered=True,
        )
        response.close()
        check_headers(response, private=actor != "anonymous")
        return response


def open_world(folder: Path, template: Path) -> World:
    """Make the world on a copy of an empty database."""
    database = folder / "quizapp.db"
    database.write_bytes(template.read_bytes())
    settings = Settings(
        data=folder,
        database_url=f"sqlite:///{database}",
        secret_key=SECRET_KEY,
        hash_method=CHEAP_HASH,
        open_registration=True,
    )
    app = create_app(settings)
    app.jinja_env.bytecode_cache = CompiledTemplates()
    return World(app, settings)


def token_of(response: TestResponse) -> str:
    found = re.search(r'name="csrf_token" value="([^"]*)"', response.text)
    assert found is not None
    return found[1]


def neutral(response: TestResponse) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body, without what differs in two answers to one request."""
    headers = dict(response.headers)
    if "Set-Cookie" in headers:
        headers["Set-Cookie"] = headers["Set-Cookie"].partition("=")[0]
    return response.status_code, headers, TOKEN.sub(r"\1", response.text)


def check_headers(response: TestResponse, *, private: bool) -> None:
    """Check what every response carries; a page of somebody is kept by no cache."""
    for name, value in SECURITY_HEADERS.items():
        assert response.headers.getlist(name) == [value], (name, response.request.path)
    if private and not response.request.path.startswith("/static/"):
        assert "no-store" in response.headers["Cache-Control"], response.request.path
        assert "Cookie" in response.headers["Vary"], response.request.path
