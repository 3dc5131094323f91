"""Names that count as the same, and messages that pass unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.messages import N_
from quizapp.core.names import fold_name, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Loutre-Calme-42", "loutre-calme-42"),
        ("  Ada   Lovelace ", "ada lovelace"),
        ("E\u0301lodie", "élodie"),
        ("ＡＤＡ", "ada"),
        ("Straße", "STRASSE"),
        ("a\u200bda", "ada"),
        ("ada\u00a0l", "ada l"),
    ],
)
def test_names_that_look_alike_are_one_name(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_accents_make_another_name() -> None:
    assert fold_name("Elodie") != fold_name("Élodie")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    once = fold_name(name)
    assert fold_name(once) == once


def test_a_marked_message_is_the_message() -> None:
    assert N_("Wrong code") == "Wrong code"


def test_accents_and_case_decide_the_order_last() -> None:
    assert sorted(["Lina", "Zoé", "Léa", "élise", "Eva", "lea"], key=sort_key) == [
        "élise",
        "Eva",
        "Léa",
        "lea",
        "Lina",
        "Zoé",
    ]
