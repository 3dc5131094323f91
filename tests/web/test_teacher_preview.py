"""The preview of an assignment: what a learner meets, with no record of it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from quizapp.store.db import db
from quizapp.store.models import Attempt, Base
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, NUMBERS, Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def rows(room: Room) -> dict[str, int]:
    """Return the number of rows of each table."""
    with room.app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("quiz", [LABELS, MARKING, NUMBERS])
def test_a_teacher_goes_through_every_exercise_and_leaves_no_record(room: Room, quiz: str) -> None:
    assignment = room.assign(quiz, "Devoir")
    start = f"{room.url}/assignments/{assignment}/preview"
    room.page.get(f"{room.url}/assignments")
    before = rows(room)
    page = room.page.follow(room.page.get(start, 303))
    total = 0
    while True:
        total += 1
        here = page.response.request.path
        assert "Nothing is stored" in page.text
        assert "verdict" not in page.html.partition("<main")[2].partition("<form")[0]
        answered = room.page.submit({"unsure": "1"}, action=here, status=200)
        assert answered.one("h2", id="verdict").text
        following = answered.one("p", class_="answer-bar").find("a")[0].get("href")
        page = room.page.get(following)
        if following.endswith(f"/assignments/{assignment}"):
            break
    assert total == 6
    assert rows(room) == before
    assert before[Attempt.__tablename__] == 0


def test_an_empty_answer_is_explained_as_to_a_learner(room: Room) -> None:
    start = f"{room.url}/assignments/{room.assign()}/preview"
    here = room.page.follow(room.page.get(start, 303)).response.request.path
    page = room.page.submit(action=here, status=422)
    assert page.one("div", class_="error-summary").text


def test_what_is_left_out_is_not_in_the_preview(room: Room) -> None:
    assignment = room.assign()
    start = f"{room.url}/assignments/{assignment}/preview"
    first = room.page.get(start, 303).response.headers["Location"]
    path = f"{room.url}/assignments/{assignment}/terms"
    boxes = room.page.get(path).all("input", name="asked")
    room.page.submit({"asked": [box.get("value") for box in boxes[1:]]}, action=path)
    room.page.get(first, 404)
    assert room.page.get(start, 303).response.headers["Location"] != first


def test_a_closed_assignment_can_be_looked_at_and_a_removed_one_not(room: Room) -> None:
    assignment = room.assign(closes_at=room.clock() + room.clock().resolution, due_at=None)
    room.clock.forward(hours=1)
    start = f"{room.url}/assignments/{assignment}/preview"
    room.page.follow(room.page.get(start, 303))
    room.page.get(f"{room.url}/assignments")
    room.page.submit(action=f"{room.url}/assignments/{assignment}/remove")
    room.page.get(start, 404)
