"""People in front of a browser who look at every page that opens; knows no page of the app."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

from tests.browser.axe import find_faults

WAIT_MILLISECONDS = 10_000
PHONE = 600
"""CSS pixels under which a window is that of a phone, with a finger instead of a mouse."""
State = Literal["commit", "load"]
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How somebody sees the app: width in CSS pixels, with scripts or not, language, scheme."""

    width: int = 1280
    height: int | None = None
    scripts: bool = True
    language: str = "en"
    scheme: str = "light"

    def __str__(self) -> str:
        scripts = "scripts" if self.scripts else "no-scripts"
        return f"{self.language}-{self.width}-{self.scheme}-{scripts}"

    @property
    def is_phone(self) -> bool:
        return self.width < PHONE

    @property
    def viewport(self) -> dict[str, int]:
        return {"width": self.width, "height": self.height or (740 if self.is_phone else 800)}


@dataclass
class Person:
    """Somebody with a browser of their own; `faults` collects what is wrong with the pages."""

    page: Page
    look: Look
    url: str
    shots: Path | None = None
    is_unlucky: bool = False
    """Whether the network or the server may fail on them, which is then no fault of a page."""
    faults: list[str] = field(default_factory=list)
    visits: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self._blame(str(error)))
        self.page.on("console", self._hear)
        self.page.context.on("request", self._follow)
        # Scripts are off as in the browser's settings, by the same command as Playwright's own
        # `java_script_enabled=False`, but so that axe can be let in for a moment.
        self._cdp = self.page.context.new_cdp_session(self.page)
        self._let_scripts_run(self.look.scripts)

    def find(self, selector: str, **options: object) -> Locator:
        """Return what the selector finds on the page."""
        return self.page.locator(selector, **options)  # type: ignore[arg-type]

    def open(self, address: str, h1: str) -> None:
        """Type an address; the page that opens has this h1."""
        self.page.goto(address)
        self.inspect(h1)

    def press(self, control: str | Locator, h1: str) -> None:
        """Click a link or a button; the page that opens has this h1."""
        self.press_through(control)
        self.inspect(h1)

    def press_through(self, control: str | Locator, until: State = "load") -> None:
        """Click a link or a button, and wait for the page without a look at it."""
        with self.page.expect_navigation(wait_until=until):
            (self.find(control) if isinstance(control, str) else control).click()

    def inspect(self, h1: str) -> None:
        """Note what is wrong with the page: its h1, its width, and whatever axe finds."""
        self.visits.append((self.page.url.removeprefix(self.url), h1))
        shown = " ".join(" ".join(self.find("h1").all_text_contents()).split())
        if shown != " ".join(h1.split()):
            self._blame(f"the h1 is “{shown}”, not “{h1}”")
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > self.look.width:
            self._blame(f"{wide} pixels wide")
        self._take_shot()
        with self.scripts_allowed():
            for fault in find_faults(self.page):
                self._blame(fault)

    @contextmanager
    def scripts_allowed(self) -> Iterator[None]:
        """Let scripts run for a look at the page, also where its own do not."""
        self._let_scripts_run(True)
        yield
        self._let_scripts_run(self.look.scripts)

    def _let_scripts_run(self, allowed: bool) -> None:
        self._cdp.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})

    def _take_shot(self) -> None:
        if self.shots is not None:
            path, number = self.visits[-1][0], len(list(self.shots.iterdir())) + 1
            name = re.sub(r"\W+", "-", path.split("?")[0]).strip("-") or "home"
            self.page.screenshot(path=self.shots / f"{number:03}-{name[:60]}.png", full_page=True)

    def _blame(self, what: str) -> None:
        self.faults.append(f"{self.page.url} at {self.look}: {what}")

    def _hear(self, message: ConsoleMessage) -> None:
        # A refused page (4xx) is the business of the test; a broken policy is said here too.
        lost = "Failed to load resource: "
        refused = f"{lost}the server responded with a status of 4"
        expected = lost if self.is_unlucky else refused
        if message.type == "error" and not message.text.startswith(expected):
            self._blame(f"the console says: {message.text}")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self._blame(f"asks another host: {request.url}")


@contextmanager
def people(
    browser: Browser, url: str, look: Look, shots: Path | None = None
) -> Iterator[Callable[[], Person]]:
    """Give people, each with a browser of their own; at the end no page had a fault."""
    met: list[Person] = []

    def meet() -> Person:
        context = browser.new_context(
            base_url=url,
            viewport=look.viewport,  # type: ignore[arg-type]
            color_scheme=look.scheme,  # type: ignore[arg-type]
            locale=LOCALES[look.language],
            has_touch=look.is_phone,
            is_mobile=look.is_phone,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT_MILLISECONDS)
        met.append(Person(context.new_page(), look, url, shots))
        return met[-1]

    try:
        yield meet
    finally:
        for person in met:
            person.page.context.close()
    faults = [fault for person in met for fault in person.faults]
    assert not faults, "\n  ".join(["the pages have faults:", *faults])
