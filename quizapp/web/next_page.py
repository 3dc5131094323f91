"""Knows where a person goes after a form: back to a page of this app, or to their own start."""

import re

from flask import request, url_for
from flask_login import current_user

_SEGMENT = r"[A-Za-z0-9._~!$&'()*+,;=:@?%-]+"
OWN_PATH = re.compile(rf"/(?:{_SEGMENT}(?:/{_SEGMENT})*/?)?")
LONGEST = 500


def is_own_path(path: str) -> bool:
    """Tell whether an address is a path of this app and nothing that leads to another host.

    One slash first, never two in a row, no backslash, no control character.
    """
    return len(path) <= LONGEST and OWN_PATH.fullmatch(path) is not None


def this_page() -> str:
    """Return the path and query of this request, if a person may be sent back to it."""
    path = request.full_path.rstrip("?") if request.query_string else request.path
    return path if is_own_path(path) else "/"


def next_page() -> str:
    """Return where the `next` of the form or the address leads, else the person's start page."""
    wanted = request.form.get("next") or request.args.get("next") or ""
    return wanted if is_own_path(wanted) else start_page()


def start_page() -> str:
    """Return the first page of the person signed in, by role; the home page for a visitor."""
    if not current_user.is_authenticated:
        return url_for("pages.home")
    if current_user.is_teacher:
        return url_for("teacher.home")
    if current_user.is_admin:
        return url_for("admin.index")
    return url_for("learner.home")
