"""A learner contests a key: after its release only, once, with a reason; changes no mark."""

import pytest
from flask import Flask

from quizapp.store import contests
from quizapp.store.db import db, write
from quizapp.store.models import Contest, ContestState, Feedback
from tests.client import Page
from tests.web.classroom import DAY, LABELS, SOURCE, Classroom, Pupil, url_of


@pytest.fixture
def room(app: Flask) -> Classroom:
    return Classroom(app)


@pytest.fixture
def pupil(room: Classroom) -> Pupil:
    return room.pupil("lynx")


def contest(pupil: Pupil, url: str, reason: str, status: int = 303) -> Page:
    pupil.page.get(url)
    return pupil.page.submit({"reason": reason}, action=f"{url}/contest#contest", status=status)


def stored(room: Classroom) -> list[Contest]:
    with room.app.app_context():
        found = list(db.session.query(Contest).order_by(Contest.id))
        db.session.expunge_all()
    return found


def answered(room: Classroom, pupil: Pupil) -> tuple[int, str, str]:
    attempt = pupil.begin(room.assign(LABELS))
    exercise = room.exercises(attempt)[0]
    pupil.answer(attempt, exercise)
    return attempt, exercise, url_of(attempt, exercise)


def test_a_reason_is_stored_with_its_class_and_shown_again(room: Classroom, pupil: Pupil) -> None:
    attempt, exercise, url = answered(room, pupil)
    before = room.state(attempt).score
    reply = contest(pupil, url, "  Le mot\r\n décrit\x07. ")
    assert reply.response.headers["Location"].endswith("#contest")
    (kept,) = stored(room)
    served = room.served(attempt, exercise)
    assert (kept.reason, kept.account_id, kept.class_id) == ("Le mot décrit.", pupil.id, room.id)
    assert (kept.exercise_revision, kept.language) == (served.revision, "en")
    section = pupil.page.get(url).one("section", id="contest")
    assert "Le mot décrit." in section.text
    assert "have not answered yet" in section.text
    assert not section.find("form")
    assert room.state(attempt).score == before


def test_a_second_reason_changes_nothing(room: Classroom, pupil: Pupil) -> None:
    _, _, url = answered(room, pupil)
    contest(pupil, url, "La première.")
    pupil.page.get(url)
    pupil.page.post(f"{url}/contest", {"reason": "La seconde."})
    assert [each.reason for each in stored(room)] == ["La première."]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "Say in a sentence"),
        (" \n\u200b", "Say in a sentence"),
        ("é" * 501, "501 characters; 500 at most"),
    ],
)
def test_no_reason_or_a_long_one_is_refused_and_kept(
    room: Classroom, pupil: Pupil, reason: str, words: str
) -> None:
    _, _, url = answered(room, pupil)
    page = contest(pupil, url, reason, 422)
    assert words in page.one("div", class_="error-summary").text
    assert reason.strip() in page.one("textarea").text or not reason.strip()
    assert page.one("details", open="").find("textarea")
    assert stored(room) == []


@pytest.mark.parametrize("feedback", [Feedback.AT_END, Feedback.AFTER_DUE])
def test_before_the_release_there_is_nothing_to_contest(
    room: Classroom, pupil: Pupil, feedback: Feedback
) -> None:
    attempt = pupil.begin(room.assign(LABELS, feedback=feedback, due_at=room.now + DAY))
    first, second = room.exercises(attempt)[:2]
    pupil.answer(attempt, first)
    for exercise in (first, second, "no-such-exercise"):
        url = url_of(attempt, exercise)
        pupil.page.get(url_of(attempt, second))
        pupil.page.post(f"{url}/contest", {"reason": "Parce que."}, 404)
        pupil.page.post(f"{url}/contest", {"reason": ""}, 404)
    assert stored(room) == []


def test_an_unanswered_exercise_cannot_be_contested_while_the_quiz_goes_on(
    room: Classroom, pupil: Pupil
) -> None:
    attempt, _, _ = answered(room, pupil)
    other = room.exercises(attempt)[1]
    pupil.page.get(url_of(attempt, other))
    pupil.page.post(f"{url_of(attempt, other)}/contest", {"reason": "Parce que."}, 404)


@pytest.mark.parametrize(
    ("state", "words"),
    [(ContestState.KEPT, "keep the key"), (ContestState.CORRECTED, "corrected the key")],
)
def test_what_became_of_it_is_shown(
    room: Classroom, pupil: Pupil, state: ContestState, words: str
) -> None:
    _, exercise, url = answered(room, pupil)
    contest(pupil, url, "Le mot décrit.")
    with room.app.app_context(), write(db.session()):
        place = (SOURCE, "en", exercise)
        assert contests.close_contests(db.session(), place, state, closed_by=1, now=room.now) == 1
    assert words in pupil.page.get(url).one("section", id="contest").text


def test_a_stale_token_keeps_the_reason(room: Classroom, pupil: Pupil) -> None:
    _, _, url = answered(room, pupil)
    pupil.page.get(url)
    data = {"reason": "Le mot décrit.", "csrf_token": "stale"}
    page = pupil.page.submit(data, action=f"{url}/contest#contest", status=400)
    assert "Le mot décrit." in page.one("textarea").text
    assert stored(room) == []
    pupil.page.submit(action=f"{url}/contest#contest")
    assert len(stored(room)) == 1


def test_others_cannot_contest_in_ones_place(room: Classroom, pupil: Pupil) -> None:
    _, _, url = answered(room, pupil)
    other = room.pupil("loutre")
    other.page.get("/account")
    other.page.post(f"{url}/contest", {"reason": "Parce que."}, 404)
    assert stored(room) == []
