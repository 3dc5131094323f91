"""Lists of learners as schools export them: columns, delimiters, encodings, faults by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.names import fold_name
from quizapp.core.rosters import (
    DELIMITERS,
    MOST_ROWS,
    Fault,
    Row,
    check_rows,
    decode_list,
    find_fault,
    read_list,
)

FRENCH = "Nom;Prénom;Né(e) le;Classe\nLÉVÊQUE;Zoé;03/02/2011;3e B\nÅström;Élie;17/10/2011;3e B\n"


def labels(text: str) -> list[str]:
    return [row.label for row in read_list(text).rows]


def logins(text: str) -> list[str]:
    return [row.login for row in read_list(text).rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LÉVÊQUE Zoé\nDUPONT Max", ["LÉVÊQUE Zoé", "DUPONT Max"]),
        ("LÉVÊQUE;Zoé\nDUPONT;Max", ["LÉVÊQUE Zoé", "DUPONT Max"]),
        ("LÉVÊQUE\tZoé\nDUPONT\tMax", ["LÉVÊQUE Zoé", "DUPONT Max"]),
        ("Lévêque, Zoé\nDupont, Max", ["Lévêque Zoé", "Dupont Max"]),
        ("Prénom;Nom\nZoé;LÉVÊQUE", ["LÉVÊQUE Zoé"]),
        ("Élève\nLÉVÊQUE Zoé", ["LÉVÊQUE Zoé"]),
        ('"LÉVÊQUE";"Zoé"\r\n\r\n"DUPONT";"Max"\r\n', ["LÉVÊQUE Zoé", "DUPONT Max"]),
        ("First name,Last name\nAda,Lovelace", ["Lovelace Ada"]),
        ("1;LÉVÊQUE;Zoé;F;2011-02-03;3B", ["LÉVÊQUE Zoé"]),
        ("", []),
        ("\ufeff\n \n\u200b\n", []),
    ],
)
def test_names_are_found_in_whatever_columns_they_stand(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "LÉVÊQUE Zoé;zoe.leveque\nDUPONT Max;max.dupont2",
        "zoe.leveque;LÉVÊQUE;Zoé\nmax.dupont2;DUPONT;Max",
        "Identifiant\tNom\tPrénom\nzoe.leveque\tLÉVÊQUE\tZoé\nmax.dupont2\tDUPONT\tMax",
        "NOM Prénom;E-mail;Login\nLÉVÊQUE Zoé;z@e.fr;zoe.leveque\nDUPONT Max;;max.dupont2",
    ],
)
def test_a_name_to_sign_in_with_is_found_by_heading_or_by_shape(text: str) -> None:
    assert labels(text) == ["LÉVÊQUE Zoé", "DUPONT Max"]
    assert logins(text) == ["zoe.leveque", "max.dupont2"]
    assert not [row.fault for row in read_list(text).rows if row.fault]


def test_columns_that_are_not_needed_are_named() -> None:
    assert read_list(FRENCH).left_out == ("Né(e) le", "Classe")
    assert read_list("1;LÉVÊQUE Zoé;z@e.fr").left_out == ("1", "3")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_a_file_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    text = decode_list(FRENCH.encode(encoding))
    assert labels(text) == ["LÉVÊQUE Zoé", "Åström Élie"]
    assert [row.line for row in read_list(text).rows] == [2, 3]


@pytest.mark.parametrize(
    ("label", "login", "fault"),
    [
        ("", "zoe.l", Fault.NO_NAME),
        ("x" * 61, "", Fault.LONG_NAME),
        ("123", "", Fault.NO_WORD),
        ("zoe@example.org", "", Fault.EMAIL),
        ("Zoé", "zoe@example.org", Fault.EMAIL),
        ("06 12 34 56 78", "", Fault.PHONE),
        ("Zoé", "+33612345678", Fault.PHONE),
        ("Zoé", "zo", Fault.BAD_LOGIN),
        ("Zoé", "zoé l", Fault.BAD_LOGIN),
        ("Zoé", "x" * 41, Fault.BAD_LOGIN),
        ("Zoé", "zoé.l", None),
        ("Zoé O’Neil-Š.", "1208901", None),
    ],
)
def test_what_is_no_name_is_said(label: str, login: str, fault: Fault | None) -> None:
    assert find_fault(label, login) == fault


def test_of_two_alike_the_later_is_wrong_and_names_the_line_of_the_first() -> None:
    rows = list(
        check_rows(
            [
                Row(1, "Zoé B.", "zoe.b"),
                Row(3, "ZOÉ  b.", ""),
                Row(4, "Max", "ZOE.B"),
                Row(5, "Ida", ""),
            ]
        )
    )
    assert [(row.fault, row.other) for row in rows] == [
        (None, None),
        (Fault.SAME_NAME, 1),
        (Fault.SAME_LOGIN, 1),
        (None, None),
    ]


def test_a_list_may_be_too_long() -> None:
    assert read_list("\n".join(f"Nom{n} Zoé" for n in range(MOST_ROWS + 1))).is_too_long
    assert not read_list("\n".join(f"Nom{n} Zoé" for n in range(MOST_ROWS))).is_too_long


@given(st.binary(max_size=400))
def test_no_file_makes_it_fail(data: bytes) -> None:
    text = decode_list(data)
    rows = read_list(text).rows
    numbers = [row.line for row in rows]
    assert numbers == sorted(set(numbers))
    assert len(rows) <= text.count("\n") + text.count("\r") + 1
    for row in rows:
        assert row.fault is not None or 0 < len(row.label) <= 60


WORD = st.text("abcdefghijklmnopqrstuvwxyzéèçüABCDEFÉÀ’-", min_size=2, max_size=12).filter(
    lambda word: word.strip("’-")[:1].isalpha()
)


@given(
    st.lists(
        st.tuples(WORD, WORD),
        min_size=1,
        max_size=12,
        unique_by=lambda n: fold_name(f"{n[0]} {n[1]}"),
    ),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_two_columns_give_the_same_names_in_every_dialect(
    names: list[tuple[str, str]], delimiter: str, encoding: str, end: str
) -> None:
    lines = [f"Nom{delimiter}Prénom", *(f"{last}{delimiter}{first}" for last, first in names)]
    text = decode_list(end.join(lines).encode(encoding))
    assert labels(text) == [f"{last} {first}" for last, first in names]
    assert not [row for row in read_list(text).rows if row.fault]
