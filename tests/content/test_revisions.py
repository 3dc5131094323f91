"""Documents that hold all they need, and hashes that change exactly when they should."""

import json
from pathlib import Path

import pytest

from quizapp import paths
from quizapp.content.library import load_library
from quizapp.content.model import Quiz
from quizapp.content.revisions import InvalidDocument, compile_exercise, hashes, material_of
from quizapp.exercises.base import canonical_json
from tests.content.pack import QUIZ_PATH, SOURCE_PATH, change


def load(root: Path) -> Quiz:
    """Return the quiz of the pack."""
    library = load_library([root])
    assert library.problems == ()
    return library.quizzes["mairie", "bilan", "fr"]


def changed_hashes(root: Path, exercise: str, path: str, old: str, new: str) -> set[str]:
    """Return which hashes of an exercise change with a file."""
    before = load(root).exercise_hashes[exercise]
    change(root, path, old, new)
    after = load(root).exercise_hashes[exercise]
    return {name for name in vars(before) if getattr(before, name) != getattr(after, name)}


TRUE = "\n        truth: accurate\n        evidence: [e2]"
TEXT, KEY = {"text", "all"}, {"key", "all"}
CASES = [
    ("renard", 'why: "L’image', 'why: "Une image', {"all"}),
    ("renard", "technique: name_calling", "technique: ridicule", {"all"}),
    ("renard", "find: ce vieux renard", "find: vieux renard", KEY),
    ("renard", "    passages: [p1, p2]", "    passages: [p1]", TEXT),
    ("renard", "    kind: loaded_language", "    kind: loaded_language\n    title: Ici", TEXT),
    ("renard", "steps: [figure]", "steps: [figure, confidence]", TEXT),
    ("renard", "- id: tri", "- id: tri-2", set()),
    ("renard", "intro: ", "age: 12\nintro: ", set()),
    ("tri", "label: judgement", f"label: verifiable{TRUE}", KEY),
    ("tri", "truth: inaccurate", "truth: inexact", {"all"}),
    ("tri", "find: personne ne le croit", "find: ne le croit", TEXT),
    ("lecteurs", "level: inaccurate", "level: misleading", KEY),
    ("lecteurs", "kind: magnitude", "kind: unit", KEY),
    ("lecteurs", 'value: "20,8"', 'value: "20,9"', KEY),
    ("lecteurs", 'value: "20,8"', 'value: "20,80"', {"all"}),
    ("lecteurs", 'tolerance: "0,5"', 'tolerance: "1"', KEY),
    ("lecteurs", "Combien de lecteurs", "Combien d’entre eux", TEXT),
    ("lecteurs", 'as_of: "2024-06"', 'as_of: "2024-07"', {"all"}),
    ("lecteurs", "weak: true, why: \"La", "weak: true, why: \"Sa", {"all"}),
    ("lecteurs", "steps: [figure]", "steps: []", {"text", "key", "all"}),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "old", "new", "expected"), CASES)
def test_a_change_of_the_quiz_changes_the_hashes_that_it_should(
    root: Path, exercise: str, old: str, new: str, expected: set[str]
) -> None:
    assert changed_hashes(root, exercise, QUIZ_PATH, old, new) == expected


SOURCE_CASES = [
    ("lecteurs", "title: Rapport annuel", "title: Rapport", TEXT),
    ("tri", "title: Rapport annuel", "title: Rapport", {"all"}),
    ("renard", "title: Rapport annuel", "title: Rapport", set()),
    ("renard", "author: Une élève", "author: Un élève", {"all"}),
    ("tri", "des lecteurs sont partis, mais", "des lecteurs sont partis ; mais", TEXT),
    ("renard", "that old fox", "that fox", set()),
]


@pytest.mark.parametrize(("exercise", "old", "new", "expected"), SOURCE_CASES)
def test_a_change_of_the_source_changes_only_what_shows_it(
    root: Path, exercise: str, old: str, new: str, expected: set[str]
) -> None:
    assert changed_hashes(root, exercise, SOURCE_PATH, old, new) == expected


def test_reordering_segments_and_cards_changes_neither_text_nor_key(root: Path) -> None:
    before = load(root).exercise_hashes["lecteurs"]
    file = root / QUIZ_PATH
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "id: c1" in line)
    lines[at : at + 2] = lines[at : at + 2][::-1]
    file.write_text("".join(lines), encoding="utf-8")
    after = load(root).exercise_hashes["lecteurs"]
    assert (after.text, after.key) == (before.text, before.key)


@pytest.mark.parametrize("questions", ["pack", "real"])
def test_a_document_through_json_compiles_to_the_same_exercise(root: Path, questions: str) -> None:
    library = load_library([root if questions == "pack" else paths.QUESTIONS])
    assert library.quizzes
    for quiz in library.quizzes.values():
        for exercise in quiz.exercises:
            name = quiz.exercise_hashes[exercise.id].all
            stored = json.loads(canonical_json(quiz.exercise_documents[name]))
            assert compile_exercise(stored) == exercise
            assert hashes(stored) == quiz.exercise_hashes[exercise.id]


def test_a_quiz_document_lists_its_exercises_by_hash(root: Path) -> None:
    quiz = load(root)
    listed = quiz.document["exercises"]
    assert [entry["id"] for entry in listed] == ["renard", "tri", "lecteurs"]
    assert [entry["all"] for entry in listed] == list(quiz.exercise_documents)
    assert quiz.document["source"] == "mairie"


def test_the_revision_of_a_quiz_changes_with_any_of_its_exercises(root: Path) -> None:
    before = load(root).revision
    change(root, QUIZ_PATH, 'why: "Nul', 'why: "Personne')
    assert load(root).revision != before


def test_a_document_that_no_longer_compiles_says_why(root: Path) -> None:
    quiz = load(root)
    document = json.loads(canonical_json(next(iter(quiz.exercise_documents.values()))))
    document["exercise"]["targets"][0]["find"] = "absent"
    with pytest.raises(InvalidDocument, match=r"targets\[0\].find: span_not_found"):
        compile_exercise(document)


def test_each_language_reads_the_evidence_in_its_own_words(root: Path) -> None:
    change(root, SOURCE_PATH, 'unit: "%"', 'unit: {fr: "milliards", en: "billion"}')
    change(root, SOURCE_PATH, "publisher: Mairie", "publisher: {fr: Mairie, en: Town hall}")
    source = load(root).source
    french, english = (material_of(source, language, ()).evidence for language in ("fr", "en"))
    assert (french["e1"].publisher, french["e1"].unit) == ("Mairie", "milliards")
    assert (english["e1"].publisher, english["e1"].unit) == ("Town hall", "billion")
    assert (english["e2"].publisher, english["e2"].unit) == ("Journal", None)
