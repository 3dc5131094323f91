"""Local times of a school, the days when the clocks change included."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from quizapp.core.local_time import NonexistentTime, to_utc

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("2026-01-15T23:59", "2026-01-15T22:59"),
        ("2026-07-15T23:59", "2026-07-15T21:59"),
        ("2026-03-29T01:59", "2026-03-29T00:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00"),
    ],
)
def test_a_local_time_is_one_moment(local: str, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert to_utc(datetime.fromisoformat(local), PARIS) == expected


@pytest.mark.parametrize("local", ["2026-03-29T02:00", "2026-03-29T02:59"])
def test_a_time_that_the_clocks_skip_is_refused(local: str) -> None:
    with pytest.raises(NonexistentTime):
        to_utc(datetime.fromisoformat(local), PARIS)


def test_a_time_that_the_clocks_show_twice_is_the_later() -> None:
    expected = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert to_utc(datetime.fromisoformat("2026-10-25T02:30"), PARIS) == expected


def test_a_time_with_a_zone_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        to_utc(datetime(2026, 1, 1, tzinfo=UTC), PARIS)
