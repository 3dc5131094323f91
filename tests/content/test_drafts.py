"""Quiz files as they are now: what compiles is there, problems stand beside their exercise."""

from pathlib import Path

import pytest

from quizapp.content.check import check_roots
from quizapp.content.drafts import Draft, find_source, is_source, read_draft
from quizapp.content.library import load_library
from tests.content.pack import QUIZ, QUIZ_PATH, SOURCE_PATH, change, write, write_pack


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


def draft_of(root: Path) -> Draft:
    files = check_roots([root])
    (file,) = (each for each in files if not is_source(each))
    return read_draft(file, find_source(file, files, {}))


def test_a_good_file_has_all_its_exercises(root: Path) -> None:
    draft = draft_of(root)
    assert (draft.path, draft.language, draft.title) == (QUIZ_PATH, "fr", "Bilan")
    assert [each.name for each in draft.exercises] == ["renard", "tri", "lecteurs"]
    assert all(each.exercise and each.document for each in draft.exercises)
    lines = QUIZ.splitlines()
    assert [lines[each.line - 1].strip() for each in draft.exercises] == [
        f"- id: {each.name}" for each in draft.exercises
    ]


def test_a_problem_stands_beside_its_exercise_and_the_others_compile(root: Path) -> None:
    change(root, QUIZ_PATH, "find: personne ne le croit", "find: personne n’y croit")
    draft = draft_of(root)
    assert draft.is_broken
    found = [[problem.code for problem in each.problems] for each in draft.exercises]
    assert ["span_not_found" in codes for codes in found] == [False, True, False]
    assert [each.exercise is None for each in draft.exercises] == [False, True, False]


def test_what_is_wrong_outside_the_exercises_stands_apart(root: Path) -> None:
    change(root, QUIZ_PATH, "title: Bilan", "titel: Bilan")
    draft = draft_of(root)
    assert {"unknown_key", "missing_key"} <= {problem.code for problem in draft.problems}
    assert (draft.title, len(draft.exercises)) == ("", 3)


@pytest.mark.parametrize("text", ["", "a: b : c", "- 1", "exercises: []", "exercises: [1, {}]"])
def test_no_file_is_too_broken_to_be_shown(root: Path, text: str) -> None:
    write(root, QUIZ_PATH, text)
    draft = draft_of(root)
    assert draft.is_broken
    assert all(each.exercise is None for each in draft.exercises)


def test_a_broken_article_is_replaced_by_its_last_good_one(root: Path) -> None:
    kept = load_library([root]).sources
    write(root, SOURCE_PATH, "a: b : c")
    files = check_roots([root])
    (file,) = (each for each in files if not is_source(each))
    assert find_source(file, files, {}) is None
    assert [each.exercise for each in read_draft(file, None).exercises] == [None] * 3
    source = find_source(file, files, kept)
    assert source is kept["mairie"]


def test_notes_are_of_the_file_and_change_no_revision(root: Path) -> None:
    before = load_library([root]).quizzes["mairie", "bilan", "fr"]
    assert (before.notes, draft_of(root).notes) == (None, "")
    change(root, QUIZ_PATH, "level: 1", 'level: 1\nnotes: "À faire à deux."\nage: 13')
    after = load_library([root]).quizzes["mairie", "bilan", "fr"]
    assert after.notes == draft_of(root).notes == "À faire à deux."
    assert "notes" not in after.document
    assert (after.document["age"], draft_of(root).age) == (13, 13)
