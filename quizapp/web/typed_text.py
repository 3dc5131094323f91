"""Text as people type it, made fit to be stored and shown."""

import unicodedata


def tidy(typed: str | None) -> str:
    """Return typed text on one line: single spaces, no invisible signs."""
    shown = "".join(
        sign for sign in typed or "" if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    return " ".join(shown.split())
