"""The whole story on phones and computers, with and without scripts; equal rows come of it."""

import contextlib
import json
import os
import uuid
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


@pytest.fixture
def told(tmp_path_factory) -> Path:
    """A folder that all workers of the run share, for the rows that the first telling left."""
    folder: Path = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    (folder / "told").mkdir(exist_ok=True)
    return folder / "told"


def first_rows(told: Path, name: str, rows: Rows) -> Rows:
    """Return the rows that the first telling left under this name; the first leaves its own."""
    mine = told / f"{name}-{uuid.uuid4().hex}"
    mine.write_text(json.dumps(rows), encoding="utf-8")
    # A name for what is written: others see all of it or nothing, and only one takes the name.
    with contextlib.suppress(FileExistsError):
        (told / name).hardlink_to(mine)
    first: Rows = json.loads((told / name).read_text(encoding="utf-8"))
    return first


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
        for table, first in first_rows(told, name, rows).items():
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
