"""Opens pages in headless Chromium for tests; knows no page of the app."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright

from quizapp.settings import Settings
from tests.browser.chromium import FLAGS, INSTALL_SECONDS, find_chromium, find_installed
from tests.browser.person import Look, Person, people
from tests.browser.quizzes import MARKING, SOURCE
from tests.conftest import CHEAP_HASH, SECRET_KEY
from tests.requirements import skip_without
from tests.server import LiveServer, serve

pytest.register_assert_rewrite("tests.browser.learning", "tests.browser.teaching")
HERE = Path(__file__).parent
WAIT_MILLISECONDS = 10_000


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that --fast leaves them out; `full` ones wait for -m."""
    installed = find_installed()
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            # The first of them waits for the installation, if there must be one.
            if not installed:
                item.add_marker(pytest.mark.timeout(3 * INSTALL_SECONDS))
    if "full" not in config.getoption("markexpr"):
        config.hook.pytest_deselected(items=[item for item in items if _is_full(item)])
        items[:] = [item for item in items if not _is_full(item)]


def _is_full(item: pytest.Item) -> bool:
    return item.get_closest_marker("full") is not None


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


@pytest.fixture(scope="session")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The app with its quizzes, where anybody may register, for the whole run."""
    data = tmp_path_factory.mktemp("site")
    shutil.copyfile(sqlite_template, data / "quizapp.db")
    settings = Settings(
        data=data,
        database_url=f"sqlite:///{data / 'quizapp.db'}",
        secret_key=SECRET_KEY,
        hash_method=CHEAP_HASH,
        open_registration=True,
    )
    with serve(settings) as server:
        yield server


@pytest.fixture
def register(chromium: Browser, site: LiveServer) -> Iterator[Callable[..., Person]]:
    """Returns new learners, signed in; their look is given as to `Look`."""
    with ExitStack() as stack:

        def register(**look: object) -> Person:
            person = stack.enter_context(people(chromium, site.url, Look(**look)))()  # type: ignore[arg-type]
            person.page.goto("/register")
            person.press_through("main form .actions button:not([name])")
            return person

        yield register


@pytest.fixture
def begin(register: Callable[..., Person]) -> Callable[..., Person]:
    """Returns new learners at the first exercise of a quiz that they practise."""

    def begin(quiz: str = MARKING, **look: object) -> Person:
        person = register(**look)
        person.page.goto(f"/quizzes/{SOURCE}/{quiz}")
        person.press_through("main form.actions button")
        return person

    return begin


@pytest.fixture
def unlucky_with(begin: Callable[..., Person]) -> Callable[..., Person]:
    """Returns people as `begin` does, whose network may fail."""

    def begin_unlucky(*quiz: str, **look: object) -> Person:
        person = begin(*quiz, **look)
        person.is_unlucky = True
        return person

    return begin_unlucky


@pytest.fixture
def unlucky(unlucky_with: Callable[..., Person]) -> Person:
    """Somebody at the first exercise of a quiz, in a bad network."""
    return unlucky_with()


def _complaints(message: ConsoleMessage) -> list[str]:
    """Return what a console message complains of; a refused page (4xx) is the test's business."""
    expected = "Failed to load resource: the server responded with a status of 4"
    if message.type != "error" or message.text.startswith(expected):
        return []
    return [f"{message.location.get('url', '')}: {message.text}"]
