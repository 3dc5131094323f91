"""The commands for authors."""

import json

import jsonschema

QUIZ = "schema: 1\nid: [\n"


def test_a_broken_file_is_reported_with_its_place_and_leaves_with_1(run, tmp_path):
    (tmp_path / "pack" / "fr").mkdir(parents=True)
    (tmp_path / "pack" / "fr" / "broken.yaml").write_text(QUIZ)

    result = run("check", str(tmp_path))

    assert result.exit_code == 1
    assert "broken.yaml:" in result.output
    assert "error[Q" in result.output


def test_problems_are_told_in_the_language_of_the_terminal(run, tmp_path):
    (tmp_path / "broken.yaml").write_text("")

    assert (
        "A file in this place is not read"
        in run("check", str(tmp_path), LC_ALL="en_GB.UTF-8").output
    )
    assert (
        "Un fichier placé ici n’est pas lu"
        in run("check", str(tmp_path), LC_ALL="fr_FR.UTF-8").output
    )


def test_problems_can_be_read_by_programs(run, tmp_path):
    (tmp_path / "broken.yaml").write_text(QUIZ)

    result = run("check", "--format", "json", str(tmp_path))

    assert json.loads(result.stdout)[0]["line"] >= 1


def test_nothing_wrong_is_said_and_leaves_with_0(run, tmp_path):
    result = run("check", str(tmp_path))

    assert result.exit_code == 0
    assert "No problem found." in result.output


def test_the_schemas_are_valid_and_can_be_written_for_editors(run, tmp_path):
    assert run("schema", "--to", str(tmp_path)).exit_code == 0

    for name in ("source", "quiz"):
        schema = json.loads((tmp_path / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator.check_schema(schema)
        assert json.loads(run("schema", name).output) == schema


SOURCE = """\
schema: 1
id: pack
title: T
author: A
date: "2024"
genre: opinion
language: fr
rights: R
words: 900
passages:
  - {id: p1, text: "Le chat dort."}
"""


def pack(tmp_path, article, encoding="utf-8"):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "source.yaml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "article.txt").write_text(article, encoding=encoding)
    return ("check", "--source", str(tmp_path / "article.txt"), str(tmp_path / "pack"))


def test_passages_are_compared_with_the_article(run, tmp_path):
    result = run(*pack(tmp_path, "Le chien dort. Le chat mange."))

    assert result.exit_code == 1
    assert "error[Q308]" in result.output


def test_an_article_that_holds_them_is_no_problem(run, tmp_path):
    assert run(*pack(tmp_path, "Ici :\n- Le chat\ndort. Voilà.")).exit_code == 0


def test_an_article_in_another_encoding_is_said_to_be(run, tmp_path):
    result = run(*pack(tmp_path, "Le chat dort, l’été.", "cp1252"))

    assert result.exit_code == 2
    assert "Latin-1" in result.stderr


def test_an_article_needs_one_source(run, tmp_path):
    result = run(*pack(tmp_path, "x")[:3], str(tmp_path / "article.txt"))

    assert result.exit_code == 2
    assert "name its folder" in result.stderr
