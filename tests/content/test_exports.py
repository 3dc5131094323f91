"""A quiz as Moodle XML and GIFT, read back by readers that are not ours or know not how we write.

Moodle XML is read by moodle-xml-parser (multiple choice) and by the standard library (the rest).
"""

import html
import re
from collections import defaultdict
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moodle_xml_parser.parser import parse_string

from quizapp.content.exports import FORMATS, Sheet, Voice, export, sheet_of
from quizapp.content.exports.gift import escaped
from quizapp.content.exports.kinds import ASKERS, ask_all
from quizapp.content.exports.questions import (
    ALLOWED,
    MOST_RIGHT,
    ChoiceQuestion,
    NumberQuestion,
    plain,
    shares,
)
from quizapp.content.library import load_library
from quizapp.content.model import Quiz
from quizapp.exercises.base import Evidence, Material, PassageText
from quizapp.exercises.registry import KINDS, get_kind
from quizapp.paths import QUESTIONS
from tests.content.gift import read_gift

pytestmark = pytest.mark.slow

VOICE = Voice(str)
NASTY = 'a~b =c #d {e} f: \\g ]]> <b>h</b> & "i" -> %50% // $CATEGORY: ::j:: ####'


@cache
def quizzes() -> dict[str, Quiz]:
    found = load_library([QUESTIONS]).quizzes
    return {f"{quiz}-{language}": made for (_, quiz, language), made in found.items()}


@pytest.fixture(params=sorted(quizzes()))
def sheet(request) -> Sheet:
    return sheet_of(quizzes()[request.param])


def nasty_sheet() -> Sheet:
    """A quiz whose every text is full of signs that steer a reader."""
    material = Material(
        "fr",
        "fr",
        {"p1": PassageText("p1", f"Le vieux renard a pris 12,5 % des livres, dit-il. {NASTY}")},
        {"e1": Evidence("e1", NASTY, NASTY, "2024", "https://example.org/?a=1&b={2}", says=NASTY)},
        frozenset({"figure"}),
    )
    fact = {"label": "verifiable", "truth": "inaccurate", "evidence": ["e1"], "why": NASTY}
    asked = [
        {"kind": "fact_or_opinion", "segments": [{"id": "a", "find": "12,5 %", **fact}]},
        {
            "kind": "loaded_language",
            "targets": [{"id": "t", "find": "a~b =c", "technique": "doubt", "why": NASTY}],
        },
        {
            "kind": "check_a_number",
            "claim": {"find": "12,5 %", "question": NASTY},
            "cards": [{"id": "c", "evidence": "e1"}],
            "verdict": {"level": "misleading", "why": NASTY},
            "error": {"kind": "base", "why": NASTY},
            "figure": {"value": "-0,5", "unit": "millions", "tolerance": "0,25", "why": NASTY},
            "as_of": "2024",
        },
    ]
    exercises = []
    for each in asked:
        data = {"id": each["kind"].replace("_", "-"), "title": NASTY, "passages": ["p1"], **each}
        parsed = get_kind(each["kind"]).parse(data, material)
        assert not parsed.problems
        exercises.append(parsed.exercise)
    names = ("id", "title", "author", "date", "genre", "language", "rights")
    source = dict.fromkeys(names, NASTY) | {"id": "mairie", "date": "2024", "genre": "opinion"}
    return Sheet(source, "bilan", "fr", NASTY, exercises)


def read_xml(sheet: Sheet):
    return ElementTree.fromstring(export(sheet, "moodle", VOICE))  # noqa: S314  our own file


def of_type(sheet: Sheet, kind: str) -> list[ElementTree.Element]:
    return read_xml(sheet).findall(f"question[@type='{kind}']")


def test_every_kind_of_exercise_can_be_exported():
    assert set(ASKERS) == set(KINDS)


def test_another_program_reads_every_multiple_choice_as_it_was_meant(sheet, capsys):
    meant = [q for q in ask_all(sheet, VOICE) if isinstance(q, ChoiceQuestion)]

    read = parse_string(export(sheet, "moodle", VOICE))["multichoice"]

    assert capsys.readouterr().out == "", "it prints what it cannot read"
    assert [question.name for question in read] == [question.label.name for question in meant]
    for question, wanted in zip(read, meant, strict=True):
        assert question.text_pre_parse == html.unescape(wanted.html)
        assert question.single is wanted.single
        assert question.general_feedback == html.unescape(wanted.feedback)
        assert [option.answer for option in question.options] == [
            html.unescape(choice.html) for choice in wanted.choices
        ]
        assert all(option.feedback for option in question.options)


def test_moodle_has_every_grade_in_its_list_and_the_right_ones_make_100(sheet):
    for question in of_type(sheet, "multichoice"):
        fractions = [Decimal(answer.get("fraction")) for answer in question.findall("answer")]
        assert {abs(fraction) for fraction in fractions} <= set(ALLOWED)
        if question.findtext("single") == "true":
            assert fractions.count(Decimal(100)) == 1
            assert min(fractions) == 0
        else:
            assert round(sum(each for each in fractions if each > 0), 2) == 100
            assert all(fractions), "an option that costs nothing may be ticked for nothing"


def test_the_questions_of_an_exercise_are_worth_one_together(sheet):
    worth = defaultdict(Decimal)
    for question in of_type(sheet, "multichoice") + of_type(sheet, "numerical"):
        exercise = question.findtext("idnumber").split("/")[1]
        worth[exercise] += Decimal(question.findtext("defaultgrade"))

    assert set(worth) == {exercise.id for exercise in sheet.exercises}
    assert all(round(total, 5) == 1 for total in worth.values())


def test_ids_are_unique_and_the_category_names_source_and_quiz(sheet):
    tree = read_xml(sheet)
    ids = [each.text for each in tree.iter("idnumber")]

    assert len(set(ids)) == len(ids)
    assert tree.findtext("question/category/text") == (
        f"$course$/top/{sheet.source['id']}/{sheet.id}"
    )


def test_a_figure_has_a_decimal_point_and_its_tolerance():
    sheet = sheet_of(quizzes()["verifier-un-nombre-2-fr"])
    asked = of_type(sheet, "numerical")

    assert asked
    for question in asked:
        for answer in question.findall("answer"):
            assert re.fullmatch(r"-?\d+(\.\d+)?", answer.findtext("text"))
            assert re.fullmatch(r"\d+(\.\d+)?", answer.findtext("tolerance"))
            assert answer.get("fraction") == "100"


def test_a_passage_never_stands_without_its_attribution(sheet):
    for question in of_type(sheet, "multichoice") + of_type(sheet, "numerical"):
        text = question.findtext("questiontext/text")
        assert sheet.source["author"] in text.partition("</blockquote>")[2]


def test_gift_holds_the_same_questions_as_the_xml(sheet):
    category, read = read_gift(export(sheet, "gift", VOICE))

    assert category == sheet.category
    assert_equal_questions(sheet, read)


def test_no_sign_of_an_author_steers_a_reader():
    sheet = nasty_sheet()

    _, read = read_gift(export(sheet, "gift", VOICE))

    assert_equal_questions(sheet, read)
    assert len(read_xml(sheet)) == len(read) + 1
    names = [each.findtext("name/text") for each in read_xml(sheet)[1:]]
    assert names == [question.name for question in read]


def assert_equal_questions(sheet: Sheet, read) -> None:
    meant = ask_all(sheet, VOICE)
    assert [each.name for each in read] == [each.label.name.strip() for each in meant]
    for question, wanted in zip(read, meant, strict=True):
        assert question.text == wanted.html
        assert question.feedback == wanted.feedback
        assert question.numerical is isinstance(wanted, NumberQuestion)
        if isinstance(wanted, ChoiceQuestion):
            assert question.single is wanted.single
            assert [(each.text, each.fraction, each.feedback) for each in question.options] == [
                (choice.html.strip(), choice.fraction, choice.feedback) for choice in wanted.choices
            ]
        else:
            assert [each.text for each in question.options] == [
                f"{plain(answer.value)}:{plain(answer.tolerance)}" for answer in wanted.answers
            ]


@given(st.text(st.characters(exclude_categories=["Cs", "Co"])))
def test_any_text_comes_back_from_gift(text):
    _, read = read_gift(f"$CATEGORY: x\n\n::n::[html]q {{\n=.{escaped(text)}.#f\n####g\n}}")

    found = read[0].options[0].text
    assert len(found) == len(text) + 2
    assert all(a == b or b == " " for a, b in zip(text, found[1:-1], strict=True))


@pytest.mark.parametrize("n", range(1, MOST_RIGHT + 1))
def test_right_options_share_100_in_grades_that_moodle_has(n):
    given_out = shares(n)

    assert set(given_out) <= set(ALLOWED)
    assert round(sum(given_out), 2) == 100


@pytest.mark.parametrize("n", [0, MOST_RIGHT + 1])
def test_what_cannot_be_shared_is_refused(n):
    with pytest.raises(ValueError, match="no grades"):
        shares(n)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_file_says_what_got_lost_and_in_its_language(form):
    said = export(nasty_sheet(), form, Voice(lambda msgid: msgid.replace("Written", "Écrit --")))

    assert "Écrit" in said[: said.index("mairie")]
    if form == "moodle":
        assert "Écrit –" in said, "two hyphens end a comment of XML too early"
        ElementTree.fromstring(said)  # noqa: S314  our own file


def test_marks_are_worth_the_same_in_moodle():
    sheet = sheet_of(quizzes()["mots-charges-1-fr"])
    for exercise, question in zip(sheet.exercises, ask_all(sheet, VOICE), strict=True):
        assert isinstance(question, ChoiceQuestion)
        right = [choice.fraction for choice in question.choices if choice.fraction > 0]
        wrong = [choice.fraction for choice in question.choices[:-1] if choice.fraction < 0]
        assert len(right) == (len(exercise.targets) or 1)
        assert len(wrong) >= 2
        assert set(wrong) == {-right[0]}, "a false alarm takes what a target gives"


def test_evidence_is_written_as_its_language_writes_numbers():
    french, english = (
        export(sheet_of(quizzes()[f"verifier-un-nombre-1-{language}"]), "moodle", VOICE)
        for language in ("fr", "en")
    )

    assert "277\u202f398" in french
    assert "277,398" in english
