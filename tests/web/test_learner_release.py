"""Nothing of a key reaches a learner before the answers are released."""

import re

import pytest
from flask import Flask

from quizapp.exercises.loaded_language import Exercise
from tests.web.classroom import DAY, MARKING, NUMBERS, QUIZZES, SOURCE, Classroom, Pupil, url_of


@pytest.fixture
def room(app: Flask) -> Classroom:
    return Classroom(app)


@pytest.fixture
def pupil(room: Classroom) -> Pupil:
    return room.pupil("lynx-vif-12")


def test_at_the_end_shows_no_key_until_the_quiz_is_handed_in(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign(feedback="at_end"))
    first, *others = room.exercises(attempt)
    saved = pupil.page.follow(pupil.answer(attempt, first, room.wrong(attempt, first)))
    assert saved.one("h2", id="verdict").text == "Your answer is saved"
    assert reasons_in(saved.html, room, attempt) == []
    for exercise in others:
        pupil.answer(attempt, exercise)
    corrected = pupil.page.get(url_of(attempt, first))
    assert "0 points out of 100" in corrected.text
    assert reasons_in(corrected.html, room, attempt)


@pytest.mark.parametrize("quiz", QUIZZES)
def test_after_due_looks_the_same_for_right_and_wrong_answers(
    room: Classroom, pupil: Pupil, quiz: str
) -> None:
    assignment = room.assign(quiz, feedback="after_due", due_at=room.now + DAY)
    other = room.pupil("loutre-sage-34")
    seen = []
    for who, answer in ((pupil, room.right), (other, room.wrong)):
        attempt = who.begin(assignment)
        statuses = [
            who.answer(attempt, exercise, answer(attempt, exercise)).response.headers["Location"]
            for exercise in room.exercises(attempt)
        ]
        pages = [
            who.page.get(url) for url in ("/learn", "/progress", f"/attempts/{attempt}/results")
        ]
        texts = [page.text for page in pages] + statuses
        seen.append([without(text, who.name, str(attempt)) for text in texts])
    assert seen[0] == seen[1]


def test_after_due_the_correction_comes_at_the_date_that_the_page_named(
    room: Classroom, pupil: Pupil
) -> None:
    attempt = pupil.begin(room.assign(feedback="after_due", due_at=room.now + DAY))
    pupil.answer_all(attempt)
    waiting = pupil.page.get(f"/attempts/{attempt}/results")
    assert waiting.h1 == "Handed in"
    assert "The correction comes on March 4, 2025" in waiting.text
    room.now += DAY
    pupil.sign_in()
    assert pupil.page.get(f"/attempts/{attempt}/results").h1 == "Your results"


def test_a_different_second_answer_shows_no_key_before_release(
    room: Classroom, pupil: Pupil
) -> None:
    attempt = pupil.begin(room.assign(feedback="at_end"))
    first, *_ = room.exercises(attempt)
    pupil.page.get(url_of(attempt, first))
    asked = pupil.page.last
    pupil.page.submit(room.wrong(attempt, first), action=url_of(attempt, first))
    pupil.page.last = asked
    page = pupil.page.submit(room.right(attempt, first), action=url_of(attempt, first), status=409)
    assert "already answered" in page.text
    assert reasons_in(page.html, room, attempt) == []
    assert "points out of" not in page.text


def test_an_assigned_quiz_can_neither_be_practised_nor_tried_before_release(
    room: Classroom, pupil: Pupil
) -> None:
    room.assign(MARKING, feedback="after_due", due_at=room.now + DAY)
    assert "one of your assignments" in pupil.page.get(f"/quizzes/{SOURCE}/{MARKING}").text
    page = pupil.page.post(f"/quizzes/{SOURCE}/{MARKING}/attempts", status=409)
    assert "one of your assignments" in page.h1
    tried = pupil.page.get("/try?kind=loaded_language").one("input", name="exercise").get("value")
    assigned = {e.id for e in room.library().quizzes[SOURCE, MARKING, "fr"].exercises}
    assert tried not in assigned


def test_practice_counts_no_more_while_its_quiz_is_an_unreleased_assignment(
    room: Classroom, pupil: Pupil
) -> None:
    pupil.answer_all(pupil.practise(MARKING))
    assert "7 right of 7 exercises" in pupil.page.get("/progress").text
    room.assign(MARKING, feedback="after_due", due_at=room.now + DAY)
    page = pupil.page.get("/progress")
    assert "right of" not in page.text
    assert page.one("tbody").find("td", class_="number")[0].text == "to come"


@pytest.mark.parametrize("feedback", ["at_once", "at_end"])
def test_a_class_that_shows_early_shows_nothing_that_another_class_keeps_back(
    room: Classroom, pupil: Pupil, feedback: str
) -> None:
    early = room.assign(feedback=feedback)
    room.assign(room=room.second_class(pupil), feedback="after_due", due_at=room.now + DAY)
    attempt = pupil.begin(early)
    first, *others = room.exercises(attempt)
    saved = pupil.page.follow(pupil.answer(attempt, first, room.wrong(attempt, first)))
    assert saved.one("h2", id="verdict").text == "Your answer is saved"
    assert "in another class" in saved.text or feedback == "at_end"
    for exercise in others:
        pupil.answer(attempt, exercise)
    results = f"/attempts/{attempt}/results"
    waiting = [pupil.page.get(url) for url in (url_of(attempt, first), results)]
    assert all("in another class" in page.text for page in waiting)
    for url in ("/learn", "/progress", "/review", results, url_of(attempt, first)):
        page = pupil.page.get(url)
        assert reasons_in(page.html, room, attempt) == []
        assert not re.search(r"\b0 points out of|\d / 100|right of|mistake", page.text), url
    room.now += DAY
    pupil.sign_in()
    assert "0 points out of 100" in pupil.page.get(url_of(attempt, first)).text
    assert "1 mistake is due today" in pupil.page.get("/review").text


def test_an_answered_number_is_saved_as_text_without_its_verdict(
    room: Classroom, pupil: Pupil
) -> None:
    attempt = pupil.begin(room.assign(NUMBERS, feedback="at_end"))
    first, *_ = room.exercises(attempt)
    given = [("verdict", "misleading"), ("error", "period"), ("figure", "12 %")]
    page = pupil.page.follow(pupil.answer(attempt, first, given))
    saved = page.one("div", class_="answered").text
    assert "misleading or out of context" in saved
    assert "12 %" in saved
    assert "Key" not in page.text


def reasons_in(html: str, room: Classroom, attempt: int) -> list[str]:
    """Return the ids of the targets whose reason stands in a page."""
    targets = [
        target
        for served in room.state(attempt).exercises
        if isinstance(served.exercise, Exercise)
        for target in served.exercise.targets
    ]
    assert targets
    return [target.id for target in targets if target.why[:40] in html]


def without(text: str, name: str, attempt: str) -> str:
    return text.replace(name, "#").replace(f"/attempts/{attempt}/", "/attempts/#/")
