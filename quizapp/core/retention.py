"""Knows when a class and its people are to be deleted; reads no setting and deletes nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

GRACE = timedelta(days=60)
"""A class that was made so shortly before the day of the purge belongs to the year to come."""
LOG_KEPT = timedelta(days=365)
"""How long before the day of the purge the log of actions reaches back."""


@dataclass(frozen=True)
class PurgeRule:
    """The day of each year on which the year's classes end; only days after `since` count.

    So that nobody's class falls due by a change of the setting that they were not told in time.
    """

    month: int
    day: int
    since: date | None = None

    def __post_init__(self) -> None:
        date(2001, self.month, self.day)  # a day of every year; raises ValueError

    def on(self, year: int) -> date:
        """Return the day in a year."""
        return date(year, self.month, self.day)

    def counts(self, day: date) -> bool:
        """Tell whether a day lies after the setting was made."""
        return self.since is None or day > self.since

    def upcoming(self, today: date) -> date:
        """Return the next day of the purge, today included."""
        days = (self.on(today.year + step) for step in range(3))
        return next(day for day in days if day >= today and self.counts(day))

    def latest(self, today: date) -> date | None:
        """Return the last day of the purge, today included; None when none has counted yet."""
        days = (self.on(today.year - step) for step in range(2))
        return next((day for day in days if day <= today and self.counts(day)), None)


DEFAULT = PurgeRule(8, 31)
"""The end of the school year in most of Europe."""


def begin_of(day: date, zone: tzinfo) -> datetime:
    """Return the moment at which a day begins at the school."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def purge_day_of(
    rule: PurgeRule, created_at: datetime, archived_at: datetime | None, zone: tzinfo
) -> date:
    """Return the day on which a class is due: the first after its archiving, or after GRACE."""
    year = created_at.astimezone(zone).year
    if rule.since is not None:
        year = max(year, rule.since.year)
    days = (rule.on(year + step) for step in range(4))
    return next(
        day for day in days if rule.counts(day) and _has_ended(day, created_at, archived_at, zone)
    )


def _has_ended(day: date, created_at: datetime, archived_at: datetime | None, zone: tzinfo) -> bool:
    begin = begin_of(day, zone)
    return created_at < begin - GRACE or (archived_at is not None and archived_at < begin)
