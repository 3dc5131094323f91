"""Further steps through the pages: asked when they give nothing away, stored once, marked apart."""

from typing import Any

import pytest
from flask import Flask

from quizapp.exercises.further import FurtherStep
from quizapp.store.models import Feedback
from tests.client import Page
from tests.web.classroom import DAY, Classroom, Pairs, Pupil, url_of

MARKING, EXERCISE, CONTROL = "mots-charges-2", "mots-expert", "mots-huawei"
LABELS, SORTING = "fait-ou-opinion-2", "tri-panique"
UNSURE: Pairs = [("unsure", "1")]


@pytest.fixture
def room(app: Flask) -> Classroom:
    return Classroom(app)


def steps_of(room: Classroom, attempt: int, exercise: str) -> tuple[FurtherStep, ...]:
    return room.served(attempt, exercise).further_steps


def send(pupil: Pupil, url: str, number: object, pairs: Pairs, status: int = 303) -> Page:
    """Send the form of a step, or what pretends to be one, from the page of the exercise."""
    if not pupil.page.get(url).all("form", action=url):
        return pupil.page.post(url, [("step", str(number)), *pairs], status)
    return pupil.page.submit([("step", str(number)), *pairs], action=url, status=status)


def right(step: FurtherStep) -> Pairs:
    return list(step.formdata(step.samples.right))


def wrong(step: FurtherStep) -> Pairs:
    return list(step.formdata(step.samples.wrong))


def asked(page: Page) -> str | None:
    """Return the number of the step that a page asks."""
    fields = page.all("input", name="step")
    return fields[0].get("value") if fields else None


def reasons(room: Classroom, attempt: int, exercise: str) -> list[str]:
    compiled: Any = room.served(attempt, exercise).exercise
    parts = getattr(compiled, "targets", None) or compiled.segments
    return [part.why for part in parts]


def test_each_step_comes_when_the_one_before_is_stored_and_the_reasons_after_the_last(
    room: Classroom,
) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(MARKING))
    technique, rewrite = steps_of(room, attempt, EXERCISE)
    why, url = reasons(room, attempt, EXERCISE)[0], url_of(attempt, EXERCISE)
    assert asked(pupil.page.get(url)) is None
    pupil.answer(attempt, EXERCISE)
    page = pupil.page.get(url)
    assert asked(page) == "2"
    assert why not in page.text
    texts = [str(option.text) for option in rewrite.items[0].options]
    assert not [text for text in texts if text in page.text]
    send(pupil, url, 2, right(technique))
    page = pupil.page.get(url)
    assert asked(page) == "3"
    assert why not in page.text
    send(pupil, url, 3, wrong(rewrite))
    page = pupil.page.get(url)
    assert asked(page) is None
    assert why in page.text
    assert page.one("h2", id="verdict").text == "Another version is the neutral one"


def test_a_step_is_scored_apart_and_holds_nobody_up(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(MARKING))
    technique, _ = steps_of(room, attempt, EXERCISE)
    url = url_of(attempt, EXERCISE)
    for served in room.state(attempt).exercises:
        pupil.answer(attempt, served.id)
    before = room.state(attempt)
    assert before.is_finished
    send(pupil, url, 2, wrong(technique))
    after = room.state(attempt)
    assert (after.score, after.answered) == (before.score, before.answered) == (10_000, 7)
    stored = after.response(EXERCISE, 2)
    assert stored is not None
    assert (stored.points, stored.right, stored.trials.signal) == (0, False, 0)


def test_not_knowing_gives_the_reasons(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(LABELS))
    url = url_of(attempt, SORTING)
    pupil.answer(attempt, SORTING)
    assert reasons(room, attempt, SORTING)[0] not in pupil.page.get(url).text
    send(pupil, url, 2, UNSURE)
    page = pupil.page.get(url)
    assert reasons(room, attempt, SORTING)[0] in page.text
    assert page.one("h2", id="verdict").text == "Not sure? Here is the key of this step"


def test_a_control_passage_has_no_step(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(MARKING))
    pupil.answer(attempt, CONTROL)
    page = pupil.page.get(url_of(attempt, CONTROL))
    assert asked(page) is None
    assert room.served(attempt, CONTROL).exercise.why in page.text


@pytest.mark.parametrize("feedback", [Feedback.AT_END, Feedback.AFTER_DUE])
def test_a_step_that_shows_the_key_waits_for_its_release(
    room: Classroom, feedback: Feedback
) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(MARKING, feedback=feedback, due_at=room.now + DAY))
    technique, _ = steps_of(room, attempt, EXERCISE)
    url = url_of(attempt, EXERCISE)
    pupil.answer(attempt, EXERCISE)
    assert asked(pupil.page.get(url)) is None
    page = send(pupil, url, 2, right(technique), 409)
    assert page.one("h2", id="verdict").text == "This step is not open yet"
    assert send(pupil, url, 2, [], 409).status == 409
    for served in room.state(attempt).unanswered:
        pupil.answer(attempt, served.id)
    room.now += 2 * DAY
    pupil.sign_in()
    page = pupil.page.get(url)
    assert asked(page) == "2"
    assert reasons(room, attempt, EXERCISE)[0] not in page.text
    send(pupil, url, 2, right(technique))
    assert asked(pupil.page.get(url)) == "3"


def test_a_step_that_shows_no_key_is_asked_before_the_release_and_explained_after_it(
    room: Classroom,
) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(LABELS, feedback=Feedback.AT_END))
    (cue,) = steps_of(room, attempt, SORTING)
    url = url_of(attempt, SORTING)
    pupil.answer(attempt, SORTING)
    assert asked(pupil.page.get(url)) == "2"
    send(pupil, url, 2, right(cue))
    page = pupil.page.get(url)
    assert page.one("h2", id="verdict").text == "This step is saved too"
    assert "clues found" not in page.one("section", class_="step").text
    for served in room.state(attempt).unanswered:
        pupil.answer(attempt, served.id)
    page = pupil.page.get(url)
    total = len(cue.items)
    assert page.one("h2", id="verdict").text == f"{total} of {total} clues found"


def test_after_the_assignment_is_closed_there_is_no_step_but_the_reasons(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(LABELS, due_at=room.now + DAY, closes_at=room.now + DAY))
    (cue,) = steps_of(room, attempt, SORTING)
    url = url_of(attempt, SORTING)
    pupil.answer(attempt, SORTING)
    room.now += DAY
    pupil.sign_in()
    page = pupil.page.get(url)
    assert asked(page) is None
    assert reasons(room, attempt, SORTING)[0] in page.text
    assert send(pupil, url, 2, right(cue), 409).status == 409
    assert room.state(attempt).response(SORTING, 2) is None


def test_the_first_answer_to_a_step_counts(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(LABELS))
    (cue,) = steps_of(room, attempt, SORTING)
    url = url_of(attempt, SORTING)
    pupil.answer(attempt, SORTING)
    send(pupil, url, 2, right(cue))
    send(pupil, url, 2, right(cue))
    page = send(pupil, url, 2, wrong(cue), 409)
    total = len(cue.items)
    assert page.one("h2", id="verdict").text == f"{total} of {total} clues found"
    assert [(r.exercise_id, r.step) for r in room.responses()] == [(SORTING, 1), (SORTING, 2)]


def test_what_is_missing_or_made_up_is_named_and_nothing_is_stored(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(LABELS))
    (cue,) = steps_of(room, attempt, SORTING)
    url = url_of(attempt, SORTING)
    pupil.answer(attempt, SORTING)
    page = send(pupil, url, 2, [], 422)
    assert len(page.one("div", class_="error-summary").find("a")) == len(cue.items)
    first, *others = right(cue)
    for bad in ([("choice-zz", "number")], [(first[0], "sundial")], [first], [(first[0], "")]):
        page = send(pupil, url, 2, [*others, *bad, *(right(cue) if bad == [first] else [])], 422)
        assert page.one("div", class_="error-summary")
    chosen = [e for e in page.all("select") if e.find("option", selected="")]
    assert len(chosen) == len(others)
    assert room.state(attempt).response(SORTING, 2) is None
    for number in ("0", "3", "4", "-1", "two", "٢", "2 ", "9" * 40):
        send(pupil, url, number, right(cue), 404)


def test_a_step_before_the_exercise_is_refused(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(LABELS))
    (cue,) = steps_of(room, attempt, SORTING)
    page = send(pupil, url_of(attempt, SORTING), 2, right(cue), 409)
    assert page.one("h2", id="verdict").text == "This step is not open yet"
    assert room.responses() == []
    attempt = pupil.begin(room.assign(MARKING))
    technique, rewrite = steps_of(room, attempt, EXERCISE)
    pupil.answer(attempt, EXERCISE)
    url = url_of(attempt, EXERCISE)
    assert send(pupil, url, 3, right(rewrite), 409).status == 409
    assert send(pupil, url, 2, right(technique)).status == 303


def test_a_stale_token_keeps_what_was_chosen(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(LABELS))
    (cue,) = steps_of(room, attempt, SORTING)
    url = url_of(attempt, SORTING)
    pupil.answer(attempt, SORTING)
    pupil.page.get(url)
    stale = [("step", "2"), ("csrf_token", "stale"), *right(cue)]
    page = pupil.page.submit(stale, action=url, status=400)
    assert len([e for e in page.all("select") if e.find("option", selected="")]) == len(cue.items)
    pupil.page.submit(action=url)
    assert room.state(attempt).response(SORTING, 2) is not None


def test_who_opens_the_list_answers_by_it_and_the_page_says_so(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign(MARKING))
    url = url_of(attempt, EXERCISE)
    assert pupil.page.get(url).all("a", href="?list=1")
    page = pupil.page.get(f"{url}?list=1")
    boxes = page.all("input", name="candidates")
    assert not page.all("input", name="marks")
    assert len(boxes) == len(room.served(attempt, EXERCISE).exercise.candidates)
    page = pupil.page.submit(action=url, status=422)
    assert page.all("input", name="candidates")
    chosen = [("candidates", box.get("value")) for box in boxes]
    pupil.page.submit(chosen, action=url)
    (stored,) = room.responses()
    assert stored.payload["list"] is True
    assert len(stored.payload["marks"]) > len(boxes)
    assert "Answered from the list" in pupil.page.get(url).text


def test_how_sure_one_was_is_stored_and_said_again(room: Classroom) -> None:
    pupil = room.pupil("lynx")
    attempt = pupil.begin(room.assign("bilan-a"))
    exercise = room.exercises(attempt)[0]
    pairs = [pair for pair in room.right(attempt, exercise) if pair[0] != "confidence"]
    page = pupil.answer(attempt, exercise, pairs, 422)
    assert "Say how sure you are." in page.text
    pupil.answer(attempt, exercise, [*pairs, ("confidence", "2")])
    (stored,) = room.responses()
    assert stored.confidence == 2
    assert "How sure you were: rather sure" in pupil.page.get(url_of(attempt, exercise)).text
    other = room.exercises(attempt)[1]
    pupil.answer(attempt, other, UNSURE)
    assert [each.confidence for each in room.responses()] == [2, None]
