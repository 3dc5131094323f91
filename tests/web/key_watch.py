"""Goes the way of a learner up to the release and writes down every answer of the server.

Two ways on questions that differ in their keys alone must read the same; it knows no key.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from quizapp.content.model import QuizKey
from quizapp.store import assignments, classes
from quizapp.store.assignments import Terms
from quizapp.store.db import db, write
from quizapp.store.models import Feedback
from quizapp.web.library import current_library
from tests.web.people import PASSWORD, People

START = datetime(2026, 10, 5, 8, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TOKEN = re.compile(r'(name="(?:csrf_token|offer)" value="|<strong class="pin">)[^"<]*')
"""What is drawn by chance for each page: tokens, and the PIN that an account page offers."""
RADIO = re.compile(r'<input type="radio" id="[^"]*" name="([^"]*)" value="([^"]*)"')
SELECT = re.compile(r'<select id="[^"]*" name="([^"]*)"[^>]*>.*?<option value="([^"]+)"', re.S)
STEP = re.compile(r'name="step" value="(\d)"')
WORD = re.compile(r'name="marks" id="[^"]*" value="([^"]*)"')
COOKIE = re.compile(r"((?:^\w+|Expires)=)[^;]*")
LINK = re.compile(r'href="(/[^"#]*)"')
SECRETS_OF_COOKIE = {"csrf_token", "_user_id"}
UNREADABLE = {"figure": "5.600", "verdict": "none", "marks": "0-9999", "label-a": "x"}
PAGES = (
    *("/", "/learn", "/quizzes", "/quizzes?skill=loaded_language"),
    *("/progress", "/review"),
    *("/account", "/account/data", "/account/data.json"),
)
KINDS = ("loaded_language", "fact_or_opinion", "check_a_number")


@dataclass(frozen=True)
class Seen:
    """One answer of the server: what was asked, and all that a learner could read in it."""

    asked: str
    status: int
    headers: tuple[tuple[str, str], ...]
    cookie: str
    body: str


@dataclass
class Watcher:
    """A learner who writes down what comes back; the clock moves when told to."""

    app: Flask
    now: datetime = START
    seen: list[Seen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.app.config["CLOCK"] = lambda: self.now
        self.client = self.app.test_client()
        people = People(self.app, lambda: self.now)
        self.class_id, _ = people.make_class(people.make("madame", ["teacher"]))
        self.learner, self.other = people.make("lynx"), people.make("loutre")
        with self.app.app_context(), write(db.session()):
            for account in (self.learner, self.other):
                classes.join_class(db.session(), self.class_id, account, self.now)
            self.quizzes = {key: quiz.title for key, quiz in current_library().quizzes.items()}
        self.sign_in()

    def sign_in(self) -> None:
        self.token = _token(self.client.get("/login").text)
        self.post("/login", {"name": "lynx", "password": PASSWORD}, 303)
        self.token = _token(self.get("/privacy"))

    def get(self, path: str, status: int = 200) -> str:
        return self._write_down("GET", path, {}, status)

    def post(self, path: str, data: Mapping[str, Any], status: int) -> str:
        """Send fields with the token of the session; return where the answer leads, or its page."""
        return self._write_down("POST", path, {**data, "csrf_token": self.token}, status)

    def post_stale(self, path: str, data: Mapping[str, Any]) -> str:
        return self._write_down("POST", path, {**data, "csrf_token": "stale"}, 400)

    def _write_down(self, method: str, path: str, data: Mapping[str, Any], status: int) -> str:
        response = self.client.open(path, method=method, data=dict(data) or None, buffered=True)
        assert response.status_code == status, f"{method} {path}\n{response.text}"
        self.seen.append(
            Seen(
                asked=f"{method} {path} {sorted(set(data) - {'csrf_token', 'password'})}",
                status=response.status_code,
                headers=tuple(_headers(response)),
                cookie=self._cookie(),
                body=TOKEN.sub(r"\1", response.text),
            )
        )
        return response.headers.get("Location", response.text)

    def _cookie(self) -> str:
        """Return what anybody can read in the cookie, which is signed and not encrypted."""
        with self.client.session_transaction() as session:
            shown = {name: str(session[name]) for name in session}
        return repr(
            sorted((name, "" if name in SECRETS_OF_COOKIE else shown[name]) for name in shown)
        )

    def assign_all(self, feedback: Feedback, quizzes: Collection[QuizKey] = ()) -> list[int]:
        """Assign every quiz, or those, for a week from now; the other learner has a week more."""
        terms = Terms(feedback=feedback, due_at=self.now + WEEK)
        made = []
        with self.app.app_context(), write(db.session()):
            for source, quiz, language in quizzes or self.quizzes:
                title = self.quizzes[source, quiz, language]
                made += assignments.assign(
                    db.session(),
                    [self.class_id],
                    (source, quiz, title),
                    terms,
                    created_by=None,
                    now=self.now,
                )
            for each in made:
                assignments.extend(db.session(), each, self.other, due_at=self.now + 2 * WEEK)
        return made

    def look_around(self) -> None:
        """Ask every page that is no attempt."""
        for path in PAGES:
            self.get(path)
        for source, quiz, _ in self.quizzes:
            self.get(f"/quizzes/{source}/{quiz}")
        self.post("/review", {}, 303)

    def assign_elsewhere(self, feedback: Feedback) -> None:
        """Assign every quiz in another class that the learner is in, too."""
        people = People(self.app, lambda: self.now)
        first = self.class_id
        self.class_id, _ = people.make_class(people.make("monsieur", ["teacher"]), "Club presse")
        with self.app.app_context(), write(db.session()):
            for account in (self.learner, self.other):
                classes.join_class(db.session(), self.class_id, account, self.now)
        self.assign_all(feedback)
        self.class_id = first

    def look_at_try(self) -> None:
        for kind in KINDS:
            self.get(f"/try?kind={kind}")
            self.post(f"/try?kind={kind}", {}, 200)

    def exercises(self, attempt: str, page: str = "finish") -> list[str]:
        """Return the addresses of the exercises of an attempt, from a page that lists them."""
        links = LINK.findall(self.get(f"{attempt}/{page}"))
        return list(dict.fromkeys(link for link in links if "/exercises/" in link))

    def begin(self, assignment: int) -> str:
        attempt = self.post(f"/assignments/{assignment}/attempts", {}, 303)
        self.get(attempt, 303)
        return attempt

    def answer(self, address: str) -> None:
        """Open an exercise and send the first of everything that it offers."""
        assert self.post(address, first_choices(self.get(address)), 303).endswith("#verdict")

    def send_badly(self, address: str) -> None:
        """Send nothing, then what cannot be read, then an answer with a stale token."""
        data = first_choices(self.post(address, {}, 422))
        self.post(address, data | UNREADABLE, 422)
        self.post_stale(address, data)

    def answer_step(self, address: str) -> bool:
        """Send the step that is open, badly first; tell whether one was."""
        page = self.get(address)
        found = STEP.search(page)
        if found is None:
            return False
        step = {"step": found[1]}
        self.post(address, step, 422)
        self.post_stale(address, step)
        choices = dict(RADIO.findall(page) + SELECT.findall(page))
        assert self.post(address, choices | step, 303).endswith("#verdict")
        return True

    def try_steps(self, address: str) -> None:
        """Send steps that are not asked, whether there are any or not."""
        for number in ("2", "3", "4"):
            self.post(address, {"step": number, "unsure": "1"}, 404 if number == "4" else 409)
            self.post(address, {"step": number}, 404 if number == "4" else 409)

    def answer_again(self, address: str) -> None:
        """See that an answer is saved and that another one is refused."""
        self.get(address)
        self.post(address, {"unsure": "1"}, 409)


def first_choices(page: str) -> dict[str, Any]:
    """Return an answer made of what the page offers first."""
    data: dict[str, Any] = {}
    for name, value in RADIO.findall(page):
        data.setdefault(name, value)
    words = WORD.findall(page)
    if words:
        data["marks"] = words[:1]
    if 'name="figure"' in page:
        data["figure"] = "12 %"
    return data


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]*)', page)
    assert found is not None
    return found[1]


def _headers(response: TestResponse) -> Iterator[tuple[str, str]]:
    for name, value in response.headers:
        yield name, COOKIE.sub(r"\1", value) if name == "Set-Cookie" else value


def differences(one: Watcher, other: Watcher) -> list[tuple[str, str, str, str]]:
    """Return what was asked, which part differs, and how it reads in each."""
    found = []
    for a, b in zip(one.seen, other.seen, strict=True):
        assert a.asked == b.asked
        for part in ("status", "headers", "cookie", "body"):
            left, right = getattr(a, part), getattr(b, part)
            if left != right:
                found.append((a.asked, part, *_around(str(left), str(right))))
    return found


def _around(left: str, right: str) -> tuple[str, str]:
    pairs = enumerate(zip(left, right, strict=False))
    place = next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))
    return left[max(place - 80, 0) : place + 80], right[max(place - 80, 0) : place + 80]
