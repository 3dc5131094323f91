"""The French catalogue against the sources, its typography, and the pages that speak it."""

import ast
import html
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import Environment
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from quizapp.content.typography import find_slips
from quizapp.exercises.registry import KINDS
from quizapp.paths import PACKAGE, ROOT, TEMPLATES, TRANSLATIONS
from quizapp.web import i18n
from quizapp.web.exercises import partial_date
from tests.markup import Element, parse
from tests.web.routes_table import ROUTES, Route
from tests.web.routes_world import World

Key = tuple[str, tuple[str, ...]]

PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
MENTIONED = re.compile(r"'…'")
TU = re.compile(r"\b(tu|te|toi|ton|ta|tes)\b|\bt’", re.IGNORECASE)
VOUS = re.compile(r"\b(vous|votre|vos)\b", re.IGNORECASE)
NOT_EPICENE = re.compile(r"\w·\w|\(e?s?e\)|\(ne\)|[ée]\.e")
SPOKEN = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"]*)"')
UNSPOKEN = re.compile(r'<[^>]*>|[\w-]+="[^"]*"')
WORD = re.compile(r"[^\W\d_]{2,}")
OUR_NAME = {"quiz", "app", "quizapp"}


@cache
def sources() -> frozenset[Key]:
    """Return what the sources say now: context and msgids, as pybabel extracts them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        mappings = tomllib.load(file)["tool"]["babel"]["mappings"]
    methods = [(each["pattern"], each["method"]) for each in mappings]
    options = {
        each["pattern"]: {name: each[name] for name in each.keys() - {"pattern", "method"}}
        for each in mappings
    }
    found = extract_from_dir(ROOT, methods, options)
    return frozenset((context or "", _forms(message)) for _, _, message, _, context in found)


@cache
def french() -> Catalog:
    with (TRANSLATIONS / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="fr")


def messages() -> list[Message]:
    return [message for message in french() if message.id]


def _forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def places(text: str) -> list[str]:
    return sorted(a or b for a, b in PLACE.findall(text))


# --- the catalogue ---------------------------------------------------------------------------


def test_the_catalogue_holds_what_the_sources_say_and_nothing_else() -> None:
    listed = {(message.context or "", _forms(message.id)) for message in messages()}
    assert sources() - listed == set(), "run pybabel extract and update, then translate"
    assert listed - sources() == set(), "no source says this any more"
    assert not french().obsolete


def test_everything_is_translated_in_every_form_of_the_plural() -> None:
    assert (french().num_plurals, french().plural_expr) == (2, "(n > 1)")
    for message in messages():
        forms = _forms(message.string)
        assert len(forms) == len(_forms(message.id)), message.id
        assert all(form.strip() for form in forms), message.id
        assert not message.fuzzy, message.id


def test_a_translation_has_the_places_of_its_original() -> None:
    for message in messages():
        wanted = places(_forms(message.id)[-1])
        for form in _forms(message.string):
            if len(_forms(message.id)) == 1:
                assert places(form) == wanted, message.id
            else:  # "one thing" needs no number
                assert {*places(form), "num"} == {*wanted, "num"}, message.id
            assert form.count("%%") == _forms(message.id)[0].count("%%"), message.id
            PLACE.sub("", form).replace("%%", "") % ()


def test_translations_keep_to_french_typography() -> None:
    for message in messages():
        for form in _forms(message.string):
            assert list(find_slips(form)) == [], form
            ours = MENTIONED.sub("", form)
            assert "'" not in ours, f"’ is meant: {form}"
            assert "..." not in ours, f"… is meant: {form}"
            assert not re.search(r"\d [%€]|\s\s|^ | $", form), f"spaces: {form!r}"
            assert not re.search(r"[“”]", ours), f"« » is meant: {form}"


def test_originals_keep_to_english_typography() -> None:
    for _, forms in sources():
        for form in forms:
            assert not re.search(r"[\u00a0\u202f]|\s\s|^ | $|\.\.\.", form), form


def test_learners_are_tu_and_adults_vous() -> None:
    for message in messages():
        for form in _forms(message.string):
            wrong = VOUS if message.context == "pupil" else TU
            assert not wrong.search(form), f"{message.context}: {form}"
            assert not NOT_EPICENE.search(form), form
            assert not re.search(r"\bjeux?\b", form), f"an exercise is no game: {form}"


# --- the sources -----------------------------------------------------------------------------


def test_no_text_is_looked_up_in_a_context_that_it_was_not_marked_with() -> None:
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("pgettext", "ngettext", "npgettext")
        and not all(isinstance(each, ast.Constant) for each in node.args[:2])
    ]
    assert named == []


def unmarked(source: str) -> Iterator[str]:
    """Yield words of a template that no call translates."""
    tokens = Environment(autoescape=True).lex(source)
    markup = "".join(value if kind == "data" else "" for _, kind, value in tokens)
    spoken = [html.unescape(text) for text in SPOKEN.findall(markup)]
    spoken.append(html.unescape(UNSPOKEN.sub(" ", markup)))
    for text in spoken:
        yield from (word for word in WORD.findall(text) if word not in OUR_NAME)


def test_templates_say_nothing_that_is_not_marked_for_translation() -> None:
    assert list(unmarked('<p title="Two words">{{ _("x") }} and</p>')) == ["Two", "words", "and"]
    for path in TEMPLATES.rglob("*.html"):
        if path.parent.name not in i18n.LANGUAGES:
            assert list(unmarked(path.read_text(encoding="utf-8"))) == [], path


def test_what_is_written_apart_for_each_language_is_there_in_all_of_them() -> None:
    for folder in {path.parent for path in TEMPLATES.rglob("fr/")}:
        names = {
            language: {path.name for path in (folder / language).iterdir()}
            for language in i18n.LANGUAGES
        }
        assert names["fr"] == names["en"], folder


# --- the pages -------------------------------------------------------------------------------


@cache
def english_phrases() -> frozenset[str]:
    """Return runs of more than two English words that French says otherwise."""
    found = set()
    for message in messages():
        for original in _forms(message.id):
            if original not in _forms(message.string):
                found |= {part.strip() for part in PLACE.split(original) if part}
    return frozenset(phrase.replace("%%", "%") for phrase in found if len(phrase.split()) > 2)


def said_in_french(element: Element) -> Iterator[str]:
    """Yield texts and attributes of a page, without what is marked as of another language."""
    if element.get("lang") not in ("", "fr"):
        return
    yield from element.attributes.values()
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from said_in_french(child)


def said_in_workbook(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(BytesIO(content)):
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value) for value in row if value is not None)


def left_in_english(response: TestResponse) -> list[str]:
    if response.mimetype.endswith("sheet"):
        said = " ".join(said_in_workbook(response.data))
    elif response.mimetype != "text/html":
        said = response.text
    else:
        document, _ = parse(response.text)
        said = " ".join(said_in_french(document))
    said = " ".join(said.split())
    return [phrase for phrase in english_phrases() if phrase in said]


def ask(
    world: World, actor: str, method: str, path: str, data: dict[str, str], *, language: str = "fr"
) -> TestResponse:
    cookie, token = world.cookies[actor]
    response = world.app.test_client(use_cookies=False).open(
        path,
        method=method,
        headers={"Cookie": f"quizapp={cookie}; language={language}"},
        data=data | {"csrf_token": token} if method == "POST" else None,
        buffered=True,
    )
    response.close()
    return response


def fill(world: World, route: Route) -> str:
    return route.path.format(**world.ids)


def expect_french(response: TestResponse) -> None:
    if response.mimetype == "text/html" and response.status_code != 303:
        assert '<html lang="fr">' in response.text
    assert left_in_english(response) == []


def test_an_english_page_is_noticed(world: World) -> None:
    page = ask(world, "anonymous", "GET", "/privacy", {}, language="en")
    page.data = page.data.replace(b'<html lang="en">', b'<html lang="fr">')
    assert len(left_in_english(page)) > 10


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.endpoint}")
def test_no_page_in_french_says_anything_in_english(world: World, route: Route) -> None:
    for actor in {route.owner, "anonymous", "other_teacher"}:
        expect_french(ask(world, actor, route.method, fill(world, route), {}))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_exercise_speaks_french_before_and_after_the_answer(world: World, kind: str) -> None:
    asked = ask(world, "anonymous", "GET", f"/try?kind={kind}", {})
    expect_french(asked)
    exercise = re.search(r'name="exercise" value="([^"]+)"', asked.text)
    assert exercise
    for answer in ({"unsure": "1"}, {}):
        sent = {"kind": kind, "exercise": exercise[1]} | answer
        expect_french(ask(world, "anonymous", "POST", "/try", sent))


def test_the_first_of_a_month_is_1er_wherever_a_date_is_written(app: Flask) -> None:
    first = datetime(2026, 5, 1, 12, tzinfo=UTC)
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert i18n.school_date(first, "medium") == "1er mai 2026"
        assert i18n.school_datetime(first, "long").startswith("1er mai 2026 à ")
        assert partial_date("2026-05-01") == "1er mai 2026"
        assert partial_date("2026-05-11") == "11 mai 2026"
        assert partial_date("2026-05") == "mai 2026"
