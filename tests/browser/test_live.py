"""The matrix follows the class within five seconds and leaves the reader alone."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.server import LiveServer
from tests.web.conftest import Clock
from tests.web.people import PASSWORD, People
from tests.web.teaching import Room

SOON = 5_000
"""Milliseconds within which the page follows."""


@dataclass(frozen=True)
class Lesson:
    """A class of three with one assignment, and its matrix, open at the teacher's."""

    room: Room
    learners: list[int]
    assignment: int
    page: Page

    def answer(self, number: int, *answers: str) -> None:
        self.room.answer(self.learners[number], self.assignment, answers, finish=not answers)


@pytest.fixture
def lesson(site: LiveServer, open_page: Callable[..., Page]) -> Lesson:
    clock, name = Clock(datetime.now(UTC)), f"prof-{time.monotonic_ns()}"
    room = Room(site.app, People(site.app, clock), clock, name)
    learners = [room.learner(f"{name}-{n}", f"Élève {n}") for n in range(3)]
    assignment = room.assign(title="Devoir")
    page = open_page(width=1280, height=400)
    page.goto(f"{site.url}/login?next={room.url}")
    page.fill("#name", room.name)
    page.fill("#password", PASSWORD)
    page.click("main form button.button")
    page.wait_for_url(f"**{room.url}")
    return Lesson(room, learners, assignment, page)


def test_an_answer_appears_within_five_seconds(lesson: Lesson) -> None:
    cell = lesson.page.locator(".matrix tbody td").first
    expect(cell).to_contain_text("—")
    lesson.answer(0, "right", "right", "right")
    expect(cell).to_contain_text("…", timeout=SOON)
    lesson.answer(0)
    expect(cell).to_contain_text("100", timeout=SOON)
    expect(lesson.page.locator(".matrix tfoot td").first).to_contain_text("1/3")


def test_focus_and_place_stay_where_they_are(lesson: Lesson) -> None:
    page = lesson.page
    page.locator(".matrix tbody th a").nth(2).focus()
    page.evaluate("window.scrollTo(0, 150)")
    place = page.evaluate("scrollY")
    lesson.answer(0, "right")
    expect(page.locator(".matrix tbody td").first).to_contain_text("…", timeout=SOON)
    lesson.room.learner(f"{lesson.room.name}-9", "A new one")
    expect(page.locator(".matrix tbody tr")).to_have_count(4, timeout=SOON)
    expect(page.locator(".matrix tbody th a").nth(3)).to_be_focused()
    assert page.evaluate("scrollY") == place > 0


def test_nothing_is_sent_again_while_nothing_changes(lesson: Lesson) -> None:
    def is_poll(answer: object) -> bool:
        return answer.request.headers.get("x-poll") == "1"  # type: ignore[attr-defined]

    with lesson.page.expect_response(is_poll, timeout=SOON) as got:
        pass
    assert got.value.status == 304


def test_a_lost_connection_is_said_and_forgotten(lesson: Lesson) -> None:
    note = lesson.page.locator("[data-poll-stale]")
    expect(note).to_be_hidden()
    # As when the server is being started again; a request cut off would be a console error.
    lesson.page.route("**/teach/classes/*", lambda route: route.fulfill(status=404))
    expect(note).to_be_visible(timeout=SOON)
    lesson.page.unroute("**/teach/classes/*")
    lesson.answer(1)
    expect(note).to_be_hidden(timeout=3 * SOON)
    expect(lesson.page.locator(".matrix tbody a.m4")).to_have_count(1)


def test_without_script_a_link_brings_the_page_up_to_date(lesson: Lesson) -> None:
    assert lesson.page.locator(".live-note a").get_attribute("href") == lesson.room.url
