"""Item analysis, one exercise by its options, and the projector, as a browser gets them."""

import re

import pytest
from flask import Flask

from quizapp.store.attempts import Actor, finish_attempt, start_assigned
from quizapp.store.db import db
from quizapp.web.library import current_library
from tests.client import Page
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, NUMBERS, Room

KINDS = [LABELS, MARKING, NUMBERS]
NAMES = ["Zoé", "Amir", "Lou", "Ines", "Tom", "Nour", "Elsa", "Noé", "Ana", "Max"]


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def fill(room: Room, quiz: str, answers: list[list[str]]) -> tuple[int, list[int]]:
    """Let a class answer; return the assignment and the attempts."""
    assignment = room.assign(quiz)
    attempts = [
        room.answer(
            room.learner(f"learner-{n}", NAMES[n % 10]), assignment, how, finish=len(how) < 6
        )
        for n, how in enumerate(answers)
    ]
    return assignment, attempts


def first_item(room: Room, assignment: int) -> str:
    page = room.page.get(f"{room.url}/assignments/{assignment}")
    href = page.one("ol", class_="items").find("a")[0].get("href")
    assert href is not None
    return href


@pytest.mark.parametrize("quiz", KINDS)
def test_exercises_stand_hardest_first_with_their_figures(room: Room, quiz: str) -> None:
    assignment, _ = fill(room, quiz, [["right", "wrong", "unsure"], ["right", "wrong"], ["wrong"]])
    page = room.page.get(f"{room.url}/assignments/{assignment}")
    cards = [card.text for card in page.one("ol", class_="items").find("li", class_="card")]
    assert len(cards) == 6
    assert "0 of 3" in cards[0]
    assert "2 of 3" in cards[-1]
    assert "95% interval: 21% to 94%" in cards[-1]
    assert "Most chosen wrong answer" in cards[-1]
    assert "Internal consistency" in page.text


def test_what_is_undefined_is_a_dash_with_its_reason(room: Room) -> None:
    assignment, _ = fill(room, LABELS, [["right"] * 6])
    text = room.page.get(f"{room.url}/assignments/{assignment}").text
    assert "—" in text
    assert "needs two learners who did the same exercises" in text
    assert "needs three learners whose scores differ" in text
    assert "is its key right?" not in text


def test_a_sentence_on_discrimination_comes_from_twenty_learners_on(room: Room) -> None:
    assignment = room.assign(LABELS)
    for n in range(20):
        if n == 19:
            text = room.page.get(f"{room.url}/assignments/{assignment}").text
            assert "get this one wrong" not in text
            assert "From 20 learners on" in text
        able = n < 10
        how = ["wrong" if able else "right", *(["right" if able else "wrong"] * 5)]
        room.answer(room.learner(f"learner-{n}"), assignment, how)
    text = room.page.get(f"{room.url}/assignments/{assignment}").text
    assert "Learners at ease with the other exercises get this one wrong" in text
    assert "From 20 learners on" not in text


@pytest.mark.parametrize("quiz", KINDS)
def test_an_exercise_names_who_gave_each_wrong_answer(room: Room, quiz: str) -> None:
    assignment, attempts = fill(room, quiz, [["right"], ["wrong"], ["unsure"]])
    page = room.page.get(first_item_at(room, assignment, 1))
    links = {link.text: link.get("href") for link in page.all("a")}
    assert links["Amir"] == f"{room.url}/attempts/{attempts[1]}"
    assert links["Lou"] == f"{room.url}/attempts/{attempts[2]}"
    assert "Zoé" not in links
    assert "“I do not know”" in page.text
    silent = room.page.get(first_item_at(room, assignment, 2))
    assert {"Zoé", "Amir", "Lou"} <= {link.text for link in silent.all("a")}
    assert "No answer" in silent.text


def first_item_at(room: Room, assignment: int, position: int) -> str:
    page = room.page.get(f"{room.url}/assignments/{assignment}")
    for link in page.one("ol", class_="items").find("a"):
        if link.text.startswith(f"{position}."):
            return str(link.get("href"))
    raise AssertionError(position)


def test_names_are_hidden_on_request_and_stay_hidden_from_one_exercise_to_the_next(
    room: Room,
) -> None:
    assignment, _ = fill(room, LABELS, [["wrong"], ["wrong"]])
    path = first_item(room, assignment)
    assert "Amir" in room.page.get(path).text
    page = room.page.get(f"{path}?names=0")
    assert "Amir" not in page.text
    assert "learner-1" not in str(page.response.text)
    assert "Learner 1" in page.text
    following = [a.get("href") for a in page.all("a") if a.get("rel")]
    assert following
    assert all("names=0" in str(href) for href in following)


def test_every_exercise_is_reached_from_the_first_by_next(room: Room) -> None:
    assignment, _ = fill(room, NUMBERS, [["wrong"] * 6])
    path: str | None = first_item(room, assignment)
    seen = []
    while path:
        page = room.page.get(path)
        seen.append(path)
        path = next(
            (str(a.get("href")) for a in page.all("a") if "next" in (a.get("rel") or "")), None
        )
    assert len(set(seen)) == 6


def test_the_marks_of_a_class_lie_over_the_passage_with_their_tables(room: Room) -> None:
    assignment, _ = fill(room, MARKING, [["right"], ["right"], ["wrong"]])
    page = room.page.get(first_item_at(room, assignment, 1))
    words = page.all("span", class_="heat-word")
    assert any("heat-4" in (word.get("class") or "") for word in words)
    keyed = [word for word in words if "heat-key" in (word.get("class") or "")]
    assert keyed
    assert all(re.search(r"\d+$", word.text) for word in keyed)
    assert "Expressions of the key, from the least to the most found" in page.text
    assert "Every marked word in a table" in page.text


def test_an_exercise_that_was_not_asked_is_not_found(room: Room) -> None:
    assignment, _ = fill(room, LABELS, [["right"]])
    path = first_item(room, assignment)
    for wrong in (f"{path}-x", f"{path}?version=2", f"{path}?version=0", f"{path}?version=٣"):
        room.page.get(wrong, 404)


def slides(room: Room, assignment: int, query: str = "") -> Page:
    return room.page.get(f"{room.url}/assignments/{assignment}/project{query}")


def test_the_wall_begins_with_the_way_into_the_class(room: Room) -> None:
    assignment, _ = fill(room, LABELS, [["right"]] * 4)
    page = slides(room, assignment)
    assert page.one("p", class_="wall-code").text == f"{room.code[:3]} {room.code[3:]}"
    assert "Fewer than 5 have handed in" in page.text
    room.answer(room.learner("fifth"), assignment)
    assert "5 of 5 have handed in" in slides(room, assignment).text


@pytest.mark.parametrize("quiz", KINDS)
def test_the_wall_has_no_name_and_no_number_under_five(room: Room, quiz: str) -> None:
    answers = [["right"]] * 6 + [["wrong"]] * 3
    assignment, _ = fill(room, quiz, answers)
    for query in ("", *(f"?item={name}" for name in items(room, assignment))):
        for reveal in ("", "&reveal=1" if query else "?reveal=1"):
            page = slides(room, assignment, query + reveal)
            html = page.response.text
            for name in (*NAMES, "learner-", "madame"):
                assert name not in html
            counts = [int(n) for n in re.findall(r"<strong>(\d+)</strong>", html)]
            assert all(n >= 5 for n in counts)


def items(room: Room, assignment: int) -> list[str]:
    page = slides(room, assignment)
    found = [re.search(r"item=([a-z0-9-]+)", str(a.get("href"))) for a in page.all("a")]
    return list(dict.fromkeys(match[1] for match in found if match))


@pytest.mark.parametrize("quiz", KINDS)
def test_the_key_comes_with_a_second_click_only(room: Room, quiz: str) -> None:
    assignment, _ = fill(room, quiz, [["right"] * 6] * 5 + [["wrong"] * 6] * 5)
    reasons = 0
    for name in items(room, assignment):
        before = slides(room, assignment, f"?item={name}")
        after = slides(room, assignment, f"?item={name}&reveal=1")
        for mark in (
            "wall-key",
            "wall-why",
            "heat-key",
            "heat-opens",
            "✓",
            "Expressions of the key",
        ):
            assert mark not in before.response.text
        assert before.response.text != after.response.text
        reasons += "wall-key" in after.response.text
    assert reasons


def test_the_key_before_the_reveal_changes_nothing_on_the_wall(room: Room) -> None:
    """The page is drawn from the question and from counts: no reason of the key is in it."""
    assignment, _ = fill(room, NUMBERS, [["right"] * 6] * 5 + [["wrong"] * 6] * 5)
    first = items(room, assignment)[0]
    revealed = slides(room, assignment, f"?item={first}&reveal=1")
    reason = revealed.all("p", class_="wall-why")[0].text
    assert len(reason) > 20
    assert reason not in slides(room, assignment, f"?item={first}").text


def test_the_wall_answers_304_until_the_class_answers(room: Room) -> None:
    assignment, _ = fill(room, LABELS, [["right"]] * 5)
    url = f"{room.url}/assignments/{assignment}/project"
    first = room.page.get(url).response
    headers = {"If-None-Match": first.headers["ETag"], "X-Poll": "1"}
    client = room.page.client
    assert client.get(url, headers=headers).status_code == 304
    room.answer(room.learner("sixth"), assignment, ["right"])
    assert client.get(url, headers=headers).status_code == 200
    assert client.get(f"{url}?reveal=1", headers=headers).status_code == 200


@pytest.mark.parametrize("query", ["?item=no-such", "?item=", "?item=٣", "?item=../x"])
def test_a_slide_of_something_else_is_not_found(room: Room, query: str) -> None:
    assignment, _ = fill(room, LABELS, [["right"]] * 5)
    room.page.get(f"{room.url}/assignments/{assignment}/project{query}", 404)


def test_each_language_has_its_own_page_and_the_wall_shows_the_most_asked(room: Room) -> None:
    assignment, _ = fill(room, LABELS, [["right"] * 6] * 5)
    account = room.learner("english", "Kim")
    with room.app.app_context():
        session, actor = db.session(), Actor(account)
        attempt = start_assigned(
            session,
            current_library(),
            actor,
            assignment_id=assignment,
            language="en",
            now=room.clock(),
        )
        finish_attempt(session, actor, attempt_id=attempt, now=room.clock())
    page = room.page.get(f"{room.url}/assignments/{assignment}")
    assert "version 2 of 2, as it was asked (English)" in page.text
    hrefs = {str(a.get("href")) for a in page.one("ol", class_="items").find("a")}
    (first,) = sorted(href for href in hrefs if "version=2" in href)[:1]
    english = room.page.get(first)
    assert "Kim" in english.text
    assert "0 of 1" in english.text
    wall = slides(room, assignment, f"?item={items(room, assignment)[0]}")
    assert "5 learners" in wall.text
    assert len(items(room, assignment)) == 6
