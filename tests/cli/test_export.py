"""The command that writes a quiz for Moodle."""

from xml.etree import ElementTree

import pytest

from tests.content.pack import write_pack


@pytest.fixture
def quiz(tmp_path):
    return next(write_pack(tmp_path / "questions").rglob("fr/*.yaml"))


def test_a_quiz_is_printed_as_moodle_xml(run, quiz):
    result = run("export", str(quiz))

    assert result.exit_code == 0
    tree = ElementTree.fromstring(result.stdout)  # noqa: S314  our own file
    assert tree.findtext("question/category/text") == "$course$/top/mairie/bilan"


def test_a_quiz_is_written_to_a_file_as_gift(run, quiz, tmp_path):
    target = tmp_path / "bilan.txt"

    assert run("export", str(quiz), "--format", "gift", "--to", str(target)).exit_code == 0

    text = target.read_text(encoding="utf-8")
    assert "$CATEGORY: $course$/top/mairie/bilan\n" in text
    assert "Affirmation vérifiable" in text, "it speaks the language of the quiz"


def test_a_broken_quiz_is_not_exported_and_the_check_is_named(run, quiz):
    quiz.write_text("schema: 1\n", encoding="utf-8")

    result = run("export", str(quiz))

    assert result.exit_code == 1
    assert f"python3 -m quizapp check {quiz}" in result.output
