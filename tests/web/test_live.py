"""Pages that follow the class: asked again cheaply, sent again only when they changed."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from quizapp.store import classes
from quizapp.store.db import db, write
from tests.client import Page, PageClient
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import Room

POLL = {"X-Poll": "1"}


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    room = Room(app, people, clock)
    room.answer(room.learner("loutre-calme-10", "Zoé"), room.assign(), ["right"])
    return room


def tag_of(page: Page) -> str:
    tag = page.one("div", id="results").get("data-version")
    assert tag == page.response.headers["ETag"]
    return tag


def poll(room: Room, tag: str, url: str = "", page: PageClient | None = None) -> int:
    """Ask as the script does; return the status."""
    client = (page or room.page).client
    answer = client.get(url or room.url, headers={**POLL, "If-None-Match": tag})
    if answer.status_code == 304:
        assert answer.data == b""
        assert answer.headers["ETag"] == tag
        assert "no-store" in answer.headers["Cache-Control"]
    return answer.status_code


def change(room: Room, action: Callable[[], None]) -> None:
    with room.app.app_context(), write(db.session()):
        action()


def test_a_page_that_did_not_change_is_not_sent_again(room: Room) -> None:
    tag = tag_of(room.page.get(room.url))
    assert poll(room, tag) == poll(room, tag) == 304
    assert poll(room, 'W/"another"') == 200


def test_an_answer_a_name_a_due_date_and_a_new_code_change_the_page(room: Room) -> None:
    zoe = room.learner("lynx-agile-11", "Ali")
    assignment = room.assign()
    seen = {tag_of(room.page.get(room.url))}
    for action in (
        lambda: room.answer(zoe, assignment, ["right"]),
        lambda: room.answer(zoe, assignment, finish=True),
        lambda: room.excuse(assignment, zoe),
        lambda: change(room, lambda: classes.set_label(db.session(), room.id, zoe, "Alix")),
        lambda: change(room, lambda: classes.renew_code(db.session(), room.id, room.clock())),
        lambda: room.learner("cygne-sage-12"),
        lambda: room.leave(zoe),
    ):
        assert poll(room, tag_of(room.page.get(room.url))) == 304
        action()
        seen.add(tag_of(room.page.get(room.url)))
    room.clock.forward(hours=25)
    room.sign_in()
    seen.add(tag_of(room.page.get(room.url)))
    assert len(seen) == 9


def test_another_reader_language_or_address_has_another_version(
    room: Room, people: People, client_of: Callable[[str], PageClient]
) -> None:
    tag = tag_of(room.page.get(room.url))
    assert poll(room, tag, f"{room.url}?sort=average") == 200
    room.page.post("/language", {"language": "fr", "next": room.url})
    assert poll(room, tag) == 200
    people.make("autre", roles=["teacher"])
    assert poll(room, tag, page=client_of("autre")) == 404
    assert poll(room, tag, page=PageClient(room.app)) == 303


def test_a_poll_gets_the_region_alone_and_leaves_messages_to_the_reader(room: Room) -> None:
    room.page.get(f"{room.url}/settings")
    room.page.submit({"name": "4e Z"}, action=f"{room.url}/name")
    answer = room.page.client.get(room.url, headers=POLL)
    assert "results" in answer.text
    assert "site-header" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert room.page.get(room.url).all("div", class_="notice", role="status")[0].text


def test_a_poll_does_not_keep_a_session_awake(room: Room) -> None:
    room.page.get(room.url)
    for _ in range(3):
        room.clock.forward(minutes=50)
        last = poll(room, "none")
    assert last == 303


def test_a_poll_that_finds_nothing_new_asks_little(room: Room) -> None:
    tag = tag_of(room.page.get(room.url))
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    with room.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert poll(room, tag) == 304
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(statements) <= 8, statements  # BEGIN among them
    assert not any("responses" in each for each in statements)
