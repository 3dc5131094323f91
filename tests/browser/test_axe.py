"""The accessibility check finds a planted fault, and does not pass what it hardly saw."""

import pytest

from tests.browser.axe import find_faults

FORM = """<!doctype html><html lang="en"><head><title>A form</title>
<meta name="viewport" content="width=device-width"></head><body>
<header><nav aria-label="Main"><ul><li><a href="#main">Home</a></li></ul></nav></header>
<main id="main"><h1>A form</h1><form>
<p><label for="name">Name</label> <input id="name" autocomplete="nickname"></p>
<fieldset><legend>Which</legend><label><input type="radio" name="a"> One</label></fieldset>
<img src="data:," alt=""><table><tr><th scope="col">A</th></tr><tr><td>1</td></tr></table>
<button>Go</button></form></main></body></html>"""


@pytest.fixture
def page(open_page):
    """An empty page in Chromium."""
    return open_page()


def test_a_good_page_has_no_faults(page):
    page.set_content(FORM)

    assert find_faults(page) == []


@pytest.mark.parametrize(
    ("good", "planted", "rule"),
    [
        ('<label for="name">Name</label>', "Name", "label"),
        ('lang="en"', "", "html-has-lang"),
        ("<h1>", '<h1 style="color: #bbb">', "color-contrast"),
    ],
)
def test_a_planted_fault_is_found(page, good, planted, rule):
    page.set_content(FORM.replace(good, planted))

    assert [fault.partition(":")[0] for fault in find_faults(page)] == [rule]


def test_an_empty_page_does_not_pass(page):
    page.set_content('<html lang="en"><title>x</title><main><h1>x</h1></main></html>')

    assert any("rules passed" in fault for fault in find_faults(page))
