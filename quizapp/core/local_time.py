"""Turns the clock on a wall into a moment; knows no calendar of anybody and no page."""

from datetime import UTC, datetime, tzinfo


class NonexistentTime(ValueError):
    """The clocks were put forward over this time: no clock of the zone ever showed it."""


def to_utc(local: datetime, zone: tzinfo) -> datetime:
    """Return the moment at which clocks of a zone show a naive local time.

    A time that clocks show twice is the later moment. Raises NonexistentTime for one that they
    skip, OverflowError at the ends of the calendar, ValueError for an aware time.
    """
    if local.tzinfo is not None:
        raise ValueError("a local time has no zone of its own")
    moment = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None, fold=0) != local.replace(fold=0):
        raise NonexistentTime(local.isoformat())
    return moment
