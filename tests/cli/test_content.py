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
