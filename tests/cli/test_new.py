"""Skeletons: from the text of an article to a quiz that is served, and what they never do."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.app import create_app
from quizapp.content.documents import read_document
from quizapp.content.skeletons import TooLong, article_skeleton, split_article
from quizapp.content.sources import read_source

pytestmark = pytest.mark.slow

ARTICLE = """\
La cantine en danger

La cantine de la ville a servi 12 500 repas en 2023. « C'est une honte », a dit Mme Roux !
Le maire, ce grand paresseux, n'a rien fait. Les prix ont monté de 4,5 %.

– Les légumes viennent de la région : 60 % sont bio.
"""
MARKER = "À REMPLIR"
FILLED = [
    *("Cantine", "Trois exercices."),
    *("ce grand paresseux", "name_calling", "Une insulte ne se prouve pas."),
    *("Les prix ont monté de 4,5 %", "verifiable", "Un prix se lit sur la facture."),
    *("ce grand paresseux", "judgement", "Chacun juge selon ses idées."),
    *("4,5 %", "Est-ce exact ?"),
    *("e1", "e2", "Une lettre ne compte rien."),
    *("accurate", "Le rapport le dit.", "none", "Rien à corriger.", "2024"),
]
EVIDENCE = """
evidence:
  - {id: e1, publisher: Ville, title: R, date: "2024", url: "https://example.org", says: {fr: R}}
  - {id: e2, publisher: Lettre, title: L, date: "2024", url: "https://example.org", says: {fr: L}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "questions"


@pytest.fixture
def author(run, folder):
    """Runs a command as an author whose folder of questions is empty."""

    def act(*arguments: str, **changes: str):
        return run(*arguments, QUIZAPP_QUESTIONS=str(folder), LC_ALL="en_GB.UTF-8", **changes)

    return act


def fill(path: Path, values: list[str]) -> None:
    """Write a value into each place to be filled in, in the order of the file."""
    text = path.read_text(encoding="utf-8").replace(f"every {MARKER}", "every place")
    assert text.count(MARKER) == len(values)
    for value in values:
        text = text.replace(MARKER, value, 1)
    path.write_text(text, encoding="utf-8")


def told(author, path: Path) -> list[dict]:
    return json.loads(author("check", "--format", "json", str(path)).stdout)


def write_article(author, folder: Path) -> Path:
    assert author("new", "article", str(folder.parent / "article.txt"), "cantine").exit_code == 0
    return folder / "cantine" / "source.yaml"


def write_quiz(author, folder: Path) -> Path:
    path = write_article(author, folder)
    fill(path, ["La cantine", "Une élève", "2024", "opinion", "Pour les essais."])
    with path.open("a", encoding="utf-8") as file:
        file.write(EVIDENCE)
    result = author("new", "quiz", "cantine", "bilan", "p02.s3", "p02.s4")
    assert result.exit_code == 0, result.output
    return folder / "cantine" / "fr" / "bilan.yaml"


def test_an_article_becomes_numbered_passages_with_candidates(author, folder):
    text = write_article(author, folder).read_text(encoding="utf-8")

    source = yaml.safe_load(text)
    assert [passage["id"] for passage in source["passages"]] == [
        *("p01.s1", "p02.s1", "p02.s2", "p02.s3", "p02.s4", "p03.s1")
    ]
    assert source["passages"][2]["text"] == "« C'est une honte », a dit Mme Roux !"
    assert source["words"] == 46
    assert "# Numbers: 12 500, 2023\n" in text
    assert "# In quotation marks: « C'est une honte »\n" in text


def test_each_place_to_fill_in_is_named_and_nothing_else(author, folder):
    path = write_article(author, folder)

    rows = told(author, path)

    assert {row["code"] for row in rows} == {"to_fill_in"}
    assert [row["line"] for row in rows] == [5, 6, 7, 8, 10]


def test_the_passages_stand_in_the_article(author, folder):
    path = write_article(author, folder)
    fill(path, ["La cantine", "Une élève", "2024", "opinion", "Pour les essais."])

    result = author("check", "--source", str(folder.parent / "article.txt"), str(path))

    assert result.exit_code == 0


def test_a_second_article_is_served_once_it_is_filled_in(author, folder, settings):
    path = write_quiz(author, folder)
    rows = told(author, path)
    assert [row["code"] for row in rows] == ["to_fill_in"] * len(FILLED)

    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('label: "', 'truth: accurate, evidence: [e1], label: "', 1))
    fill(path, FILLED)
    rows = [row["code"] for row in told(author, path)]
    assert set(rows) <= {"reason_short", "constant_answer", "typography", "signal_share"}

    app = create_app(replace(settings, questions=(folder,)))
    page = app.test_client().get("/try", headers={"Accept-Language": "fr"})
    assert page.status_code == 200
    assert "paresseux" in page.get_data(as_text=True)


def test_an_exercise_is_printed_to_be_added_to_a_quiz(author, folder):
    path = write_quiz(author, folder)
    before = path.read_text(encoding="utf-8")

    result = author("new", "exercise", str(path), "loaded_language", "plus", "p03.s1")

    assert path.read_text(encoding="utf-8") == before
    quiz = yaml.safe_load(before + result.stdout)
    assert [exercise["id"] for exercise in quiz["exercises"]][-1] == "plus"
    assert "60 %" in result.stdout


@pytest.mark.parametrize("what", ["article", "quiz"])
def test_what_is_there_is_never_overwritten(author, folder, what):
    path = write_quiz(author, folder)
    again = {
        "article": ("new", "article", str(folder.parent / "article.txt"), "cantine"),
        "quiz": ("new", "quiz", "cantine", "bilan", "p02.s3"),
    }[what]
    before = {file: file.read_bytes() for file in folder.rglob("*.yaml")}

    result = author(*again)

    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert {file: file.read_bytes() for file in folder.rglob("*.yaml")} == before
    assert path in before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quiz", "rien", "bilan", "p1"), "run new article first"),
        (("quiz", "cantine", "Bilan!", "p1"), "small letters"),
        (("quiz", "cantine", "autre", "p99.s1"), "no passage p99.s1"),
    ],
)
def test_a_slip_is_said_in_one_sentence(author, folder, arguments, said):
    write_quiz(author, folder)

    result = author("new", *arguments)

    assert result.exit_code in (1, 2)
    assert said in result.stderr


def test_an_article_that_is_not_complete_has_no_quiz(author, folder):
    write_article(author, folder)

    assert "Complete " in author("new", "quiz", "cantine", "bilan", "p02.s1").stderr


@pytest.mark.parametrize("raw", [b"", b"\xe9t\xe9", b"Oui. " * 600])
def test_an_article_that_cannot_be_cut_is_said(author, folder, raw):
    (folder.parent / "article.txt").write_bytes(raw)

    result = author("new", "article", str(folder.parent / "article.txt"), "cantine")

    assert result.exit_code in (1, 2)
    assert not folder.exists()


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_skeleton_without_another_problem(text: str, language: str) -> None:
    try:
        skeleton = article_skeleton("essai", text, language, str)
    except TooLong:
        return
    document = read_document(skeleton.encode())
    assert document.placed == []
    _, problems = read_source(document, "essai", "essai/source.yaml")
    assert {problem.code for problem in problems} == {"to_fill_in"}
    texts = [passage["text"] for passage in document.data["passages"]]
    assert texts == [sentence.text for sentence in split_article(text, language)]
