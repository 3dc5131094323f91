"""YAML traps: each is told with its place, and none is guessed at."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.content.documents import read_document
from quizapp.content.guard import MAX_BYTES
from quizapp.exercises.base import Problem


def told(text: str | bytes) -> list[tuple[str, int, int]]:
    """Return code, line and column of each problem of a file."""
    raw = text.encode() if isinstance(text, str) else text
    return [(problem.code, *place) for problem, place in read_document(raw).placed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: deux mots : trois", ("colon_in_text", 1, 14)),
        ("a: le mot #diese", ("text_cut", 1, 10)),
        ("a: un texte # suite", ("text_cut", 1, 12)),
        ("a: [un texte #b\n  ]", ("text_cut", 1, 13)),
        ("a: 1\nb: 2\na: 3", ("repeated_key", 3, 1)),
        ("a: {b: 1, b: 2}", ("repeated_key", 1, 11)),
        ("a:\n\tb: 1", ("tab", 2, 1)),
        ("a: &x 1", ("anchor", 1, 4)),
        ("a: *x", ("alias", 1, 4)),
        ("a: !!python/name:os.system x", ("tag", 1, 4)),
        ("a: 1\n---\nb: 2", ("several_documents", 2, 1)),
        ("a: @b", ("odd_start", 1, 4)),
        ("a: `b`", ("odd_start", 1, 4)),
        ('a: "b', ("quote_not_closed", 1, 6)),
        ("a: 'l'homme'", ("quote_inside", 1, 7)),
        ("a: [b, c", ("bracket_not_closed", 2, 1)),
        ("? [a]\n: b", ("key_not_text", 1, 3)),
        ("", ("empty_file", 1, 1)),
        ("# rien", ("empty_file", 1, 1)),
        ("a: x\0", ("unsafe_character", 1, 5)),
        ("a: 1\nb: \u202ex", ("unsafe_character", 2, 4)),
        ('a: "\\u202e"', ("unsafe_character", 1, 4)),
        (b"a: 1\nb: \xe9", ("not_utf8", 2, 4)),
        (b"\xff\xfe\x00", ("not_utf8", 1, 1)),
        ("[" * 200_000, ("too_deep", 1, 13)),
        ("a: " * 20, ("colon_in_text", 1, 5)),
        ("- 1\n" * 30_000, ("too_many_values", 20_000, 3)),
        ("x" * (MAX_BYTES + 1), ("file_too_large", 1, 1)),
    ],
)
def test_a_trap_is_told_with_its_place(text: str | bytes, expected: tuple[str, int, int]) -> None:
    assert told(text) == [expected]


def test_a_repeated_key_names_both_lines() -> None:
    ((problem, _),) = read_document(b"a: 1\nb: 2\na: 3").placed
    assert (problem.params["first"], problem.params["second"]) == (1, 3)


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert {code for code, *_ in told(bomb)} == {"anchor", "alias"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12:30", "12:30"),
        ("no", "no"),
        ("yes", "yes"),
        ("010", "010"),
        ("1.50", "1.50"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("2025-01-31", "2025-01-31"),
        (".inf", ".inf"),
        ("True", "True"),
        ('"7"', "7"),
        ("'true'", "true"),
        ("7", 7),
        ("-7", -7),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("9" * 5000, "9" * 5000),
        ("texte, avec (tout) – l’apostrophe", "texte, avec (tout) – l’apostrophe"),
    ],
)
def test_only_true_false_whole_numbers_and_null_are_typed(written: str, read: object) -> None:
    document = read_document(f"a: {written}".encode())
    assert document.placed == []
    assert document.data == {"a": read}
    assert type(document.data["a"]) is type(read)


@pytest.mark.parametrize("text", ["a: 1 # facile", "# tout\na: x # mot", 'a: "x #y"', "a: x#y"])
def test_a_comment_that_cuts_nothing_is_no_problem(text: str) -> None:
    assert told(text) == []


def test_places_are_those_of_values_and_of_unknown_keys() -> None:
    document = read_document("a:\n  - b: x\n    é: >-\n      y\n".encode())
    assert document.place(Problem("x", "a[0].b")) == (2, 8)
    assert document.place(Problem("x", "a[0].é")) == (3, 8)
    assert document.place(Problem("unknown_key", "a[0].é")) == (3, 5)
    assert document.place(Problem("missing_key", "a[0].c")) == (2, 5)
    assert document.place(Problem("missing_key", "z")) == (1, 1)


@given(
    st.one_of(
        st.binary(max_size=60), st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace"))
    )
)
@settings(max_examples=300, deadline=None)
def test_no_file_raises(raw: bytes) -> None:
    document = read_document(raw)
    assert document.placed or document.data is not None or raw.strip()
    for _problem, (line, column) in document.placed:
        assert line >= 1
        assert column >= 1
