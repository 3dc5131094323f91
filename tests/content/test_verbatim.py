"""Passages against the whole article: what is equal, and how a slip is told."""

from pathlib import Path

import pytest

from quizapp.content.check import NoSingleSource, check
from quizapp.content.verbatim import Article
from tests.content.pack import SOURCE, SOURCE_PATH, change, write

ARTICLE = """\
La mairie

Le maire, ce vieux renard,\u00a0a fermé la
bibliothèque le 3 mai.

\u2013 Il dit que 60\u202f% des lecteurs
  sont partis, mais personne ne le croit. On verra.
"""


def told(root: Path, text: str) -> list[tuple[str, dict[str, object]]]:
    """Return code and parameters of what differs from the article."""
    codes = ("not_verbatim", "not_in_article")
    return [(p.code, dict(p.params)) for p in check([root], Article(text)) if p.code in codes]


def test_breaks_spaces_and_dashes_of_lists_are_equal(root: Path) -> None:
    assert told(root, ARTICLE) == []
    assert told(root, ARTICLE.replace("\n", "\r\n")) == []


def test_a_word_that_differs_is_told_with_the_nearest_place(root: Path) -> None:
    ((code, params),) = told(root, ARTICLE.replace("des lecteurs", "de lecteurs"))
    assert (code, params["id"], params["line"]) == ("not_verbatim", "p2", 6)
    assert "% des lecteurs sont" in str(params["passage"])
    assert "% de lecteurs sont" in str(params["article"])


def test_an_apostrophe_or_a_word_cut_short_differs(root: Path) -> None:
    change(root, SOURCE_PATH, "ne le croit.", "ne le croi")
    assert [code for code, _ in told(root, ARTICLE)] == ["not_verbatim"]


def test_another_article_is_told(root: Path) -> None:
    codes = [code for code, _ in told(root, "Rien.")]
    assert codes == ["not_in_article", "not_in_article"]


def test_the_problem_stands_at_the_passage(root: Path) -> None:
    text = ARTICLE.replace("dit que", "prétend que")
    (problem,) = [p for p in check([root / SOURCE_PATH], Article(text)) if "verb" in p.code]
    assert "Il dit que" in problem.source_line


def test_an_article_is_compared_with_one_source(root: Path, tmp_path: Path) -> None:
    write(root, "autre/source.yaml", SOURCE.replace("id: mairie", "id: autre"))
    with pytest.raises(NoSingleSource, match="autre, mairie"):
        check([root], Article(ARTICLE))
    assert told(root / "mairie", ARTICLE) == []
    with pytest.raises(NoSingleSource):
        check([tmp_path / "none"], Article(ARTICLE))
