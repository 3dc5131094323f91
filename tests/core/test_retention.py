"""When a class falls due, by the day of the year that is set."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from quizapp.core.retention import DEFAULT, PurgeRule, begin_of, purge_day_of

PARIS = ZoneInfo("Europe/Paris")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("created", "archived", "due"),
    [
        ("2026-09-01T08:00", None, "2027-08-31"),
        ("2027-03-01T08:00", None, "2027-08-31"),
        ("2027-07-01T21:59", None, "2027-08-31"),  # 60 days before the day begins in Paris
        ("2027-07-01T22:00", None, "2028-08-31"),
        ("2027-08-25T08:00", None, "2028-08-31"),  # made for the year to come
        ("2027-08-01T08:00", "2027-08-20T08:00", "2027-08-31"),
        ("2027-08-01T08:00", "2027-09-20T08:00", "2028-08-31"),
    ],
)
def test_a_class_ends_with_its_school_year(created: str, archived: str | None, due: str) -> None:
    day = purge_day_of(DEFAULT, at(created), at(archived) if archived else None, PARIS)
    assert day == date.fromisoformat(due)


def test_a_new_setting_makes_no_class_fall_due_on_a_day_that_has_passed() -> None:
    rule = PurgeRule(11, 10, since=date(2026, 11, 23))
    assert purge_day_of(rule, at("2026-09-01T08:00"), None, PARIS) == date(2027, 11, 10)
    assert purge_day_of(rule, at("2021-09-01T08:00"), None, PARIS) == date(2027, 11, 10)
    assert rule.latest(date(2026, 12, 1)) is None
    assert rule.upcoming(date(2026, 12, 1)) == date(2027, 11, 10)
    assert rule.latest(date(2027, 11, 10)) == date(2027, 11, 10)


def test_a_rule_has_a_day_before_and_a_day_after_every_day() -> None:
    assert DEFAULT.latest(date(2026, 8, 30)) == date(2025, 8, 31)
    assert DEFAULT.latest(date(2026, 8, 31)) == date(2026, 8, 31)
    assert DEFAULT.upcoming(date(2026, 8, 31)) == date(2026, 8, 31)
    assert DEFAULT.upcoming(date(2026, 9, 1)) == date(2027, 8, 31)


@pytest.mark.parametrize(("month", "day"), [(2, 29), (4, 31), (13, 1), (0, 1), (1, 0)])
def test_a_day_that_is_not_in_every_year_is_refused(month: int, day: int) -> None:
    with pytest.raises(ValueError, match=r"month|day"):
        PurgeRule(month, day)


def test_a_day_begins_when_the_clocks_of_the_school_say_so() -> None:
    assert begin_of(date(2026, 8, 31), PARIS) == at("2026-08-30T22:00")
