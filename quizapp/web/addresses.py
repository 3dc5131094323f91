"""Knows the full address of a page, for links that people pass on."""

from flask import current_app, request, url_for


def absolute_url(endpoint: str, **arguments: object) -> str:
    """Return the address from QUIZAPP_BASE_URL, else from the host of this request."""
    base: str = current_app.config["BASE_URL"] or request.host_url.rstrip("/")
    return base + url_for(endpoint, **arguments)  # type: ignore[arg-type]
