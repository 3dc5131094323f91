"""Learners added one by one or as a list, their PINs and the slips that hand them out."""

import io
import re

import pytest
from flask import Flask

from tests.client import Page, PageClient
from tests.web.conftest import Clock
from tests.web.enrolling import LIST, confirm, people_of, show, slips
from tests.web.people import People
from tests.web.teaching import Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


def test_a_list_is_shown_line_by_line_before_anything_is_kept(room: Room) -> None:
    page = show(room, LIST)
    assert people_of(room) == {}
    rows = [[cell.text for cell in row.find("td")] for row in page.all("tr")[1:]]
    assert [row[0] for row in rows] == ["2", "3"]
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d\d drawn", rows[0][1])
    assert rows[1][1] == "max.dupont"


def test_what_was_shown_is_taken_in_and_the_slips_open_the_accounts(room: Room) -> None:
    shown = show(room, LIST)
    made = slips(room.page.follow(confirm(room)))
    assert {name: login for name, (login, _) in made.items()} == people_of(room)
    assert set(made) == {"LÉVÊQUE Zoé", "DUPONT Max"}
    assert made["LÉVÊQUE Zoé"][0] in shown.text
    for login, pin in made.values():
        assert re.fullmatch(r"\d{6}", pin)
        room.people.sign_in(PageClient(room.app), login, pin)


def test_slips_are_shown_once(room: Room) -> None:
    show(room, LIST)
    pins = [pin for _, pin in slips(room.page.follow(confirm(room))).values()]
    again = room.page.get(f"{room.url}/roster/slips")
    assert slips(again) == {}
    assert not any(pin in again.html for pin in pins)
    roster = room.page.get(f"{room.url}/roster")
    assert "not signed in yet" in roster.text


def test_a_second_click_gives_the_same_learners_and_the_same_pins(room: Room) -> None:
    show(room, LIST)
    shown = room.page.last
    first = slips(room.page.follow(confirm(room)))
    room.page.last = shown
    second = slips(room.page.follow(confirm(room)))
    assert second == first
    assert len(people_of(room)) == 2


def test_one_bad_line_keeps_the_whole_list_out_and_is_named(room: Room) -> None:
    room.learner("lynx-sage-13", "Ida K.")
    text = "Ada L.\nida k.\nzoe@example.org\nada l.\n" + "x" * 61 + "\n06 11 22 33 44"
    page = show(room, text, 422)
    said = [item.text for item in page.one("div", class_="error-summary").find("li")]
    assert [line.partition(":")[0].strip() for line in said] == [f"Line {n}" for n in range(2, 7)]
    for words in ("is called this", "e-mail", "in line 1", "too long", "telephone"):
        assert any(words in line for line in said), words
    assert page.one("textarea").text == " ".join(text.split())
    assert people_of(room) == {"Ida K.": "lynx-sage-13"}
    page = room.page.submit({"drop": "1"}, action=f"{room.url}/roster/add", number=0, status=200)
    assert [row.find("th")[0].text for row in page.all("tr")[1:]] == ["Ada L."]


def test_a_name_taken_elsewhere_is_refused(room: Room) -> None:
    room.people.make("Max.Dupont")
    assert "is taken" in show(room, LIST, 422).text
    assert people_of(room) == {}


def test_a_list_that_was_overtaken_is_shown_again_and_nothing_is_kept(room: Room) -> None:
    show(room, LIST)
    room.learner("lynx-sage-13", "léveque zoé")
    room.learner("lynx-sage-14", "LÉVÊQUE Zoé")
    page = confirm(room, 422)
    assert "Nothing was taken in" in page.text
    assert "DUPONT Max" not in people_of(room)


@pytest.mark.parametrize("forged", ["", "x.y.z", "foreign"])
def test_a_plan_that_was_not_signed_for_this_class_takes_nobody_in(room: Room, forged: str) -> None:
    if forged == "foreign":
        other = Room(room.app, room.people, room.clock, teacher="monsieur")
        shown = show(other, "Ada L.")
        forged = shown.one("input", name="plan").get("value")
    show(room, LIST)
    room.page.submit({"confirm": "1", "plan": forged}, action=f"{room.url}/roster/add", status=200)
    assert people_of(room) == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_is_read_in_its_encoding(room: Room, encoding: str) -> None:
    room.page.get(f"{room.url}/roster/add")
    file = (io.BytesIO(LIST.encode(encoding)), "3eB.csv")
    page = room.page.post(f"{room.url}/roster/add", [("list", ""), ("file", file)], status=200)
    assert "LÉVÊQUE Zoé" in page.text
    room.page.follow(confirm(room))
    assert set(people_of(room)) == {"LÉVÊQUE Zoé", "DUPONT Max"}


@pytest.mark.parametrize(
    ("text", "said"), [(" \n", "Paste a list"), ("\n".join(f"Ada {n}" for n in range(201)), "200")]
)
def test_a_list_of_nobody_or_of_too_many_is_refused(room: Room, text: str, said: str) -> None:
    assert said in show(room, text, 422).one("p", class_="error").text


def add_one(room: Room, label: str, login: str = "", status: int = 303) -> Page:
    room.page.get(f"{room.url}/roster/add")
    fields = {"label": label, "login": login}
    return room.page.submit(fields, action=f"{room.url}/roster/learners", status=status)


def test_one_learner_is_added_with_a_slip(room: Room) -> None:
    made = slips(room.page.follow(add_one(room, " Zoé  B. ", "zoe.b")))
    assert made["Zoé B."][0] == "zoe.b"
    made = slips(room.page.follow(add_one(room, "Max")))
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d\d", made["Max"][0])


def test_one_learner_who_cannot_be_added_is_said_beside_the_field(room: Room) -> None:
    room.learner("lynx-sage-13", "Zoé")
    for label, login, field in (
        ("", "", "label"),
        ("zoé", "", "label"),
        ("Max", "LYNX-sage-13", "login"),
        ("Max", "madame", "login"),
        ("Max", "m x", "login"),
    ):
        page = add_one(room, label, login, 422)
        assert page.one("input", id=field).get("aria-invalid") == "true", (label, login)
        assert page.one("input", id="login").get("value") == login
    assert people_of(room) == {"Zoé": "lynx-sage-13"}


def test_a_form_without_its_signed_offer_is_sent_again(room: Room) -> None:
    room.page.get(f"{room.url}/roster/add")
    fields = {"label": "Zoé", "offer": "x.y"}
    page = room.page.submit(fields, action=f"{room.url}/roster/learners", status=422)
    assert "open for too long" in page.text
    room.page.follow(room.page.submit(action=f"{room.url}/roster/learners"))
    assert set(people_of(room)) == {"Zoé"}


def test_a_double_click_on_one_learner_shows_the_same_slip(room: Room) -> None:
    room.page.get(f"{room.url}/roster/add")
    form = room.page.last
    tries = []
    for _ in range(2):
        room.page.last = form
        sent = room.page.submit({"label": "Zoé"}, action=f"{room.url}/roster/learners")
        tries.append(slips(room.page.follow(sent)))
    assert tries[0] == tries[1]
    assert len(tries[0]) == 1


def test_the_log_in_name_of_somebody_there_gives_them_no_other_pin(room: Room) -> None:
    """Who has a password of their own keeps it, even under the same label."""
    room.learner("lynx-sage-13", "Zoé")
    add_one(room, "Zoé", "lynx-sage-13", 422)
    room.people.sign_in(PageClient(room.app), "lynx-sage-13")
