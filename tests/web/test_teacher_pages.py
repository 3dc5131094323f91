"""The other pages of a teacher: classes, skills, one learner, one attempt, the demonstration."""

import pytest
from flask import Flask

from tests.client import PageClient
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, NUMBERS, Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def test_without_a_class_the_page_is_a_checklist(app: Flask, people: People) -> None:
    people.make("monsieur", roles=["teacher"])
    client = PageClient(app)
    people.sign_in(client, "monsieur")
    page = client.get("/teach")
    assert [step.text for step in page.one("ol", class_="steps").find("h2")] == [
        "Create your class",
        "Choose a quiz",
        "Share the code",
    ]


def test_classes_are_listed_with_learners_and_code(room: Room) -> None:
    room.learner("lynx-sage-13")
    card = room.page.get("/teach").one("li", class_="class-card")
    assert "1 learner" in card.text
    assert f"{room.code[:3]} {room.code[3:]}" in card.text


@pytest.mark.parametrize("quiz", [LABELS, MARKING, NUMBERS])
def test_an_attempt_shows_every_answer_beside_the_key(room: Room, quiz: str) -> None:
    assignment, account = room.assign(quiz), room.learner("lynx-sage-13", "Zoé")
    attempt = room.answer(account, assignment, ["right", "wrong", "unsure"], finish=True)
    page = room.page.get(f"{room.url}/attempts/{attempt}")
    parts = page.all("section", class_="answered")
    assert "100 points out of 100" in parts[0].text
    assert "“I do not know”" in parts[2].text
    assert "no answer" in parts[3].text
    assert not page.all("form", action=f"/attempts/{attempt}/finish")


def test_a_practice_attempt_is_the_learners_alone(room: Room) -> None:
    account = room.learner("lynx-sage-13")
    attempt = room.answer(account, room.assign())
    room.page.get(f"{room.url}/attempts/{attempt}")
    room.page.get(f"{room.url}/attempts/{attempt + 1}", 404)


def test_a_learner_page_has_skills_and_attempts(room: Room) -> None:
    assignment, account = room.assign(attempts_limit=2), room.learner("lynx-sage-13", "Zoé")
    room.assign(MARKING)
    first = room.answer(account, assignment)
    second = room.answer(account, assignment, ["wrong"])
    page = room.page.get(f"{room.url}/learners/{account}")
    links = [link.get("href") for link in page.all("a")]
    assert f"{room.url}/attempts/{first}" in links
    assert f"{room.url}/attempts/{second}" in links
    assert "Average 100.0, from 1 of 2 assignments." in page.text
    assert "6 of 6 right (61% to 100%)" in page.text


def test_skills_show_rates_with_their_interval_and_the_rule(room: Room) -> None:
    account = room.learner("lynx-sage-13", "Zoé")
    room.learner("puma-vif-14")
    room.answer(account, room.assign())
    page = room.page.get(f"{room.url}/skills")
    zoe, puma = (line.text for line in reversed(page.one("tbody").find("tr")))
    assert "6 of 6 right (61% to 100%)" in zoe
    assert "Not enough answers yet" in zoe
    assert "no answer yet" in puma
    assert "at least 8 exercises" in page.text
    assert "6 of 6 right" in page.one("tfoot").text


def test_the_demonstration_is_loaded_once_and_shows_the_range(room: Room) -> None:
    room.app.config["DEMONSTRATION_SLICE"] = 600
    room.page.get("/teach")
    loaded = room.page.submit(action="/teach/demonstration")
    demo = loaded.response.headers["Location"]
    assert len(room.page.follow(loaded).one("tbody").find("tr")) == 24
    room.page.get("/teach")
    assert room.page.post("/teach/demonstration").response.headers["Location"] == demo
    skills = room.page.get(f"{demo}/skills").text
    assert "distrusts everything" in skills
    assert "trusts everything" in skills.replace("distrusts everything", "")
    for word in ("Acquired", "Progressing", "To be worked on"):
        assert word in skills
