"""Files that no author means to write: each gives one clear line, and the rest is served."""

from pathlib import Path

import pytest

from quizapp.content.check import check, render
from quizapp.content.library import load_library
from quizapp.content.live import LiveLibrary
from tests.content.pack import QUIZ, QUIZ_PATH, SOURCE, change, problems_of, write

KEY = ("mairie", "bilan", "fr")
HEAD = "schema: 1\nid: mauvais\nlanguage: fr\ntitle: A\nintro: B\nlevel: 1\nexercises:\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"", "empty_file", 1),
        (b"# rien\n", "empty_file", 1),
        (PICTURE, "binary_file", 1),
        (b"\0" * 5_000, "binary_file", 1),
        (b"schema: 1\nid: a\0b\n", "unsafe_character", 2),
        ((HEAD + "  - {}\n" * 10_000).encode(), "too_many_items", 8),
        ((HEAD + "  - id: x\n" * 10_000).encode(), "too_many_values", 6669),
        ((HEAD + "  - id: un-exercice\n" * 20_000).encode(), "file_too_large", 1),
        (b"a: " + b"[" * 1_000 + b"]" * 1_000, "too_deep", 1),
        (b"a: " + b"{b: " * 1_000 + b"}" * 1_000, "too_deep", 1),
        ("schema: 1\ntitle: Éléphant".encode("latin-1"), "not_utf8", 2),
        ("schema: 1\ntitle: Éléphant".encode("utf-16"), "not_utf8", 1),
    ],
)
def test_a_bad_file_is_one_line_and_the_others_are_served(
    root: Path, raw: bytes, code: str, line: int
) -> None:
    file = root / "mairie/fr/mauvais.yaml"
    file.write_bytes(raw)
    library = load_library([root])
    assert [(p.code, p.line) for p in library.problems] == [(code, line)]
    assert list(library.quizzes) == [KEY]
    assert library.broken_paths == {"mairie/fr/mauvais.yaml"}
    assert [p.code for p in check([file])] == [code]


def test_another_encoding_is_named_and_the_line_shown(root: Path) -> None:
    file = root / "mairie/fr/mauvais.yaml"
    file.write_bytes("schema: 1\ntitle: L'élève".encode("latin-1"))
    first, line, mark = render(check([file]), "text", "en").splitlines()
    assert ":2:10: error[Q102]" in first
    assert "Latin-1" in first
    assert (line.strip(), mark.index("^")) == ("title: L'élève", 13)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(root: Path, ends: str) -> None:
    (root / QUIZ_PATH).write_bytes(
        QUIZ.replace("\n", ends).replace("level: 1", "level: 4").encode()
    )
    (problem,) = problems_of(root)
    assert (problem.code, problem.line, problem.source_line) == ("out_of_range", 6, "level: 4")


def test_mixed_line_ends_are_a_warning(root: Path) -> None:
    (root / QUIZ_PATH).write_bytes(QUIZ.replace("\n", "\r\n", 5).encode())
    library = load_library([root])
    assert [(p.code, str(p.severity)) for p in library.problems] == [("mixed_line_ends", "warning")]
    assert list(library.quizzes) == [KEY]


def test_a_link_out_of_the_folder_is_not_followed(root: Path, tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere", "secret.yaml", "password: 1234")
    (root / "mairie/fr/lien.yaml").symlink_to(secret)
    write(tmp_path / "other", "source.yaml", SOURCE)
    (root / "autre").symlink_to(tmp_path / "other")
    problems = problems_of(root)
    assert {p.path for p in problems} == {str(root / "autre"), str(root / "mairie/fr/lien.yaml")}
    assert {p.code for p in problems} == {"outside_folder"}
    assert "1234" not in render(problems, "text", "en")
    assert list(load_library([root]).quizzes) == [KEY]


def test_a_link_inside_the_folder_and_a_folder_that_is_a_link_are_read(
    root: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(root)
    assert load_library([link]).problems == ()


def test_a_link_that_leads_nowhere_or_to_itself_is_no_file(root: Path) -> None:
    (root / "mairie/fr/nulle-part.yaml").symlink_to(root / "none.yaml")
    loop = root / "mairie/fr/boucle.yaml"
    loop.symlink_to(loop)
    assert list(load_library([root]).quizzes) == [KEY]


def test_two_files_with_one_id_are_told_at_the_second(root: Path) -> None:
    write(root, "mairie/fr/double.yaml", QUIZ)
    (problem,) = problems_of(root)
    assert (problem.code, problem.path) == ("wrong_file_name", str(root / "mairie/fr/double.yaml"))
    assert list(load_library([root]).quizzes) == [KEY]


def test_a_folder_without_a_source_is_told_once_for_each_quiz(root: Path) -> None:
    write(root, "vide/fr/quiz.yaml", QUIZ)
    (problem,) = problems_of(root)
    assert (problem.code, problem.params) == ("source_missing", {"folder": "vide"})
    assert list(load_library([root]).quizzes) == [KEY]


def test_a_folder_in_place_of_a_file_is_left_alone(root: Path) -> None:
    (root / "mairie/fr/dossier.yaml").mkdir()
    assert problems_of(root) == ()


def test_a_passage_is_not_a_whole_article(root: Path) -> None:
    change(root, "mairie/source.yaml", "Il dit que", "Il dit " * 400 + "que")
    codes = [p.code for p in problems_of(root)]
    assert codes == ["source_broken", "text_too_long"]


@pytest.mark.parametrize("raw", [b"", PICTURE, b"a: \xe9", b"[" * 5_000])
def test_the_app_keeps_serving_what_was_last_good(root: Path, raw: bytes) -> None:
    live = LiveLibrary([root], every=0)
    good = live.current().quizzes[KEY].revision
    (root / QUIZ_PATH).write_bytes(raw)
    assert live.current().quizzes[KEY].revision == good
