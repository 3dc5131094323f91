"""Worksheets and keys as Chromium prints them: few pages, no colour that says anything."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from tests.browser.axe import check_axe
from tests.server import LiveServer
from tests.web.people import PASSWORD, People

QUIZ = "/quizzes/hua-bin-2025"
COLOURS = """() => [...document.querySelectorAll(".paper, .paper *")].flatMap(element => {
  const style = getComputedStyle(element);
  if (style.display === "none" || !element.getClientRects().length) return [];
  const ruled = ["Top", "Right", "Bottom", "Left"].filter(
    side => parseFloat(style[`border${side}Width`]) && style[`border${side}Style`] !== "none");
  return [style.color, style.backgroundColor, ...ruled.map(side => style[`border${side}Color`])];
})"""


@pytest.fixture
def teacher(live_server: LiveServer, open_page: Callable[..., Page]) -> Page:
    """A teacher who is signed in."""
    People(live_server.app, lambda: datetime.now(UTC)).make("madame", ["teacher"])
    page = open_page(language="fr")
    page.goto(f"{live_server.url}/login")
    page.fill("[name=name]", "madame")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/teach"))
    return page


def count_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.mark.parametrize("quiz", ["mots-charges-1", "verifier-un-nombre-1", "bilan-a"])
def test_a_worksheet_has_at_most_a_page_for_each_exercise_and_one_more(
    teacher: Page, live_server: LiveServer, quiz: str
) -> None:
    teacher.goto(f"{live_server.url}{QUIZ}/{quiz}/worksheet")
    sections = teacher.locator(".paper-exercise")

    pages = count_pages(teacher.pdf(format="A4", prefer_css_page_size=True))

    assert 1 < pages <= sections.count() + 1
    teacher.emulate_media(media="print")
    breaks = sections.evaluate_all("all => all.map(each => getComputedStyle(each).breakInside)")
    assert set(breaks) == {"avoid"}


@pytest.mark.parametrize("paper", ["worksheet", "key"])
def test_paper_is_black_white_and_grey(teacher: Page, live_server: LiveServer, paper: str) -> None:
    teacher.goto(f"{live_server.url}{QUIZ}/bilan-a/{paper}")
    teacher.emulate_media(media="print", color_scheme="dark")

    used = set(teacher.evaluate(COLOURS))

    assert len(used) > 1
    for colour in used:
        red, green, blue = re.findall(r"[\d.]+", colour)[:3]
        assert red == green == blue, colour
    assert not teacher.locator(".site-header, .paper-tools").filter(visible=True).count()


def test_the_button_that_prints_is_there_with_script(
    teacher: Page, live_server: LiveServer
) -> None:
    teacher.goto(f"{live_server.url}{QUIZ}/bilan-a/worksheet")

    assert teacher.locator("[data-print]").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_papers_and_guides_are_accessible_and_fit_their_screen(
    teacher: Page, live_server: LiveServer, width: int
) -> None:
    teacher.set_viewport_size({"width": width, "height": 800})
    guides = [f"/guide/{name}" for name in ("authors", "teachers", "operators")]
    for path in (f"{QUIZ}/bilan-a/worksheet", f"{QUIZ}/bilan-a/key", "/guide", *guides):
        teacher.goto(f"{live_server.url}{path}")
        check_axe(teacher)
        assert teacher.evaluate("document.documentElement.scrollWidth") <= width, path
