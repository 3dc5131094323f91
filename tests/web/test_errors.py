"""Errors as pages in words, and requests that nobody's browser makes."""

import re

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from quizapp.store.db import Busy
from quizapp.web import errors
from tests.client import PageClient
from tests.web.people import PASSWORD, People


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "", html)


def test_a_page_that_is_not_there_and_one_that_is_not_ours_are_equal(
    app: Flask, page: PageClient, people: People
) -> None:
    people.make("ada", ["admin"])
    learner = people.make("bob")
    people.sign_in(page, "ada")
    page.get("/admin")
    bodies = {
        without_tokens(page.post(f"/admin/people/{number}/roles", status=404).html)
        for number in (learner, 999_999)
    }
    assert len(bodies) == 1


@pytest.mark.parametrize(
    "value", ["1.0", "٣", "NaN", "1e999", "-1", "0", "01", "9" * 10_000, "%00"]
)
def test_an_id_that_is_none_is_not_found(page: PageClient, people: People, value: str) -> None:
    people.make("ada", ["admin"])
    people.sign_in(page, "ada")
    page.get("/admin")
    page.post(f"/admin/people/{value}/roles", status=404)


def test_a_wrong_method_is_said_in_words(page: PageClient) -> None:
    answer = page.get("/logout", 405)
    assert answer.h1 == "This address does not work that way"
    assert "POST" in answer.response.headers["Allow"]


def test_a_role_that_is_missing_is_said_in_words(page: PageClient, people: People) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    assert page.get("/admin", 403).h1 == "This page is not open to you"
    page.get("/teach", 403)


@pytest.mark.parametrize("size", [700_000, 2_000_000])
def test_a_form_that_is_too_long_is_refused_in_words(page: PageClient, size: int) -> None:
    page.get("/join")
    answer = page.post("/join", {"code": "x" * size}, status=413)
    assert answer.h1 == "What you sent is too long"


def test_a_form_of_too_many_fields_is_refused(page: PageClient) -> None:
    page.get("/join")
    page.post("/join", {"code": ["x"] * 1_001}, status=413)


def test_a_null_sign_is_refused(page: PageClient) -> None:
    page.get("/login")
    page.post("/login", {"name": "a\0b", "password": PASSWORD}, status=400)


def test_binary_rubbish_is_answered(app: Flask) -> None:
    client = app.test_client()
    for content_type in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        response = client.post("/join", data=bytes(range(256)) * 8, content_type=content_type)
        assert response.status_code in (400, 413)
    response = client.post("/join", data=b"\xff" * 64, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize("query", ["next=%00", "next=" + "x" * 9_000, "next=a&next=b", "v[]=%FF"])
def test_rubbish_in_the_address_is_answered(page: PageClient, query: str) -> None:
    page.get(f"/login?{query}")


@pytest.mark.parametrize(
    "trouble",
    [Busy("locked"), OperationalError("INSERT", {}, Exception("disk is full"))],
)
def test_a_database_in_trouble_says_that_nothing_was_saved(
    page: PageClient, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise trouble

    page.get("/join")
    monkeypatch.setattr("quizapp.web.entry.join.classes.find_entrance", fail)
    answer = page.post("/join", {"code": "BCD FGH"}, status=503)
    assert answer.h1.startswith("Not saved")
    assert int(answer.response.headers["Retry-After"]) > 0
    monkeypatch.undo()
    page.submit(action="/join", status=400)
    assert page.last.one("input", id="code").get("value") == "BCD FGH"


def test_a_page_for_a_database_that_is_gone_asks_it_nothing(
    app: Flask, page: PageClient, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    people.make("ada")
    people.sign_in(page, "ada")
    monkeypatch.setattr("quizapp.web.auth.sessions.find_signed_in", fail)
    assert "Sign in" in page.get("/account", 503).text


def test_every_status_has_its_words(app: Flask) -> None:
    assert {400, 403, 404, 405, 409, 413, 429, 500, 503} == set(errors.WORDS)


def test_a_foreign_host_is_refused_in_words(app: Flask) -> None:
    response = app.test_client().get("/login", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "QUIZAPP_TRUSTED_HOSTS" in response.text


def test_the_server_says_that_it_is_well(page: PageClient) -> None:
    assert page.get("/healthz").html == "ok\n"
    assert page.get("/readyz").html == "ready\n"
