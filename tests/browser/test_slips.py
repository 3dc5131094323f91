"""Slips with names and PINs as Chromium prints them, and the pages on which learners are added."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from quizapp.store import enrolment
from quizapp.store.db import db, write
from quizapp.store.enrolment import Newcomer
from tests.browser.axe import check_axe
from tests.browser.test_paper import COLOURS, count_pages
from tests.server import LiveServer
from tests.web.people import PASSWORD, People

LEARNERS = 35
LONGEST = "Marie-Amélie de la Rochefoucauld-Wolfenstein-Mühlhausen B."
CUT = """() => [...document.querySelectorAll(".slip")].filter(slip =>
  slip.scrollHeight > slip.clientHeight || slip.scrollWidth > slip.clientWidth).length"""


def open_class(live_server: LiveServer, page: Page, learners: int = LEARNERS) -> str:
    """Make a teacher with a class of learners without PINs, sign in, return the class's address."""
    people = People(live_server.app, lambda: datetime.now(UTC))
    teacher = people.make("madame", ["teacher"])
    class_id, _ = people.make_class(teacher)
    newcomers = [
        Newcomer(f"{LONGEST} {n}"[-60:], f"kangourou-remarquable-{n:02}") for n in range(learners)
    ]
    with live_server.app.app_context(), write(db.session()):
        enrolment.enrol(db.session(), class_id, newcomers, people.clock())
    page.goto(f"{live_server.url}/login")
    page.fill("[name=name]", "madame")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile("/teach"))
    return f"{live_server.url}/teach/classes/{class_id}"


def test_35_slips_print_on_three_pages_each_whole_and_without_colour(
    live_server: LiveServer, open_page: Callable[..., Page]
) -> None:
    page = open_page(language="fr")
    address = open_class(live_server, page)
    page.goto(f"{address}/roster")
    page.click("button[value=all]")
    page.wait_for_url(re.compile("/slips$"))
    assert page.locator(".slip .pin").count() == LEARNERS
    assert page.locator("[data-print]").is_visible()

    pages = count_pages(page.pdf(format="A4", prefer_css_page_size=True))

    assert pages == 3
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 718, "height": 1055})  # A4 less the margins, at 96 dpi
    assert page.evaluate(CUT) == 0
    assert set(
        page.locator(".slip").evaluate_all(
            "all => all.map(each => getComputedStyle(each).breakInside)"
        )
    ) == {"avoid"}
    for colour in page.evaluate(COLOURS.replace(".paper", ".slip")):
        red, green, blue = re.findall(r"[\d.]+", colour)[:3]
        assert red == green == blue, colour
    assert (
        not page.locator(".site-header, .class-header, .tabs, .notice").filter(visible=True).count()
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_a_roster_are_accessible_and_fit_their_screen(
    live_server: LiveServer, open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(width=width, language="fr")
    address = open_class(live_server, page, learners=2)
    for path in ("roster", "roster/add", "settings", "copy", "delete", "roster/slips"):
        page.goto(f"{address}/{path}")
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"{address}/roster/add")
    page.fill("#list", "Nom;Prénom\nLÉVÊQUE;Zoé\nzoe@example.org;\nDUPONT;Max")
    page.click("form[enctype] button")
    check_axe(page)
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click("button[name=drop]")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("button[name=confirm]")
    page.wait_for_url(re.compile("/slips$"))
    check_axe(page)
    assert page.locator(".slip").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
