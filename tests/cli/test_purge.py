"""The purge as a command: dry first, with a copy, of what the setting makes due."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

LOGGED = ("2019-01-01", "2099-01-01")
LONG_AGO = "2020-10-01 08:00:00.000000"


@pytest.fixture
def data(run, variables) -> Path:
    """The data folder of an installation with a class of long ago and one learner in it."""
    assert run("migrate").exit_code == 0
    folder = Path(variables["QUIZAPP_DATA"])
    columns = "login_name, login_key, created_at, secret_kind, is_author, is_demo, active, epoch"
    flags = "'none', 0, 0, 1, 0"
    execute(
        folder,
        f"INSERT INTO accounts ({columns}, is_teacher, is_admin) "  # noqa: S608
        f"VALUES ('madame', 'madame', '{LONG_AGO}', {flags}, 1, 1), "
        f"('lynx', 'lynx', '{LONG_AGO}', {flags}, 0, 0)",
        "INSERT INTO classes (name, joining, join_open, is_demo, created_at, roster_version) "  # noqa: S608
        f"VALUES ('=3e B', 'pseudonym', 1, 0, '{LONG_AGO}', 0)",
        "INSERT INTO memberships (class_id, account_id, role, label, joined_at) "  # noqa: S608
        f"VALUES (1, 1, 'teacher', NULL, '{LONG_AGO}'), (1, 2, 'learner', 'Léa', '{LONG_AGO}')",
    )
    return folder


def execute(folder: Path, *statements: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "quizapp.db")) as connection, connection:
        rows: list[tuple[object, ...]] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        return rows


def names(folder: Path) -> list[str]:
    return [str(name) for (name,) in execute(folder, "SELECT login_name FROM accounts")]


def test_without_commit_it_only_says_what_is_due(run, data: Path) -> None:
    result = run("purge")
    assert result.exit_code == 0
    assert "class 1 '=3e B': learners 1, attempts 0, due since 2021-08-31" in result.output
    assert "accounts of learners in no other class: 1" in result.output
    assert "dry run" in result.output
    assert names(data) == ["madame", "lynx"]
    assert not (data / "purged").exists()


def test_with_commit_it_keeps_a_copy_and_deletes(run, data: Path) -> None:
    old = data / "purged" / "2019-08-31"
    old.mkdir(parents=True)
    log = data / "events.jsonl"
    lines = [f'{{"at": "{at}T08:00:00.000+00:00", "event": "login"}}' for at in LOGGED]
    log.write_text("\n".join([*lines, "no line of ours", ""]))
    result = run("purge", "--commit")
    assert result.exit_code == 0, result.output
    assert log.read_text().splitlines() == [lines[1], "no line of ours"]
    assert names(data) == ["madame"]
    assert execute(data, "SELECT * FROM classes") == []
    [archive] = (data / "purged").rglob("*.zip")
    assert archive.stat().st_mode & 0o777 == 0o600
    assert archive.parent.stat().st_mode & 0o777 == 0o700
    with zipfile.ZipFile(archive) as file:
        kept = json.loads(file.read("class.json"))
        assert file.read("answers.csv").decode("utf-8-sig").startswith("learner,label,")
    assert kept["name"] == "=3e B"
    assert [row["label"] for row in kept["people"]] == [None, "Léa"]
    assert not old.exists()
    assert "Nothing is due" in run("purge", "--commit").output


def test_a_class_can_be_kept_and_a_day_looked_ahead(run, data: Path) -> None:
    assert "class 1" not in run("purge", "--keep", "1").output
    assert "class 1" in run("purge", "--on", "2021-08-31").output
    assert "Nothing is due" in run("purge", "--on", "2020-12-31").output
    assert run("purge", "--on", "soon").exit_code == 2
    assert run("purge", "--on", "2021-08-31", "--commit").exit_code == 2


def test_nothing_is_deleted_when_it_is_switched_off(run, data: Path) -> None:
    execute(data, "INSERT INTO installation (key, value) VALUES ('purge_day', 'off')")
    assert "switched off" in run("purge", "--commit").output
    assert names(data) == ["madame", "lynx"]
