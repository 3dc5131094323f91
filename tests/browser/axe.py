"""Checks a page's accessibility with axe; knows no page of the app."""

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MIN_RULES = 20
"""Rules that a page passes at least, else axe did not see it."""
# Of what passed only the number comes back: it is most of the result and nobody reads it.
# The size of targets is not among the rules that axe looks at unasked.
RUN = """axe.run({resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
    .then((results) => [results.passes.length, results.violations])"""


def find_faults(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it stands, one line for each rule."""
    page.evaluate(_axe().axe_script)
    passed, violations = page.evaluate(RUN)
    faults = [
        f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:200]})"
        for fault in violations
    ]
    if passed <= MIN_RULES:
        faults.append(f"only {passed} rules passed: axe hardly saw the page")
    return faults


@cache
def _axe() -> Axe:
    return Axe()


def check_axe(page: Page) -> None:
    """Fail unless axe finds nothing wrong and more than MIN_RULES rules passed."""
    faults = find_faults(page)
    assert not faults, f"{page.url}:\n  " + "\n  ".join(faults)
