"""How a learner comes into a class, with good codes and bad ones."""

import re

import pytest
from flask import Flask

from quizapp.store import classes
from quizapp.store.db import db, write
from quizapp.store.models import SchoolClass
from quizapp.web.pseudonyms import is_pseudonym
from tests.client import PageClient
from tests.web.people import PASSWORD, People


@pytest.fixture
def school_class(people: People) -> tuple[int, str]:
    return people.make_class(people.make("teacher", ["teacher"]))


def change_class(app: Flask, class_id: int, **values: object) -> None:
    with app.app_context():
        session = db.session()
        with write(session):
            found = session.get(SchoolClass, class_id)
            for name, value in values.items():
                setattr(found, name, value)


def join(page: PageClient, code: str, **fields: str) -> str:
    page.get(f"/join/{code}")
    name = page.last.one("input", id="name").get("value")
    page.submit(fields, action=f"/join/{code}")
    return name


def test_from_home_it_takes_two_screens_and_two_submits(page: PageClient, school_class) -> None:
    code = school_class[1]
    page.get("/")
    form = page.submit({"code": f" {code[:3].lower()}-{code[3:]} "}, action="/join")
    page.follow(form)
    assert page.last.h1 == "3e B"
    home = page.follow(page.submit(action=f"/join/{code}"))
    assert "You are in the class 3e B." in home.text


def test_the_pin_on_the_page_is_the_secret(page: PageClient, school_class, people: People) -> None:
    page.get(f"/join/{school_class[1]}")
    pin = re.sub(r"\D", "", page.last.one("strong", class_="pin").text)
    assert len(pin) == 6
    name = page.last.one("input", id="name").get("value")
    page.submit(action=f"/join/{school_class[1]}")
    page.get("/account")
    page.submit(action="/logout")
    people.sign_in(page, name.upper(), pin)


def test_an_own_password_is_the_other_secret(page: PageClient, school_class, people) -> None:
    name = join(page, school_class[1], secret="password", password=PASSWORD)
    page.get("/account")
    page.submit(action="/logout")
    people.sign_in(page, name)


@pytest.mark.parametrize("password", ["", "short", "motdepasse", "azertyuiop", "x" * 129, "1" * 9])
def test_a_bad_password_is_refused_and_the_rest_kept(
    page: PageClient, school_class, password: str
) -> None:
    code = school_class[1]
    page.get(f"/join/{code}")
    chosen = page.last.all("input", name="name")[1].get("value")
    page.submit(
        {"name": chosen, "secret": "password", "password": password},
        action=f"/join/{code}",
        status=400,
    )
    ticked = [e for e in page.last.all("input", name="name") if "checked" in e.attributes]
    assert [e.get("value") for e in ticked] == [chosen]
    assert page.last.one("input", id="password").get("aria-invalid") == "true"
    assert page.last.all("a", href="#password")


def test_only_a_pin_of_ours_is_taken(page: PageClient, school_class) -> None:
    code = school_class[1]
    page.get(f"/join/{code}")
    page.submit({"offer": "123456"}, action=f"/join/{code}", status=400)
    assert "This code is too old" in page.last.text


def test_only_a_name_of_ours_is_taken(page: PageClient, school_class) -> None:
    code = school_class[1]
    page.get(f"/join/{code}")
    page.submit({"name": "Jean Dupont", "shown": "Jean Dupont"}, action=f"/join/{code}", status=400)
    assert "Jean" not in page.last.html


def test_three_names_are_offered_and_others_on_request(page: PageClient, school_class) -> None:
    code = school_class[1]
    first = [e.get("value") for e in page.get(f"/join/{code}").all("input", name="name")]
    assert len(set(first)) == 3
    assert all(is_pseudonym(name) for name in first)
    pin = page.last.one("strong", class_="pin").text
    page.submit({"others": "1"}, action=f"/join/{code}", status=200)
    second = [e.get("value") for e in page.last.all("input", name="name")]
    assert not set(first) & set(second)
    assert page.last.one("strong", class_="pin").text == pin


def test_a_name_taken_meanwhile_is_refused_by_the_insert(
    app: Flask, page: PageClient, school_class, people: People
) -> None:
    code = school_class[1]
    name = page.get(f"/join/{code}").one("input", id="name").get("value")
    people.make(name)
    page.submit(action=f"/join/{code}", status=400)
    assert "Somebody was faster" in page.last.text
    assert len(page.last.all("input", name="name")) == 3


def test_a_signed_in_learner_joins_by_one_submit(page: PageClient, people, school_class) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    code = school_class[1]
    page.get(f"/join/{code}")
    page.submit(action=f"/join/{code}")
    assert "already" in page.get(f"/join/{code}").text


def test_every_bad_code_has_its_words_and_stays_in_the_field(
    app: Flask, page: PageClient, people: People, clock
) -> None:
    teacher = people.make("teacher", ["teacher"])
    closed, archived, renewed = (people.make_class(teacher) for _ in range(3))
    change_class(app, closed[0], join_open=False)
    change_class(app, archived[0], archived_at=clock())
    with app.app_context():
        session = db.session()
        with write(session):
            classes.renew_code(session, renewed[0], clock())
    words = {
        closed[1]: "takes nobody in",
        archived[1]: "This class is over",
        renewed[1]: "No class has this code",
        "BCDFG": "No class has this code",
        "AEUY01": "No class has this code",
        "": "Type the code",
        "é' OR 1=1 --": "No class has this code",
        "9" * 10_000: "No class has this code",
        "\ufffd\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"): "No class",
    }
    for code, said in words.items():
        page.get("/join")
        page.submit({"code": code}, action="/join", status=400)
        assert said in page.last.text
        assert page.last.one("input", id="code").get("value") == code[:40]


def test_a_lone_learner_registers_where_it_is_open(page: PageClient) -> None:
    page.get("/register")
    page.follow(page.submit(action="/register"))


def test_registration_can_be_closed(make_settings, sqlite_url) -> None:
    from quizapp.app import create_app

    app = create_app(make_settings(sqlite_url, open_registration=False))
    PageClient(app).get("/register", 404)
