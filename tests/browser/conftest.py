"""Opens pages in headless Chromium for tests; knows no page of the app."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

from tests.browser.chromium import FLAGS, INSTALL_SECONDS, find_chromium, find_installed
from tests.requirements import skip_without

pytest.register_assert_rewrite("tests.browser.learning", "tests.browser.teaching")
HERE = Path(__file__).parent
WAIT_MILLISECONDS = 10_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that --fast leaves it out."""
    installed = find_installed()
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # The first of them waits for the installation, if there must be one.
            if not installed:
                item.add_marker(pytest.mark.timeout(3 * INSTALL_SECONDS))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium for the whole run."""
    program = find_chromium(playwright)
    if program is None:
        skip_without("no Chromium: install one or name it in CHROMIUM")
    # Without its sandbox, in which Chromium refuses to run as root: it opens our own pages only.
    browser = playwright.chromium.launch(
        executable_path=program, headless=True, args=FLAGS, chromium_sandbox=False
    )
    yield browser
    browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Returns pages, each a person of their own; the test fails if one of them had an error.

    `width` and `height` in CSS pixels, `javascript` on or off, `language` as browsers send it.
    """
    contexts = []
    errors: list[str] = []

    def open_page(
        *, width: int = 1280, height: int = 800, javascript: bool = True, language: str = "en"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale=language,
            has_touch=width < 600,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda message: errors.extend(_complaints(message)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, "the browser complained:\n  " + "\n  ".join(errors)


def _complaints(message: ConsoleMessage) -> list[str]:
    """Return what a console message complains of; a refused page (4xx) is the test's business."""
    expected = "Failed to load resource: the server responded with a status of 4"
    if message.type != "error" or message.text.startswith(expected):
        return []
    return [f"{message.location.get('url', '')}: {message.text}"]
