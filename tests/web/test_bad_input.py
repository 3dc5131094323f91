"""Input that no form of ours sends, questions that break, a database in trouble: ends in words."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from quizapp.app import create_app
from quizapp.settings import Settings
from quizapp.store import db as database
from quizapp.web.library import publish_library
from tests.client import PageClient
from tests.conftest import CompiledTemplates
from tests.content.pack import QUIZ_PATH, SOURCE_PATH, write, write_pack
from tests.web.people import PASSWORD, People
from tests.web.routes_table import ROUTES, Route
from tests.web.routes_world import PRACTISED, SOURCE, World

pytestmark = pytest.mark.slow

NUMBERS = ("1.0", "٣", "NaN", "1e999", "+1", "%201", "1_000", "0x1", "٣" * 400, "9" * 5_000)
VALUES = ("", "NaN", "٣", "0001" + "9" * 5_000, "x" * 10_000 + "\u202e\ud7ff\ufffe")
BAD_QUERIES = ("1.0", "1e999", "٣", "NaN", "9" * 5_000, "%00", "%FF%FE", "a&{0}=b")
QUERIES = ("sort", "order", "show", "names", "quiz", "language", "next", "kind", "skill", "level")
FORMS = [route for route in ROUTES if route.data]
PAGES = [route for route in ROUTES if route.method == "GET" and 200 in route.statuses]
PACK_QUIZ = "/quizzes/mairie/bilan"
Open = Callable[..., Flask]


def named(route: Route) -> str:
    return f"{route.method} {route.endpoint}"


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:8])
def test_a_number_that_is_no_id_is_no_address(world: World, number: str) -> None:
    client = world.app.test_client()
    rules = [rule for rule in world.app.url_map.iter_rules() if "<id:" in rule.rule]
    assert len(rules) > 20
    for rule in rules:
        for name in re.findall(r"<id:(\w+)>", rule.rule):
            ids = {"language": "fr", **world.ids}
            ids |= {"account_id": world.ids["person"], "assignment_id": "1"}
            ids |= {"teacher": world.ids["co_teacher"]}
            parts = {each: ids[each] for each in rule.arguments} | {name: number}
            path = rule.rule.replace("<id:", "{").replace("<slug:", "{").replace(">", "}")
            assert client.get(path.format(**parts)).status_code == 404, path


@pytest.mark.parametrize("route", FORMS, ids=named)
def test_no_value_of_any_field_is_a_fault_of_the_server(world: World, route: Route) -> None:
    path = route.path.format(**world.ids)
    for name in route.data:
        for value in VALUES:
            data = {each: text.format(**world.ids) for each, text in route.data.items()}
            response = world.send(route.owner, "POST", path, data | {name: value})
            assert response.status_code < 500, (name, value[:20], response.text)
            if response.status_code in (200, 303):
                world.reset()


@pytest.mark.parametrize("route", FORMS, ids=named)
def test_a_field_sent_twice_is_no_fault_of_the_server(world: World, route: Route) -> None:
    path = route.path.format(**world.ids)
    data: dict[str, object] = {
        name: [text.format(**world.ids), "NaN"] for name, text in route.data.items()
    }
    assert world.send(route.owner, "POST", path, data).status_code < 500


@pytest.mark.parametrize("route", PAGES, ids=named)
def test_no_query_is_a_fault_of_the_server(world: World, route: Route) -> None:
    path = route.path.format(**world.ids)
    before = world.version()
    for value in BAD_QUERIES:
        query = "&".join(f"{name}={value.format(name)}" for name in QUERIES)
        assert world.send(route.owner, "GET", f"{path}?{query}").status_code in (200, 303, 404)
    assert world.version() == before


@pytest.mark.parametrize("attempts", ["0001" + "9" * 10, "0001" + "9" * 5_000, "01", "1 ", "1.0"])
def test_a_number_of_attempts_is_one_digit(world: World, attempts: str) -> None:
    path = f"/teach/classes/{world.ids['class_id']}/assignments"
    data = {"quiz": f"{SOURCE}/{PRACTISED}", "due": "", "feedback": "at_end", "attempts": attempts}
    expected = 303 if attempts.strip() == "1" else 422
    assert world.send("teacher", "POST", path, data).status_code == expected


@pytest.mark.parametrize("size", [10_000, 700_000])
def test_an_answer_as_long_as_a_book_is_not_stored(world: World, size: int) -> None:
    path = "/attempts/{attempt}/exercises/{exercise}".format(**world.ids)
    before = world.version()
    for name in ("label-a", "marks", "verdict", "figure", "other"):
        response = world.send("learner", "POST", path, {name: "x" * size})
        assert response.status_code == (422 if size < 256 * 1024 else 413)
    assert world.version() == before


def test_a_class_name_survives_a_stale_token(page: PageClient, people: People) -> None:
    people.make("madame", ["teacher"])
    people.sign_in(page, "madame")
    page.get("/teach")
    page.post("/teach", {"name": "3e « B » & Co", "csrf_token": "stale"}, 400)
    assert page.last is not None
    assert page.last.one("input", name="name").get("value") == "3e « B » & Co"
    assert "nothing was saved" in page.last.text
    page.submit(action="/teach")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "questions")


@pytest.fixture
def open_app(settings: Settings, pack: Path) -> Open:
    """Returns an app on the small pack, as after a start of the server."""

    def start(**changes: object) -> Flask:
        app = create_app(replace(settings, questions=(pack,), **changes))  # type: ignore[arg-type]
        app.testing = True
        app.jinja_env.bytecode_cache = CompiledTemplates()
        return app

    return start


def sign_in(app: Flask, *, new: bool) -> PageClient:
    people, page = People(app, app.config["CLOCK"]), PageClient(app)
    if new:
        people.make("lynx")
    people.sign_in(page, "lynx")
    return page


@pytest.mark.parametrize("path", [QUIZ_PATH, SOURCE_PATH])
def test_a_quiz_that_breaks_before_a_restart_is_still_served(
    open_app: Open, pack: Path, path: str
) -> None:
    first = open_app()
    publish_library(first)
    sign_in(first, new=True)
    write(pack, path, "schema: [broken")
    second = open_app()
    publish_library(second)
    page = sign_in(second, new=False)
    page.get(PACK_QUIZ)
    attempt = page.follow(page.submit(action=f"{PACK_QUIZ}/attempts"), 303)
    page.follow(attempt)
    page.submit({"none": "1"}, action="/attempts/1/exercises/renard")
    assert "Why?" in page.get("/attempts/1/exercises/renard").text


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Let another program hold the write lock of the database."""
    path = settings.database_url.removeprefix("sqlite:///")
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


def test_an_answer_to_a_locked_database_can_be_sent_again(
    open_app: Open, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 50)
    page = sign_in(open_app(), new=True)
    page.get(PACK_QUIZ)
    page.submit(action=f"{PACK_QUIZ}/attempts")
    address = "/attempts/1/exercises/tri"
    page.get(address)
    answer = {"label-a": "verifiable", "label-b": "judgement"}
    with locked(settings):
        refused = page.submit(answer, action=address, status=503)
        assert refused.h1.startswith("Not saved")
        assert int(refused.response.headers["Retry-After"]) > 0
        page.client.get(address)
    assert page.submit(action=address).response.headers["Location"] == f"{address}#verdict"
    assert "100 points out of 100" in page.get(address).text


def test_a_read_only_database_says_so_and_pages_are_still_read(
    open_app: Open, settings: Settings
) -> None:
    writable = sign_in(open_app(), new=True)
    cookie = writable.client.get_cookie("quizapp")
    assert cookie is not None
    path = settings.database_url.removeprefix("sqlite:///")
    page = PageClient(open_app(database_url=f"sqlite:///file:{path}?mode=ro&uri=true"))
    page.client.set_cookie("quizapp", cookie.value)
    page.get(PACK_QUIZ)
    refused = page.submit(action=f"{PACK_QUIZ}/attempts", status=503)
    assert refused.h1.startswith("Not saved")
    assert "Retry-After" in refused.response.headers
    page.get("/learn")
    page.post("/login", {"name": "lynx", "password": PASSWORD}, 503)


def test_a_database_that_was_taken_away_is_no_end_of_the_process(
    open_app: Open, settings: Settings
) -> None:
    app = open_app()
    page = sign_in(app, new=True)
    page.get("/account")
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    with app.app_context():
        database.db.engine.dispose()
    kept = shutil.move(path, path.with_name("kept.db"))
    path.mkdir()
    refused = page.post("/logout", status=503)
    assert refused.h1.startswith("Not saved")
    assert page.get("/readyz", 503).html == "the database does not answer\n"
    assert page.get("/healthz").html == "ok\n"
    path.rmdir()
    shutil.move(kept, path)
    assert page.get("/account").h1 == "lynx"
