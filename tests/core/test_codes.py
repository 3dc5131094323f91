"""Class codes: drawn, typed, shown."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.codes import ALPHABET, is_code, new_code, normalise_code, show_code


def test_the_alphabet_has_no_look_alikes_and_no_vowels() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 27
    assert set("01OILAEUY").isdisjoint(ALPHABET)
    assert ALPHABET.isascii()
    assert ALPHABET.upper() == ALPHABET


@pytest.mark.parametrize(
    "typed",
    [
        "bcd fgh",
        " BCD-FGH ",
        "b c d f g h",
        "BCD–FGH",
        "BCD\u00a0FGH",
        "ＢＣＤ ＦＧＨ",
        "bcd\u200bfgh\n",
        "BCD\u2011fgh",
        "BCD\u2212FGH",
        "\x00BCDFGH",
    ],
)
def test_a_code_is_known_however_it_is_typed(typed: str) -> None:
    assert normalise_code(typed) == "BCDFGH"


@pytest.mark.parametrize("typed", ["", "BCDFG", "BCDFGHJ", "BCDFG0", "BCDFGA", "bcdfgh", "BCD FGH"])
def test_what_has_not_the_form_of_a_code_is_known(typed: str) -> None:
    assert not is_code(typed)


@given(st.integers())
def test_a_new_code_survives_being_shown_and_typed(seed: int) -> None:
    code = new_code(random.Random(seed))
    assert is_code(code)
    assert normalise_code(show_code(code).lower()) == code


def test_a_code_is_drawn_from_the_generator_given() -> None:
    assert new_code(random.Random(7)) == new_code(random.Random(7))
    assert len({new_code(random.Random(seed)) for seed in range(200)}) == 200


def test_a_code_is_shown_in_two_groups() -> None:
    assert show_code("BCDFGH") == "BCD FGH"


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(typed: str) -> None:
    once = normalise_code(typed)
    assert normalise_code(once) == once
