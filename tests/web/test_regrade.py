"""A corrected key in the web app: the teacher's offer, the author's, what the learner then sees."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.app import create_app
from quizapp.settings import Settings
from quizapp.store import classes
from quizapp.store.attempts import Actor
from quizapp.store.db import open_engine, open_session, write
from quizapp.store.models import AuditEntry, Membership, Regrade, Role
from quizapp.web import regrading
from quizapp.web.library import EXTENSION
from tests.client import Page, PageClient
from tests.conftest import CompiledTemplates
from tests.store.keys import CURRENT, FULL, LABELS, Lesson
from tests.store.school import NOW
from tests.web.people import People


@pytest.fixture
def app(settings: Settings, tmp_path: Path) -> Flask:
    app = create_app(replace(settings, questions=(tmp_path / "questions",)))
    app.testing = True
    app.config["CLOCK"] = lambda: NOW
    app.jinja_env.bytecode_cache = CompiledTemplates()
    return app


class Corrected:
    """A class that has handed in and a learner who has practised, before a key was corrected."""

    def __init__(self, app: Flask, lesson: Lesson) -> None:
        self.app, self.lesson = app, lesson
        self.people = People(app, lambda: NOW)
        self.people.make("madame", roles=["teacher"])
        self.people.make("monsieur", roles=["teacher"])
        self.people.make("plume", roles=["author"])
        learner = self.people.make("loutre-calme-42")
        teacher = self.people.make("adjointe", roles=["teacher"])
        session, self.class_id = lesson.session, lesson.school.class_id
        with write(session):
            session.add(self._membership(teacher))
            classes.join_class(session, self.class_id, learner, NOW)
        self.attempt = lesson.hand_in(actor=Actor(learner))
        lesson.hand_in()
        lesson.answer_all(lesson.school.practise())
        lesson.change_key(LABELS)
        session.commit()
        app.extensions[EXTENSION]._looked = float("-inf")
        self.assignment = f"/teach/classes/{self.class_id}/assignments/{lesson.school.assignment}"
        self.url = f"{self.assignment}/regrade/fr/{LABELS}"

    def _membership(self, account: int) -> Membership:
        return Membership(
            class_id=self.class_id, account_id=account, role=Role.TEACHER, joined_at=NOW
        )

    def client(self, name: str) -> PageClient:
        page = PageClient(self.app)
        self.people.sign_in(page, name)
        return page

    def decide(self, page: PageClient, url: str, choice: str, status: int = 303) -> Page:
        page.get(url)
        return page.submit({"choice": choice}, number=-1, status=status)


@pytest.fixture
def corrected(app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Corrected]:
    engine = open_engine(settings.database_url)
    with open_session(engine) as session:
        yield Corrected(app, Lesson(session, tmp_path / "questions"))
    engine.dispose()


def test_a_teacher_is_offered_the_class_and_sees_each_learner(corrected: Corrected) -> None:
    page = corrected.client("adjointe")
    assert corrected.url in page.get(corrected.assignment).html
    shown = page.get(corrected.url)
    assert "loutre-calme-42 100 50" in shown.text
    assert "higher: 0, lower: 2" in shown.text
    assert corrected.lesson.points(corrected.attempt)[LABELS] == 10_000


def test_the_former_key_stands_beside_the_current_one(corrected: Corrected) -> None:
    for name, url in (
        ("adjointe", corrected.url),
        ("plume", f"/author/mairie/fr/{LABELS}/regrade"),
    ):
        page = corrected.client(name).get(url)
        before = page.one("section", **{"aria-labelledby": "former-1"}).text
        now = page.one("section", **{"aria-labelledby": "key"}).text
        assert "Key Judgement" in before
        assert "Key Judgement" not in now


def test_a_contest_of_the_corrected_key_leads_to_the_marks(corrected: Corrected) -> None:
    page = corrected.client("adjointe")
    debate = f"{corrected.assignment}/contests/{LABELS}"
    assert corrected.url in page.get(debate).html
    assert corrected.url in page.get(f"/teach/classes/{corrected.class_id}/contests").html
    assert debate in page.get(corrected.url).html


def test_a_decision_holds_for_the_class_alone_and_leaves_an_audit_row(
    corrected: Corrected,
) -> None:
    page = corrected.client("adjointe")
    page.follow(corrected.decide(page, corrected.url, "current"))
    assert corrected.url not in page.get(corrected.assignment).html
    assert corrected.lesson.points(corrected.attempt)[LABELS] == 5_000
    session = corrected.lesson.session
    session.rollback()
    assert [row.choice for row in session.scalars(select(Regrade))] == [CURRENT]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "regrade.commit")).one()
    assert (entry.object, entry.detail["choice"]) == (f"exercise:mairie/fr/{LABELS}", "current")
    assert "adjointe" in page.get(corrected.url).text
    assert LABELS in corrected.client("plume").get("/author/regrades").html


def test_an_author_decides_for_practice_without_seeing_anybody(corrected: Corrected) -> None:
    page = corrected.client("plume")
    url = f"/author/mairie/fr/{LABELS}/regrade"
    assert url in page.get("/author/regrades").html
    assert "lynx-vif-12" not in page.get(url).html
    page.follow(corrected.decide(page, url, "full"))
    assert url not in page.get("/author/regrades").html
    assert corrected.lesson.points(corrected.attempt)[LABELS] == 10_000
    words = corrected.client("adjointe").get(corrected.url).text
    assert "Give every answer full credit." in words


def test_a_choice_is_required_and_no_other_is_taken(corrected: Corrected) -> None:
    page = corrected.client("adjointe")
    for choice in ("", "delete"):
        refused = corrected.decide(page, corrected.url, choice, status=400)
        assert "Choose what is to become of the marks." in refused.text
    assert corrected.lesson.points(corrected.attempt)[LABELS] == 10_000


def test_what_another_question_was_answered_with_keeps_its_marks(corrected: Corrected) -> None:
    corrected.lesson.edit("find: personne ne le croit", "find: ne le croit")
    corrected.app.extensions[EXTENSION]._looked = float("-inf")
    page = corrected.client("adjointe")
    refused = corrected.decide(page, corrected.url, "current", status=400)
    assert "another question" in refused.text
    page.follow(corrected.decide(page, corrected.url, "leave"))
    assert corrected.url not in page.get(corrected.assignment).html


def test_other_teachers_and_other_exercises_find_nothing(corrected: Corrected) -> None:
    corrected.client("madame").get(corrected.url, 404)
    page = corrected.client("adjointe")
    page.get(corrected.url.replace(LABELS, "no-such-exercise"), 404)
    page.get(corrected.url.replace("/fr/", "/en/"), 404)
    page.get(f"/author/mairie/fr/{LABELS}/regrade", 403)
    corrected.client("plume").get("/author/mairie/fr/no-such-exercise/regrade", 404)


def test_a_long_regrade_goes_on_with_the_next_request(
    corrected: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regrading, "BATCHES", 0)
    page = corrected.client("adjointe")
    begun = page.follow(corrected.decide(page, corrected.url, "full"))
    assert "not complete" in begun.text
    refused = page.post(corrected.url, {"choice": "current"}, status=400)
    assert "has to be finished first" in refused.text
    monkeypatch.setattr(regrading, "BATCHES", 10)
    page.follow(corrected.decide(page, corrected.url, FULL))
    assert corrected.url not in page.get(corrected.assignment).html


def test_a_learner_reads_the_key_that_gave_the_points(corrected: Corrected) -> None:
    learner = corrected.client("loutre-calme-42")
    url = f"/attempts/{corrected.attempt}"
    before = learner.get(f"{url}/exercises/{LABELS}")
    assert "100 points out of 100" in before.text
    teacher = corrected.client("adjointe")
    corrected.decide(teacher, corrected.url, "current")
    after = learner.get(f"{url}/exercises/{LABELS}")
    assert "50 points out of 100 – 1 of 2 parts labelled right" in after.text
    assert "was corrected after your answer" in after.text
    assert "50 / 100" in learner.get(f"{url}/results").text
    shown = teacher.get(f"/teach/classes/{corrected.class_id}/attempts/{corrected.attempt}")
    assert "50 points out of 100 – 1 of 2 parts labelled right" in shown.text
    assert "marked again" in shown.text


def test_full_credit_shows_the_points_that_were_given(corrected: Corrected) -> None:
    teacher = corrected.client("adjointe")
    corrected.decide(teacher, corrected.url, "full")
    learner = corrected.client("loutre-calme-42")
    shown = learner.get(f"/attempts/{corrected.attempt}/exercises/{LABELS}")
    assert "100 points out of 100" in shown.text
