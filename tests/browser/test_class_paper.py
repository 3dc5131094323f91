"""A class on paper as Chromium prints it: the matrix on two sheets, an item, the skills."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from quizapp.store.assignments import Terms, assign
from quizapp.store.attempts import Actor, record_answer, start_assigned
from quizapp.store.attempts.state import find_attempt
from quizapp.store.db import db, write
from quizapp.web.library import current_library
from tests.browser.axe import check_axe
from tests.browser.test_paper import COLOURS, count_pages
from tests.server import LiveServer
from tests.store.school import add_learner, right, wrong
from tests.web.people import PASSWORD, People

SOURCE = "hua-bin-2025"
LEARNERS, COLUMNS = 35, 8
GREYS = COLOURS.replace('".paper, .paper *"', '".matrix-box, .matrix-box *, .matrix-legend *"')


@pytest.fixture
def class_url(live_server: LiveServer) -> str:
    """A class of 35 with 8 assignments; three have answered the first of them."""
    now = datetime.now(UTC)
    people = People(live_server.app, lambda: now)
    class_id, _ = people.make_class(people.make("madame", ["teacher"]))
    with live_server.app.app_context():
        session, library = db.session(), current_library()
        names = sorted({key[1] for key in library.quizzes})[:COLUMNS]
        assert len(names) == COLUMNS
        with write(session):
            actors = [
                add_learner(session, class_id, f"l-{n}", f"Anne-Sophie Lefèvre {n:02}")
                for n in range(LEARNERS)
            ]
            given = []
            for name in names:
                made = (SOURCE, name, library.quizzes[SOURCE, name, "fr"].title)
                terms = Terms(due_at=now + timedelta(days=1))
                given += assign(session, [class_id], made, terms, created_by=None, now=now)
        for place, actor in enumerate(actors[:3]):
            _answer(actor, given[0], wrong if place == 1 else right, now)
    return f"{live_server.url}/teach/classes/{class_id}"


def _answer(actor: Actor, assignment: int, how: Callable[..., object], now: datetime) -> None:
    session = db.session()
    attempt = start_assigned(
        session, current_library(), actor, assignment_id=assignment, language="fr", now=now
    )
    state = find_attempt(session, attempt, actor.account_id, now)
    assert state is not None
    for exercise in state.exercises:
        payload = how(exercise)
        assert isinstance(payload, dict)
        record_answer(
            session, actor, attempt_id=attempt, exercise=exercise, payload=payload, now=now
        )


@pytest.fixture
def teacher(class_url: str, live_server: LiveServer, open_page: Callable[..., Page]) -> Page:
    page = open_page(language="fr")
    page.goto(f"{live_server.url}/login")
    page.fill("[name=name]", "madame")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/teach"))
    return page


def test_the_matrix_of_a_large_class_is_two_landscape_pages(teacher: Page, class_url: str) -> None:
    teacher.goto(class_url)
    assert teacher.locator("tbody tr").count() == LEARNERS
    assert teacher.locator("[data-print]").is_visible()

    pdf = teacher.pdf(prefer_css_page_size=True)

    assert count_pages(pdf) <= 2
    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert width > height
    assert (round(width), round(height)) == (842, 595)


def test_the_printed_matrix_is_whole_and_grey(teacher: Page, class_url: str) -> None:
    teacher.goto(class_url)
    teacher.set_viewport_size({"width": 1047, "height": 726})
    teacher.emulate_media(media="print", color_scheme="dark")

    used = set(teacher.evaluate(GREYS))

    for colour in used:
        red, green, blue = re.findall(r"[\d.]+", colour)[:3]
        assert red == green == blue, colour
    assert teacher.evaluate("document.documentElement.scrollWidth") <= 1047
    hidden = ".site-header, .tabs, .matrix-tools, .arrow, [data-print]"
    assert not teacher.locator(hidden).filter(visible=True).count()


@pytest.mark.parametrize("width", [360, 1280])
def test_skills_and_contested_keys_are_accessible_and_fit(
    teacher: Page, class_url: str, width: int
) -> None:
    teacher.set_viewport_size({"width": width, "height": 800})
    for path in ("/skills", "/contests"):
        teacher.goto(class_url + path)
        check_axe(teacher)
        assert teacher.evaluate("document.documentElement.scrollWidth") <= width, path
