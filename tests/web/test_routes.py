"""Every address, asked by everybody: a route that the table does not list fails here."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from quizapp.app import create_app
from quizapp.settings import Settings
from tests.web.routes_table import ACTORS, ROUTES, Route
from tests.web.routes_world import MISSING, NO_ID, World, neutral

pytestmark = pytest.mark.slow

OBJECTS = (
    "class_id",
    "assignment",
    "removed_assignment",
    "attempt",
    "finished",
    "exercise",
    "learner",
    "removed_learner",
    "person",
    "co_teacher",
    "handed_in",
)
SECRETS = (
    "/questions/hua-bin-2025/source.yaml",
    "/questions/hua-bin-2025/fr/mots-charges-1.yaml",
    "/.git",
    "/.git/config",
    "/quizapp.db",
    "/instance/quizapp.db",
    "/secret-key",
    "/events.jsonl",
    "/static/../quizapp.db",
    "/static/%2e%2e/pyproject.toml",
    "/static/..%5cpyproject.toml",
    "/templates/layouts/base.html",
)


def named(route: Route) -> str:
    return f"{route.method} {route.endpoint}"


def every(*methods: str) -> pytest.MarkDecorator:
    found = [route for route in ROUTES if route.method in methods]
    return pytest.mark.parametrize("route", found, ids=named)


def fill(route: Route, ids: dict[str, str]) -> tuple[str, dict[str, str]]:
    return route.path.format(**ids), {
        name: value.format(**ids) for name, value in route.data.items()
    }


def unlisted(app: Flask) -> set[tuple[str, str]]:
    """Return what the app answers and the table does not list, or the other way round."""
    served = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    return served ^ {route.key for route in ROUTES}


def test_every_route_is_in_the_table(app: Flask) -> None:
    assert unlisted(app) == set()
    assert len({route.key for route in ROUTES}) == len(ROUTES)


def test_a_route_that_nobody_listed_is_found(app: Flask) -> None:
    app.add_url_rule("/report/<id:class_id>", endpoint="teacher.report", view_func=str)
    assert unlisted(app) == {("teacher.report", "GET")}


@every("GET", "POST")
def test_everybody_gets_the_expected_status(world: World, route: Route) -> None:
    path, data = fill(route, world.ids)
    for actor, expected in zip(ACTORS, route.statuses, strict=True):
        before = world.version()
        response = world.send(actor, route.method, path, data)
        assert response.status_code == expected, (actor, response.text)
        sent_to_login = actor == "anonymous" and route.method == "GET" and expected == 303
        if sent_to_login:
            assert response.headers["Location"].startswith("/login?next=")
        if route.method == "GET" or expected >= 400:
            assert world.version() == before, actor
        else:
            world.reset()


@every("GET")
def test_asking_for_the_head_or_the_methods_tells_no_more(world: World, route: Route) -> None:
    path, _ = fill(route, world.ids)
    for actor in {"other_learner", route.owner}:
        head = world.send(actor, "HEAD", path)
        assert (head.status_code, head.data) == (route.statuses[ACTORS.index(actor)], b"")
    assert world.send("anonymous", "OPTIONS", path).data == b""


@every("GET", "POST")
def test_what_belongs_to_others_looks_like_nothing(world: World, route: Route) -> None:
    """Other people's ids in an own path, one at a time, and the whole path of other people."""
    names = [name for name in OBJECTS if f"{{{name}}}" in route.path]
    before = world.version()
    for name in names:
        strange = [{name: world.foreign[name]}, {name: MISSING.get(name, NO_ID)}]
        answers = [
            neutral(world.send(route.owner, route.method, *fill(route, world.ids | changed)))
            for changed in strange
        ]
        assert answers[0] == answers[1], name
        assert answers[0][0] == 404
    missing = {name: MISSING.get(name, NO_ID) for name in names}
    shut_out = [
        actor for actor, status in zip(ACTORS, route.statuses, strict=True) if status == 404
    ]
    for actor in shut_out[:2] if names else ():
        theirs, none = (
            neutral(world.send(actor, route.method, *fill(route, world.ids | changed)))
            for changed in ({}, missing)
        )
        assert theirs == none, actor
    assert world.version() == before


@every("POST")
def test_no_change_is_made_without_a_token(world: World, route: Route) -> None:
    path, data = fill(route, world.ids)
    before = world.version()
    for actor in {"anonymous", "other_learner", route.owner}:
        response = world.send(actor, "POST", path, data, token=False)
        if actor == route.owner and 404 not in route.statuses[:1]:
            assert response.status_code == 400
        assert response.status_code in (303, 400, 401, 403, 404), actor
    assert world.version() == before


@pytest.mark.parametrize("path", SECRETS)
def test_files_of_the_server_are_no_pages(world: World, path: str) -> None:
    for actor in ("anonymous", "admin"):
        assert world.send(actor, "GET", path).status_code == 404


def test_a_column_of_another_class_sorts_nothing(world: World) -> None:
    pages = []
    for column in (world.foreign["assignment"], NO_ID):
        path = f"/teach/classes/{world.ids['class_id']}?sort={column}"
        page = neutral(world.send("teacher", "GET", path))
        text = re.sub(r'data-version="[^"]*"', "", page[2])  # of the address, too
        pages.append((page[0], text.replace(f"sort={column}", "sort=")))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("query", ["item", "version"])
def test_an_exercise_of_another_class_is_no_slide_and_no_version(world: World, query: str) -> None:
    ids = world.ids
    base = f"/teach/classes/{ids['class_id']}/assignments/{ids['handed_in']}"
    path = f"{base}/project" if query == "item" else f"{base}/items/{ids['answered']}"
    assert world.send("teacher", "GET", path).status_code == 200
    answers = [
        neutral(world.send("teacher", "GET", f"{path}?{query}={value}"))
        for value in (world.foreign["exercise"] if query == "version" else ids["exercise"], "x-1")
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_https_is_remembered_and_marks_the_cookie(settings: Settings) -> None:
    app = create_app(replace(settings, base_url="https://quiz.example.org"))
    response = app.test_client().get("/login")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert response.headers["Set-Cookie"].startswith("__Host-quizapp=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in response.headers["Set-Cookie"]
    assert "Domain" not in response.headers["Set-Cookie"]
