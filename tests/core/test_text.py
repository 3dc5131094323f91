"""Normal form, hash and quotations."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.text import find_spans, normalise, text_hash


def test_texts_are_composed_and_otherwise_left_alone() -> None:
    assert normalise("e\u0301te\u0301 l’«\u00a0x\u202f»  y") == "été l’«\u00a0x\u202f»  y"


def test_the_hash_forgives_white_space_and_composition_but_no_apostrophe() -> None:
    expected = hashlib.sha256("l'été 5 600".encode()).hexdigest()
    assert text_hash(" l'e\u0301te\u0301\n5\u202f600 ") == expected
    assert text_hash("l’été 5 600") != expected


@pytest.mark.parametrize(
    ("text", "find", "quoted"),
    [
        ("Il a peur.", "a peur", ["a peur"]),
        ("l’odeur et l'odeur", "l'odeur", ["l’odeur", "l'odeur"]),
        ("soit 5\u202f600\u00a0€ ici", "5 600 €", ["5\u202f600\u00a0€"]),
        ("deux  \n mots", " deux mots ", ["deux  \n mots"]),
        ("été", "e\u0301te\u0301", ["été"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.c abc", "a.c", ["a.c"]),
        ("Peur", "peur", []),
        ("peur", " ", []),
        ("peur", "", []),
        ("", "peur", []),
    ],
)
def test_quotations_are_found_through_spaces_and_apostrophes(
    text: str, find: str, quoted: list[str]
) -> None:
    assert [text[start:end] for start, end in find_spans(text, find)] == quoted


@given(st.text(alphabet="ab '’\u00a0\u202f\n.", min_size=1, max_size=30), st.data())
def test_any_part_of_a_text_is_found_where_it_stands_or_before(
    text: str, data: st.DataObject
) -> None:
    text = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end]
    found = find_spans(text, part)
    assert bool(found) is bool(part.strip())
    for begin, stop in found:
        assert text[begin:stop].replace("’", "'").split() == part.replace("’", "'").split()
