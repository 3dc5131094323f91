"""What every change by a teacher has in common; knows no single one."""

import unicodedata

from quizapp.web.acting import acting

__all__ = ["acting", "tidy"]


def tidy(typed: str | None) -> str:
    """Return typed text on one line: single spaces, no invisible signs."""
    shown = "".join(
        sign for sign in typed or "" if sign.isspace() or unicodedata.category(sign)[0] != "C"
    )
    return " ".join(shown.split())
