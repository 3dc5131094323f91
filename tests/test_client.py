"""The checking client finds each fault that is planted in a page."""

import pytest
from flask import Flask

from tests.client import PageClient

POLICY = "default-src 'none'; script-src 'self'"
PAGE = """<!doctype html>
<html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{}</body></html>"""
TOKEN = '<input type="hidden" name="csrf_token" value="t">'
GOOD = f"""
<form method="post" action="/send">{TOKEN}
  <label for="name">Name</label><input id="name" name="name" value="Ada">
  <label><input type="checkbox" name="tick" value="1" checked> Tick</label>
  <label>Kind <select name="kind"><option value="a">A<option value="b" selected>B</select></label>
  <label>Words <textarea name="words">said</textarea></label>
  <button name="go" value="1">Go</button>
</form>
<h2 id="part">Part</h2><a href="#part">To the part</a><img src="/i.svg" alt="">
""".replace('A<option value="b" selected>B', 'A</option><option value="b" selected>B</option>')


@pytest.fixture
def client():
    """A client of an app that shows whatever it was given."""
    app = Flask("planted", static_folder=None)
    app.config.update(BODY="", STATUS=200, HEADERS={}, SENT=[])

    @app.get("/")
    def show():
        headers = {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            **app.config["HEADERS"],
        }
        return PAGE.format(app.config["BODY"]), app.config["STATUS"], headers

    @app.post("/send")
    def send():
        from flask import request

        app.config["SENT"].append(request.form.to_dict(flat=False))
        headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
        return "", 303, {**headers, "Location": "/"}

    return PageClient(app)


def test_a_good_page_passes(client):
    client.app.config["BODY"] = GOOD

    page = client.get("/")

    assert page.h1 == "A page"
    assert page.one("input", name="name").get("value") == "Ada"


def test_a_form_is_sent_as_a_browser_sends_it(client):
    client.app.config["BODY"] = GOOD
    client.get("/")

    page = client.submit({"name": "Grace"}, action="/send")

    assert client.app.config["SENT"] == [
        {"csrf_token": ["t"], "name": ["Grace"], "tick": ["1"], "kind": ["b"], "words": ["said"]}
    ]
    assert client.follow(page).h1 == "A page"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("<h1>Again</h1>", "2 h1"),
        ("<h3>Deep</h3>", "h3 follows h1"),
        ('<p id="a"></p><p id="a"></p>', "stands 2 times"),
        ('<a href="#nowhere">x</a>', "no element has the id"),
        ('<input name="name">', "no label"),
        ('<label for="n"></label><input id="n" name="name">', "no label"),
        ("<button></button>", "no words"),
        ("<img src='/i.svg'>", "no alt"),
        ("<form method='post'></form>", "no CSRF field"),
        (f"<form>{TOKEN}</form>", "in an address"),
        ("<script>go()</script>", "inline script"),
        ("<p onclick='go()'></p>", "inline script"),
        ("<a href='javascript:go()'>x</a>", "inline script"),
        ("<p style='color: red'></p>", "inline style"),
        ("<style></style>", "inline style"),
        ("<script src='https://cdn.example/x.js'></script>", "third-party"),
        ("<p><div></p></div>", "closes"),
        ("<p class='a' class='b'></p>", "twice"),
    ],
)
def test_a_planted_fault_is_found(client, fault, said):
    client.app.config["BODY"] = fault

    with pytest.raises(AssertionError, match=said):
        client.get("/")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Security-Policy": ""},
        {"Content-Security-Policy": "default-src 'unsafe-inline'"},
        {"X-Content-Type-Options": ""},
    ],
)
def test_a_missing_header_is_found(client, headers):
    client.app.config["HEADERS"] = headers

    with pytest.raises(AssertionError, match="GET /"):
        client.get("/")


def test_an_unexpected_status_is_found(client):
    client.app.config["STATUS"] = 500

    with pytest.raises(AssertionError, match="GET /: 500"):
        client.get("/")
