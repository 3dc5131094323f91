"""Knows in which language and time zone a page speaks; knows no text of any page."""

import logging
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, gettext, refresh
from flask_login import current_user

from quizapp.catalogues import compile_catalogues
from quizapp.paths import TRANSLATIONS
from quizapp.store.db import db
from quizapp.store.installation import TIME_ZONE, find_value

LANGUAGES = {"fr": "Français", "en": "English"}
DEFAULT_LANGUAGE = "en"
LANGUAGE_COOKIE = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

logger = logging.getLogger(__name__)


def init_i18n(app: Flask, data: Path, time_zone: str) -> None:
    """Translate with the newest catalogues and give templates dates and numbers."""
    app.config["TIME_ZONE"] = time_zone
    folder = compile_catalogues(TRANSLATIONS, data / "translations")
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_translation_directories=str(folder),
        locale_selector=current_language,
    )
    app.jinja_env.filters.update(
        school_datetime=school_datetime,
        school_date=school_date,
        school_time=school_time,
        percent=percent,
        number=number,
    )


def current_language() -> str:
    """Return the language of this page: the account's, the cookie's, the browser's, the default."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if "language" not in g:
        g.language = _choose_language()
    language: str = g.language
    return language


def _choose_language() -> str:
    for chosen in (current_user.language, request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def speak(language: str) -> None:
    """Let this page speak a language whatever its reader's is: paper speaks that of its quiz."""
    g.language = language
    refresh()


def school_zone() -> ZoneInfo:
    """Return the time zone of the school: from the set-up, else from the settings."""
    if "school_zone" not in g:
        name = find_value(db.session(), TIME_ZONE) or current_app.config["TIME_ZONE"]
        g.school_zone = ZoneInfo(name)
    zone: ZoneInfo = g.school_zone
    return zone


def school_datetime(value: datetime, style: str = "medium") -> str:
    """Write a moment in words: `short` in numbers, `medium` and `long` with the month's name.

    Raises ValueError for a naive value.
    """
    local = _local(value)
    if style == "short":
        return format_datetime(local, "short", locale=current_language())
    return gettext("%(date)s at %(time)s", date=_date(local, style), time=_time(local))


def school_date(value: datetime, style: str = "long") -> str:
    """Write the day of a moment at the school."""
    return _date(_local(value), style)


def school_time(value: datetime) -> str:
    """Write the time of day of a moment at the school."""
    return _time(_local(value))


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a naive datetime has no place on a page")
    return value.astimezone(school_zone())


def _date(local: datetime, style: str) -> str:
    language = current_language()
    written: str = format_date(local, style, locale=language)
    if style not in ("medium", "long", "full"):
        return written
    return day_of_month_in_words(written, local.day, language)


def day_of_month_in_words(written: str, day: int, language: str) -> str:
    """Return a date with its day as French writes the first: 1er mai."""
    if language != "fr" or day != 1:
        return written
    return re.sub(r"\b1(?= \D)", "1er", written, count=1)


def _time(local: datetime) -> str:
    written: str = format_time(local, "short", locale=current_language())
    return written


def percent(value: float, digits: int = 0) -> str:
    """Write a share of 100 in the language of the page: 72 % or 72%."""
    spaced = "#,##0" + ("." + "0" * digits if digits else "")
    written = format_decimal(value, spaced, locale=current_language())
    return f"{written}\u202f%" if current_language() == "fr" else f"{written}%"


def number(value: float, digits: int | None = None) -> str:
    """Write a number in the language of the page, with this many decimals or as many as it has.

    A minus is a minus, not a hyphen: lines do not break after it, and it is read out.
    """
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    shown = value if digits is None else round(value, digits) or 0  # no −0.0
    written: str = format_decimal(shown, pattern, locale=current_language())
    return written.replace("-", "−")


@cache
def time_zones() -> tuple[str, ...]:
    """Return the time zones that the set-up offers, Europe first."""
    from zoneinfo import available_timezones

    regions = ("Europe", "Africa", "America", "Asia", "Atlantic", "Indian", "Pacific", "Australia")
    names = [name for name in available_timezones() if name.split("/")[0] in regions]
    return tuple(sorted(names, key=lambda name: (regions.index(name.split("/")[0]), name)))
