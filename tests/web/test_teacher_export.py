"""The matrix as a file: the rows and numbers of the page, in two dialects, that runs nothing."""

import csv
import io

import pytest
from flask import Flask

from quizapp.web.exports import file_name, neutralise
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    room = Room(app, people, clock)
    zoe, eva = room.learner("loutre-calme-10", "Zoé"), room.learner("cygne-sage-12", "=1+1")
    room.learner("lynx-sage-13", "; rm, -rf")
    first, second = room.assign(LABELS, "Un; deux"), room.assign(MARKING, "+Trois")
    room.answer(zoe, first)
    room.answer(eva, first, ["right"] * 2, finish=True)
    room.answer(zoe, second, ["right"])
    return room


def read(room: Room, query: str = "", delimiter: str = ",") -> list[list[str]]:
    page = room.page.get(f"{room.url}/export.csv{query}")
    assert page.response.content_type == "text/csv; charset=utf-8"
    assert page.html.startswith("\ufeff")
    return list(csv.reader(io.StringIO(page.html[1:]), delimiter=delimiter))


def test_the_file_has_the_rows_and_numbers_of_the_page(room: Room) -> None:
    assert read(room) == [
        ["Learner", "Un; deux", "'+Trois", "Average", "Counted", "Late"],
        ["; rm, -rf", "not handed in", "not handed in", "", "0", ""],
        ["'=1+1", "33", "not handed in", "33.3", "1", ""],
        ["Zoé", "100", "in progress", "100.0", "1", ""],
        ["Class", "66.7", "", "66.7", "2"],
        ["Counted", "2", "0"],
    ]
    page = room.page.get(room.url)
    shown = [cell.text.split()[0] for cell in page.one("tbody").find("td", class_="average")]
    assert shown == ["–no", "33.3", "100.0"]


def test_french_has_semicolons_and_decimal_commas(room: Room) -> None:
    room.page.get(room.url)
    room.page.submit({"language": "fr"}, action="/language")
    lines = read(room, delimiter=";")
    assert lines[2][3] == "33,3"
    assert lines[0][1] == "Un; deux"


def test_the_file_follows_the_view(room: Room) -> None:
    lines = read(room, "?sort=average&order=desc&names=hidden&show=struggling")
    assert [line[0] for line in lines[1:-2]] == ["Learner 2"]


def test_the_file_is_named_after_class_and_day_and_holds_no_id(room: Room) -> None:
    page = room.page.get(f"{room.url}/export.csv")
    assert "3e-B-2026-10-05.csv" in page.response.headers["Content-Disposition"]
    assert "loutre-calme-10" not in page.html


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\u00a0@"])
def test_no_text_can_run_as_a_formula(start: str) -> None:
    assert neutralise(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_harmless_texts_stay_as_they_are() -> None:
    assert [neutralise(text) for text in ("Zoé", "", "1-2", "a=b")] == ["Zoé", "", "1-2", "a=b"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("3e B 2026", "3e-B-2026"), ("../../etc", "etc"), ("é/\\\r\n:x", "é-x"), ("***", "export")],
)
def test_file_names_work_everywhere(name: str, kept: str) -> None:
    assert file_name(name) == kept
