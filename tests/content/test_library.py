"""Files read into a library: each rule of the format broken once, and where it is told."""

from pathlib import Path

import pytest

from quizapp.content.library import load_library
from quizapp.content.model import LocatedProblem
from tests.content.pack import (
    QUIZ,
    QUIZ_PATH,
    SOURCE,
    SOURCE_PATH,
    change,
    problems_of,
    write,
)

SAMPLES = Path(__file__).parent / "samples"


def test_the_pack_loads_without_a_problem(root: Path) -> None:
    library = load_library([root])
    assert library.problems == ()
    quiz = library.quizzes["mairie", "bilan", "fr"]
    assert [exercise.id for exercise in quiz.exercises] == ["renard", "tri", "lecteurs"]
    assert (quiz.path, quiz.level, quiz.steps) == (QUIZ_PATH, 1, ("figure",))
    assert quiz.exercise("tri").kind == "fact_or_opinion"


def test_the_samples_of_the_author_format_load() -> None:
    library = load_library([SAMPLES])
    assert library.problems == ()
    quiz = library.quizzes["hua-bin-2025", "bilan-a", "fr"]
    assert [exercise.id for exercise in quiz.exercises] == ["poulet", "tarifs", "droits-60"]
    assert quiz.form is not None
    assert (quiz.form.pair, quiz.form.letter) == ("bilan", "A")


def single(problems: tuple[LocatedProblem, ...]) -> LocatedProblem:
    """Return the only problem."""
    assert len(problems) == 1, problems
    return problems[0]


BROKEN = [
    ("kind: loaded_language", "kind: loaded_langage", "unknown_kind", "kind: loaded_langage"),
    ("    passages: [p1, p2]", "    pasages: [p1, p2]", "unknown_key", "pasages"),
    ("    passages: [p1, p2]", "    passages: [p1, p9]", "unknown_passage", "[p1, p9]"),
    ("    passages: [p1, p2]", "    passages: [p1, p1]", "repeated_passage", "[p1, p1]"),
    ("evidence: [e1]", "evidence: [e7]", "unknown_evidence", "evidence: [e7]"),
    ("        evidence: [e1]\n", "", "evidence_missing", "id: a"),
    ("find: ce vieux renard", "find: ce jeune renard", "span_not_found", "ce jeune renard"),
    ("find: personne ne le croit", "find: le", "span_found_twice", "find: le"),
    ("find: a fermé", "find: vieux", "spans_overlap", "find: vieux"),
    ("find: a fermé", 'find: "le 3 mai. Il dit"', "span_crosses_passages", "le 3 mai. Il dit"),
    ("technique: name_calling\n", "technique: name_caling\n", "not_one_of", "name_caling"),
    ("        technique: name_calling\n", "", "missing_key", "id: t1"),
    ("- id: tri", "- id: renard", "repeated_id", "id: renard"),
    ("- id: tri", "- id: Tri", "wrong_form", "id: Tri"),
    ("level: 1", "level: 4", "out_of_range", "level: 4"),
    ("level: 1", "level: un", "expected_number", "level: un"),
    ("title: Bilan", "title: 12", "expected_text", "title: 12"),
    ("title: Bilan", "title:", "empty_value", "title:"),
    ("schema: 1", "schema: 2", "out_of_range", "schema: 2"),
    ("steps: [figure]", "steps: [figures]", "not_one_of", "[figures]"),
    ("steps: [figure]", "steps: figure", "expected_list", "steps: figure"),
    ("id: bilan", "id: bilans", "wrong_file_name", "id: bilans"),
    ("language: fr", "language: en", "language_mismatch", "language: en"),
    ("language: fr", "language: de", "not_one_of", "language: de"),
    ('why: "Nul', "wy: x\n        why: \"Nul", "unknown_key", "wy: x"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line"), BROKEN)
def test_a_slip_in_a_quiz_is_told_once_at_its_line(
    root: Path, old: str, new: str, code: str, line: str
) -> None:
    change(root, QUIZ_PATH, old, new)
    problems = [p for p in problems_of(root) if not _follows(code, p)]
    problem = single(tuple(problems))
    assert (problem.code, problem.path) == (code, str(root / QUIZ_PATH))
    assert line in problem.source_line
    assert load_library([root]).broken_paths == {QUIZ_PATH}


def _follows(code: str, problem: LocatedProblem) -> bool:
    """Whether a problem comes of another one: a key misspelt is missing, too."""
    if code == "language_mismatch":
        return problem.code == "translation_missing"
    return code == "unknown_key" and problem.code == "missing_key"


BROKEN_SOURCE = [
    ("id: mairie", "id: marie", "wrong_folder", "id: marie"),
    ("a fermé la", "a clos la", "hash_mismatch", "sha256:"),
    ("  - id: p2", "  - id: p1", "repeated_id", "id: p1"),
    ("  - id: e2", "  - id: e1", "repeated_id", "id: e1"),
    ('    unit: "%"\n', "", "figure_without_unit", "id: e1"),
    ('    unit: "%"\n', "    unit: {}\n", "figure_without_unit", "unit:"),
    ("publisher: Mairie", "publisher: {}", "empty_value", "publisher:"),
    ("https://example.org/1", "javascript:alert(1)", "wrong_form", "javascript"),
    ('date: "2019"', 'date: "en 2019"', "wrong_form", "en 2019"),
    ('date: "2019"', "date: 2019", "expected_text", "date: 2019"),
    ("says: {fr: \"Des", "says: {de: \"Des", "unknown_key", "de:"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line"), BROKEN_SOURCE)
def test_a_slip_in_a_source_is_told_once_and_keeps_its_quizzes_out(
    root: Path, old: str, new: str, code: str, line: str
) -> None:
    change(root, SOURCE_PATH, old, new)
    problems = {problem.path: problem for problem in problems_of(root)}
    assert problems[str(root / SOURCE_PATH)].code == code
    assert line in problems[str(root / SOURCE_PATH)].source_line
    assert problems[str(root / QUIZ_PATH)].code == "source_broken"
    assert load_library([root]).broken_paths == {SOURCE_PATH, QUIZ_PATH}


def test_all_problems_of_all_files_are_told_in_one_run(root: Path) -> None:
    change(root, QUIZ_PATH, "find: ce vieux renard", "find: ce jeune renard")
    change(root, QUIZ_PATH, "level: 1", "level: 4")
    change(root, QUIZ_PATH, "evidence: [e1]", "evidence: [e7]")
    write(root, "mairie/fr/autre.yaml", "a: b : c")
    codes = [problem.code for problem in problems_of(root)]
    assert codes == ["colon_in_text", "out_of_range", "span_not_found", "unknown_evidence"]


def test_a_slip_of_yaml_does_not_hide_the_others(root: Path) -> None:
    change(root, QUIZ_PATH, "title: Bilan", "title: Bilan #un")
    change(root, QUIZ_PATH, "level: 1", "level: 4")
    change(root, SOURCE_PATH, "author: Une élève", "author: Une élève # moi")
    codes = [problem.code for problem in problems_of(root)]
    assert sorted(codes) == ["out_of_range", "source_broken", "text_cut", "text_cut"]
    assert load_library([root]).quizzes == {}


def test_an_exercise_id_belongs_to_one_quiz_of_the_source(root: Path) -> None:
    write(root, "mairie/fr/bilan-2.yaml", QUIZ.replace("id: bilan", "id: bilan-2"))
    codes = {(p.code, p.params["id"]) for p in problems_of(root)}
    assert codes == {("repeated_exercise", name) for name in ("renard", "tri", "lecteurs")}
    assert len(load_library([root]).quizzes) == 1


def test_a_source_id_is_unique_over_all_folders(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine"
    write(other, SOURCE_PATH, SOURCE)
    write(other, QUIZ_PATH, QUIZ)
    library = load_library([root, other])
    assert "repeated_source" in [problem.code for problem in library.problems]
    assert list(library.quizzes) == [("mairie", "bilan", "fr")]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("perdu.yaml", "wrong_place"),
        ("mairie/perdu.yaml", "wrong_place"),
        ("mairie/fr/plus/perdu.yaml", "wrong_place"),
        ("source.yaml", "wrong_place"),
        ("sans-source/fr/quiz.yaml", "source_missing"),
        ("mairie/fr/quiz.yml", "wrong_suffix"),
    ],
)
def test_a_file_in_the_wrong_place_is_told(root: Path, path: str, code: str) -> None:
    file = write(root, path, QUIZ)
    problems = [p.code for p in problems_of(root) if p.path == str(file)]
    assert code in problems
    assert "bilan" in [key[1] for key in load_library([root]).quizzes]


def test_hidden_files_are_left_alone(root: Path) -> None:
    write(root, ".git/x.yaml", "a: b : c")
    write(root, "mairie/.fr.yaml", "a: b : c")
    assert problems_of(root) == ()


def test_a_quiz_in_a_translation_needs_every_passage_translated(root: Path) -> None:
    write(root, "mairie/en/bilan.yaml", QUIZ.replace("language: fr", "language: en"))
    codes = {problem.code for problem in problems_of(root)}
    assert codes == {"translation_missing"}


ENGLISH = """\
schema: 1
id: words
language: en
title: Words
intro: Mark them.
level: 1
exercises:
  - id: fox
    kind: loaded_language
    passages: [p1]
    targets:
      - {id: t1, find: that old fox, technique: name_calling, why: An animal.}
"""


def test_a_quiz_in_a_translation_shows_the_original_beside(root: Path) -> None:
    write(root, "mairie/en/words.yaml", ENGLISH)
    library = load_library([root])
    assert library.problems == ()
    passage = library.quizzes["mairie", "words", "en"].exercises[0].passage
    assert passage.text.startswith("The mayor")
    assert (passage.original_language, passage.original[:8]) == ("fr", "Le maire")


def test_texts_are_stored_in_nfc(root: Path) -> None:
    change(root, SOURCE_PATH, "a fermé la", "a ferme\u0301 la")
    library = load_library([root])
    assert library.problems == ()
    assert "fermé" in library.sources["mairie"].passages["p1"].text


def test_an_unreadable_folder_is_an_empty_library(tmp_path: Path) -> None:
    assert load_library([tmp_path / "none"]).quizzes == {}
