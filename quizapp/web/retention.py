"""Says when the purge comes, from the one setting: for every page that tells somebody."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, format_skeleton
from flask import Flask, g

from quizapp.core.retention import PurgeRule, purge_day_of
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.store.retention import find_rule
from quizapp.web.clock import now
from quizapp.web.i18n import current_language, day_of_month_in_words, school_zone

SOON = timedelta(days=60)
"""How long before the day every page of a class says so."""


@dataclass(frozen=True)
class PurgeNotice:
    """When a class is deleted, for its teachers; `is_due` = the day has come."""

    day: date
    is_soon: bool
    is_due: bool

    @property
    def shown(self) -> str:
        """The day in words."""
        return day_in_words(self.day)


def init_retention(app: Flask) -> None:
    """Give templates `purge_of(school_class)`."""
    app.jinja_env.globals["purge_of"] = purge_of


def current_rule() -> PurgeRule | None:
    """Return the setting, read once for each request; None when it is switched off."""
    if "purge_rule" not in g:
        g.purge_rule = find_rule(db.session())
    rule: PurgeRule | None = g.purge_rule
    return rule


def today() -> date:
    """Return the day at the school."""
    return now().astimezone(school_zone()).date()


def purge_of(school_class: SchoolClass) -> PurgeNotice | None:
    """Return when a class is deleted; None for simulated learners and where nothing is."""
    rule = current_rule()
    if rule is None or school_class.is_demo:
        return None
    day = purge_day_of(rule, school_class.created_at, school_class.archived_at, school_zone())
    return PurgeNotice(day, is_soon=day - today() <= SOON, is_due=day <= today())


def day_in_words(day: date) -> str:
    """Return a day with its year: 31 août 2027, August 31, 2027."""
    language = current_language()
    return day_of_month_in_words(format_date(day, "long", locale=language), day.day, language)


def day_of_year(rule: PurgeRule) -> str:
    """Return the day of every year: 31 août, August 31."""
    language = current_language()
    day = rule.on(2001)
    written: str = format_skeleton("MMMMd", day, locale=language)
    return day_of_month_in_words(written, rule.day, language)


def month_names() -> list[str]:
    """Return the names of the months, January first."""
    language = current_language()
    return [format_date(date(2001, month, 1), "LLLL", locale=language) for month in range(1, 13)]
