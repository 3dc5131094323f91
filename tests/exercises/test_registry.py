"""How kinds are found, and what keeps the app from starting."""

from types import SimpleNamespace

import pytest

from quizapp.exercises import fact_or_opinion
from quizapp.exercises.registry import KINDS, SURFACE, KindMismatch, check_kind, get_kind


def test_the_three_kinds_are_found_by_their_modules() -> None:
    assert list(KINDS) == ["check_a_number", "fact_or_opinion", "loaded_language"]
    assert get_kind("fact_or_opinion") is KINDS["fact_or_opinion"]


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        get_kind("crossword")


def test_a_module_under_another_name_than_its_kind_fails() -> None:
    with pytest.raises(KindMismatch, match="fact_or_opinion"):
        check_kind("facts", fact_or_opinion)


@pytest.mark.parametrize("part", SURFACE)
def test_a_kind_that_lacks_a_part_fails(part: str) -> None:
    parts = {name: value for name, value in vars(fact_or_opinion).items() if name != part}
    with pytest.raises(KindMismatch, match=part):
        check_kind("fact_or_opinion", SimpleNamespace(**parts))
