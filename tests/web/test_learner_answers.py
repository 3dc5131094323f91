"""How a learner answers: once, finally, and with nothing lost."""

import pytest
from flask import Flask

from tests.web.classroom import LABELS, MARKING, NUMBERS, QUIZZES, Classroom, Pupil, url_of


@pytest.fixture
def room(app: Flask) -> Classroom:
    return Classroom(app)


@pytest.fixture
def pupil(room: Classroom) -> Pupil:
    return room.pupil("lynx-vif-12")


@pytest.mark.parametrize("quiz", QUIZZES)
def test_a_quiz_of_each_kind_goes_from_the_start_page_to_its_results(
    room: Classroom, pupil: Pupil, quiz: str
) -> None:
    attempt = pupil.begin(room.assign(quiz))
    here = pupil.page.follow(pupil.page.get(f"/attempts/{attempt}", 303))
    for number, exercise in enumerate(room.exercises(attempt), 1):
        assert f"Exercise {number} of " in here.text
        answered = pupil.page.submit(
            room.right(attempt, exercise), action=url_of(attempt, exercise)
        )
        corrected = pupil.page.follow(answered)
        assert "100 points out of 100" in corrected.one("h2", id="verdict").parent.text
        (following,) = [a for a in corrected.all("a") if "data-next" in a.attributes]
        here = pupil.page.get(following.get("href"))
    assert here.h1 == "Your results"
    assert "100 / 100" in here.text


def test_an_answer_sent_twice_is_stored_once(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    pupil.page.get(url_of(attempt, first))
    asked = pupil.page.last
    for _ in range(2):
        pupil.page.last = asked
        sent = pupil.page.submit(room.right(attempt, first), action=url_of(attempt, first))
        assert sent.response.headers["Location"].endswith("#verdict")
    assert len(room.responses()) == 1


def test_a_different_second_answer_is_refused_and_the_first_shown(
    room: Classroom, pupil: Pupil
) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    pupil.page.get(url_of(attempt, first))
    asked = pupil.page.last
    pupil.page.submit(room.wrong(attempt, first), action=url_of(attempt, first))
    pupil.page.last = asked
    page = pupil.page.submit(room.right(attempt, first), action=url_of(attempt, first), status=409)
    assert "already answered" in page.text
    assert "0 points out of 100" in page.text
    assert len(room.responses()) == 1
    assert room.responses()[0].points == 0


def test_i_do_not_know_is_an_answer_worth_nothing(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    page = pupil.page.follow(pupil.answer(attempt, first, [("unsure", "1")]))
    assert "Not sure?" in page.one("h2", id="verdict").text
    assert [(r.unsure, r.points, r.hits + r.misses) for r in room.responses()] == [(True, 0, 0)]


def test_an_empty_marking_is_sent_back_with_a_link_to_the_words(
    room: Classroom, pupil: Pupil
) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    page = pupil.answer(attempt, first, [], status=422)
    summary = page.one("div", class_="error-summary")
    assert summary.get("role") == "alert"
    assert [a.get("href") for a in summary.find("a")] == ["#marks"]
    assert room.responses() == []


def test_an_incomplete_labelling_keeps_the_labels_given(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign(LABELS))
    first, *_ = room.exercises(attempt)
    given, *left = room.right(attempt, first)
    page = pupil.answer(attempt, first, [given], status=422)
    checked = [(i.get("name"), i.get("value")) for i in page.all("input", checked="")]
    assert checked == [given]
    targets = [a.get("href") for a in page.one("div", class_="error-summary").find("a")]
    assert targets == [f"#{name}" for name, _ in left]
    assert len(page.all("fieldset", aria_invalid="true")) == len(left)


def test_a_figure_that_can_be_read_in_two_ways_is_asked_back(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign(NUMBERS))
    first, *_ = room.exercises(attempt)
    answer = [("verdict", "accurate"), ("error", "none"), ("figure", "5.600")]
    page = pupil.answer(attempt, first, answer, status=422)
    readings = [i.get("value") for i in page.all("input", name="figure_reading")]
    assert len(readings) == 2
    assert page.one("input", id="figure").get("value") == "5.600"
    pupil.page.submit([("figure_reading", readings[0])], action=url_of(attempt, first))
    assert len(room.responses()) == 1


@pytest.mark.parametrize(
    "data",
    [
        [("marks", "0-99999")],
        [("marks", "²-3")],
        [("marks", "x" * 10_000)],
        [("none", "1"), ("none", "1")],
        [("unsure", "1"), ("unsure", "1")],
        [("label-zzz", "verifiable")],
    ],
)
def test_an_answer_that_names_nothing_there_is_refused(
    room: Classroom, pupil: Pupil, data: list[tuple[str, object]]
) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    page = pupil.answer(attempt, first, data, status=422)
    assert page.all("div", class_="error-summary")
    assert room.responses() == []


def test_an_exercise_of_another_quiz_is_not_in_the_attempt(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign(MARKING))
    other = pupil.begin(room.assign(LABELS))
    (foreign, *_) = room.exercises(other)
    pupil.page.get(url_of(attempt, room.exercises(attempt)[0]))
    pupil.page.post(url_of(attempt, foreign), room.right(other, foreign), 404)
    assert room.responses() == []


def test_another_learners_attempt_looks_like_none(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    other = room.pupil("loutre-sage-34")
    for rest in ("", "/finish", "/results", f"/exercises/{first}"):
        theirs = other.page.get(f"/attempts/{attempt}{rest}", 404)
        none = other.page.get(f"/attempts/{attempt + 999}{rest}", 404)
        assert without_tokens(theirs.html) == without_tokens(none.html)


def test_the_answer_of_a_dead_session_waits_for_the_log_in(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    asked = pupil.page.get(url_of(attempt, first))
    word, *_ = [i.get("value") for i in asked.all("input", name="marks")]
    pupil.page.client.delete_cookie("quizapp")
    pupil.page.submit([("marks", word)], action=url_of(attempt, first), status=401)
    page = pupil.page.submit(
        {"name": pupil.name, "password": "lire entre les lignes"}, action="/login", status=200
    )
    assert [i.get("value") for i in page.all("input", name="marks", checked="")] == [word]
    assert room.responses() == []
    pupil.page.submit(action=url_of(attempt, first))
    assert len(room.responses()) == 1


def test_a_stale_token_keeps_the_words_that_were_ticked(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign())
    first, *_ = room.exercises(attempt)
    asked = pupil.page.get(url_of(attempt, first))
    word, *_ = [i.get("value") for i in asked.all("input", name="marks")]
    stale = [("marks", word), ("csrf_token", "stale")]
    page = pupil.page.submit(stale, action=url_of(attempt, first), status=400)
    assert [i.get("value") for i in page.all("input", name="marks", checked="")] == [word]
    assert room.responses() == []


def test_an_answer_after_the_closing_time_is_shown_but_not_stored(
    room: Classroom, pupil: Pupil
) -> None:
    attempt = pupil.begin(room.assign(closes_at=room.now.replace(hour=10)))
    first, *_ = room.exercises(attempt)
    pupil.page.get(url_of(attempt, first))
    room.now = room.now.replace(hour=11)
    page = pupil.page.submit(room.right(attempt, first), action=url_of(attempt, first), status=409)
    assert "takes no more answers" in page.text
    assert page.one("div", class_="answered").find("mark")
    assert room.responses() == []


def test_a_closed_assignment_asks_nothing_and_lists_what_was_answered(
    room: Classroom, pupil: Pupil
) -> None:
    attempt = pupil.begin(room.assign(closes_at=room.now.replace(hour=10)))
    first, second, *_ = room.exercises(attempt)
    pupil.answer(attempt, first, room.right(attempt, first))
    room.now = room.now.replace(hour=11)
    page = pupil.page.get(url_of(attempt, second))
    assert "takes no more answers" in page.text
    assert not page.all("form", id="answer")
    (answered,) = page.one("ol", class_="exercise-list").find("a")
    assert answered.get("href") == url_of(attempt, first)
    assert "takes no more" not in pupil.page.get(url_of(attempt, first)).text


def without_tokens(html: str) -> str:
    lines = html.splitlines()
    return "\n".join(line for line in lines if "csrf_token" not in line and "next" not in line)
