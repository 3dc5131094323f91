"""The first account, invited staff, and what administrators do."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store import installation
from quizapp.store.db import db
from quizapp.store.models import AuditEntry
from tests.client import PageClient
from tests.web.people import PASSWORD, People

FIRST = {"name": "Ada", "password": PASSWORD, "time_zone": "America/Montreal"}


def set_up(page: PageClient, link: str, status: int = 303, **changes: str) -> None:
    page.get(link)
    page.submit(FIRST | changes, action=link, status=status)


def test_the_first_person_administers_teaches_and_writes(
    app: Flask, page: PageClient, people: People
) -> None:
    assert "set-up link" in page.get("/").text
    set_up(page, people.setup_link())
    page.get("/teach")
    page.get("/admin")
    assert "set-up link" not in page.get("/").text
    with app.app_context():
        zone = installation.find_value(db.session(), installation.TIME_ZONE)
    assert zone == "America/Montreal"
    assert people.setup_link() is None


def test_a_set_up_link_works_once(app: Flask, page: PageClient, people: People) -> None:
    link = people.setup_link()
    late = PageClient(app)
    late.get(link)
    set_up(page, link)
    late.post(link, FIRST | {"name": "Eve"}, status=404)
    assert late.get(link, 404).h1 == "This link works no more"


def test_an_old_or_replaced_set_up_link_is_dead(page: PageClient, people: People, clock) -> None:
    first, second = people.setup_link(), people.setup_link()
    page.get(first, 404)
    page.get(second)
    clock.forward(days=8)
    page.get(second, 404)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 61),
        ("name", "ada@school.example"),
        ("password", "short"),
        ("password", "password123"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_kept(
    page: PageClient, people: People, field: str, value: str
) -> None:
    set_up(page, people.setup_link(), 400, **{field: value})
    assert page.last.all("a", href=f"#{field}")
    assert page.last.one("title").text.startswith("Error")


def invite(page: PageClient, *roles: str) -> str:
    page.get("/admin")
    page.post("/admin/invitations", {"roles": list(roles)}, status=200)
    link = page.last.one("input", id="invitation-link").get("value")
    return re.sub(r"^http://localhost", "", link)


def test_an_invited_person_gets_the_roles_of_the_invitation(
    app: Flask, page: PageClient, people: People
) -> None:
    people.make("boss", ["admin"])
    people.sign_in(page, "boss")
    link = invite(page, "teacher")
    guest = PageClient(app)
    guest.get(link)
    guest.post(link, {"name": "Grace", "password": PASSWORD})
    guest.get("/teach")
    guest.get("/admin", 403)
    PageClient(app).get(link, 404)


def test_an_invitation_needs_a_role_that_exists(page: PageClient, people: People) -> None:
    people.make("boss", ["admin"])
    people.sign_in(page, "boss")
    page.get("/admin")
    page.post("/admin/invitations", {"roles": "root"}, status=400)
    page.post("/admin/invitations", {})


def test_roles_change_at_the_next_request(app: Flask, people: People, client_of) -> None:
    people.make("boss", ["admin"])
    grace = people.make("grace", ["teacher"])
    boss, teacher = client_of("boss"), client_of("grace")
    boss.get("/admin")
    boss.submit({"roles": "author"}, action=f"/admin/people/{grace}/roles")
    teacher.get("/teach", 303)
    people.sign_in(teacher, "grace")
    teacher.get("/teach", 403)


def test_administrators_cannot_lock_themselves_out(page: PageClient, people: People) -> None:
    boss = people.make("boss", ["admin"])
    people.sign_in(page, "boss")
    page.get("/admin")
    page.post(f"/admin/people/{boss}/roles", {}, status=404)
    page.post(f"/admin/people/{boss}/active", {"active": "0"}, status=404)


def test_a_deactivated_person_can_be_let_in_again(people: People, client_of) -> None:
    people.make("boss", ["admin"])
    grace = people.make("grace", ["teacher"])
    boss, teacher = client_of("boss"), client_of("grace")
    for active in ("0", "1"):
        boss.get("/admin")
        boss.submit({"active": active}, action=f"/admin/people/{grace}/active")
        teacher.get("/teach", 303)
    people.sign_in(teacher, "grace")


def test_what_administrators_do_is_in_the_audit_and_the_log(
    app: Flask, page: PageClient, people: People, tmp_path
) -> None:
    people.make("boss", ["admin"])
    people.sign_in(page, "boss")
    link = invite(page, "teacher")
    with app.app_context():
        actions = db.session.scalars(select(AuditEntry.action)).all()
    assert "invitation.create" in actions
    log = (tmp_path / "events.jsonl").read_text("ascii")
    events = [json.loads(line) for line in log.splitlines()]
    assert [event["event"] for event in events] == ["login", "invitation.created"]
    assert PASSWORD not in log
    assert link.rsplit("/", 1)[1] not in log
