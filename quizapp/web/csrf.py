"""Knows which requests may change something: the token of the form and where it comes from."""

import base64
import binascii
import secrets
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MAX_FIELDS = 1000
"""Fields that a form may have: words of the longest passage, many times over."""


class MaskedCSRF(CSRFProtect):
    """CSRFProtect with tokens that look different in every response.

    Pages are compressed, so that a constant token could be guessed from their length (BREACH).
    """

    def _get_csrf_token(self) -> str | None:
        masked = super()._get_csrf_token()
        return unmask(masked) if masked else None


def csrf_token() -> str:
    """Return the token of this session under a mask of its own."""
    token: bytes = generate_csrf().encode()
    pad = secrets.token_bytes(len(token))
    mixed = bytes(a ^ b for a, b in zip(pad, token, strict=True))
    return base64.urlsafe_b64encode(pad + mixed).decode()


def unmask(masked: str) -> str | None:
    """Return the token under a mask, None when there is none."""
    try:
        raw = base64.urlsafe_b64decode(masked.encode("ascii"))
        half = len(raw) // 2
        return bytes(a ^ b for a, b in zip(raw[:half], raw[half:], strict=True)).decode("ascii")
    except (ValueError, binascii.Error):
        return None


def init_csrf(app: Flask) -> None:
    """Check every request that is not safe; give templates a masked `csrf_token()`."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.before_request(refuse_foreign_and_malformed)
    MaskedCSRF(app)
    app.jinja_env.globals["csrf_token"] = csrf_token


def refuse_foreign_and_malformed() -> None:
    """Refuse a change asked by another site (403) and a form that nobody's browser makes."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc not in _own_hosts():
        abort(403)
    fields = 0
    for name, values in request.form.lists():
        fields += len(values)
        if any("\0" in text for text in (name, *values)):
            abort(400)
    if fields > MAX_FIELDS:
        abort(413)


def _own_hosts() -> tuple[str, ...]:
    base_url: str | None = current_app.config["BASE_URL"]
    return (request.host, urlsplit(base_url).netloc) if base_url else (request.host,)
