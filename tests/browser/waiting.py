"""What tests of the network need: the rows of an attempt, the storage, ways to lose a reply."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Route
from sqlalchemy import select, update
from werkzeug.security import generate_password_hash

from quizapp.store.db import db, write
from quizapp.store.models import Account, Attempt, Response
from quizapp.store.sessions import end_sessions
from tests.browser.learning import fill_in
from tests.browser.person import Person
from tests.browser.quizzes import find_exercise, right
from tests.conftest import CHEAP_HASH
from tests.server import LiveServer

PASSWORD = "lire entre les lignes"
OUTBOX = "#outbox"
STORED = "Object.keys(localStorage).filter((name) => name.startsWith('quizapp'))"


def press_submit(person: Person) -> None:
    """Give the right answer to the exercise of the page; wait for nothing."""
    name = person.page.url.split("/exercises/")[1].split("#")[0]
    person.find(fill_in(person, right(find_exercise(name, person.look.language)))).click()


def payloads(site: LiveServer, person: Person) -> list[Any]:
    """Return what the database has of a person's answers, in their order."""
    with site.app.app_context():
        rows = db.session.execute(
            select(Response.payload)
            .join(Attempt, Attempt.id == Response.attempt_id)
            .where(Attempt.account_id == account_of(site, person))
            .order_by(Response.id)
        )
        return list(rows.scalars())


def account_of(site: LiveServer, person: Person) -> int:
    """Return the account of the first attempt that a person's address names, else of the name."""
    found = re.search(r"/attempts/(\d+)", person.page.url)
    with site.app.app_context():
        if found:
            statement = select(Attempt.account_id).where(Attempt.id == int(found[1]))
        else:
            statement = select(Account.id).where(Account.login_name == name_of(person))
        return db.session.execute(statement).scalar_one()


def name_of(person: Person) -> str:
    """Return the name under which a person is signed in."""
    link = person.find(".site-tools a[href='/account']")
    return str(link.evaluate("link => link.lastChild.data")).strip()


def set_password(site: LiveServer, person: Person) -> str:
    """Give a person the password of the tests, without ending a session; return their name."""
    name = name_of(person)
    hashed = generate_password_hash(PASSWORD, CHEAP_HASH)
    with site.app.app_context(), write(db.session()):
        db.session.execute(
            update(Account).where(Account.login_name == name).values(password_hash=hashed)
        )
    return name


def end_session(site: LiveServer, person: Person) -> None:
    """End a person's sessions, as the server does after twelve hours."""
    account = account_of(site, person)
    with site.app.app_context(), write(db.session()):
        end_sessions(db.session(), account, datetime.now(UTC))


def sign_in(person: Person, name: str) -> None:
    """Fill in the log-in fields of the page and send them."""
    person.find("#name").fill(name)
    person.find("#password").fill(PASSWORD)
    person.press_through("main form button:not([name])")


def stored(person: Person) -> list[str]:
    """Return the names under which the browser keeps something of ours."""
    return list(person.page.evaluate(STORED))


def spoil(person: Person, times: int, how: Callable[[Route], None]) -> list[float]:
    """Treat so many of the next POSTs of an answer in some way; return when each POST came."""
    seen: list[float] = []

    def handle(route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        seen.append(datetime.now(UTC).timestamp())
        (how if len(seen) <= times else Route.fallback)(route)

    person.page.context.route("**/attempts/*/exercises/*", handle)
    return seen


def cut(route: Route) -> None:
    """Lose a request before it reaches the server."""
    route.abort("connectionreset")


def lose_reply(route: Route) -> None:
    """Let a request through and lose its reply, so that the server has committed."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def refuse(status: int, seconds: int) -> Callable[[Route], None]:
    """Return a way to answer as a busy server does."""
    headers = {"Retry-After": str(seconds), "Content-Type": "text/html"}
    return lambda route: route.fulfill(status=status, headers=headers)


def answer_as_a_portal(route: Route) -> None:
    """Answer with the page of a public network in which nobody has signed in yet."""
    route.fulfill(status=200, content_type="text/html", body="<h1>Welcome to our network</h1>")
