"""The whole story on phones and computers, with and without scripts; equal rows come of it."""

import os
from pathlib import Path

import pytest

from tests.browser.looks import LOOKS
from tests.browser.person import Look
from tests.browser.quizzes import QUIZZES, get_quiz
from tests.browser.rows import Rows, read_rows
from tests.browser.story import story
from tests.command import serving, variables_for

PAGES = 70
"""Pages that the story opens at least."""


@pytest.fixture(scope="module")
def told() -> dict[str, Rows]:
    """The rows that the first telling left: of all languages, and of each."""
    return {}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_story_works_and_leaves_equal_rows(chromium, tmp_path, told, look):
    with serving(variables_for(tmp_path)) as server:
        visits = story(
            chromium, server, look=look, demonstration=not look.is_phone, shots=shots_of(look)
        )
    assert len(visits) > PAGES
    for name, wording in ((look.language, True), ("any language", False)):
        rows = read_rows(tmp_path / "quizapp.db", wording=wording)
        assert len(rows["responses"]) == sum(
            len(get_quiz(quiz, "fr").exercises) for quiz in QUIZZES
        )
        for table, first in told.setdefault(name, rows).items():
            assert rows[table] == first, f"{table}, {name}"


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("document.querySelector('main').append(document.createElement('input'))", "label: "),
        ("document.querySelector('h1').textContent = 'Another page'", "not “Other”"),
        ("document.querySelector('h1').className = 'wide'", "pixels wide"),
        ("console.error('a script failed')", "a script failed"),
        ("new Image().src = 'http://localhost:9/x.png'", "asks another host"),
    ],
)
def test_what_is_planted_in_a_page_of_the_story_is_found(begin, script, fault):
    person = begin(width=360)
    heading = person.find("h1").inner_text()
    person.inspect(heading)
    assert not person.faults
    person.page.evaluate(script)
    person.page.evaluate(
        "document.querySelector('.wide')?.animate({width: '200vw'}, {fill: 'both'})"
    )
    person.inspect("Other" if "Other" in fault else heading)

    assert any(fault in each for each in person.faults), person.faults
    person.faults.clear()


def shots_of(look: Look) -> Path | None:
    """Return the folder that QUIZAPP_TEST_SHOTS asks screenshots of this look to be put in."""
    folder = os.environ.get("QUIZAPP_TEST_SHOTS")
    if not folder:
        return None
    shots = Path(folder) / str(look)
    shots.mkdir(parents=True, exist_ok=True)
    return shots
