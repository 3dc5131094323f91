"""What a teacher decides for one learner, from the cell of the matrix: time, excused, note."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store.attempts import find_attempt, finish_attempt
from quizapp.store.attempts.context import Actor
from quizapp.store.db import db
from quizapp.store.models import AuditEntry, Extension, Note
from tests.client import Page, PageClient
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import DAY, Room

LEARNER = "loutre-calme-10"


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


class Case:
    """A learner with an assignment, and the way of their teacher to it."""

    def __init__(self, room: Room, **terms: object) -> None:
        self.room = room
        self.zoe = room.learner(LEARNER, "Zoé")
        self.assignment = room.assign(title="Devoir", **terms)
        self.url = f"{room.url}/learners/{self.zoe}/{self.assignment}"

    def cell(self) -> str:
        return self.room.page.get(self.room.url).one("tbody").find("td")[0].text

    def open(self) -> Page:
        """Click the cell."""
        link = self.room.page.get(self.room.url).one("tbody").find("td")[0].find("a")[0]
        return self.room.page.get(f"/teach/classes/{link.get('href')}")

    def press(self, grant: str, status: int = 303, **fields: object) -> Page:
        self.open()
        return self.room.page.submit(
            {"grant": grant, **fields}, action=f"{self.url}/exception", status=status
        )

    def write(self, note: str, status: int = 303) -> Page:
        self.room.page.get(self.url)
        return self.room.page.submit({"note": note}, action=f"{self.url}/note", status=status)

    def rows(self, model: type) -> list[object]:
        with self.room.app.app_context():
            return list(db.session.scalars(select(model)))

    def actions(self) -> list[tuple[str, str | None, object]]:
        with self.room.app.app_context():
            found = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
            return [(row.action, row.object, row.detail) for row in found]


@pytest.fixture
def case(room: Room) -> Case:
    return Case(room)


def test_excused_takes_two_clicks_from_the_matrix_and_is_lifted_in_two(case: Case) -> None:
    assert case.cell() == "—not handed in"
    result = case.room.page.follow(case.press("excused"))
    assert "Zoé is excused" in result.text
    assert case.cell() == "∅excused"
    case.press("none")
    assert case.cell() == "—not handed in"
    assert case.rows(Extension) == []
    assert [action for action, _, _ in case.actions()] == ["assignment.exception"] * 2


def test_more_time_is_a_week_by_default_and_takes_late_back(case: Case) -> None:
    case.room.clock.forward(hours=25)
    case.room.sign_in()
    case.room.answer(case.zoe, case.assignment)
    assert case.cell() == "100* late"
    assert case.open().one("input", name="until").get("value") == "2026-10-13T23:59"
    case.press("time")
    assert case.cell() == "100"
    granted = case.rows(Extension)[0]
    assert granted.due_at == datetime(2026, 10, 13, 21, 59, tzinfo=UTC)  # type: ignore[attr-defined]
    assert "has until" in case.open().text
    case.press("none")
    assert case.cell() == "100* late"


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("2026-10-06T09:00", "The whole class has until then"),
        ("2026-10-05T09:00", "This date has passed"),
        ("2027-03-28T02:30", "The clocks are put forward"),
        ("", "Type a date and a time"),
        ("soon", "Type a date and a time"),
    ],
)
def test_a_date_that_cannot_be_is_said_on_the_field(case: Case, until: str, message: str) -> None:
    page = case.press("time", 422, until=until)
    assert message in page.one("div", class_="error-summary").text
    assert page.one("input", name="until").get("value") == until
    assert case.rows(Extension) == []


def test_a_button_that_is_not_there_grants_nothing(case: Case, room: Room) -> None:
    case.press("everything", 422)
    assert case.rows(Extension) == []
    free = Case.__new__(Case)
    free.room, free.zoe = room, case.zoe
    free.assignment = room.assign("mots-charges-1", due_at=None)
    free.url = f"{room.url}/learners/{case.zoe}/{free.assignment}"
    page = room.page.get(free.url)
    assert page.all("input", name="until") == []
    room.page.post(f"{free.url}/exception", {"grant": "time", "until": "2026-12-01T10:00"}, 422)
    assert case.rows(Extension) == []


def test_who_is_excused_counts_in_no_average(case: Case) -> None:
    case.room.answer(case.zoe, case.assignment, ["right"], finish=True)
    before = case.room.page.get(case.room.url).one("tfoot").text
    case.press("excused")
    after = case.room.page.get(case.room.url).one("tfoot").text
    assert "1/1" in before
    assert "0/1" in after
    assert "excused" in case.cell()


def test_a_stale_form_is_shown_again_and_changes_nothing(case: Case) -> None:
    fields = {"csrf_token": "stale", "grant": "time", "until": "2026-12-24T18:00"}
    page = case.room.page.post(f"{case.url}/exception", fields, 400)
    assert page.one("input", name="until").get("value") == "2026-12-24T18:00"
    assert case.rows(Extension) == []


def test_a_note_is_read_by_its_learner_alone(
    case: Case, client_of: Callable[[str], PageClient], room: Room
) -> None:
    room.answer(case.zoe, case.assignment)
    other = room.learner("lynx-agile-11", "Ali")
    room.answer(other, case.assignment)
    case.write("Bravo !\r\n<b>Relis</b> la 2.\x07")
    zoe, ali = client_of(LEARNER), client_of("lynx-agile-11")
    for page in (zoe.get("/learn"), zoe.get(results_of(zoe))):
        assert "<b>Relis</b> la 2." in page.text
    for page in (ali.get("/learn"), ali.get(results_of(ali))):
        assert "Relis" not in page.text
    assert "Relis" in room.page.get(f"{room.url}/learners/{case.zoe}").text
    case.write("  ")
    assert case.rows(Note) == []
    assert "Relis" not in zoe.get("/learn").text
    assert [action for action, _, _ in case.actions()] == ["note.write", "note.remove"]
    assert "Relis" not in str(case.actions())


def results_of(client: PageClient) -> str:
    links = [link.get("href") for link in client.get("/learn").all("a")]
    return next(link for link in links if link.endswith("/results"))


def test_a_note_that_is_too_long_comes_back(case: Case) -> None:
    page = case.write("x" * 1001, 422)
    assert "1000 signs at most" in page.one("div", class_="error-summary").text
    assert page.one("textarea", name="note").text == "x" * 1001
    assert case.rows(Note) == []


def test_an_attempt_is_reopened_with_a_word_about_the_keys(case: Case) -> None:
    attempt = case.room.answer(case.zoe, case.assignment, ["right"], finish=True)
    page = case.open()
    assert "may have seen the keys already" in page.text
    path = f"{case.room.url}/attempts/{attempt}/reopen"
    case.room.page.submit(action=path)
    assert case.cell() == "…in progress, 1 of 6"
    assert case.room.answer(case.zoe, case.assignment, ["right"] * 6) == attempt
    assert case.cell() == "100"
    assert case.actions()[0][:2] == ("attempt.reopen", f"attempt:{attempt}")


def test_what_cannot_be_reopened_is_left_and_not_in_the_audit(case: Case) -> None:
    attempt = case.room.answer(case.zoe, case.assignment)
    assert "Every exercise is answered" in case.open().text
    path = f"{case.room.url}/attempts/{attempt}/reopen"
    page = case.room.page.follow(case.room.page.post(path))
    assert "answers are final" in page.one("div", class_="notice-warn").text
    assert case.cell() == "100"
    assert case.actions() == []


def test_a_later_attempt_keeps_the_first_one_closed(room: Room) -> None:
    case = Case(room, attempts_limit=2)
    first = room.answer(case.zoe, case.assignment, ["right"], finish=True)
    room.answer(case.zoe, case.assignment, ["right"])
    room.page.get(case.url)
    page = room.page.follow(room.page.post(f"{room.url}/attempts/{first}/reopen"))
    assert "only the last one can be reopened" in page.text
    with room.app.app_context():
        assert not finish_attempt(
            db.session(), Actor(case.zoe), attempt_id=first, now=room.clock() + DAY
        )
        state = find_attempt(db.session(), first, case.zoe, room.clock())
    assert state is not None
    assert state.is_finished


def test_learners_and_assignments_of_other_classes_are_not_reached(
    case: Case, room: Room, people: People
) -> None:
    """Ids that are somebody's, mixed with own ones: each must belong to the class of the path."""
    theirs = Room(room.app, people, room.clock, "monsieur")
    stranger, strange = theirs.learner("puma-vif-15"), theirs.assign()
    attempt = theirs.answer(stranger, strange)
    for path in (
        f"{room.url}/learners/{stranger}/{case.assignment}",
        f"{room.url}/learners/{case.zoe}/{strange}",
        f"{room.url}/attempts/{attempt}",
    ):
        room.page.get(path, 404)
    room.page.get(case.url)
    for path in (
        f"{room.url}/learners/{stranger}/{case.assignment}/exception",
        f"{room.url}/learners/{case.zoe}/{strange}/exception",
        f"{room.url}/learners/{case.zoe}/{strange}/note",
        f"{room.url}/attempts/{attempt}/reopen",
    ):
        room.page.post(path, {"grant": "excused", "note": "x"}, 404)
    assert case.rows(Extension) == case.rows(Note) == []
