"""Knows what the interface says in a language, from its catalogue; knows no page."""

from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from quizapp.paths import TRANSLATIONS


def say(language: str, text: str, context: str | None = None, **parts: object) -> str:
    """Return an English text of the interface in a language, with its parts filled in."""
    found = _catalogue(language).get(text, context) if language != "en" else None
    string = found.string if found is not None and not found.fuzzy else ""
    chosen = str(string or text)
    return chosen % parts if parts else chosen


@cache
def _catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)
