"""The author's pages: packs, problems with their lines, exercises with their keys, who may look."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from quizapp.app import create_app
from quizapp.content.live import LiveLibrary
from quizapp.exercises.registry import get_kind
from quizapp.settings import Settings
from quizapp.store.assignments import Terms, assign, list_assignments
from quizapp.store.attempts import Actor, record_answer, start_assigned
from quizapp.store.classes import join_class
from quizapp.store.db import db
from quizapp.store.db import write as writing
from quizapp.store.quizzes import serve
from quizapp.web.author.shown import prefix_ids
from quizapp.web.item_words import say_discrimination
from quizapp.web.library import EXTENSION, current_library
from tests.client import PageClient
from tests.conftest import CompiledTemplates
from tests.content.pack import QUIZ, QUIZ_PATH, SOURCE, change, write, write_pack
from tests.web.people import People

PAGE = "/author/mairie/bilan"


class Seconds:
    """The clock of the live library."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "questions"
    folder.mkdir()
    return folder


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def app(settings: Settings, root: Path, seconds: Seconds) -> Flask:
    """An app on an empty folder of questions, which is looked at every two of its seconds."""
    app = create_app(replace(settings, questions=(root,)))
    app.extensions[EXTENSION] = LiveLibrary([root], clock=seconds)
    app.jinja_env.bytecode_cache = CompiledTemplates()
    return app


@pytest.fixture
def author(people: People, client_of: Callable[[str], PageClient]) -> PageClient:
    people.make("ada", ["author"])
    return client_of("ada")


def test_an_empty_folder_is_told_with_its_place(author: PageClient, root: Path) -> None:
    page = author.get("/author")
    assert str(root) in page.text
    assert "There is no pack yet" in page.text


def test_a_file_copied_into_the_folder_shows_within_seconds(
    author: PageClient, root: Path, seconds: Seconds
) -> None:
    author.get("/author")
    write_pack(root)
    seconds.now += 2
    page = author.get("/author")
    assert "La mairie" in page.text
    assert "in service" in page.one("tbody").text
    link = page.one("tbody").find("a")[0].get("href")
    assert author.get(link).h1 == "Bilan"


def test_a_problem_is_told_with_place_line_and_advice(author: PageClient, root: Path) -> None:
    write_pack(root)
    change(root, QUIZ_PATH, "find: ce vieux renard", "find: ce jeune renard")
    page = author.get("/author")
    assert "not in service" in page.one("tbody").text
    problem = page.all("li", class_="problem-error")[0].text
    line = next(i for i, text in enumerate(QUIZ.splitlines(), 1) if "ce vieux renard" in text)
    assert f"{QUIZ_PATH}:{line}:15" in problem
    assert "find: ce jeune renard" in problem
    assert "copy the words from the passage exactly" in problem


def test_a_broken_file_shows_that_its_last_good_version_is_in_service(
    author: PageClient, root: Path, seconds: Seconds
) -> None:
    write_pack(root)
    author.get("/author")
    write(root, QUIZ_PATH, "a: b : c")
    seconds.now += 2
    assert "last good version in service" in author.get("/author").one("tbody").text
    page = author.get(PAGE)
    assert "Learners keep its last good version" in page.text
    assert page.h1 == QUIZ_PATH


def test_exercises_are_shown_as_asked_and_with_their_keys(author: PageClient, root: Path) -> None:
    write_pack(root)
    page = author.get(PAGE)
    sections = page.all("section", class_="draft")
    assert [len(each.find("form")) for each in sections] == [1, 1, 1]
    assert "L’image d’un animal rusé" in sections[0].text
    assert "Le verbe dit ce qui est arrivé" in sections[0].text
    assert "Judgement" in sections[1].find("ol")[0].text
    assert "trois fois moins" in sections[2].text


def test_content_words_are_underlined_for_marking_exercises(author: PageClient, root: Path) -> None:
    write_pack(root)
    page = author.get(PAGE)
    underlined = [word.text for word in page.one("p", class_="inspected").find("u")]
    assert underlined[:4] == ["maire", "vieux", "renard", "fermé"]
    assert "Le maire, ce vieux renard, a fermé" in page.one("p", class_="inspected").text


def test_an_exercise_with_an_error_leaves_the_others_on_the_page(
    author: PageClient, root: Path
) -> None:
    write_pack(root)
    change(root, QUIZ_PATH, "find: ce vieux renard", "find: ce jeune renard")
    first, second, _ = author.get(PAGE).all("section", class_="draft")
    assert "ce jeune renard" in first.text
    assert (len(first.find("form")), len(second.find("form"))) == (0, 1)


def test_age_and_notes_are_for_authors(author: PageClient, root: Path) -> None:
    write_pack(root)
    change(root, QUIZ_PATH, "level: 1", 'level: 1\nage: 13\nnotes: "À faire à deux."')
    page = author.get(PAGE)
    assert "À faire à deux." in page.text
    assert "from age 13" in page.text
    assert "À faire à deux." not in author.get("/quizzes/mairie/bilan").text


def test_each_language_has_its_page(author: PageClient, root: Path) -> None:
    write_pack(root)
    english = 'schema: 1\nid: bilan\nlanguage: en\ntitle: Summary\nintro: ""\nlevel: 1\n'
    write(root, "mairie/en/bilan.yaml", english)
    page = author.get(PAGE)
    assert page.h1 == "Summary"
    assert author.get(page.one("a", hreflang="fr").get("href")).h1 == "Bilan"


@pytest.mark.parametrize("path", [f"{PAGE}2", "/author/other/bilan", "/author/mairie/source"])
def test_a_quiz_without_a_file_is_not_found(author: PageClient, root: Path, path: str) -> None:
    write_pack(root)
    author.get(path, 404)


def test_a_pack_whose_source_cannot_be_read_is_listed(author: PageClient, root: Path) -> None:
    write_pack(root)
    write(root, "mairie/source.yaml", SOURCE.replace("id: mairie", "id: mairie: x"))
    page = author.get("/author")
    assert "mairie/source.yaml:2" in page.text
    author.get(PAGE)


def test_only_authors_may_look(
    people: People, client_of: Callable[[str], PageClient], root: Path
) -> None:
    write_pack(root)
    people.make("prof", ["teacher", "admin"])
    client = client_of("prof")
    for path in ("/author", PAGE):
        client.get(path, 403)


def test_ids_are_prefixed_with_all_that_refers_to_them() -> None:
    markup = (
        '<p id="a" class="id"><label for="a">for="x"</label><i aria-describedby="a b"></i>'
        '<a href="#a">#</a><a href="/quizzes#a"></a> id=&#34;a&#34;</p>'
    )
    assert prefix_ids(markup, "e1-") == (
        '<p id="e1-a" class="id"><label for="e1-a">for="x"</label>'
        '<i aria-describedby="e1-a e1-b"></i><a href="#e1-a">#</a><a href="/quizzes#a"></a>'
        " id=&#34;a&#34;</p>"
    )


def test_answers_show_beside_the_exercise_from_five_learners_on(
    app: Flask, people: People, author: PageClient, root: Path
) -> None:
    write_pack(root)
    class_id, _ = people.make_class(people.make("prof", ["teacher"]))
    for n in range(5):
        answer_all(app, people, class_id, f"learner-{n}", wrong=n == 0)
        cards = author.get(PAGE).all("div", class_="figures-card")
        assert len(cards) == (3 if n == 4 else 0)
    assert "4 of 5 learners got it right: 80%" in cards[0].text
    assert "interval: 38% to 96%" in cards[0].text
    assert "Discrimination" not in cards[0].text
    assert "4 (80%)" in cards[0].find("table")[0].text
    total = author.get(PAGE).one("section", aria_labelledby="total").text
    assert "5 learners of all classes" in total
    assert "Median score100%" in total


def answer_all(
    app: Flask, people: People, class_id: int, name: str, *, wrong: bool = False
) -> None:
    """Let a new learner of a class do the quiz."""
    learner = Actor(people.make(name))
    with app.app_context():
        session, library, now = db.session(), current_library(), people.clock()
        with writing(session):
            join_class(session, class_id, learner.account_id, now)
            known = list_assignments(session, class_id)
            given = [each.id for each in known] or assign(
                session, [class_id], ("mairie", "bilan", "Bilan"), Terms(), created_by=None, now=now
            )
        attempt = start_assigned(
            session, library, learner, assignment_id=given[0], language="fr", now=now
        )
        for served in serve(library.quizzes["mairie", "bilan", "fr"]).exercises:
            samples = get_kind(served.kind).samples(served.exercise)
            record_answer(
                session,
                learner,
                attempt_id=attempt,
                exercise=served,
                payload=samples.wrong if wrong else samples.right,
                now=now,
            )


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "tells nobody apart"), (-1.0, "is its key right?"), (0.0, "hardly"), (20.0, "more")],
)
def test_discrimination_is_said_in_a_sentence(app: Flask, value: float | None, words: str) -> None:
    with app.test_request_context():
        assert words in say_discrimination(value)
