"""A test client that checks every page it is given; knows no page in particular."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tests.markup import Element, Problem, parse

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
UNSENT = {"checkbox", "radio", "file", "submit", "button", "reset", "image"}
FIELDS = {"input", "select", "textarea"}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage")

FormData = Mapping[str, object] | Iterable[tuple[str, object]]


class Page:
    """A page that was answered: its status, its text, its elements."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self.document, self.problems = parse(self.html)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of that tag whose attributes have these values (`class_`: has)."""
        return [element for element in self.document.walk() if element.matches(tag, attributes)]

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} × <{tag}> {attributes} in {self.html}"
        return found[0]

    @property
    def h1(self) -> str:
        return self.one("h1").text

    @property
    def text(self) -> str:
        """The words of the page's body, with single spaces."""
        return self.one("body").text

    def form(self, action: str | None = None, number: int = 0) -> Element:
        """Return a POST form of the page, by the path that it is sent to or its number."""
        forms = [form for form in self.all("form") if form.get("method").lower() == "post"]
        chosen = [form for form in forms if action is None or form.get("action") == action]
        assert len(chosen) > number, f"no POST form to {action} among {forms}"
        return chosen[number]


class PageClient:
    """Drives an app as a person without JavaScript does, checking each page on the way."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.last: Page | None = None

    def get(self, path: str, status: int = 200, **options: object) -> Page:
        """GET a page, check it and remember it for `submit`."""
        page = self._page("GET", path, **options)
        assert page.status == status, f"GET {path}: {page.status}\n{page.html[:2000]}"
        return page

    def follow(self, page: Page, status: int = 200) -> Page:
        """GET what a redirect names; only the explicit 303 is one."""
        assert page.status == 303, f"{page.status}, not a redirect: {page.html[:2000]}"
        return self.get(page.response.headers["Location"], status)

    def post(self, path: str, data: FormData = (), status: int = 303, **options: object) -> Page:
        """POST fields with the CSRF token of the last page, and check what comes back."""
        fields = _pairs(data)
        if not any(name == "csrf_token" for name, _ in fields):
            fields.append(("csrf_token", self._token()))
        return self._post(path, fields, status, **options)

    def submit(
        self,
        data: FormData = (),
        *,
        action: str | None = None,
        number: int = 0,
        status: int | None = 303,
    ) -> Page:
        """Send a form of the last page with what it holds already, changed by `data`.

        `status` None takes whatever status comes.
        """
        assert self.last is not None, "nothing to submit: get a page first"
        form = self.last.form(action, number)
        typed = _pairs(data)
        names = {name for name, _ in typed}
        kept = [(name, value) for name, value in _filled(form) if name not in names]
        target = form.get("action") or self.last.response.request.path
        return self._post(target, kept + typed, status)

    def _post(
        self, path: str, fields: list[tuple[str, object]], status: int | None, **options: object
    ) -> Page:
        data: dict[str, list[object]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        page = self._page("POST", path, data=data, **options)
        assert status in (None, page.status), f"POST {path}: {page.status}\n{page.html[:2000]}"
        return page

    def _page(self, method: str, path: str, **options: object) -> Page:
        response = self.client.open(path, method=method, buffered=True, **options)
        page = Page(response)
        response.close()
        problems = check_page(page)
        assert not problems, f"{method} {path}:\n  " + "\n  ".join(problems)
        if page.response.mimetype == "text/html" and page.status != 303:
            self.last = page
        return page

    def _token(self) -> str:
        assert self.last is not None, "no CSRF token: get a page with a form first"
        return self.last.form().find("input", name="csrf_token")[0].get("value")


def check_page(page: Page) -> list[Problem]:
    """Return what is wrong with a page: nothing for what is no HTML page."""
    problems = [*_check_headers(page)]
    if page.response.mimetype != "text/html" or 300 <= page.status < 400:
        return problems
    problems += page.problems
    for check in (_check_outline, _check_ids, _check_labels, _check_forms, _check_inline):
        problems += check(page)
    return problems


def _check_headers(page: Page) -> Iterable[Problem]:
    headers = page.response.headers
    policy = headers.get("Content-Security-Policy", "")
    if "default-src" not in policy or "unsafe" in policy:
        yield f"Content-Security-Policy is {policy!r}"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options is missing"


def _check_outline(page: Page) -> Iterable[Problem]:
    if len(page.all("h1")) != 1:
        yield f"{len(page.all('h1'))} h1"
    titles = [title for title in page.all("title") if title.parent and title.parent.tag == "head"]
    if len(titles) != 1 or not titles[0].text:
        yield "no title"
    if not all(root.get("lang") for root in page.all("html")):
        yield "no language"
    levels = [int(e.tag[1]) for e in page.document.walk() if re.fullmatch(r"h[1-6]", e.tag)]
    for above, below in zip([0, *levels], levels, strict=False):
        if below > above + 1:
            yield f"h{below} follows h{above}"
    for image in page.all("img"):
        if "alt" not in image.attributes:
            yield f"no alt: {image}"


def _check_ids(page: Page) -> Iterable[Problem]:
    ids = [element.get("id") for element in page.document.walk() if "id" in element.attributes]
    for name in {name for name in ids if ids.count(name) > 1 or not name.strip()}:
        yield f"id {name!r} stands {ids.count(name)} times"
    known = set(ids)
    for element in page.document.walk():
        wanted = [name for each in REFERENCES for name in element.get(each).split()]
        wanted += [element.get("for")] if "for" in element.attributes else []
        if element.tag == "a" and element.get("href").startswith("#"):
            wanted.append(element.get("href")[1:])
        for name in wanted:
            if name not in known:
                yield f"no element has the id {name!r}: {element}"


def _check_labels(page: Page) -> Iterable[Problem]:
    labelled = {label.get("for") for label in page.all("label") if label.text}
    for field in page.document.walk():
        if field.tag not in FIELDS or field.get("type") in UNLABELLED:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        inside = any(parent.tag == "label" and parent.text for parent in field.parents())
        if not (named or inside or (field.get("id") and field.get("id") in labelled)):
            yield f"no label: {field}"
    for button in page.all("button"):
        if not (button.text or button.get("aria-label")):
            yield f"no words: {button}"


def _check_forms(page: Page) -> Iterable[Problem]:
    for form in page.all("form"):
        method = form.get("method").lower()
        tokens = form.find("input", name="csrf_token")
        if method == "post" and not (len(tokens) == 1 and tokens[0].get("value")):
            yield f"no CSRF field: {form}"
        if method != "post" and tokens:
            yield f"the CSRF token would stand in an address: {form}"


def _check_inline(page: Page) -> Iterable[Problem]:
    for element in page.document.walk():
        if element.tag == "style" or "style" in element.attributes:
            yield f"inline style: {element}"
        if element.tag == "script" and "src" not in element.attributes:
            yield f"inline script: {element}"
        handlers = [name for name in element.attributes if name.startswith("on")]
        if handlers or element.get("href").lower().startswith("javascript:"):
            yield f"inline script: {element}"
        for name in ("src", "href", "action"):
            loads = element.tag != "a" and re.match(r"(https?:)?//", element.get(name))
            if loads and element.get("rel") not in ("canonical", "alternate"):
                yield f"third-party request: {element}"


def _filled(form: Element) -> list[tuple[str, object]]:
    """Return what a browser would send for a form as it stands, without its buttons."""
    fields: list[tuple[str, object]] = []
    for field in form.walk():
        name = field.get("name")
        if not name or "disabled" in field.attributes:
            continue
        kind = field.get("type") or "text"
        if field.tag == "textarea":
            fields.append((name, field.text))
        elif field.tag == "select":
            fields += [(name, value) for value in _chosen(field)]
        elif kind in ("checkbox", "radio") and "checked" in field.attributes:
            fields.append((name, field.get("value") or "on"))
        elif field.tag == "input" and kind not in UNSENT:
            fields.append((name, field.get("value")))
    return fields


def _chosen(select: Element) -> list[str]:
    options = select.find("option")
    chosen = [option for option in options if "selected" in option.attributes]
    if not chosen and "multiple" not in select.attributes:
        chosen = options[:1]
    return [o.get("value") if "value" in o.attributes else o.text for o in chosen]


def _pairs(data: FormData) -> list[tuple[str, object]]:
    if not isinstance(data, Mapping):
        return list(data)
    pairs: list[tuple[str, object]] = []
    for name, value in data.items():
        several = isinstance(value, list | tuple)
        pairs += [(name, each) for each in value] if several else [(name, value)]
    return pairs
