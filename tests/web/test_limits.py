"""How wrong tries are slowed, and how the right ones are not."""

import pytest
from flask import Flask

from quizapp.web import passwords
from tests.client import PageClient
from tests.web.people import People

NOBODY = "This name and this secret do not belong together."


def try_wrong(page: PageClient, name: str, status: int) -> None:
    page.get("/login")
    page.submit({"name": name, "password": "wrong"}, action="/login", status=status)


def test_the_eleventh_wrong_try_has_to_wait(page: PageClient, people: People, clock) -> None:
    people.make("ada")
    for _ in range(10):
        try_wrong(page, "ada", 401)
    try_wrong(page, "Ada ", 429)
    assert 0 < int(page.last.response.headers["Retry-After"]) <= 900
    assert "15 minutes" in page.last.text
    people.sign_in(page, "ada", status=429)
    clock.forward(minutes=16)
    people.sign_in(page, "ada")


def test_an_unknown_name_is_limited_just_the_same(page: PageClient, people: People) -> None:
    for _ in range(10):
        try_wrong(page, "nobody", 401)
    try_wrong(page, "nobody", 429)


def test_a_class_behind_one_address_is_not_locked_out(app: Flask, people: People) -> None:
    for number in range(31):
        people.make(f"pupil-{number}")
    for number in range(31):
        page = PageClient(app)
        try_wrong(page, f"pupil-{number}", 401)
        try_wrong(page, f"pupil-{number}", 401)
        people.sign_in(page, f"pupil-{number}")


def test_one_address_cannot_try_for_ever(app: Flask, page: PageClient, monkeypatch) -> None:
    from quizapp.store import limits
    from quizapp.web.entry import login

    few = limits.Limit("address", 5, limits.ADDRESS.window)
    monkeypatch.setattr(login.limits, "ADDRESS", few)
    for number in range(5):
        try_wrong(page, f"name-{number}", 401)
    try_wrong(page, "name-5", 429)


def test_a_right_try_forgets_the_wrong_ones(page: PageClient, people: People) -> None:
    people.make("ada")
    for _ in range(3):
        for _ in range(9):
            try_wrong(page, "ada", 401)
        people.sign_in(page, "ada")
        page.get("/account")
        page.submit(action="/logout")


def test_known_and_unknown_names_get_the_same_words_and_hash(
    page: PageClient, people: People, monkeypatch
) -> None:
    people.make("ada")
    hashed: list[str] = []
    check = passwords.check_password_hash

    def count(pwhash: str, password: str) -> bool:
        hashed.append(pwhash)
        return check(pwhash, password)

    monkeypatch.setattr(passwords, "check_password_hash", count)
    for name in ("ada", "nobody"):
        try_wrong(page, name, 401)
        assert NOBODY in page.last.text
    assert len(hashed) == 2
    assert hashed[0].split("$")[0] == hashed[1].split("$")[0]


def test_an_over_long_password_is_not_hashed(page: PageClient, people: People, monkeypatch) -> None:
    people.make("ada")
    monkeypatch.setattr(passwords, "check_password_hash", lambda *_: pytest.fail("hashed"))
    page.get("/login")
    page.submit({"name": "ada", "password": "x" * 129}, action="/login", status=401)


def test_class_codes_cannot_be_guessed_for_ever(page: PageClient, monkeypatch) -> None:
    from quizapp.store import limits
    from quizapp.web.entry import join

    monkeypatch.setattr(join.limits, "CODE", limits.Limit("code", 4, limits.CODE.window))
    page.get("/join")
    for _ in range(3):
        page.submit({"code": "BCDFGH"}, action="/join", status=400)
    page.get("/join/BCDFGJ", 404)
    page.get("/join/BCDFGK", 429)


def test_the_present_password_is_limited_too(page: PageClient, people: People) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    typed = {"current": "wrong", "password": "staple gun paradise"}
    for _ in range(10):
        page.get("/account")
        page.submit(typed, action="/account", status=400)
    page.get("/account")
    page.submit(typed, action="/account", status=429)
