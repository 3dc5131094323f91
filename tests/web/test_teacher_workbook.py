"""The files of a class, read back by another program: as the page says, and nothing runs."""

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from quizapp.exercises.registry import get_kind
from quizapp.store.db import db
from quizapp.store.quizzes import serve
from quizapp.web.answer_words import AnswerWords
from quizapp.web.exports import Worksheet, stream_csv, write_xlsx
from quizapp.web.library import current_library
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, NUMBERS, SOURCE, Room

VIEWS = (
    "",
    "?sort=average&order=desc",
    "?names=hidden",
    "?show=missing",
    "?show=struggling&names=hidden&sort=average",
)


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    room = Room(app, people, clock)
    zoe, eva = room.learner("loutre-calme-10", "Zoé"), room.learner("cygne-sage-12", "=1+1")
    room.learner("lynx-sage-13", "@SUM(A1)")
    given = [room.assign(LABELS, "Un; deux"), room.assign(MARKING, "+Trois"), room.assign(NUMBERS)]
    for each in given:
        room.answer(zoe, each, ["unsure", *["right"] * 5])
    room.answer(eva, given[0], ["wrong"] * 2, finish=True)
    room.answer(eva, given[1], ["right"])
    return room


def workbook(room: Room, query: str = "") -> Any:
    page = room.page.client.get(f"{room.url}/export.xlsx{query}", buffered=True)
    assert page.status_code == 200
    assert "3e-B-2026-10-05.xlsx" in page.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(page.data))
    page.close()
    return book


def table(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def shown(room: Room, query: str) -> list[list[str]]:
    """The names and cells of the page: the number, else the state in words."""
    rows = room.page.get(room.url + query).one("tbody").find("tr")
    return [
        [row.find("th")[0].text, *(cell_of(cell.text) for cell in row.find("td")[:-1])]
        for row in rows
    ]


def cell_of(text: str) -> str:
    for state in ("in progress", "not handed in"):
        if state in text:
            return state
    return text.split()[0]


@pytest.mark.parametrize("query", VIEWS)
def test_the_files_say_what_the_page_says(room: Room, query: str) -> None:
    on_page = shown(room, query)
    wide = table(workbook(room, query)["Results"])
    assert [[str(value) for value in row[:4]] for row in wide[1:-2]] == on_page
    text = room.page.get(f"{room.url}/export.csv{query}").html[1:]
    lines = list(csv.reader(io.StringIO(text)))[1:-2]
    plain = [[value.removeprefix("'") for value in line[:4]] for line in lines]
    assert plain == on_page


def test_numbers_are_numbers_and_no_text_is_a_formula(room: Room) -> None:
    book = workbook(room)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n", "d"}
    rows = {row[0].value: row for row in book["Results"].iter_rows()}
    assert {"=1+1", "@SUM(A1)", "Zoé"} <= set(rows)
    assert rows["=1+1"][0].data_type == "s"
    assert rows["Zoé"][1].value == 83
    assert rows["Zoé"][1].number_format == "0"
    assert rows["Zoé"][4].number_format == "0.0"


def test_head_and_names_stay_in_view(room: Room) -> None:
    assert [sheet.freeze_panes for sheet in workbook(room)] == ["B2", "B2"]


def test_each_answer_is_a_line_with_its_words_and_its_key(room: Room) -> None:
    lines = table(workbook(room)["Answers"])
    assert len(lines) == 1 + 18 + 2 + 1
    head, *rows = lines
    assert head[:3] == ["Learner", "Assignment", "Exercise"]
    first = rows[0]
    assert (first[0], first[1], first[3], first[4]) == ("=1+1", "Un; deux", 1, 1)
    assert first[5] != first[6]
    assert (first[7], first[8]) == (0, "no")
    assert first[9] == datetime(2026, 10, 5, 10, 0)  # noqa: DTZ001  the hour of the school
    mine = [row for row in rows if row[0] == "Zoé"]
    assert [row[1] for row in mine] == ["Un; deux"] * 6 + ["+Trois"] * 6 + [NUMBERS] * 6
    assert mine[0][5] == "I do not know"
    assert all(row[5] == row[6] and row[7] == 100 and row[8] == "yes" for row in mine[1:6])


def test_the_long_file_has_the_same_lines(room: Room) -> None:
    page = room.page.get(f"{room.url}/export.csv?table=answers")
    assert "3e-B-answers-2026-10-05.csv" in page.response.headers["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(page.html[1:])))
    book = table(workbook(room)["Answers"])
    assert [len(line) for line in lines] == [12] * len(book)
    for line, row in zip(lines[1:], book[1:], strict=True):
        assert [line[i].removeprefix("'") for i in (0, 1, 5, 6)] == [row[i] for i in (0, 1, 5, 6)]
        assert line[9] == f"{row[9]:%Y-%m-%d %H:%M}"


def test_hidden_names_are_hidden_in_every_table(room: Room) -> None:
    for path in ("export.csv?names=hidden", "export.csv?names=hidden&table=answers"):
        text = room.page.get(f"{room.url}/{path}").html
        assert "Zoé" not in text
        assert "Learner 1" in text
    for sheet in workbook(room, "?names=hidden"):
        assert "Zoé" not in str(table(sheet))


def test_french_files_have_french_words(room: Room) -> None:
    room.page.get(room.url)
    room.page.submit({"language": "fr"}, action="/language")
    book = workbook(room)
    assert book["Résultats"]["A1"].value == "Élève"
    text = room.page.get(f"{room.url}/export.csv?table=answers").html
    assert text.splitlines()[0].count(";") == 11


def test_no_answer_of_another_class_is_in_the_file(room: Room, people: People) -> None:
    other, _ = people.make_class(room.teacher, "3e C")
    assert table(workbook_of(room, other)["Answers"])[1:] == []


def workbook_of(room: Room, class_id: int) -> Any:
    page = room.page.client.get(f"/teach/classes/{class_id}/export.xlsx", buffered=True)
    book = load_workbook(io.BytesIO(page.data))
    page.close()
    return book


def test_the_key_in_words_is_the_answer_that_is_right(app: Flask) -> None:
    with app.test_request_context():
        words = AnswerWords()
        for quiz in current_library().quizzes.values():
            for served in serve(quiz).exercises:
                kind = get_kind(served.kind)
                samples = kind.samples(served.exercise)
                key = words.say_key(served, 1)
                assert key == words.say(served, 1, samples.right)
                assert key != words.say(served, 1, samples.wrong)
                for step in kind.further_steps(served.exercise):
                    assert words.say_key(served, step.number)
        assert db.session() is not None
        assert {key[0] for key in current_library().quizzes} == {SOURCE}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_risky_text_is_a_text_in_a_workbook(start: str) -> None:
    risky = f"{start}cmd|' /C calc'!A0"
    with write_xlsx([Worksheet("a/b", [["head"], [risky]])]) as file:
        cell = load_workbook(file).active["A2"]
    assert cell.data_type == "s"


def test_a_large_file_comes_in_pieces() -> None:
    pieces = list(stream_csv((["x" * 100, n] for n in range(5_000)), "en"))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 70_000
    assert len("".join(pieces).splitlines()) == 5_000
