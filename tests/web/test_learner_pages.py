"""The pages around the exercises: what is to do, the catalogue, results, progress, one to try."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from quizapp.content.live import LiveLibrary
from quizapp.exercises.answers import FORM_PROBLEMS
from quizapp.exercises.registry import KINDS
from quizapp.paths import QUESTIONS
from quizapp.web.exercises import SENTENCES, figure, host, partial_date
from quizapp.web.library import EXTENSION
from tests.client import PageClient
from tests.web.classroom import DAY, LABELS, MARKING, SOURCE, Classroom, Pupil, url_of


@pytest.fixture
def room(app: Flask) -> Classroom:
    return Classroom(app)


@pytest.fixture
def pupil(room: Classroom) -> Pupil:
    return room.pupil("lynx-vif-12")


def test_every_refusal_of_a_form_has_a_sentence() -> None:
    assert set(SENTENCES) == set(FORM_PROBLEMS)


def test_a_learner_without_anything_to_do_is_led_to_the_quizzes(pupil: Pupil) -> None:
    page = pupil.page.get("/learn")
    assert "Nothing is waiting for you" in page.text
    assert page.all("table") == []
    assert len(page.all("li", class_="skill-card")) == len(KINDS)


def test_what_is_under_way_comes_before_what_is_to_do(room: Classroom, pupil: Pupil) -> None:
    begun = pupil.begin(room.assign(MARKING, due_at=room.now + DAY))
    room.assign(LABELS, due_at=room.now + DAY / 2)
    room.assign("mots-charges-2", opens_at=room.now + DAY)
    page = pupil.page.get("/learn")
    assert [h.text for h in page.all("h2")][:2] == ["Go on where you left off", "Your assignments"]
    assert page.all("a", href=f"/attempts/{begun}")
    assert "due Mar 3, 2025 at 10:00" in page.text
    assert "opens Mar 4, 2025" in page.text


def test_an_assignment_opens_no_sooner_than_it_says(room: Classroom, pupil: Pupil) -> None:
    later = room.assign(MARKING, opens_at=room.now + DAY)
    pupil.page.get("/learn")
    page = pupil.page.post(f"/assignments/{later}/attempts", status=409)
    assert page.h1 == "This assignment is not open yet"


def test_another_classs_assignment_cannot_be_begun(room: Classroom, pupil: Pupil) -> None:
    pupil.page.get("/learn")
    pupil.page.post("/assignments/4711/attempts", status=404)


def test_handing_in_names_what_has_no_answer_first(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign())
    first, *others = room.exercises(attempt)
    pupil.answer(attempt, first)
    page = pupil.page.get(f"/attempts/{attempt}/finish")
    assert len(page.all("span", class_="badge-warn")) == len(others)
    asked_again = pupil.page.post(f"/attempts/{attempt}/finish", status=200)
    assert "no answer yet" in asked_again.text
    results = pupil.page.follow(pupil.page.submit(action=f"/attempts/{attempt}/finish"))
    assert results.h1 == "Your results"
    assert "14 / 100" in results.text
    left_out = pupil.page.get(url_of(attempt, others[0]))
    assert "Left without an answer" in left_out.one("h2", id="verdict").text


def test_an_answer_after_handing_in_is_refused(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.begin(room.assign(feedback="after_due", due_at=room.now + DAY))
    first, *_ = room.exercises(attempt)
    pupil.page.get(f"/attempts/{attempt}/finish")
    pupil.page.submit(action=f"/attempts/{attempt}/finish")
    page = pupil.page.post(url_of(attempt, first), room.right(attempt, first), 409)
    assert "already handed in" in page.text
    assert room.responses() == []


def test_results_put_the_first_answer_beside_the_key(room: Classroom, pupil: Pupil) -> None:
    attempt = pupil.practise(LABELS)
    for exercise in room.exercises(attempt):
        pupil.answer(attempt, exercise, room.wrong(attempt, exercise))
    page = pupil.page.get(f"/attempts/{attempt}/results")
    mistakes = page.all("ul", class_="compare")
    assert len(mistakes) == len(room.exercises(attempt))
    assert "Your answer" in mistakes[0].text
    assert "Key" in mistakes[0].text
    assert len(page.all("section", class_="next-step")) == 1


def test_progress_prints_the_word_with_its_figures(room: Classroom, pupil: Pupil) -> None:
    for quiz in (LABELS, "fait-ou-opinion-2"):
        pupil.answer_all(pupil.practise(quiz))
    page = pupil.page.get("/progress")
    skill = page.one("section", aria_labelledby="skill-fact_or_opinion").text
    assert "Acquired" in skill
    assert "15 right of 15 exercises" in skill
    assert "between 80% and 100%" in skill
    assert "d′" in skill
    assert "Not enough answers yet" in page.text
    assert len(page.one("tbody").find("tr")) == 2


def test_the_catalogue_narrows_by_links(page: PageClient) -> None:
    every = page.get("/quizzes")
    assert len(every.all("li", class_="quiz-card")) == 9
    narrowed = page.get("/quizzes?skill=loaded_language&level=1")
    assert [h.text for h in narrowed.all("h3")] == ["Loaded words 1: spotting them"]
    (wider,) = [a for a in narrowed.all("a") if a.get("href") == "/quizzes?level=1"]
    assert wider.text == "All"
    assert "No quiz has all of these" in page.get("/quizzes?level=9&skill=x").text


def test_a_visitor_can_read_what_a_quiz_is_but_must_sign_in_for_it(page: PageClient) -> None:
    intro = page.get(f"/quizzes/{SOURCE}/{MARKING}")
    assert intro.h1 == "Loaded words 1: spotting them"
    page.post(f"/quizzes/{SOURCE}/{MARKING}/attempts", status=401)
    page.get(f"/quizzes/{SOURCE}/no-such-quiz", 404)


@pytest.mark.parametrize("kind", KINDS)
def test_a_visitor_tries_an_exercise_of_each_kind(room: Classroom, kind: str) -> None:
    visitor = PageClient(room.app)
    visitor.get(f"/try?kind={kind}")
    page = visitor.submit([("unsure", "1")], action="/try", status=200)
    assert "Not sure?" in page.one("h2", id="verdict").text
    assert room.responses() == []


def test_trying_tells_what_is_missing_and_stores_nothing(room: Classroom) -> None:
    visitor = PageClient(room.app)
    visitor.get("/try")
    page = visitor.submit(action="/try", status=422)
    assert page.one("div", class_="error-summary").find("a")[0].get("href") == "#marks"
    visitor.get("/try?kind=no-such-kind", 404)


def test_an_attempt_ends_on_the_revision_on_which_it_began(
    room: Classroom, pupil: Pupil, tmp_path: Path
) -> None:
    folder = tmp_path / "questions"
    shutil.copytree(QUESTIONS, folder)
    room.app.extensions[EXTENSION] = LiveLibrary([folder], every=0)
    attempt = pupil.begin(room.assign(MARKING))
    before = room.exercises(attempt)
    file = folder / SOURCE / "fr" / f"{MARKING}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("id: mots-poulet", "id: mots-poussin"), encoding="utf-8")
    assert pupil.page.get(f"/quizzes/{SOURCE}/{MARKING}").status == 200
    pupil.answer_all(attempt)
    file.write_text("schema: [broken", encoding="utf-8")
    assert pupil.page.get(f"/attempts/{attempt}/results").h1 == "Your results"
    assert before == room.exercises(attempt)
    assert [r.exercise_id for r in room.responses()] == before


def test_a_quiz_whose_file_breaks_stays_in_service(
    room: Classroom, pupil: Pupil, tmp_path: Path
) -> None:
    folder = tmp_path / "questions"
    shutil.copytree(QUESTIONS, folder)
    room.app.extensions[EXTENSION] = LiveLibrary([folder], every=0)
    pupil.page.get(f"/quizzes/{SOURCE}/{MARKING}")
    (folder / SOURCE / "fr" / f"{MARKING}.yaml").write_text("schema: [", encoding="utf-8")
    pupil.answer_all(pupil.practise(MARKING))
    assert len(room.responses()) == 7


def test_a_partial_date_is_as_exact_as_its_source(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert partial_date("2024") == "2024"
        assert partial_date("2024-05") == "mai 2024"
        assert partial_date("2025-02-01") == "1er février 2025"
    assert host("https://www.insee.fr/fr/x") == "insee.fr"
    assert figure("20.8", "fr") == "20,8"
    assert figure("about ten", "fr") == "about ten"
