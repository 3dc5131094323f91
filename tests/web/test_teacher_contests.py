"""Contested keys of a class: who said what, deciding for the class, and taking it back."""

import pytest
from flask import Flask
from sqlalchemy import select

from quizapp.store.contests import contest_key, list_contested
from quizapp.store.db import db, write
from quizapp.store.models import AuditEntry
from quizapp.store.quizzes import serve
from quizapp.store.set_asides import list_set_asides
from quizapp.web.library import current_library
from quizapp.web.teacher import set_aside
from tests.client import Page, PageClient
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, SOURCE, Room

WHY = "Les deux lectures se défendent."


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


class Debated:
    """A class of two: one right but for the first exercise, one all right, and a contest."""

    def __init__(self, room: Room) -> None:
        self.room, self.page = room, room.page
        self.learner = room.learner("loutre", "Zoé Martin")
        self.assignment = room.assign(LABELS, "Fait ou avis")
        self.attempt = room.answer(self.learner, self.assignment, ["wrong", *["right"] * 5])
        room.answer(room.learner("lynx", "Ana Durand"), self.assignment)
        with room.app.app_context():
            self.exercise = serve(current_library().quizzes[SOURCE, LABELS, "fr"]).exercises[0]
        self.queue = f"{room.url}/contests"
        self.url = f"{room.url}/assignments/{self.assignment}/contests/{self.exercise.id}"

    def contest(self, reason: str = "C’est un jugement.") -> None:
        with self.room.app.app_context(), write(db.session()):
            contest_key(
                db.session(),
                self.exercise,
                reason,
                account_id=self.learner,
                class_id=self.room.id,
                now=self.room.clock(),
            )

    def decide(self, action: str, reason: str = WHY, status: int = 303) -> Page:
        self.page.get(self.url)
        return self.page.post(self.url, {"action": action, "reason": reason}, status=status)

    def score(self) -> str:
        rows = self.page.get(self.room.url).all("tr")
        (row,) = (row for row in rows if "Zoé Martin" in row.text)
        return row.find("td")[0].text

    def audit(self) -> list[AuditEntry]:
        with self.room.app.app_context():
            return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


@pytest.fixture
def debated(room: Room) -> Debated:
    return Debated(room)


def test_the_queue_shows_reasons_with_their_names_and_leads_to_the_key(debated: Debated) -> None:
    debated.contest()
    queue = debated.page.get(debated.queue)
    assert "C’est un jugement." in queue.text
    assert "Zoé Martin" in queue.text
    assert {link.get("href") for link in queue.all("a")} >= {debated.url}
    assert "Zoé Martin" in debated.page.get(debated.url).text


def test_setting_aside_moves_the_score_and_taking_back_restores_it(debated: Debated) -> None:
    before = debated.score()
    debated.contest()
    debated.decide("set_aside")
    assert debated.score() == "100" != before
    queue = debated.page.get(debated.queue)
    assert WHY in queue.text
    debated.page.submit({}, action=back(debated))
    assert debated.score() == before
    assert "C’est un jugement." in debated.page.get(debated.queue).text


def back(debated: Debated) -> str:
    return f"{debated.room.url}/set-aside/{SOURCE}/{debated.exercise.id}/back"


def test_the_audit_has_who_decided_and_how_scores_moved(debated: Debated) -> None:
    debated.decide("set_aside")
    decided, followed = debated.audit()[-2:]
    assert (decided.action, followed.action) == ("contest.set_aside", "scores.follow")
    assert decided.object == f"exercise:{SOURCE}/{debated.exercise.id}"
    assert decided.account_id == debated.room.teacher
    detail = followed.detail
    assert (detail["attempts"], detail["higher"], detail["lower"]) == (2, 1, 0)
    assert detail["mean_before"] < detail["mean_after"] == 10_000
    assert WHY not in str(decided.detail) + str(detail)


def test_a_key_that_stays_keeps_the_teachers_reason_and_the_scores(debated: Debated) -> None:
    before = debated.score()
    debated.contest()
    debated.decide("kept", "« Doit » demande un avis.")
    queue = debated.page.get(debated.queue)
    assert "« Doit » demande un avis." in queue.text
    assert debated.score() == before


def test_the_authors_get_a_teachers_reason_without_a_name(debated: Debated) -> None:
    debated.decide("authors", "Le mot n’est pas un jugement.")
    with debated.room.app.app_context():
        (found,) = list_contested(db.session())
        assert list_set_asides(db.session(), debated.room.id) == []
    assert found.reasons == ("Le mot n’est pas un jugement.",)


@pytest.mark.parametrize(
    ("action", "reason"),
    [("set_aside", " "), ("", WHY), ("kept", WHY), ("set_aside", "x" * 501), ("nonsense", WHY)],
)
def test_what_cannot_be_decided_is_said_and_keeps_what_was_typed(
    debated: Debated, action: str, reason: str
) -> None:
    page = debated.decide(action, reason, status=422)
    assert page.all("div", class_="error-summary")
    assert page.one("textarea", name="reason").text == reason.strip()
    with debated.room.app.app_context():
        assert list_set_asides(db.session(), debated.room.id) == []


def test_an_exercise_that_the_class_is_not_asked_is_not_found(debated: Debated) -> None:
    url = debated.url.removesuffix(debated.exercise.id)
    debated.page.get(f"{url}no-such-exercise", status=404)
    debated.page.get(debated.url)
    debated.page.post(back(debated), status=404)


def test_scores_left_behind_are_said_and_go_on(
    debated: Debated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_aside, "BATCHES", 0)
    debated.decide("set_aside")
    assert debated.score() != "100"
    debated.page.get(debated.queue)
    monkeypatch.setattr(set_aside, "BATCHES", 10)
    debated.page.submit({}, action=f"{debated.queue}/scores")
    assert debated.score() == "100"


def test_learners_read_that_it_does_not_count(debated: Debated, app: Flask) -> None:
    debated.decide("set_aside")
    learner = PageClient(app)
    debated.room.people.sign_in(learner, "loutre")
    results = learner.get(f"/attempts/{debated.attempt}/results")
    assert "not counted in your class" in results.text
    shown = learner.get(f"/attempts/{debated.attempt}/exercises/{debated.exercise.id}")
    assert "not counted in your class" in shown.text


def test_with_everything_set_aside_no_page_has_a_score(debated: Debated, app: Flask) -> None:
    with app.app_context():
        served = serve(current_library().quizzes[SOURCE, LABELS, "fr"]).exercises[:6]
    for each in served:
        url = debated.url.removesuffix(debated.exercise.id) + each.id
        debated.page.get(url)
        debated.page.post(url, {"action": "set_aside", "reason": WHY}, status=303)
    assert "100" not in debated.score()
    debated.page.get(f"{debated.room.url}/attempts/{debated.attempt}")
    debated.page.get(f"{debated.room.url}/learners/{debated.learner}")
    debated.page.get(f"{debated.room.url}/skills")
    learner = PageClient(app)
    debated.room.people.sign_in(learner, "loutre")
    learner.get("/learn")
    learner.get(f"/attempts/{debated.attempt}/results")
