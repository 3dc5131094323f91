"""Assigning quizzes: the shortest way, terms, dates of the school, removing and bringing back."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store.db import db
from quizapp.store.models import Assignment, AuditEntry, Feedback
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, SOURCE, Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def given(room: Room) -> list[Assignment]:
    with room.app.app_context():
        return list(db.session.scalars(select(Assignment).order_by(Assignment.id)))


def actions(room: Room) -> list[str]:
    with room.app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def choose(room: Room, **terms: object) -> str:
    """Open the form and send it for one quiz; return the page that comes back."""
    path = f"{room.url}/assignments"
    room.page.get(path)
    fields = {"quiz": f"{SOURCE}/{LABELS}", **terms}
    return room.page.submit(fields, action=path, status=422).text


def test_from_sign_in_to_a_shareable_code_takes_three_forms(room: Room) -> None:
    page = room.page
    page.get("/teach")
    page.follow(page.submit({"name": " 4e   A\u200b "}, action="/teach"))
    assert page.last is not None
    assert page.last.h1 == "4e A – Assignments"
    action = page.last.form(f"{room.url[:-1]}{room.id + 1}/assignments").get("action")
    result = page.follow(page.submit({"quiz": f"{SOURCE}/{LABELS}"}, action=action))
    assert result.one("p", class_="code-display").text
    assert len(result.all("svg", role="img")) == 1
    assert actions(room) == ["class.create", "assignment.create"]


def test_the_default_is_due_in_a_week_at_the_end_of_the_day_at_school(room: Room) -> None:
    path = f"{room.url}/assignments"
    page = room.page.get(path)
    assert page.one("input", name="due").get("value") == "2026-10-12T23:59"
    quizzes = [f"{SOURCE}/{LABELS}", f"{SOURCE}/{MARKING}"]
    room.page.submit({"quiz": quizzes}, action=path)
    found = given(room)
    assert [each.quiz_id for each in found] == [LABELS, MARKING]
    assert {each.due_at for each in found} == {datetime(2026, 10, 12, 21, 59, tzinfo=UTC)}
    assert found[0].feedback is Feedback.AT_ONCE
    assert (found[0].attempts_limit, found[0].language) == (1, None)
    assert found[0].title.startswith("Fact or opinion 1")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2027-03-28T02:30", "The clocks are put forward over this time"),
        ("2026-10-05T09:59", "This date has passed"),
        ("9999-12-31T23:59", "This date is too far away"),
        ("0001-01-01T00:00", "Type a date and a time"),
        ("2026-02-30T10:00", "Type a date and a time"),
        ("tomorrow", "Type a date and a time"),
        ("٢٠٢٦-١٠-١٢T10:00", "Type a date and a time"),
        ("x" * 10_000, "Type a date and a time"),
    ],
)
def test_a_date_that_cannot_be_is_said_on_the_field(room: Room, typed: str, message: str) -> None:
    assert message in choose(room, due=typed, attempts="2", feedback="at_end")
    page = room.page.last
    assert page is not None
    assert page.one("input", name="due").get("value") == typed
    assert page.one("input", name="attempts").get("value") == "2"
    assert "checked" in page.one("input", value="at_end").attributes
    assert "checked" in page.one("input", value=f"{SOURCE}/{LABELS}").attributes
    assert given(room) == []


def test_a_time_that_comes_twice_is_the_later(room: Room) -> None:
    path = f"{room.url}/assignments"
    room.page.get(path)
    room.page.submit({"quiz": f"{SOURCE}/{LABELS}", "due": "2026-10-25T02:30"}, action=path)
    assert given(room)[0].due_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"quiz": []}, "Choose at least one quiz"),
        ({"quiz": "no/such"}, "is not there any more"),
        ({"feedback": "never"}, "Choose when the answers are explained"),
        ({"feedback": "after_due", "due": ""}, "needs a due date"),
        ({"attempts": "0"}, "from 1 to 9"),
        ({"attempts": "²"}, "from 1 to 9"),
        ({"attempts": "9" * 5000}, "from 1 to 9"),
        ({"attempts": "1e999"}, "from 1 to 9"),
    ],
)
def test_terms_that_cannot_be_are_refused(
    room: Room, fields: dict[str, object], message: str
) -> None:
    assert message in choose(room, **fields)
    assert given(room) == []


def test_a_quiz_is_assigned_once(room: Room) -> None:
    room.assign(LABELS)
    assert "assigned to this class already" in choose(room)
    assert len(given(room)) == 1


def test_what_was_typed_survives_a_stale_token(room: Room) -> None:
    path = f"{room.url}/assignments"
    room.page.get(path)
    fields = {"csrf_token": "stale", "quiz": f"{SOURCE}/{LABELS}", "due": "2026-12-24T18:00"}
    room.page.post(path, fields, 400)
    page = room.page.last
    assert page is not None
    assert page.one("input", name="due").get("value") == "2026-12-24T18:00"
    assert given(room) == []
    room.page.submit(action=path)
    assert given(room)[0].due_at == datetime(2026, 12, 24, 17, tzinfo=UTC)


def test_a_new_class_made_for_a_quiz_has_its_box_ticked(room: Room) -> None:
    """Who has no class yet comes from the quiz by way of making one."""
    page = room.page.get(f"/teach?quiz={SOURCE}/{MARKING}")
    card = page.one("li", class_="class-card")
    page = room.page.get(card.find("a")[1].get("href"))
    ticked = [box for box in page.all("input", name="quiz") if "checked" in box.attributes]
    assert [box.get("value") for box in ticked] == [f"{SOURCE}/{MARKING}"]


def test_the_terms_of_an_assignment_can_be_changed(room: Room) -> None:
    path = f"{room.url}/assignments/{room.assign()}/terms"
    assert room.page.get(path).one("input", name="due").get("value") == "2026-10-06T10:00"
    room.page.submit({"due": "2026-10-20T12:00", "feedback": "after_due"}, action=path)
    assert given(room)[0].due_at == datetime(2026, 10, 20, 10, tzinfo=UTC)
    assert given(room)[0].feedback is Feedback.AFTER_DUE
    room.page.get(path)
    page = room.page.submit({"due": ""}, action=path, status=422)
    assert "needs a due date" in page.text


def test_a_removed_assignment_comes_back_with_its_answers(room: Room) -> None:
    assignment = room.assign(title="Devoir")
    room.answer(room.learner("lynx-sage-13"), assignment)
    path = f"{room.url}/assignments"
    room.page.get(path)
    room.page.submit(action=f"{path}/{assignment}/remove")
    room.page.get(f"{path}/{assignment}", 404)
    room.page.get(path)
    room.page.submit(action=f"{path}/{assignment}/restore")
    assert "100" in room.page.get(room.url).one("tbody").text
    assert actions(room) == ["assignment.remove", "assignment.restore"]
    room.page.post(f"{path}/{assignment}/restore", status=404)


def test_an_assignment_shows_who_is_missing(room: Room) -> None:
    assignment = room.assign()
    zoe, ali = room.learner("loutre-calme-10", "Zoé"), room.learner("lynx-agile-11", "Ali")
    room.learner("cygne-sage-12", "Éva")
    room.answer(zoe, assignment, ["right", "wrong", "unsure"], finish=True)
    room.answer(ali, assignment, ["right"])
    page = room.page.get(f"{room.url}/assignments/{assignment}")
    waiting = page.one("ul", class_="people-list").text
    assert "Ali in progress, 1 of 6" in waiting
    assert "Éva" in waiting
    assert "Zoé" not in waiting


def assign_one(room: Room, quiz: str = LABELS, status: int = 303, **fields: object) -> None:
    """Open the form of a quiz and send it."""
    path = f"/teach/assign/{SOURCE}/{quiz}"
    room.page.get(path)
    room.page.submit(fields, action=path, status=status)


def test_from_a_quiz_the_default_takes_two_clicks(room: Room) -> None:
    """The link on the page of the quiz, then the button: the newest class is ticked."""
    page = room.page.get(f"/quizzes/{SOURCE}/{LABELS}")
    link = next(a for a in page.all("a") if a.get("href").startswith("/teach/assign/"))
    room.page.get(link.get("href"))
    result = room.page.follow(room.page.submit(action=link.get("href")))
    assert result.response.request.path == room.url
    assert [each.quiz_id for each in given(room)] == [LABELS]
    assert given(room)[0].due_at == datetime(2026, 10, 12, 21, 59, tzinfo=UTC)
    assert given(room)[0].excluded == []


def test_several_classes_get_a_quiz_in_one_go(room: Room) -> None:
    second, _ = room.people.make_class(room.teacher, "4e A")
    third, _ = room.people.make_class(room.teacher, "5e A")
    room.assign(LABELS)
    assign_one(room, classes=[str(room.id), str(second), str(third)])
    assert sorted(each.class_id for each in given(room)) == [room.id, second, third]
    assert "What a class had already was left as it is" in room.page.get("/teach").text
    room.page.get(f"{room.url}/assignments")
    fields = {"quiz": f"{SOURCE}/{MARKING}", "classes": [str(third)]}
    room.page.submit(fields, action=f"{room.url}/assignments")
    assert [each.class_id for each in given(room)[3:]] == [room.id, third]


def test_a_class_of_another_teacher_cannot_be_named(room: Room, people: People) -> None:
    other, _ = people.make_class(people.make("monsieur", roles=["teacher"]))
    for path, fields in (
        (f"/teach/assign/{SOURCE}/{LABELS}", {"classes": [str(room.id), str(other)]}),
        (f"/teach/assign/{SOURCE}/{LABELS}", {"classes": ["x", "1" * 5000]}),
        (f"{room.url}/assignments", {"classes": str(other), "quiz": f"{SOURCE}/{LABELS}"}),
    ):
        room.page.get(path)
        page = room.page.submit(fields, action=path, status=422)
        assert "One of the classes is not there any more" in page.text
    page = room.page.post(f"/teach/assign/{SOURCE}/{LABELS}", {"attempts": "1"}, 422)
    assert "Choose at least one class" in page.text
    assert given(room) == []


def test_language_opening_and_closing_time_are_taken_and_shown_again(room: Room) -> None:
    assign_one(
        room, language="en", opens="2026-10-01T08:00", closes="2026-10-13T08:00", attempts="2"
    )
    found = given(room)[0]
    assert found.language == "en"
    assert found.opens_at == datetime(2026, 10, 1, 6, tzinfo=UTC)
    assert found.closes_at == datetime(2026, 10, 13, 6, tzinfo=UTC)
    assert "made with the keys known" in room.page.get(room.url).text
    page = room.page.get(f"{room.url}/assignments/{found.id}/terms")
    assert page.one("input", name="closes").get("value") == "2026-10-13T08:00"
    assert "open" in page.one("details", class_="more-terms").attributes


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"opens": "2026-10-13T08:00"}, "would open after it is due"),
        ({"opens": "2026-10-13T08:00", "due": "", "closes": "2026-10-12T08:00"}, "after it is"),
        ({"closes": "2026-10-12T08:00"}, "would be closed before it is due"),
        ({"closes": "2026-10-05T09:00", "due": ""}, "This date has passed"),
        ({"opens": "2027-03-28T02:30"}, "The clocks are put forward"),
        ({"language": "de"}, "is not there in this language"),
        ({"asked": ""}, "Keep at least one exercise"),
        ({"asked": ["no-such-exercise"]}, "Keep at least one exercise"),
    ],
)
def test_further_terms_that_cannot_be_are_refused(
    room: Room, fields: dict[str, object], message: str
) -> None:
    assign_one(room, status=422, **fields)
    page = room.page.last
    assert page is not None
    assert message in page.text
    assert "open" in page.one("details", class_="more-terms").attributes
    assert given(room) == []


def test_exercises_without_a_tick_are_left_out_and_work_under_way_keeps_them(room: Room) -> None:
    page = room.page.get(f"/teach/assign/{SOURCE}/{LABELS}")
    ids = [box.get("value") for box in page.all("input", name="asked")]
    room.page.submit({"asked": ids[1:]}, action=f"/teach/assign/{SOURCE}/{LABELS}")
    assert given(room)[0].excluded == ids[:1]
    path = f"{room.url}/assignments/{given(room)[0].id}/terms"
    zoe, ali = room.learner("loutre-calme-10", "Zoé"), room.learner("lynx-agile-11", "Ali")
    room.answer(zoe, given(room)[0].id, ["right"])
    boxes = room.page.get(path).all("input", name="asked")
    assert ["checked" in box.attributes for box in boxes] == [False] + [True] * (len(ids) - 1)
    room.page.submit({"asked": ids[:2]}, action=path)
    room.answer(ali, given(room)[0].id, ["right"])
    answers = room.page.get(room.url).one("tbody").text
    assert f"in progress, 1 of {len(ids) - 1}" in answers
    assert "in progress, 1 of 2" in answers


def test_an_assignment_without_listed_exercises_keeps_what_it_left_out(room: Room) -> None:
    assignment = room.assign(excluded=("gone-since",))
    path = f"{room.url}/assignments/{assignment}/terms"
    room.page.get(path)
    room.page.submit({"due": "2026-10-20T12:00"}, action=path)
    assert given(room)[0].excluded == ["gone-since"]
    room.page.post(path, {"due": "2026-10-21T12:00", "feedback": "at_end", "attempts": "1"})
    assert given(room)[0].excluded == ["gone-since"]


def test_a_quiz_that_is_not_there_cannot_be_assigned(room: Room) -> None:
    room.page.get("/teach/assign/no-such/quiz", 404)
