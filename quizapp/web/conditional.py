"""Pages that follow what happens: sent again only when what they show has changed; knows no table.

A page that follows the class asks for its own address every few seconds (`static/js/poll.js`) and
says which version it has. Its view computes the version first, by a cheap query, and builds the
page only when that version is another one:

    return live_page(matrix_version(session, class_id, now()), build)

The template of the page extends `layout()` and marks the region that is replaced with
`{{ live_region("matrix") }}`.
"""

import hashlib
import json
from collections.abc import Callable

from flask import Flask, Response, current_app, g, make_response, request
from flask_login import current_user
from markupsafe import Markup

from quizapp.paths import STATIC, TEMPLATES
from quizapp.web.i18n import current_language

POLL = "X-Poll"
"""The header of a request that no person sent: it moves no idle clock and takes no message."""
TIGHT = 9
"""How hard a live page is compressed: a tenth smaller than pages are, in a millisecond more."""


def init_conditional(app: Flask) -> None:
    """Give templates what a live page needs."""
    app.config["PAGES_VERSION"] = pages_version()
    app.jinja_env.globals.update(layout=layout, live_region=live_region)


def is_poll() -> bool:
    """Tell whether a script asks whether the page has changed."""
    return POLL in request.headers


def layout() -> str:
    """Return the layout of a live page: for a poll what stands in `main`, and no more."""
    return "layouts/region.html" if is_poll() else "layouts/base.html"


def live_page(version: str, build: Callable[[], str]) -> Response:
    """Answer 304 to who has this version of the page, else build it and say which one it is.

    `version` stands for all that the page shows of the class; language, reader, address and the
    release of the app are added here. Never put anything into it that holds a key. The version
    is read before the page: a change between the two is shown at the next poll again, not missed.
    """
    tag = page_tag(version)
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        g.live_version = tag
        g.gzip_level = TIGHT
        response = make_response(build())
    response.set_etag(tag, weak=True)
    return response


def page_tag(version: str) -> str:
    """Return the tag of this page for this reader at a version of the class."""
    parts = [
        version,
        current_language(),
        current_user.id,
        request.path,
        request.query_string.decode("ascii", "replace"),
        current_app.config["PAGES_VERSION"],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def live_region(name: str) -> Markup:
    """Return the attributes of the element `name` that is kept up to date."""
    return Markup('id="{}" data-module="poll" data-version="{}"').format(
        name, f'W/"{g.live_version}"'
    )


def pages_version() -> str:
    """Return a short text that changes with templates and static files: read once, at the start."""
    found = hashlib.sha256()
    for folder in (TEMPLATES, STATIC):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                state = path.stat()
                found.update(f"{path.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()[:16]
