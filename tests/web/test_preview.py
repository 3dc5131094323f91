"""The preview of one quiz file: without a database, with keys and problems, after each save."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from quizapp.web.author.preview import NoQuiz, create_preview
from quizapp.web.headers import SECURITY_HEADERS
from tests.content.pack import QUIZ_PATH, SOURCE_PATH, change, write, write_pack
from tests.markup import parse


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "questions"
    folder.mkdir()
    return write_pack(folder)


@pytest.fixture
def client(root: Path, tmp_path: Path) -> FlaskClient:
    return create_preview(root / QUIZ_PATH, tmp_path / "data").test_client()


def test_the_exercises_are_shown_with_their_keys(client: FlaskClient) -> None:
    response = client.get("/")
    page, problems = parse(response.text)
    assert problems == []
    sections = page.find("section", class_="draft")
    assert [len(each.find("form")) for each in sections] == [1, 1, 1]
    assert "L’image d’un animal rusé" in sections[0].text
    assert [h1.text for h1 in page.find("h1")] == ["Bilan"]
    ids = [element.get("id") for element in page.walk() if element.get("id")]
    assert len(set(ids)) == len(ids)
    for name, value in SECURITY_HEADERS.items():
        assert response.headers[name] == value


def test_a_problem_stands_beside_its_exercise(client: FlaskClient, root: Path) -> None:
    change(root, QUIZ_PATH, "find: ce vieux renard", "find: ce jeune renard")
    page, _ = parse(client.get("/").text)
    first, second, _third = page.find("section", class_="draft")
    assert "ce jeune renard" in first.find("li", class_="problem-error")[0].text
    assert not second.find("li", class_="problem-error")


@pytest.mark.parametrize("text", ["", "a: b : c", "exercises: [[[", "\0"])
def test_a_file_half_written_is_no_error_of_the_preview(
    client: FlaskClient, root: Path, text: str
) -> None:
    write(root, QUIZ_PATH, text)
    response = client.get("/")
    assert response.status_code == 200
    assert "problem-error" in response.text


def test_a_file_that_is_gone_is_told(client: FlaskClient, root: Path) -> None:
    (root / QUIZ_PATH).unlink()
    assert "not there any more" in client.get("/").text


@pytest.mark.parametrize("path", [QUIZ_PATH, SOURCE_PATH])
def test_the_version_changes_when_a_file_is_saved(
    client: FlaskClient, root: Path, path: str
) -> None:
    etag = client.get("/version").headers["ETag"]
    assert etag.strip('"') in client.get("/").text
    again = {"If-None-Match": etag}
    assert client.get("/version", headers=again).status_code == 304
    write(root, path, (root / path).read_text(encoding="utf-8") + "# saved\n")
    response = client.get("/version", headers=again)
    assert response.status_code == 204
    assert response.headers["ETag"] != etag


def test_the_page_speaks_the_language_that_is_asked(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/").text
    asked = client.get("/?language=fr").text
    assert '<html lang="fr">' in asked
    assert "Ce que voient les élèves" in asked
    assert client.get("/?language=xx").status_code == 200


def test_only_this_machine_is_answered(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_nothing_but_the_preview_is_there(client: FlaskClient) -> None:
    for path in ("/quizzes", "/login", "/author"):
        assert client.get(path).status_code == 404


def test_a_file_that_is_no_quiz_has_no_preview(root: Path, tmp_path: Path) -> None:
    for path in (SOURCE_PATH, "mairie/notes.yaml"):
        write(root, path, "a: 1")
        with pytest.raises(NoQuiz):
            create_preview(root / path, tmp_path / "data")
