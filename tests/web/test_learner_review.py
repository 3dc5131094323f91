"""Mistakes come back: how many are due, one button, and a rest; nothing before the release."""

import pytest
from flask import Flask

from quizapp.exercises.registry import get_kind
from tests.client import Page
from tests.web.classroom import DAY, MARKING, NUMBERS, QUIZZES, Classroom, Pupil, url_of


@pytest.fixture
def room(app: Flask) -> Classroom:
    return Classroom(app)


@pytest.fixture
def pupil(room: Classroom) -> Pupil:
    return room.pupil("lynx-vif-12")


def fail(pupil: Pupil, attempt: int, *places: int) -> list[str]:
    """Answer a quiz, wrongly at these places; return the exercises that were wrong."""
    names = pupil.room.exercises(attempt)
    for place, name in enumerate(names):
        given = pupil.room.wrong(attempt, name) if place in places else None
        pupil.answer(attempt, name, given)
    return [names[place] for place in places]


def next_day(pupil: Pupil, days: int = 1) -> None:
    pupil.room.now += days * DAY
    pupil.sign_in()


def begin(pupil: Pupil) -> tuple[int, str]:
    """Press the button of the review; return the attempt and its exercise."""
    pupil.page.get("/review")
    pupil.page.submit(action="/review")
    attempt = pupil.newest()
    (exercise,) = pupil.room.exercises(attempt)
    return attempt, exercise


def numbers(page: Page) -> list[str]:
    """Return how many are due, resting and learnt, as the page says."""
    return [cell.text for cell in page.one("dl", class_="tally").find("dd")]


def test_a_new_learner_is_told_how_a_review_comes_about(pupil: Pupil) -> None:
    page = pupil.page.get("/review")
    assert "Nothing to review yet" in page.text
    assert "review" not in pupil.page.get("/learn").one("main").text.lower()


def test_mistakes_rest_until_the_next_day_and_the_page_says_when(pupil: Pupil) -> None:
    fail(pupil, pupil.practise(MARKING), 0, 2)
    page = pupil.page.get("/review")
    assert "Nothing to review today" in page.text
    assert "2 mistakes are resting. The next comes back on Tuesday, March 4, 2025" in page.text
    assert page.one("main").find("form", action="/review") == []
    assert pupil.page.post("/review").response.headers["Location"] == "/review"
    next_day(pupil)
    assert numbers(pupil.page.get("/review")) == ["2", "0", "0"]


def test_the_review_is_one_click_from_the_start_page_and_back_from_each_answer(
    pupil: Pupil,
) -> None:
    wrong = fail(pupil, pupil.practise(MARKING), 0, 2)
    next_day(pupil)
    home = pupil.page.get("/learn")
    assert "2 mistakes are due today" in home.text
    assert [link.text for link in home.one("main").find("a", href="/review")] == ["Review"]
    attempt, exercise = begin(pupil)
    assert exercise in wrong
    page = pupil.page.follow(pupil.answer(attempt, exercise))
    assert page.one("a", data_next="").get("href") == "/review"
    assert numbers(pupil.page.get("/review")) == ["1", "1", "0"]
    other = begin(pupil)[1]
    assert {exercise, other} == set(wrong)


def test_right_on_two_days_empties_the_list(pupil: Pupil) -> None:
    fail(pupil, pupil.practise(MARKING), 1)
    for days in (1, 10):
        next_day(pupil, days)
        pupil.answer(*begin(pupil))
    page = pupil.page.get("/review")
    assert "Nothing left to review" in page.text
    assert numbers(page) == ["0", "0", "1"]


def test_a_review_under_way_is_gone_on_with(pupil: Pupil) -> None:
    fail(pupil, pupil.practise(MARKING), 0, 1)
    next_day(pupil)
    attempt, exercise = begin(pupil)
    asked = pupil.page.get(url_of(attempt, exercise))
    assert asked.one("p", class_="skip-exercise").find("a")[0].get("href") == "/review"
    page = pupil.page.get("/review")
    assert page.one("main").find("button")[0].text == "Go on with the review"
    assert begin(pupil) == (attempt, exercise)


def test_a_review_changes_neither_the_first_score_nor_the_progress(pupil: Pupil) -> None:
    first = pupil.practise(MARKING)
    fail(pupil, first, 0)
    next_day(pupil)
    addresses = ["/progress", f"/attempts/{first}/results"]

    def mains() -> list[str]:
        return [pupil.page.get(address).one("main").text for address in addresses]

    before = mains()
    attempt, exercise = begin(pupil)
    pupil.answer(attempt, exercise)
    after = mains()
    assert before[0] == after[0]
    assert before[1].split("Next step")[0] == after[1].split("Next step")[0]
    assert "Your review" in pupil.page.get(f"/attempts/{attempt}/results").text


def test_the_results_lead_to_the_review_when_nothing_is_assigned(pupil: Pupil) -> None:
    fail(pupil, pupil.practise(MARKING), 0)
    next_day(pupil)
    attempt = pupil.practise(NUMBERS)
    pupil.answer_all(attempt)
    page = pupil.page.get(f"/attempts/{attempt}/results")
    assert "1 mistake is due today" in page.one("section", class_="next-step").text
    assert len(page.one("section", class_="next-step").find("button")) == 1
    pupil.page.submit(action="/review")
    assert pupil.newest() != attempt


def test_the_results_lead_to_the_assignment_before_the_review(
    room: Classroom, pupil: Pupil
) -> None:
    fail(pupil, pupil.practise(MARKING), 0)
    next_day(pupil)
    given = room.assign(NUMBERS)
    page = pupil.page.get(f"/attempts/{pupil.newest()}/results")
    action = page.one("section", class_="next-step").find("form")[0].get("action")
    assert action == f"/assignments/{given}/attempts"


@pytest.mark.parametrize("quiz", QUIZZES)
def test_before_the_release_the_review_tells_no_mistake(
    room: Classroom, pupil: Pupil, quiz: str
) -> None:
    attempt = pupil.begin(room.assign(quiz, feedback="after_due", due_at=room.now + 3 * DAY))
    fail(pupil, attempt, 0)
    next_day(pupil)
    assert "Nothing to review yet" in pupil.page.get("/review").text
    assert pupil.page.post("/review").response.headers["Location"] == "/review"
    assert "mistake" not in pupil.page.get("/learn").text
    next_day(pupil, 2)
    assert numbers(pupil.page.get("/review")) == ["1", "0", "0"]


def test_an_assignment_of_the_quiz_hides_its_mistakes_and_refuses_the_review_under_way(
    room: Classroom, pupil: Pupil
) -> None:
    fail(pupil, pupil.practise(MARKING), 0)
    next_day(pupil)
    attempt, exercise = begin(pupil)
    room.assign(MARKING, feedback="after_due", due_at=room.now + DAY)
    assert "Nothing to review yet" in pupil.page.get("/review").text
    page = pupil.answer(attempt, exercise, status=409)
    assert "one of your assignments" in page.text
    assert all(word not in page.text for word in ("points out of", "Key"))


def test_a_teacher_sees_nothing_of_a_review(room: Classroom, pupil: Pupil) -> None:
    done = pupil.begin(room.assign(MARKING))
    fail(pupil, done, 0)
    next_day(pupil)
    attempt, exercise = begin(pupil)
    pupil.answer(attempt, exercise)
    teacher = Pupil(room, "madame", 0).sign_in()
    teacher.page.get(f"/teach/classes/{room.id}/attempts/{attempt}", status=404)
    assert teacher.page.get(f"/teach/classes/{room.id}/attempts/{done}")


def test_every_kind_can_be_reviewed_without_a_script(pupil: Pupil) -> None:
    for quiz in QUIZZES:
        fail(pupil, pupil.practise(quiz), 0)
    next_day(pupil)
    kinds = set()
    for _ in QUIZZES:
        attempt, exercise = begin(pupil)
        served = pupil.room.served(attempt, exercise)
        kinds.add(get_kind(served.kind))
        pupil.answer(attempt, exercise, [("unsure", "1")])
    assert len(kinds) == len(QUIZZES)
    assert numbers(pupil.page.get("/review")) == ["0", "3", "0"]
