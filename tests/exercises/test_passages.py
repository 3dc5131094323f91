"""Passages joined, quoted from and cut; properties that templates rely on."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.exercises.base import Material, PassageText, in_shown_order
from quizapp.exercises.passages import Passage, cut, locate, read_passage, whole_words
from tests.exercises.examples import SECOND, TEXT, material


def joined(*ids: str) -> Passage:
    """Return passages of the examples as one."""
    passage, problems = read_passage(ids, material())
    assert passage is not None, problems
    return passage


def test_passages_are_joined_by_one_space() -> None:
    passage = joined("p1", "p2")
    assert passage.text == f"{TEXT} {SECOND}"
    assert [part["text"] for part in passage.display()] == [TEXT, SECOND]


def test_a_translated_passage_keeps_its_original() -> None:
    texts = {"p1": PassageText("p1", "The mayor closed it.", "Le maire l’a fermée.")}
    passage, _ = read_passage(["p1"], Material("en", "fr", texts, {}))
    assert passage is not None
    assert (passage.language, passage.original_language) == ("en", "fr")
    assert passage.original == "Le maire l’a fermée."


def test_a_language_without_words_is_refused() -> None:
    _, problems = read_passage(["p1"], Material("de", "de", {"p1": PassageText("p1", "x")}, {}))
    assert [problem.code for problem in problems] == ["unknown_language"]


def test_a_quotation_is_found_whatever_its_apostrophes_and_spaces() -> None:
    text = PassageText("p1", "Il dit qu’on a 60\u202f% de l’eau.")
    passage, _ = read_passage(["p1"], Material("fr", "fr", {"p1": text}, {}))
    assert passage is not None
    span, problems = locate(passage, "qu'on a  60 %", None, "claim")
    assert problems == []
    assert span is not None
    assert passage.text[slice(*span)] == "qu’on a 60\u202f%"


def test_a_span_is_widened_to_whole_words() -> None:
    passage = joined("p1")
    start = TEXT.index("blio")
    span = whole_words(passage, (start, start + 4))
    assert span is not None
    assert TEXT[slice(*span)] == "bibliothèque"


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=8))
def test_pieces_joined_are_the_text_again(text: str, cuts: list[int]) -> None:
    places = sorted({min(at, len(text)) for at in cuts})
    spans = [(str(at), (at, end)) for at, end in zip(places[::2], places[1::2], strict=False)]
    pieces = cut(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.name for piece in pieces if piece.name] == [name for name, _ in spans]


def test_the_shown_order_depends_on_exercise_and_option_alone() -> None:
    options = [f"c{i}" for i in range(8)]
    assert in_shown_order("x", options) == in_shown_order("x", reversed(options))
    assert in_shown_order("x", options) != in_shown_order("y", options)
