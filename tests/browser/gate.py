"""Every page of every route, with the measures that each has to keep; knows no page by name.

The pages are those of the table of routes, so that a new one cannot be forgotten. They are shown
twice where a class is shown: with the class of the table, which has hardly begun, and with the
demonstration class, which is full.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.browser.person import Person
from tests.web.routes_table import ROUTES, Route
from tests.web.routes_world import World

NARROWEST = 320
"""CSS pixels of a page at 400 % on a window of 1280."""
COARSE = 44
"""CSS pixels that a control has at least for a finger."""

# Space between lines, letters and words as WCAG 1.4.12 lets readers set it.
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
PLAIN = "() => { document.adoptedStyleSheets = [] }"
# Boxes that cut what is in them; what is hidden from the eye on purpose is one pixel wide.
CUT = """() => [...document.querySelectorAll("main *, header *")].filter((box) => {
  const style = getComputedStyle(box);
  const hides = (side) => ["hidden", "clip"].includes(style[`overflow${side}`]);
  return box.clientWidth > 1 && box.checkVisibility()
    && ((hides("X") && box.scrollWidth > box.clientWidth + 1)
      || (hides("Y") && box.scrollHeight > box.clientHeight + 1));
}).map((box) => box.outerHTML.slice(0, 120))"""
# Controls that take a finger on fewer pixels from top to bottom than told, their label included.
SMALL = """(least) => [...document.querySelectorAll(
  "main :is(button, select, summary, textarea, a.button, input:not([type=hidden]))"
)].filter((control) => {
  if (!control.checkVisibility() || control.disabled) return false;
  control.scrollIntoView({block: "center"});
  const label = control.closest("label") ?? control.labels?.[0];
  const { left, top, width, height } = control.getBoundingClientRect();
  const takes = (y) => {
    const there = document.elementFromPoint(left + width / 2, y);
    return control.contains(there) || Boolean(label?.contains(there));
  };
  let [high, low] = [top + height / 2, top + height / 2];
  while (low - high < least && takes(high - 1)) high -= 1;
  while (low - high < least && takes(low + 1)) low += 1;
  return low - high + 1 < least;
}).map((control) => control.outerHTML.slice(0, 120))"""
WIDTH = "document.documentElement.scrollWidth"


@dataclass(frozen=True)
class Shown:
    """A page as somebody sees it: `path` with real ids, `full` with the demonstration class."""

    route: Route
    path: str
    full: bool

    def __str__(self) -> str:
        return f"{self.route.endpoint}{' (full)' if self.full else ''}"


def pages_of(world: World, full: dict[str, str]) -> Iterator[Shown]:
    """Yield the pages that the owner of each route may see; `full` are ids of the full class."""
    for route in ROUTES:
        if route.method != "GET" or route.owner_status != 200:
            continue
        yield Shown(route, route.path.format(**world.ids), False)
        if "{class_id}" in route.path:
            yield Shown(route, route.path.format(**world.ids | full), True)


def is_page(response: Any) -> bool:
    """Tell whether a response is a page and no file."""
    return str(response.headers.get("content-type", "")).startswith("text/html")


def find_problems(person: Person) -> list[str]:
    """Return what the open page does not keep: reflow, spacing of text, size of controls."""
    page, look = person.page, person.look
    problems = []
    if look.is_phone:
        small = page.evaluate(SMALL, COARSE)
        problems += [f"a control is too small for a finger, {each}" for each in small]
    page.evaluate(SPACING)
    problems += [f"text is cut when it is spaced, {each}" for each in page.evaluate(CUT)]
    if page.evaluate(WIDTH) > look.width:
        problems.append(f"{page.evaluate(WIDTH)} pixels wide when the text is spaced")
    page.evaluate(PLAIN)
    page.set_viewport_size({"width": NARROWEST, "height": 256})
    if page.evaluate(WIDTH) > NARROWEST:
        problems.append(f"{page.evaluate(WIDTH)} pixels wide at {NARROWEST}")
    page.set_viewport_size(look.viewport)  # type: ignore[arg-type]
    return problems
