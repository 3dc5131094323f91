"""How heavy the pages are, how large what one hits is, how narrow a window may be."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from quizapp.store.db import db, write
from quizapp.store.installation import issue_setup_link
from tests.browser import teaching
from tests.browser.learning import NEXT, SUBMIT, fill_in
from tests.browser.person import Look, people
from tests.browser.quizzes import LABELS, MARKING, NUMBERS, QUIZZES, SOURCE, right
from tests.browser.test_answering import answer, exercise_of
from tests.browser.waiting import payloads

FIRST_PAGE = (30_000, 4)
"""Bytes over the wire and requests of the first quiz page, at most."""
LATER_PAGE = 8_000
"""Bytes of a later one."""
# Controls that are smaller than a side of so many pixels. What one hits is the control with its
# label, or the line that holds both. Links within a sentence are as high as the sentence.
SMALL = """([controls, least]) => [...document.querySelectorAll(controls)]
    .map((control) => control.closest(".choice, [data-word]") ?? control)
    .filter((area) => {
        const box = area.getBoundingClientRect();
        const clipped = getComputedStyle(area).position === "absolute" && box.top < 0;
        return box.width && !clipped && (box.width < least[0] - 0.1 || box.height < least[1] - 0.1);
    })
    .map((area) => area.outerHTML.slice(0, 200))"""
CONTROLS = "button, input:not([type=hidden]), select, summary, nav a, header a, footer a, a.button"
PUBLIC = ["/", "/try", "/try?kind=fact_or_opinion", "/try?kind=check_a_number", "/quizzes",
          f"/quizzes/{SOURCE}/{MARKING}", "/login", "/join", "/privacy", "/accessibility",
          "/no-such-page"]  # fmt: skip


class Wire:
    """Counts the bytes over the wire by address, the icon of the window included."""

    def __init__(self, page) -> None:
        self._asked: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        cdp = page.context.new_cdp_session(page)
        cdp.on("Network.requestWillBeSent", self._ask)
        cdp.on("Network.loadingFinished", self._finish)
        cdp.send("Network.enable")

    def _ask(self, event) -> None:
        self._asked[event["requestId"]] = event["request"]["url"]

    def _finish(self, event) -> None:
        self.bytes[self._asked[event["requestId"]]] = event["encodedDataLength"]


@pytest.mark.parametrize("quiz", QUIZZES)
def test_the_first_quiz_page_is_light_and_later_ones_lighter(begin, chromium, site, quiz):
    person = begin(quiz)
    fresh = chromium.new_context(storage_state=person.page.context.storage_state())
    page = fresh.new_page()
    first = Wire(page)
    page.goto(person.page.url, wait_until="networkidle")
    later = Wire(person.page)
    answer(person)
    person.press_through(NEXT)
    person.page.wait_for_load_state("networkidle")
    fresh.close()

    assert any("/icon.svg" in url for url in first.bytes), first.bytes
    assert all(url.startswith(site.url) for url in (*first.bytes, *later.bytes))
    assert sum(first.bytes.values()) <= FIRST_PAGE[0], first.bytes
    assert len(first.bytes) <= FIRST_PAGE[1], first.bytes
    assert max(later.bytes.values()) <= LATER_PAGE, later.bytes


@pytest.mark.parametrize("quiz", QUIZZES)
def test_an_exercise_can_be_answered_before_any_script_arrives(begin, site, quiz):
    person = begin(quiz)
    person.page.route("**/*.js?*", lambda route: None)
    person.page.reload(wait_until="commit")
    person.press_through(fill_in(person, right(exercise_of(person))), until="commit")

    expect(person.find("h2#verdict")).to_be_visible()
    assert len(payloads(site, person)) == 1
    person.page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize(("width", "least"), [(1280, (24, 24)), (360, (24, 44))])
@pytest.mark.parametrize("quiz", QUIZZES)
def test_what_one_hits_is_large_enough(begin, quiz, width, least):
    person = begin(quiz, width=width)
    assert person.page.evaluate("matchMedia('(pointer: coarse)').matches") == (width == 360)
    small = person.page.evaluate(SMALL, [CONTROLS, least])
    person.press_through(SUBMIT)
    small += person.page.evaluate(SMALL, [CONTROLS, least])
    answer(person)
    small += person.page.evaluate(SMALL, [CONTROLS, least])

    assert not small


@pytest.mark.parametrize(("width", "least"), [(1280, (24, 24)), (360, (24, 44))])
def test_what_one_hits_elsewhere_is_large_enough(register, width, least):
    person = register(width=width)
    for path in ("/learn", "/progress", "/account", "/quizzes", "/"):
        person.page.goto(path)
        assert not person.page.evaluate(SMALL, [CONTROLS, least]), path


@pytest.mark.parametrize("quiz", [MARKING, LABELS, NUMBERS])
def test_an_exercise_fits_a_window_of_320_by_256(begin, quiz):
    person = begin(quiz, width=320, height=256)
    steps = [lambda: None, lambda: person.press_through(SUBMIT), lambda: answer(person)]
    for step in steps:
        step()
        assert person.page.evaluate("document.documentElement.scrollWidth") == 320
        bar = person.find(".answer-bar").bounding_box()
        assert bar["height"] < 256


def test_every_public_page_fits_a_window_of_320_by_256(register):
    person = register(width=320, height=256)
    for path in ("/learn", "/progress", "/account", *PUBLIC):
        person.page.goto(path)
        wide = person.page.evaluate("document.documentElement.scrollWidth")
        assert wide == 320, path


def test_a_teachers_pages_fit_a_window_of_320_by_256(chromium, site):
    with site.app.app_context(), write(db.session()):
        token = issue_setup_link(db.session(), datetime.now(UTC))
    with people(chromium, site.url, Look(width=320, height=256)) as meet:
        teacher = meet()
        teaching.set_up(teacher, f"{site.url}/setup/{token}", demonstration=True)
        teaching.create_class(teacher)
        teaching.assign(teacher, QUIZZES)
        teaching.open_tab(teacher, "roster", "Learners and code")
        teaching.open_tab(teacher, "assignments", "Assignments")
