"""French and English numbers as pupils type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.numbers import (
    LONGEST,
    AmbiguousNumber,
    InvalidNumber,
    choose_reading,
    format_number,
    parse_number,
    plain_decimal,
    within,
)

LANGUAGES = st.sampled_from(["fr", "en"])


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("5,6", "5.6", ""),
        ("5.6", "5.6", ""),
        ("  5,6\u00a0", "5.6", ""),
        ("5 600 000", "5600000", ""),
        ("5\u00a0600\u00a0000", "5600000", ""),
        ("5\u202f600\u202f000", "5600000", ""),
        ("5\u2009600\u2009000", "5600000", ""),
        ("5 600,125", "5600.125", ""),
        ("5600", "5600", ""),
        ("0,600", "0.6", ""),
        (",600", "0.6", ""),
        ("5600,125", "5600.125", ""),
        ("5,6000", "5.6", ""),
        ("5,600,000", "5600000", ""),
        ("5.600.000,25", "5600000.25", ""),
        ("1,234.5", "1234.5", ""),
        ("1.234,567", "1234.567", ""),
        ("−5,6", "-5.6", ""),
        ("-5,6", "-5.6", ""),
        ("− 5,6 %", "-5.6", "%"),
        ("+3", "3", ""),
        ("-0", "0", ""),
        ("85 %", "85", "%"),
        ("85%", "85", "%"),
        ("85\u202f%", "85", "%"),
        ("85 pour cent", "85", "%"),
        ("85 percent", "85", "%"),
        ("5,6 millions", "5600000", ""),
        ("1,6 million", "1600000", ""),
        ("600 milliards", "600000000000", ""),
        ("1,6 Md", "1600000000", ""),
        ("1,6 Md€", "1600000000", "€"),
        ("1,6 M€", "1600000", "€"),
        ("5.6 million", "5600000", ""),
        ("5.6 Million", "5600000", ""),
        ("600bn", "600000000000", ""),
        ("3 milliers", "3000", ""),
        ("3 mille", "3000", ""),
        ("3 thousand", "3000", ""),
        ("12 k€", "12000", "€"),
        ("600 milliards de dollars", "600000000000", "$"),
        ("600 milliards d’euros", "600000000000", "€"),
        ("5 million of dollars", "5000000", "$"),
        ("$5.6", "5.6", "$"),
        ("US$ 5.6 million", "5600000", "$"),
        ("-$5", "-5", "$"),
        ("$5 dollars", "5", "$"),
        ("5 €", "5", "€"),
        ("5 euros", "5", "€"),
    ],
)
def test_every_spelling_is_read_exactly(typed: str, value: str, unit: str, language: str) -> None:
    number = parse_number(typed, language)
    assert (number.value, number.unit) == (Decimal(value), unit)
    assert number.plain == value


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("typed", "plains"),
    [
        ("5,600", ["5.6", "5600"]),
        ("5.600", ["5.6", "5600"]),
        ("-12,345 %", ["-12.345", "-12345"]),
        ("120.000 €", ["120", "120000"]),
        ("$5,600 million", ["5600000", "5600000000"]),
    ],
)
def test_one_separator_before_three_digits_is_asked_back(
    typed: str, plains: list[str], language: str
) -> None:
    with pytest.raises(AmbiguousNumber) as asked:
        parse_number(typed, language)
    readings = asked.value.readings
    assert [reading.plain for reading in readings] == plains
    assert choose_reading(readings, plains[1]) is readings[1]
    assert choose_reading(readings, "7") is None


def test_readings_are_offered_in_words_of_the_language() -> None:
    with pytest.raises(AmbiguousNumber, match=r"^5,6 / 5\u202f600$"):
        parse_number("5,600", "fr")
    with pytest.raises(AmbiguousNumber, match=r"^5\.6 / 5,600$"):
        parse_number("5,600", "en")


@pytest.mark.parametrize("typed", ["600 billion", "600 billions", "600 Billion"])
def test_a_billion_is_asked_back_in_french_and_known_in_english(typed: str) -> None:
    with pytest.raises(AmbiguousNumber) as asked:
        parse_number(typed, "fr")
    assert [reading.value for reading in asked.value.readings] == [6 * 10**11, 6 * 10**14]
    assert str(asked.value) == "600\u00a0milliards / 600\u202f000\u00a0milliards"
    assert parse_number(typed, "en").value == 6 * 10**11


def test_two_ambiguities_at_once_give_each_distinct_reading_once() -> None:
    with pytest.raises(AmbiguousNumber) as asked:
        parse_number("5,600 billions $", "fr")
    readings = asked.value.readings
    assert [reading.value for reading in readings] == [5600000000, 5600000000000, 5600 * 10**12]
    assert {reading.unit for reading in readings} == {"$"}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \u00a0 ", "empty"),
        ("9" * (LONGEST + 1), "too_long"),
        (" " * (LONGEST + 1), "too_long"),
        *((typed, "not_a_number") for typed in ("NaN", "1e999", "1E5", "Infinity", "-inf", "cinq")),
        *((typed, "not_a_number") for typed in ("٥", "５", "5²", "½", "5٦", "0x1F", "5_600", "%")),
        *((typed, "not_a_number") for typed in ("5,", ",", "1,2,3", "5,60,000", "05 600", "12 34")),
        *((typed, "not_a_number") for typed in ("--5", "5-6", "5 ,6", "5\n600", "5\x006", "5,6,")),
        *((typed, "unknown_unit") for typed in ("5 km", "€5 $", "5 $ €", "5 de dollars", "5 %%")),
    ],
)
def test_what_is_no_number_is_refused_with_a_code(typed: str, code: str) -> None:
    with pytest.raises(InvalidNumber) as refused:
        parse_number(typed, "fr")
    assert refused.value.code == code


def test_a_small_m_is_a_million_in_english_only() -> None:
    assert parse_number("5.6m", "en").value == 5600000
    with pytest.raises(InvalidNumber, match="unknown_unit"):
        parse_number("5,6 m", "fr")


def test_a_language_without_units_is_refused() -> None:
    with pytest.raises(ValueError, match="'de'"):
        parse_number("5", "de")


@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        ("5600 %", "5\u202f600\u00a0%", "5,600%"),
        ("1,6 Md€", "1,6\u00a0milliard\u00a0€", "€1.6\u00a0billion"),
        ("2 millions", "2\u00a0millions", "2\u00a0million"),
        ("−3 M$", "−3\u00a0millions\u00a0$", "−$3\u00a0million"),
        ("5 tn", "5\u202f000\u00a0milliards", "5\u00a0trillion"),
        ("3 mille", "3\u202f000", "3,000"),
    ],
)
def test_the_page_can_show_how_an_entry_was_understood(
    typed: str, french: str, english: str
) -> None:
    assert parse_number(typed, "fr").text == french
    assert parse_number(typed, "en").text == english


def test_a_number_keeps_the_scale_that_was_typed() -> None:
    assert parse_number("5,6 millions", "fr").scale == 10**6
    assert parse_number("5600000", "fr").scale == 1


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (Decimal("20.80"), "20,80", "20.80"),
        (Decimal("-5600.25"), "−5\u202f600,25", "−5,600.25"),
        (Decimal("1E+6"), "1\u202f000\u202f000", "1,000,000"),
        (0, "0", "0"),
        (999, "999", "999"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    value: Decimal | int, french: str, english: str
) -> None:
    assert format_number(value, "fr") == french
    assert format_number(value, "en") == english


def test_only_finite_numbers_are_written_or_compared() -> None:
    with pytest.raises(ValueError, match="figures"):
        format_number(Decimal("NaN"), "fr")
    with pytest.raises(ValueError, match="finite"):
        within(Decimal("Infinity"), Decimal(1), Decimal(1))
    with pytest.raises(ValueError, match="negative"):
        within(Decimal(1), Decimal(1), Decimal(-1))


@pytest.mark.parametrize(
    ("value", "inside"),
    [("5.7", True), ("5.5", True), ("5.70", True), ("5.7" + "0" * 40 + "1", False), ("5.4", False)],
)
def test_a_tolerance_is_exact_and_includes_its_bounds(value: str, inside: bool) -> None:
    assert within(Decimal(value), Decimal("5.6"), Decimal("0.1")) is inside


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15)), LANGUAGES)
def test_a_number_written_by_us_is_read_back_as_itself_or_offered(
    value: Decimal, language: str
) -> None:
    written = format_number(Decimal(plain_decimal(value)), language)
    if len(written) > LONGEST:
        return
    try:
        readings = (parse_number(written, language),)
    except AmbiguousNumber as asked:
        readings = asked.readings
    chosen = choose_reading(readings, plain_decimal(value))
    assert chosen is not None
    assert chosen.value == value


@given(st.text(alphabet="0123456789,. -−+%$€eEmMdn\u00a0\u202fbilonsr'", max_size=20), LANGUAGES)
def test_any_entry_is_read_asked_back_or_refused(typed: str, language: str) -> None:
    try:
        readings = (parse_number(typed, language),)
    except AmbiguousNumber as asked:
        readings = asked.readings
        assert len(readings) >= 2
    except InvalidNumber:
        return
    for reading in readings:
        assert Decimal(reading.plain) == reading.value
        assert reading.unit in {"", "%", "$", "€"}
        assert reading.text


@given(st.integers(-(10**30), 10**30), st.integers(0, 20), st.integers(0, 10**6))
def test_tolerance_agrees_with_whole_numbers(target: int, places: int, tolerance: int) -> None:
    def scaled(number: int) -> Decimal:
        return Decimal(f"{number}E-{places}")

    assert within(scaled(target + tolerance), scaled(target), scaled(tolerance))
    assert not within(scaled(target - tolerance - 1), scaled(target), scaled(tolerance))
