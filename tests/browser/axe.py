"""Checks a page's accessibility with axe; knows no page of the app."""

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MIN_RULES = 20
"""Rules that a page passes at least, else axe did not see it."""
# Of what passed only the number comes back: it is most of the result and nobody reads it.
# Axe looks at the size of targets only when asked to, and takes one that is half below a sticky bar
# for a small one; a reader scrolls, so for this rule the bars go into the text.
RUN = """async () => {
    const all = await axe.run({resultTypes: ["violations"]});
    const sticky = (element) => getComputedStyle(element).position === "sticky";
    const bars = [...document.querySelectorAll("body *")].filter(sticky);
    for (const bar of bars) bar.style.position = "relative";
    const sizes = await axe.run({runOnly: {type: "rule", values: ["target-size"]}});
    for (const bar of bars) bar.style.position = "";
    return [all.passes.length, [...all.violations, ...sizes.violations]];
}"""


def find_faults(page: Page, *, least: int = MIN_RULES) -> list[str]:
    """Return what axe finds wrong with the page as it stands, one line for each rule.

    `least`: rules that pass at the very least, fewer where a dialogue hides the rest of the page.
    """
    page.evaluate(_axe().axe_script)
    passed, violations = page.evaluate(RUN)
    faults = [
        f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:200]})"
        for fault in violations
    ]
    if passed <= least:
        faults.append(f"only {passed} rules passed: axe hardly saw the page")
    return faults


@cache
def _axe() -> Axe:
    return Axe()


def check_axe(page: Page) -> None:
    """Fail unless axe finds nothing wrong and more than MIN_RULES rules passed."""
    faults = find_faults(page)
    assert not faults, f"{page.url}:\n  " + "\n  ".join(faults)
