"""The rule of five holds for each number shown, for their differences and what is left over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.floor import FLOOR, HIDDEN, ShownCount, released, show_options, show_part

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=6)


@pytest.mark.parametrize(("n", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (27, 25)])
def test_learners_are_shown_in_groups_of_five(n: int, shown: int) -> None:
    assert released(n) == shown


@given(st.integers(0, 500), st.integers(0, 500))
def test_no_two_displays_differ_by_fewer_than_five_learners(one: int, other: int) -> None:
    assert released(one) == released(other) or abs(released(one) - released(other)) >= FLOOR


@pytest.mark.parametrize(
    ("n", "total", "shown"),
    [
        (18, 27, ShownCount(18)),
        (4, 27, HIDDEN),
        (0, 27, HIDDEN),
        (5, 27, ShownCount(5)),
        (22, 27, ShownCount(22)),
        (23, 27, ShownCount(least=23)),
        (27, 27, ShownCount(least=23)),
        (5, 5, HIDDEN),
        (4, 4, HIDDEN),
    ],
)
def test_neither_a_part_nor_its_rest_is_shown_under_five(
    n: int, total: int, shown: ShownCount
) -> None:
    assert show_part(n, total) == shown


def test_what_is_hidden_cannot_be_worked_out_by_subtraction() -> None:
    assert show_options({"a": 20, "b": 7, "c": 3}, 30) == {
        "a": ShownCount(20),
        "b": HIDDEN,
        "c": HIDDEN,
    }
    assert show_options({"a": 27, "b": 3}, 30) == {"a": ShownCount(least=26), "b": HIDDEN}


def test_nothing_is_hidden_where_nobody_is_left_over() -> None:
    shown = show_options({"a": 15, "b": 15, "c": 0}, 30)
    assert shown == {"a": ShownCount(15), "b": ShownCount(15), "c": HIDDEN}


@given(COUNTS, st.integers(0, 10))
def test_every_number_and_the_rest_stand_for_five_learners_or_nobody(
    counts: list[int], silent: int
) -> None:
    named = {str(at): n for at, n in enumerate(counts)}
    total = sum(counts) + silent
    shown = show_options(named, total)
    exact = [each.n for each in shown.values() if each.n is not None]
    assert all(n >= FLOOR for n in exact)
    assert all(each.least >= FLOOR for each in shown.values() if each.least is not None)
    assert not exact or not 0 < total - sum(exact) < FLOOR
    for name, each in shown.items():
        assert each.n in (None, named[name])
        assert each.least is None or each.least <= named[name]


@given(st.integers(0, 300), st.integers(0, 300))
def test_an_at_least_fits_any_count_that_leaves_fewer_than_five(one: int, other: int) -> None:
    n, total = sorted((one, other))
    found = show_part(n, total)
    if found.least is not None:
        assert {show_part(each, total) for each in range(found.least, total + 1)} == {found}


def test_counts_that_cannot_be_are_refused() -> None:
    for act in (
        lambda: released(-1),
        lambda: show_part(3, 2),
        lambda: show_options({"a": 3}, 2),
    ):
        with pytest.raises(ValueError, match=r"\d"):
            act()
