"""Knows the menu of each role and what every layout needs; knows no page's own content."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import gettext
from flask_login import current_user

from quizapp.core.messages import N_
from quizapp.web.i18n import LANGUAGES, current_language
from quizapp.web.next_page import this_page
from quizapp.web.refill import is_refill

LEARNER_MENU = (
    ("learner.home", N_("To do")),
    ("learner.quizzes", N_("Quizzes")),
    ("learner.progress", N_("Progress")),
)
TEACHER_MENU = (("teacher.home", N_("Classes")), ("learner.quizzes", N_("Quizzes")))
AUTHOR_MENU = (("author.home", N_("Content")), ("author.regrades", N_("Corrected keys")))
ADMIN_MENU = (("admin.index", N_("Administration")),)


@dataclass(frozen=True)
class MenuItem:
    """A link of the menu; `current` is its aria-current: page, true or nothing."""

    href: str
    label: str
    current: str


def init_navigation(app: Flask) -> None:
    """Give every template what the layout needs."""
    app.context_processor(layout_context)


def layout_context() -> dict[str, Any]:
    """Return the names that `layouts/base.html` relies on."""
    return {
        "language": current_language(),
        "languages": LANGUAGES,
        "navigation": build_menu(),
        "here": this_page() if "GET" in _methods() else "/",
        "here_endpoint": request.endpoint,
        "stale_form": is_refill(),
        "endpoints": current_app.view_functions,
        "open_registration": current_app.config["OPEN_REGISTRATION"],
    }


def _methods() -> set[str]:
    rule = request.url_rule
    return set(rule.methods or ()) if rule else set()


def build_menu() -> list[MenuItem]:
    """Return the menu of the person signed in, of pages that exist; empty for a visitor."""
    items: dict[str, str] = {}
    if current_user.is_authenticated:
        items |= TEACHER_MENU if current_user.is_teacher else LEARNER_MENU
        items |= AUTHOR_MENU if current_user.is_author else ()
        items |= ADMIN_MENU if current_user.is_admin else ()
    return [
        MenuItem(url_for(endpoint), gettext(label), _current(endpoint, items))
        for endpoint, label in items.items()
        if endpoint in current_app.view_functions
    ]


def _current(endpoint: str, items: Container[str]) -> str:
    """Return "page" for the page itself, "true" for the start of its section, else nothing."""
    if request.endpoint == endpoint:
        return "page"
    section, _, name = endpoint.partition(".")
    within = request.blueprint == section and request.endpoint not in items
    return "true" if within and name in ("home", "index") else ""
