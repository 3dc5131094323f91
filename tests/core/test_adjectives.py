"""The guess at adjectives: right where it matters, honest about where it is not."""

import pytest

from quizapp.core.adjectives import looks_like_adjective


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fr",
            "petit agressive malhonnête révolutionnaire ridicule honteux L’immense l'incroyable",
        ),
        ("en", "little aggressive ridiculous revolutionary cruel hopeless"),
    ],
)
def test_common_adjectives_are_guessed(language: str, words: str) -> None:
    assert [word for word in words.split() if not looks_like_adjective(word, language)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "poulet le bibliothèque 2025 60 fermé rivaliser quel lesquels aux"),
        ("en", "chicken the building 2025 closed compete which"),
    ],
)
def test_other_words_are_not(language: str, words: str) -> None:
    assert [word for word in words.split() if looks_like_adjective(word, language)] == []
