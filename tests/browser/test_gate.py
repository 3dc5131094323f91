"""The accessibility gate: every page of every role, in both languages, widths and schemes."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from quizapp.store.assignments import list_assignments
from quizapp.store.co_teachers import add_teacher
from quizapp.store.db import db, write
from quizapp.store.demonstration import load_demonstration
from quizapp.store.results import list_learners
from quizapp.web.library import current_library
from tests.browser.gate import Shown, find_problems, is_page, pages_of
from tests.browser.looks import LOOKS
from tests.browser.person import people
from tests.server import LiveServer, serve
from tests.web.routes_world import NOW, World, open_world

PAGES = 60
"""Pages that one look meets at least."""


@pytest.fixture(scope="module")
def world(sqlite_template, tmp_path_factory) -> World:
    """The two classes of the table of routes, and the demonstration class."""
    return open_world(tmp_path_factory.mktemp("gate"), sqlite_template)


@pytest.fixture(scope="module")
def full(world: World) -> dict[str, str]:
    """Ids of the demonstration class, for the paths of pages about classes."""
    with world.app.app_context():
        session, library = db.session(), current_library()
        class_id = load_demonstration(session, library, world.accounts["colleague"], NOW)
        with write(session):
            add_teacher(session, class_id, "teacher", NOW)
        given = list_assignments(session, class_id)[0]
        quiz = library.quizzes[given.source_id, given.quiz_id, "fr"]
        done = session.execute(
            db.text("SELECT attempt_id, account_id FROM cells WHERE assignment_id = :id"),
            {"id": given.id},
        ).first()
        assert done is not None
        assert len(list_learners(session, class_id)) >= 20
    return {
        "class_id": str(class_id),
        "assignment": str(given.id),
        "exercise": quiz.exercises[0].id,
        "attempt": str(done.attempt_id),
        "finished": str(done.attempt_id),
        "learner": str(done.account_id),
        "source": given.source_id,
        "quiz": given.quiz_id,
    }


@pytest.fixture(scope="module")
def gate(world: World, full: dict[str, str]) -> Iterator[LiveServer]:
    """The world, served."""
    with serve(world.settings, world.app) as server:
        yield server


@pytest.mark.timeout(900)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_passes_the_gate(chromium, gate, world, full, look):
    titles: dict[str, set[str]] = defaultdict(set)
    met = 0
    with people(chromium, gate.url, look) as meet:
        seen_by = {}
        for shown in pages_of(world, full):
            actor = shown.route.owner
            if actor not in seen_by:
                seen_by[actor] = meet()
                sign_in(seen_by[actor], world, actor)
            person = seen_by[actor]
            met += look_at(person, shown, titles)
    assert met >= PAGES
    assert not {title: pages for title, pages in titles.items() if len(pages) > 1}


def sign_in(person, world: World, actor: str) -> None:
    """Give a browser the cookie of somebody who is signed in."""
    value, _ = world.cookies[actor]
    person.page.context.add_cookies([{"name": "quizapp", "value": value, "url": person.url}])


def look_at(person, shown: Shown, titles: dict[str, set[str]]) -> int:
    """Open a page and note what is wrong with it; return 1 for a page, 0 for a file."""
    response = person.page.request.get(shown.path)
    if not is_page(response):
        return 0
    if response.status == 404 and shown.full:
        return 0  # nobody is added to simulated people
    if response.status != 200:
        person.faults.append(f"{shown}: {response.status}")
        return 0
    person.page.goto(shown.path)
    headings = [each.strip() for each in person.find("h1").all_text_contents()]
    if len(headings) != 1 or not headings[0]:
        person.faults.append(f"{shown}: the headings are {headings}")
        return 0
    person.inspect(headings[0])
    with person.scripts_allowed():
        person.faults += [f"{shown}: {problem}" for problem in find_problems(person)]
    if not shown.full:
        titles[person.page.title()].add(shown.route.endpoint)
    return 1
