"""The commands that tell and delete what is stored about a person."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


@pytest.fixture
def data(run, variables) -> Path:
    """The data folder of an installation with an administrator and a learner."""
    assert run("migrate").exit_code == 0
    folder = Path(variables["QUIZAPP_DATA"])
    with closing(sqlite3.connect(folder / "quizapp.db")) as connection, connection:
        for name, is_admin in (("ada", 1), ("lynx", 0)):
            connection.execute(
                "INSERT INTO accounts (login_name, login_key, created_at, secret_kind, is_teacher,"
                " is_author, is_admin, is_demo, active, epoch)"
                " VALUES (?, ?, '2026-01-01 00:00:00.000000', 'none', 0, 0, ?, 0, 1, 0)",
                (name, name, is_admin),
            )
    return folder


def names(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "quizapp.db")) as connection:
        return [name for (name,) in connection.execute("SELECT login_name FROM accounts")]


def test_what_is_stored_about_a_person_is_printed_or_written(run, data: Path) -> None:
    printed = json.loads(run("export-account", "LYNX").output)
    assert printed["accounts"][0]["login_name"] == "lynx"
    target = data / "lynx.json"
    assert run("export-account", "lynx", "--to", str(target)).exit_code == 0
    assert json.loads(target.read_text())["accounts"] == printed["accounts"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert run("export-account", "lynx", "--to", str(target)).exit_code == 1
    assert run("export-account", "nobody").exit_code == 1


def test_a_person_is_deleted_when_it_is_meant(run, data: Path) -> None:
    assert "dry run" in run("delete-account", "lynx").output
    assert names(data) == ["ada", "lynx"]
    assert run("delete-account", "lynx", "--commit").exit_code == 0
    assert names(data) == ["ada"]
    assert run("delete-account", "lynx", "--commit").exit_code == 1


def test_the_last_administrator_stays(run, data: Path) -> None:
    result = run("delete-account", "ada", "--commit")
    assert result.exit_code == 1
    assert "Nobody else administers" in result.output
    assert names(data) == ["ada", "lynx"]
