"""Span precision, recall and F1 as SemEval-2020 task 11 defines them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.overlap import compare_spans, merge_spans
from quizapp.core.text import Span

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda one: (one[0], sum(one))),
    max_size=6,
)


def test_partial_overlaps_count_by_their_share() -> None:
    overlap = compare_spans([(0, 10), (20, 24)], [(5, 15), (20, 28)])
    assert overlap.precision == pytest.approx((5 / 10 + 4 / 4) / 2)
    assert overlap.recall == pytest.approx((5 / 10 + 4 / 8) / 2)
    assert overlap.f1 == pytest.approx(0.6)


def test_two_empty_sides_agree_and_one_empty_side_does_not() -> None:
    assert compare_spans([], []).f1 == 1
    assert compare_spans([(0, 1)], []).f1 == compare_spans([], [(0, 1)]).f1 == 0


def test_overlapping_spans_are_merged_and_touching_ones_are_not() -> None:
    assert merge_spans([(5, 9), (0, 6), (9, 12), (1, 2)]) == ((0, 9), (9, 12))


@given(SPANS, SPANS)
def test_precision_and_recall_are_each_other_turned_round(one: list[Span], two: list[Span]) -> None:
    there, back = compare_spans(one, two), compare_spans(two, one)
    assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)
    assert 0 <= there.f1 <= 1


@given(SPANS)
def test_a_side_agrees_with_itself(spans: list[Span]) -> None:
    assert compare_spans(spans, spans[::-1]).f1 == 1
