"""Tokens and origins of forms, and forms that come back filled in."""

import pytest
from flask import Flask

from quizapp.web.csrf import unmask
from tests.client import PageClient
from tests.web.people import PASSWORD, People

POSTS = ["/language", "/login", "/logout", "/join", "/register", "/admin/invitations"]


@pytest.mark.parametrize("path", POSTS)
def test_a_post_without_a_token_is_refused(page: PageClient, path: str) -> None:
    page.get("/login")
    page.post(path, {"csrf_token": ""}, status=400)


def test_a_token_of_another_browser_is_refused(app: Flask, page: PageClient) -> None:
    token = page.get("/login").form("/login").find("input", name="csrf_token")[0].get("value")
    other = PageClient(app)
    other.get("/login")
    other.post("/language", {"csrf_token": token, "language": "fr"}, status=400)


def test_the_token_looks_different_in_every_form_and_is_the_same(page: PageClient) -> None:
    forms = page.get("/login").all("input", name="csrf_token")
    values = [field.get("value") for field in forms]
    assert len(set(values)) == len(values) > 1
    assert len({unmask(value) for value in values}) == 1


def test_a_stale_token_brings_the_form_back_filled_in(page: PageClient) -> None:
    page.get("/join")
    page.post("/join", {"code": "bcd fgh", "csrf_token": "stale"}, status=400)
    assert page.last.one("input", id="code").get("value") == "bcd fgh"
    assert "nothing was saved" in page.last.text
    page.submit(action="/join", status=400)
    assert "No class has this code" in page.last.text


def test_a_stale_token_never_brings_a_password_back(page: PageClient) -> None:
    page.get("/login")
    page.post("/login", {"name": "ada", "password": "secret-sign", "csrf_token": "x"}, status=400)
    assert page.last.one("input", id="name").get("value") == "ada"
    assert "secret-sign" not in page.last.html


def test_a_token_does_not_grow_old(page: PageClient, people: People, clock) -> None:
    people.make("ada")
    page.get("/login")
    clock.forward(hours=30)
    page.submit({"name": "ada", "password": PASSWORD}, action="/login")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_post_from_another_site_is_refused(page: PageClient, headers: dict[str, str]) -> None:
    page.get("/login")
    page.post("/language", {"language": "fr"}, status=403, headers=headers)


def test_a_post_from_this_site_is_taken(page: PageClient) -> None:
    page.get("/login")
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    page.post("/language", {"language": "fr", "next": "/login"}, headers=headers)
    assert page.get("/login").one("html").get("lang") == "fr"


def test_a_form_sent_after_the_session_died_waits_for_the_log_in(
    app: Flask, page: PageClient, people: People, clock
) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    page.get("/account")
    clock.forward(hours=3)
    page.post("/account", {"password": "a new password", "kept": "typed text"}, status=401)
    waiting = page.last
    assert waiting.one("input", name="form").get("value") == "/account"
    assert waiting.one("input", name="kept-kept").get("value") == "typed text"
    assert "a new password" not in waiting.html
    page.submit({"name": "ada", "password": PASSWORD}, action="/login", status=200)
    assert page.last.h1 == "ada"
    assert "nothing was saved yet" in page.last.text


def test_what_waits_survives_a_mistyped_password(page: PageClient, people: People) -> None:
    people.make("ada")
    page.get("/login")
    page.post("/account", {"kept": "typed text"}, status=401)
    page.submit({"name": "ada", "password": "wrong"}, action="/login", status=401)
    assert page.last.one("input", name="kept-kept").get("value") == "typed text"
