"""Knows the name under which a browser keeps answers that wait for the network; sends none."""

import hashlib
import hmac

from flask import Flask, current_app
from flask_login import current_user


def init_outbox(app: Flask) -> None:
    """Give templates `outbox_key()`."""
    app.jinja_env.globals["outbox_key"] = outbox_key


def outbox_key() -> str:
    """Return a name for the account signed in that says nothing of it; empty for a visitor.

    The same at every log-in, so that what waits is found again, and different on each
    installation.
    """
    if not current_user.is_authenticated:
        return ""
    secret = str(current_app.secret_key).encode()
    message = f"outbox {current_user.id}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:20]
