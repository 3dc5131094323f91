"""The matrix of a class: what each cell says, averages, order, rows shown, names."""

import pytest
from flask import Flask
from sqlalchemy import event

from quizapp.store.accounts import set_active
from quizapp.store.db import db, write
from tests.client import Page
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, MARKING, NUMBERS, Room


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    return Room(app, people, clock)


@pytest.fixture
def mixed(room: Room) -> Room:
    """Zoé: all right, then late; Ali: under way, excused; Eva: half, twice; lynx: nothing."""
    zoe, ali = room.learner("loutre-calme-10", "Zoé"), room.learner("lynx-agile-11", "Ali")
    eva = room.learner("cygne-sage-12", "Éva")
    room.learner("lynx-sage-13")
    first, second = room.assign(LABELS, "Un", attempts_limit=2), room.assign(MARKING, "Deux")
    room.answer(zoe, first)
    room.answer(ali, first, ["right", "wrong"])
    room.answer(eva, first, ["right"] * 3, finish=True)
    room.answer(eva, first)
    room.excuse(second, ali)
    room.clock.forward(days=2)
    room.answer(zoe, second, ["unsure"], finish=True)
    room.sign_in()
    return room


def rows(page: Page) -> dict[str, list[str]]:
    """Return the cells of the matrix by the name of the learner, in the order of the page."""
    lines = page.one("tbody").find("tr")
    return {line.find("th")[0].text: [cell.text for cell in line.find("td")] for line in lines}


def names(page: Page) -> list[str]:
    return list(rows(page))


def test_each_cell_says_its_state_in_signs_and_words(mixed: Room) -> None:
    found = rows(mixed.page.get(mixed.url))
    assert found["Zoé"] == ["100", "0* late", "50.0 2/2"]
    assert found["Éva"] == ["50 ↻ 2 2 attempts", "—not handed in, overdue", "50.0 1/2"]
    assert found["Ali"] == [
        "…*in progress, 2 of 6, late",
        "∅excused",
        "–no average yet 0/2",
    ]
    assert found["lynx-sage-13"][:2] == ["—not handed in, overdue"] * 2


def test_levels_are_classes_of_the_cells(mixed: Room) -> None:
    page = mixed.page.get(mixed.url)
    levels = [link.get("class") for link in page.one("tbody").find("a")]
    assert levels[:3] == ["", "", "mx"]  # the name, what is in progress, what is excused
    assert {"m0", "m2", "m4", "m-"} <= set(levels)


def test_the_class_row_counts_finished_attempts_only_and_says_of_how_many(mixed: Room) -> None:
    foot = mixed.page.get(mixed.url).one("tfoot").find("td")
    assert [cell.text for cell in foot] == [
        "75.0 2/4 mean of 2 finished; not counted: 1 in progress, 1 not handed in",
        "0.0 1/4 mean of 1 finished; not counted: 1 excused, 2 not handed in",
        "50.0 3/8 mean of 3 finished; not counted: 1 in progress, 1 excused, 3 not handed in",
    ]


def test_the_table_has_caption_headers_and_short_relative_links(mixed: Room) -> None:
    page = mixed.page.get(mixed.url)
    assert page.one("caption").text.startswith("Score out of 100")
    assert all(head.get("scope") in ("col", "row") for head in page.all("th"))
    cell = page.one("tbody").find("a", class_="m4")[0]
    assert cell.get("href").startswith(f"{mixed.id}/learners/")
    assert mixed.page.get(f"/teach/classes/{cell.get('href')}").h1.endswith("Zoé, “Un”")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ali", "Éva", "lynx-sage-13", "Zoé"]),
        ("?order=desc", ["Zoé", "lynx-sage-13", "Éva", "Ali"]),
        ("?sort=average&order=desc", ["Éva", "Zoé", "Ali", "lynx-sage-13"]),
        ("?sort=1", ["Éva", "Zoé", "Ali", "lynx-sage-13"]),
        ("?sort=1&order=desc", ["Zoé", "Éva", "Ali", "lynx-sage-13"]),
        ("?sort=99", ["Ali", "Éva", "lynx-sage-13", "Zoé"]),
        ("?sort=x&show=y&names=z&order=w", ["Ali", "Éva", "lynx-sage-13", "Zoé"]),
        ("?show=missing", ["Ali", "Éva", "lynx-sage-13"]),
        ("?show=in_progress", ["Ali"]),
        ("?show=late", ["Ali", "Zoé"]),
        ("?show=struggling", []),
    ],
)
def test_rows_are_sorted_and_chosen_by_the_address(
    mixed: Room, query: str, expected: list[str]
) -> None:
    assert names(mixed.page.get(mixed.url + query)) == expected


def test_sorting_and_filters_are_links_that_keep_each_other(mixed: Room) -> None:
    page = mixed.page.get(mixed.url + "?show=late&names=hidden")
    arrows = [link.get("href") for link in page.all("a", class_="arrow")]
    assert f"{mixed.url}?sort=average&order=desc&show=late&names=hidden" in arrows
    assert page.one("caption").text.endswith("the last row counts the whole class")


def test_names_can_be_hidden_in_the_page_and_keep_their_numbers(mixed: Room) -> None:
    page = mixed.page.get(mixed.url + "?names=hidden")
    assert names(page) == ["Learner 1", "Learner 2", "Learner 3", "Learner 4"]
    assert not any(name in page.html for name in ("Zoé", "Ali", "lynx-sage-13"))
    by_score = mixed.page.get(mixed.url + "?names=hidden&sort=average&order=desc")
    assert names(by_score) == ["Learner 3", "Learner 1", "Learner 2", "Learner 4"]


def test_the_mean_of_the_class_says_what_it_leaves_out(mixed: Room) -> None:
    assert mixed.page.get(mixed.url).one("p", class_="class-mean").text == (
        "Class: 50.0 – mean of 3 finished; not counted: 1 in progress, 1 excused, 3 not handed in."
    )


def test_compact_rows_are_a_link_that_keeps_the_view(mixed: Room) -> None:
    page = mixed.page.get(mixed.url + "?show=late&names=hidden")
    links = [link.get("href") for link in page.all("a")]
    compact = f"{mixed.url}?show=late&names=hidden&rows=compact"
    assert compact in links
    assert mixed.page.get(compact).one("table", class_="matrix-compact")


def test_removed_learners_and_assignments_are_out_of_every_figure(mixed: Room) -> None:
    gone = mixed.learner("puma-vif-14", "Gone")
    third = mixed.assign(NUMBERS, "Trois", due_at=None)
    mixed.answer(gone, third)
    mixed.leave(gone)
    mixed.page.get(f"{mixed.url}/assignments")
    mixed.page.submit(action=f"{mixed.url}/assignments/{third}/remove")
    page = mixed.page.get(mixed.url)
    assert "Gone" not in page.html
    assert "Trois" not in page.one("table").text
    assert len(page.one("tfoot").find("td")) == 3


def test_a_suspended_learner_is_out_of_every_figure(room: Room) -> None:
    assignment, gone = room.assign(), room.learner("puma-vif-14", "Gone")
    room.answer(gone, assignment)
    room.learner("lynx-sage-13")
    with room.app.app_context(), write(db.session()):
        set_active(db.session(), gone, False, room.clock())
    assert names(room.page.get(room.url)) == ["lynx-sage-13"]
    assert "Nobody has finished yet" in room.page.get(f"{room.url}/assignments/{assignment}").text
    assert "Gone" not in room.page.get(f"{room.url}/skills").text
    assert "cannot sign in" in room.page.get(f"{room.url}/roster").text


def test_before_there_is_a_matrix_the_page_says_what_is_left(room: Room) -> None:
    page = room.page.get(room.url)
    assert page.all("table") == []
    assert page.one("p", class_="code-display").text == f"{room.code[:3]} {room.code[3:]}"
    room.assign()
    assert "Results appear here" in room.page.get(room.url).text


def test_a_name_cannot_become_markup(room: Room) -> None:
    room.assign(title="<b>x</b>")
    room.learner("puma-vif-15", "<script>alert(1)</script>")
    page = room.page.get(room.url)
    assert names(page) == ["<script>alert(1)</script>"]
    assert all(script.get("src").startswith("/static/") for script in page.all("script"))


@pytest.mark.parametrize("tail", ["", "/assignments", "/roster", "/skills", "/export.csv"])
def test_queries_do_not_grow_with_the_class(room: Room, tail: str) -> None:
    assignment = room.assign()
    room.answer(room.learner("puma-vif-20"), assignment)
    room.page.get(room.url + tail)
    few = count_queries(room, room.url + tail)
    for number in range(21, 27):
        room.answer(room.learner(f"puma-vif-{number}"), assignment)
    room.page.get(room.url)
    assert count_queries(room, room.url + tail) == few <= 14


def test_the_matrix_asks_as_much_for_ten_and_for_two_hundred_learners(room: Room) -> None:
    assignment = room.assign()
    room.assign(MARKING)
    for number in range(10):
        room.learner(f"puma-vif-{number}")
    room.excuse(assignment, room.learner("lynx-sage-13"))
    few = count_queries(room, room.url)
    for number in range(10, 200):
        room.learner(f"puma-vif-{number}")
    assert count_queries(room, room.url) == few <= 14
    assert len(names(room.page.get(room.url))) == 201


def count_queries(room: Room, url: str) -> int:
    statements: list[str] = []

    def count(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    with room.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        room.page.get(url)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(statements)
