"""Languages, dates and numbers of pages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from quizapp.store import installation
from quizapp.store.db import db, write
from quizapp.web import i18n
from tests.client import PageClient
from tests.web.people import People


def language(page: PageClient, **headers: str) -> str:
    return page.get("/login", headers=headers).one("html").get("lang")


def test_the_language_is_the_accounts_then_the_cookies_then_the_browsers(
    page: PageClient, people: People
) -> None:
    french = {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.1"}
    assert language(page) == "en"
    assert language(page, **french) == "fr"
    assert language(page, **{"Accept-Language": "xx,*;q=0"}) == "en"
    page.submit({"language": "en", "next": "/login"}, action="/language")
    assert language(page, **french) == "en"
    people.make("ada")
    people.sign_in(page, "ada")
    page.get("/account")
    page.submit({"language": "fr"}, action="/language")
    page.client.delete_cookie("language")
    assert page.get("/account").one("html").get("lang") == "fr"


def test_an_unknown_language_is_refused(page: PageClient) -> None:
    page.get("/login")
    page.post("/language", {"language": "../../etc"}, status=400)


@pytest.mark.parametrize(
    ("locale", "moment", "written"),
    [
        ("fr", datetime(2026, 11, 1, 22, 59, tzinfo=UTC), "1er novembre 2026"),
        ("fr", datetime(2026, 7, 31, 22, 30, tzinfo=UTC), "1er août 2026"),
        ("fr", datetime(2026, 10, 11, 8, tzinfo=UTC), "11 octobre 2026"),
        ("en", datetime(2026, 11, 1, 22, 59, tzinfo=UTC), "November 1, 2026"),
    ],
)
def test_a_date_is_written_as_the_school_has_it(
    app: Flask, locale: str, moment: datetime, written: str
) -> None:
    with app.test_request_context(headers={"Accept-Language": locale}):
        assert i18n.school_date(moment) == written


def test_the_time_zone_of_the_set_up_counts(app: Flask) -> None:
    with app.test_request_context():
        session = db.session()
        with write(session):
            installation.set_value(session, installation.TIME_ZONE, "America/Montreal")
        assert i18n.school_time(datetime(2026, 1, 1, 12, tzinfo=UTC)).startswith("7:00")


def test_a_naive_time_has_no_place_on_a_page(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(ValueError, match="naive"):
        i18n.school_date(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(("locale", "written"), [("fr", "72\u202f%"), ("en", "72%")])
def test_a_share_is_written_as_the_language_does(app: Flask, locale: str, written: str) -> None:
    with app.test_request_context(headers={"Accept-Language": locale}):
        assert i18n.percent(72) == written


def test_what_rounds_to_nothing_has_no_sign(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert [i18n.number(each, 1) for each in (-0.04, -0.06, 1234.5)] == [
            "0,0",
            "−0,1",
            "1\u202f234,5",
        ]


def test_a_catalogue_is_compiled_when_its_source_is_newer(tmp_path: Path) -> None:
    source = tmp_path / "po" / "fr" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n')
    target = tmp_path / "mo"
    assert i18n.compile_catalogues(tmp_path / "po", target) == target
    compiled = target / "fr" / "LC_MESSAGES" / "messages.mo"
    assert compiled.stat().st_size > 0
    assert [path.name for path in compiled.parent.iterdir()] == ["messages.mo"]
