"""What administrators decide: invitations, roles, and the day on which a year's classes go."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.core.retention import DEFAULT, PurgeRule
from quizapp.store import accounts, classes
from quizapp.store.db import db, write
from quizapp.store.models import AuditEntry, SchoolClass
from quizapp.store.retention import find_rule
from tests.client import PageClient
from tests.web.people import People


@pytest.fixture
def boss(people: People, client_of) -> PageClient:
    people.make("ada", ["admin"])
    return client_of("ada")


def audited(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def rule(app: Flask) -> PurgeRule | None:
    with app.app_context():
        return find_rule(db.session())


def test_an_invitation_is_listed_until_it_is_used_or_withdrawn(
    app: Flask, boss: PageClient
) -> None:
    boss.get("/admin")
    made = boss.submit({"roles": "author"}, action="/admin/invitations", status=200)
    link = made.one("input", id="invitation-link").get("value").partition("localhost")[2]
    boss.get("/admin")
    [withdraw] = [
        form for form in boss.last.all("form") if form.get("action").endswith("/withdraw")
    ]
    assert link.rpartition("/")[2] not in boss.last.html
    PageClient(app).get(link)
    boss.submit(action=withdraw.get("action"))
    PageClient(app).get(link, 404)
    boss.get("/admin")
    assert not [form for form in boss.last.all("form") if form.get("action").endswith("/withdraw")]
    boss.post(withdraw.get("action"), status=404)
    assert audited(app) == ["invitation.create", "invitation.withdraw"]


def test_an_invitation_is_dead_after_seven_days(app: Flask, boss: PageClient, clock) -> None:
    boss.get("/admin")
    boss.submit({"roles": "teacher"}, action="/admin/invitations", status=200)
    assert "/withdraw" in boss.get("/admin").html
    clock.forward(days=7)
    boss.get("/admin", 303)
    people = People(app, clock)
    people.sign_in(boss, "ada")
    assert "/withdraw" not in boss.get("/admin").html


def test_nobody_is_left_without_a_role(app: Flask, boss: PageClient, people: People) -> None:
    grace = people.make("grace", ["teacher"])
    boss.get("/admin")
    boss.post(f"/admin/people/{grace}/roles", {})
    assert "Leave at least one role" in boss.get("/admin").text
    with app.app_context():
        assert accounts.find_staff(db.session(), grace).roles == ("teacher",)


def test_of_two_administrators_who_shut_each_other_out_one_stays(
    app: Flask, boss: PageClient, people: People, client_of
) -> None:
    bob = people.make("bob", ["admin"])
    other = client_of("bob")
    other.get("/admin")
    boss.get("/admin")
    boss.post(f"/admin/people/{bob}/active", {"active": "0"})
    with app.app_context():
        ada = accounts.find_credentials(db.session(), "ada").account_id
    other.post(f"/admin/people/{ada}/active", {"active": "0"}, status=401)
    boss.get("/admin")


def test_the_day_of_the_deletion_is_printed_by_the_privacy_page(
    app: Flask, boss: PageClient
) -> None:
    visitor = PageClient(app)
    assert rule(app) == DEFAULT
    assert "Each year on August 31" in visitor.get("/privacy").text
    assert "August 31, 2027" in visitor.last.text
    boss.get("/admin")
    boss.submit({"purge": "yearly", "day": "1", "month": "7"}, action="/admin/retention")
    assert rule(app) == PurgeRule(7, 1, since=date(2026, 10, 5))
    assert "Each year on July 1" in visitor.get("/privacy").text
    boss.get("/admin")
    boss.submit({"purge": "never"}, action="/admin/retention")
    assert rule(app) is None
    assert "Each year" not in visitor.get("/privacy").text
    assert "has no day on which classes are deleted" in visitor.last.text
    assert audited(app) == ["retention.set"] * 2


@pytest.mark.parametrize(
    "fields",
    [
        {"purge": "yearly", "day": "29", "month": "2"},
        {"purge": "yearly", "day": "31", "month": "4"},
        {"purge": "yearly", "day": "٣", "month": "4"},
        {"purge": "yearly", "day": "1.0", "month": "4"},
        {"purge": "yearly", "day": "9" * 5000, "month": "4"},
        {"purge": "maybe"},
    ],
)
def test_a_day_that_is_not_there_is_refused(app: Flask, boss: PageClient, fields) -> None:
    boss.get("/admin")
    boss.submit(fields, action="/admin/retention", status=422)
    assert rule(app) == DEFAULT
    assert boss.last.all("div", class_="error-summary")


def test_what_is_due_is_said_with_the_command(app: Flask, boss: PageClient, people: People) -> None:
    class_id, _ = people.make_class(people.make("madame", ["teacher"]))
    assert "Due now" not in boss.get("/admin").text
    with app.app_context():
        session = db.session()
        with write(session):
            made = datetime(2025, 10, 5, tzinfo=UTC)
            session.get_one(SchoolClass, class_id).created_at = made
    assert "1 class, 0 accounts" in boss.get("/admin").text
    assert "python3 -m quizapp purge" in boss.last.text


def test_teachers_see_when_their_class_goes(app: Flask, people: People, client_of, clock) -> None:
    class_id, _ = people.make_class(people.make("madame", ["teacher"]))
    page = client_of("madame")
    path = f"/teach/classes/{class_id}"
    assert "are deleted on August 31, 2027" in page.get(f"{path}/settings").text
    assert "August 31" not in page.get(path).text
    clock.time = datetime(2027, 7, 5, 8, tzinfo=UTC)
    people.sign_in(page, "madame")
    assert "deleted on August 31, 2027" in page.get(path).text
    with app.app_context():
        session = db.session()
        with write(session):
            classes.archive_class(session, class_id, clock())
    clock.time = datetime(2027, 9, 1, 8, tzinfo=UTC)
    people.sign_in(page, "madame")
    assert "was due for deletion on August 31, 2027" in page.get(path).text
