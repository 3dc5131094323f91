"""Knows where the shipped folders and the data of an installation are; opens none of them."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_BUNDLED = PACKAGE / "_bundled"

IN_CHECKOUT = not _BUNDLED.is_dir()
"""True in a source tree, False where the wheel is installed."""

ROOT = PACKAGE.parent if IN_CHECKOUT else _BUNDLED
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
QUESTIONS = ROOT / "questions"
TRANSLATIONS = PACKAGE / "translations"


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the database and the secret key: QUIZAPP_DATA, or the usual place.

    The usual place is `instance/` in a checkout, else the platform's folder for a person's data.
    """
    chosen = environ.get("QUIZAPP_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
    if IN_CHECKOUT:
        return ROOT / "instance"
    return _platform_data_folder(environ) / "quizapp"


def _platform_data_folder(environ: Mapping[str, str]) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
