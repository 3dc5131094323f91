"""Worksheets, keys and files for Moodle: what they hold, and who gets them."""

import html
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from quizapp.content.model import Quiz
from quizapp.exercises.registry import KINDS
from quizapp.paths import TEMPLATES
from quizapp.web.library import current_library
from tests.client import PageClient
from tests.content.gift import read_gift
from tests.web.people import People

QUIZ = "/quizzes/hua-bin-2025/bilan-a"


@pytest.fixture
def teacher(people: People, client_of: Callable[[str], PageClient]) -> PageClient:
    people.make("madame", ["teacher"])
    return client_of("madame")


@pytest.fixture
def quiz(app: Flask) -> Quiz:
    with app.app_context():
        return current_library().quizzes["hua-bin-2025", "bilan-a", "fr"]


def reasons(value: object) -> Iterator[str]:
    """Yield every reason of an author, at any depth."""
    if isinstance(value, dict):
        yield from (text for key, text in value.items() if key == "why")
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from reasons(each)


def words(page_html: str) -> str:
    return " ".join(html.unescape(page_html).split())


def test_the_worksheet_asks_every_exercise_and_holds_no_reason(
    teacher: PageClient, quiz: Quiz
) -> None:
    page = teacher.get(f"{QUIZ}/worksheet?language=fr")

    assert page.h1 == " ".join(quiz.title.split())
    assert len(page.all("section", class_="paper-exercise")) == len(quiz.exercises)
    said = words(page.html)
    for document in quiz.exercise_documents.values():
        for reason in reasons(document):
            assert " ".join(reason.split()) not in said


def test_every_passage_on_paper_has_its_attribution(teacher: PageClient, quiz: Quiz) -> None:
    page = teacher.get(f"{QUIZ}/worksheet?language=fr")

    captions = [caption.text for caption in page.all("figcaption")]
    assert len(captions) == len(quiz.exercises)
    assert all(quiz.source.author in caption for caption in captions)


def test_the_key_gives_every_reason(teacher: PageClient, quiz: Quiz) -> None:
    said = words(teacher.get(f"{QUIZ}/key?language=fr").html)

    for document in quiz.exercise_documents.values():
        exercise = dict(document["exercise"])
        for shown_elsewhere in ("near_misses", "rewrites"):
            exercise.pop(shown_elsewhere, None)
        for reason in reasons(exercise):
            assert " ".join(reason.split()) in said


def test_paper_speaks_the_language_of_its_quiz(teacher: PageClient) -> None:
    french = teacher.get(f"{QUIZ}/worksheet?language=fr")
    english = teacher.get(f"{QUIZ}/worksheet?language=en")

    assert french.one("html").get("lang") == "fr"
    assert english.one("html").get("lang") == "en"
    assert "our translation" in english.text


def test_the_files_come_with_a_name_and_the_quiz_in_its_language(teacher: PageClient) -> None:
    gift = teacher.get(f"{QUIZ}/export/gift.txt?language=fr").response
    xml = teacher.get(f"{QUIZ}/export/moodle.xml?language=en").response

    assert read_gift(gift.text)[0] == "$course$/top/hua-bin-2025/bilan-a"
    assert "31 janvier 2025" in gift.text
    assert xml.mimetype == "application/xml"
    assert "Verifiable claim" in xml.text
    for response, ending in ((gift, "-gift-fr.txt"), (xml, "-moodle-en.xml")):
        assert response.headers["Content-Disposition"].rstrip('"').endswith(ending)


@pytest.mark.parametrize("paper", ["worksheet", "key", "export/moodle.xml", "export/gift.txt"])
def test_a_quiz_that_does_not_exist_has_no_paper(teacher: PageClient, paper: str) -> None:
    teacher.get(f"/quizzes/hua-bin-2025/no-such-quiz/{paper}", 404)


def test_only_staff_see_the_links(
    teacher: PageClient, people: People, client_of: Callable[[str], PageClient]
) -> None:
    people.make("lynx")
    key = f"{QUIZ}/key?language=fr"

    assert teacher.get(f"{QUIZ}?language=fr").all("a", href=key)
    assert not client_of("lynx").get(f"{QUIZ}?language=fr").all("a", href=key)


def test_every_kind_of_exercise_has_its_paper() -> None:
    for kind in KINDS:
        text = (TEMPLATES / "papers" / f"{kind}.html").read_text(encoding="utf-8")
        assert "{% macro sheet(" in text
        assert "{% macro solution(" in text
