"""Knows how a form comes back filled in when it could not be accepted for its token or session.

A view marked `@refillable` asks `submitted()` before it saves anything, and reads `typed()`. When
the token of a POST is stale, the same view runs again with `submitted()` false and its page is
answered with 400. When nobody is signed in any more, the log-in page keeps what was typed in
hidden fields, and the view runs with them after the log-in, in the log-in's own response.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, current_app, g, make_response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

View = TypeVar("View", bound=Callable[..., Any])
KEPT = "kept-"
"""Prefix of the hidden fields in which the log-in page keeps a form."""
NEVER_KEPT = ("csrf_token", "password", "current")


def refillable(view: View) -> View:
    """Mark a view that shows its form filled in from `typed()` unless `submitted()`."""
    view.refillable = True  # type: ignore[attr-defined]
    return view


def submitted() -> bool:
    """Tell whether this request sent the view's form and may be acted upon."""
    return request.method == "POST" and not is_refill()


def is_refill() -> bool:
    """Tell whether the page only shows again what was typed."""
    return "refill" in g


def typed() -> MultiDict[str, str]:
    """Return the fields that were typed: this request's, or those kept over a log-in."""
    kept: MultiDict[str, str] = g.get("refill", request.form)
    return kept


def fields_to_keep() -> list[tuple[str, str]]:
    """Return the fields of this request, without token and secrets, in their order."""
    return [
        (name, value)
        for name, values in typed().lists()
        for value in values
        if name not in NEVER_KEPT and not name.startswith(KEPT)
    ]


def find_refillable(path: str) -> tuple[Callable[..., Any], dict[str, Any]] | None:
    """Return the refillable view that a POST to a path would reach, with its arguments."""
    try:
        adapter = current_app.create_url_adapter(request)
        endpoint, arguments = adapter.match(path, method="POST") if adapter else ("", {})
    except HTTPException:
        return None
    view = current_app.view_functions.get(endpoint)
    return (view, dict(arguments)) if getattr(view, "refillable", False) and view else None


def refill(path: str, fields: MultiDict[str, str], status: int) -> Response | None:
    """Answer with the form at a path, filled in but not acted upon; None when it has none."""
    found = find_refillable(path)
    if found is None:
        return None
    view, arguments = found
    g.refill = fields
    response = make_response(current_app.ensure_sync(view)(**arguments))
    if response.status_code == 200:
        response.status_code = status
    return response
