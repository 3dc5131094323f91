"""Whose class it is: another teacher's, and none, are the same 404 on every route and form."""

import pytest
from flask import Flask

from tests.client import PageClient
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import Room

CLASS_PAGES = ["", "/roster", "/assignments", "/skills", "/export.csv"]
CLASS_FORMS = ["/assignments", "/name", "/code", "/joining"]
OBJECT_PAGES = [
    "/assignments/{assignment}",
    "/assignments/{assignment}/terms",
    "/learners/{learner}",
    "/attempts/{attempt}",
]
OBJECT_FORMS = [
    "/assignments/{assignment}/terms",
    "/assignments/{assignment}/remove",
    "/assignments/{assignment}/restore",
    "/learners/{learner}/label",
    "/learners/{learner}/secret",
    "/learners/{learner}/unlock",
    "/learners/{learner}/remove",
    "/learners/{learner}/restore",
]


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


@pytest.fixture
def other(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock, teacher="monsieur")


@pytest.fixture
def objects(other: Room) -> dict[str, int]:
    """What there is in the other teacher's class."""
    learner, assignment = other.learner("lynx-sage-13"), other.assign()
    return {
        "learner": learner,
        "assignment": assignment,
        "attempt": other.answer(learner, assignment),
    }


def body(client: PageClient, path: str) -> str:
    """Return the page of a 404 without what differs in every response."""
    page = client.get(path, 404)
    return page.one("main").text


@pytest.mark.parametrize("tail", CLASS_PAGES + OBJECT_PAGES)
def test_pages_of_another_teachers_class_are_not_there(
    room: Room, other: Room, objects: dict[str, int], tail: str
) -> None:
    path = tail.format(**objects)
    assert other.page.get(other.url + path).status == 200
    assert body(room.page, other.url + path) == body(room.page, "/teach/classes/999" + path)


@pytest.mark.parametrize("tail", CLASS_FORMS + OBJECT_FORMS)
def test_forms_of_another_teachers_class_are_not_there(
    room: Room, other: Room, objects: dict[str, int], tail: str
) -> None:
    room.page.get("/teach")
    room.page.post(other.url + tail.format(**objects), {"name": "x", "label": "x"}, 404)
    assert "3e B" in other.page.get(other.url).h1


@pytest.mark.parametrize("tail", OBJECT_PAGES + OBJECT_FORMS)
def test_objects_of_another_class_are_not_in_the_own_one(
    room: Room, objects: dict[str, int], tail: str
) -> None:
    path = room.url + tail.format(**objects)
    room.page.get("/teach")
    if tail in OBJECT_PAGES:
        room.page.get(path, 404)
    if tail in OBJECT_FORMS:
        room.page.get("/teach")
        room.page.post(path, {"label": "x"}, 404)


def test_what_a_removed_learner_did_is_not_there(other: Room, objects: dict[str, int]) -> None:
    other.leave(objects["learner"])
    other.page.get(f"{other.url}/attempts/{objects['attempt']}", 404)
    other.page.get(f"{other.url}/learners/{objects['learner']}", 404)


def test_a_learner_has_no_teachers_page(room: Room, people: People, app: Flask) -> None:
    people.make("lynx-sage-14")
    client = PageClient(app)
    people.sign_in(client, "lynx-sage-14")
    for path in ("/teach", room.url, f"{room.url}/export.csv"):
        client.get(path, 403)


@pytest.mark.parametrize("wrong", ["0", "01", "-1", "1.0", "٣", "1e3", "9" * 30])
def test_an_id_that_is_none_is_not_there(room: Room, wrong: str) -> None:
    room.page.get(f"/teach/classes/{wrong}", 404)
    room.page.get(f"{room.url}/attempts/{wrong}", 404)
