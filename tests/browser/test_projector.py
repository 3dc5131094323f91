"""The wall and the pages of items in a browser: sizes, keys, live within five seconds, paper."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check_axe
from tests.browser.test_paper import count_pages
from tests.server import LiveServer
from tests.web.conftest import Clock
from tests.web.people import PASSWORD, People
from tests.web.teaching import MARKING, Room

SOON = 5_000
"""Milliseconds within which the wall follows the class."""
SMALLEST = 32
SMALL_TEXT = """(least) => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement;
    if (!node.data.trim() || !box.checkVisibility() || box.closest(".visually-hidden")) continue;
    if (parseFloat(getComputedStyle(box).fontSize) < least) found.push(node.data.trim());
  }
  return found;
}"""


@dataclass(frozen=True)
class Wall:
    """A class of twelve, of whom ten have handed in, and its teacher's browser."""

    room: Room
    page: Page
    assignment: int
    site: str

    @property
    def url(self) -> str:
        return f"{self.site}{self.room.url}/assignments/{self.assignment}"

    def hand_in(self, first: int, last: int) -> None:
        for number in range(first, last):
            account = self.room.learner(f"{self.room.name}-{number}", f"Élève {number}")
            self.room.answer(account, self.assignment, ["right" if number % 2 else "wrong"] * 6)


@pytest.fixture
def wall(site: LiveServer, open_page: Callable[..., Page]) -> Wall:
    clock, name = Clock(datetime.now(UTC)), f"wall-{time.monotonic_ns()}"
    room = Room(site.app, People(site.app, clock), clock, name)
    page = open_page(width=1920, height=1080, language="fr")
    page.goto(f"{site.url}/login?next={room.url}")
    page.fill("#name", room.name)
    page.fill("#password", PASSWORD)
    page.click("main form button.button")
    page.wait_for_url(f"**{room.url}")
    wall = Wall(room, page, room.assign(MARKING, title="Devoir"), site.url)
    wall.hand_in(0, 10)
    return wall


def test_everything_on_the_wall_is_read_from_the_last_row(wall: Wall) -> None:
    page = wall.page
    page.goto(f"{wall.url}/project")
    size = page.locator(".wall-code").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 120
    for _ in range(3):
        assert page.evaluate(SMALL_TEXT, SMALLEST) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 1920
        page.locator("[rel=next]").click()
        page.locator("[data-reveal]").click()
        expect(page.locator("[data-reveal]")).to_have_text(re.compile("Hide|Masquer"))


def test_keys_go_through_the_slides_and_reveal_the_key(wall: Wall) -> None:
    page = wall.page
    page.goto(f"{wall.url}/project")
    current = page.locator(".wall-nav li [aria-current]")
    for key, number in (("ArrowRight", "1"), ("PageDown", "2"), ("ArrowLeft", "1")):
        page.keyboard.press(key)
        expect(current).to_have_text(number)
        page.wait_for_load_state()  # keys before the script are the browser's
    expect(page.locator(".heat-key")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator(".heat .heat-opens").first).to_be_visible()
    page.keyboard.press("PageUp")
    expect(page.locator(".wall-handed")).to_contain_text("10")
    page.keyboard.press("Control+ArrowRight")
    expect(page.locator(".wall-handed")).to_be_visible()


def test_the_wall_follows_the_class_within_five_seconds(wall: Wall) -> None:
    page = wall.page
    page.goto(f"{wall.url}/project")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".wall-eyebrow")).to_contain_text("10")
    wall.hand_in(10, 14)
    page.wait_for_timeout(SOON)
    expect(page.locator(".wall-eyebrow")).to_contain_text("10")
    wall.hand_in(14, 15)
    expect(page.locator(".wall-eyebrow")).to_contain_text("15", timeout=SOON)


def test_without_script_links_do_the_same(wall: Wall, open_page: Callable[..., Page]) -> None:
    page = open_page(width=1920, height=1080, javascript=False)
    page.context.add_cookies(wall.page.context.cookies())
    page.goto(f"{wall.url}/project")
    page.locator("[rel=next]").click()
    expect(page.locator(".wall-eyebrow")).to_contain_text("10")
    wall.hand_in(10, 15)
    page.locator(".wall-tools a").first.click()
    expect(page.locator(".wall-eyebrow")).to_contain_text("15")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_items_are_accessible_and_fit(wall: Wall, width: int, scheme: str) -> None:
    page = wall.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(wall.url)
    first = page.locator("ol.items h3 a").first.get_attribute("href")
    exercise = str(first).rpartition("/")[2]
    slide = f"{wall.url}/project?item={exercise}"
    for url in (wall.url, f"{wall.site}{first}", f"{wall.url}/project", slide, f"{slide}&reveal=1"):
        page.goto(url)
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url


def test_arrows_lead_from_one_exercise_to_the_next(wall: Wall) -> None:
    page = wall.page
    page.goto(wall.url)
    page.locator("ol.items h3 a").first.click()
    page.wait_for_url(re.compile("/items/"))
    addresses = [page.url]
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        page.wait_for_url(lambda url: url != addresses[-1])
        addresses.append(page.url)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(addresses[1])
    assert len(set(addresses)) == 3


def test_the_marks_are_printed_with_their_numbers_and_without_names(wall: Wall) -> None:
    page = wall.page
    page.goto(wall.url)
    page.locator("ol.items h3 a").first.click()
    assert count_pages(page.pdf(format="A4", prefer_css_page_size=True)) == 1
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".heat-number").first).to_be_visible()
    assert not page.locator(".who").filter(visible=True).count()
    number, key = page.locator(".heat-number").first, page.locator(".heat-key").first
    assert number.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert key.evaluate("e => getComputedStyle(e).borderBottomColor") == "rgb(0, 0, 0)"
    box = page.locator(".heat").bounding_box()
    assert box is not None
    assert box["width"] <= 1920
