"""The commands that look after the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def database(run, variables) -> Path:
    """The SQLite file of an installation that was started before."""
    assert run("migrate").exit_code == 0
    return Path(variables["QUIZAPP_DATA"]) / "quizapp.db"


def query(path, statement, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement, values).fetchall()


def add_account(path, name):
    columns = "login_name, login_key, created_at, secret_kind"
    flags = "is_teacher, is_author, is_admin, is_demo, active, epoch"
    query(
        path,
        f"INSERT INTO accounts ({columns}, {flags}) VALUES (?, ?, ?, 'none', 1, 1, 1, 0, 1, 0)",  # noqa: S608
        name,
        name.lower(),
        "2026-01-01 00:00:00.000000",
    )


def test_migrating_twice_changes_nothing(run):
    assert "from nothing to version" in run("migrate").output

    result = run("migrate")

    assert result.exit_code == 0
    assert "already" in result.output


def test_a_backup_can_be_restored(run, database):
    add_account(database, "Ada")
    copy = run("backup").output.partition(": ")[0]
    query(database, "DELETE FROM accounts")

    result = run("restore", copy)

    assert result.exit_code == 0
    assert query(database, "SELECT login_name FROM accounts") == [("Ada",)]


def test_a_backup_goes_to_the_folder_that_is_named(run, database, tmp_path):
    result = run("backup", "--to", str(tmp_path / "elsewhere"))

    assert result.exit_code == 0
    assert len(list((tmp_path / "elsewhere").iterdir())) == 1


def test_nothing_is_restored_under_a_running_app(run, database, serving):
    copy = run("backup").output.partition(": ")[0]

    with serving():
        result = run("restore", copy)

    assert result.exit_code == 1
    assert "in use by a running quizapp" in result.output


def test_a_file_that_is_no_backup_is_not_restored(run, database, tmp_path):
    (tmp_path / "x.sqlite3").write_text("Dear diary, " * 1000)

    result = run("restore", str(tmp_path / "x.sqlite3"))

    assert result.exit_code == 1
    assert "not a usable database" in result.output


def test_a_locked_out_administrator_gets_a_new_password(run, database):
    add_account(database, "Ada")

    result = run("reset-password", "ada")

    assert result.exit_code == 0
    assert len(result.output.rpartition(": ")[2].strip()) == 12
    [(kind, hashed, epoch)] = query(
        database, "SELECT secret_kind, password_hash, epoch FROM accounts"
    )
    assert (kind, epoch) == ("password", 1)
    assert hashed.startswith("scrypt:")


def test_the_new_password_of_nobody_is_refused(run, database):
    result = run("reset-password", "nobody")

    assert result.exit_code == 1
    assert "There is no account named nobody" in result.output


def test_a_teacher_gets_the_demonstration_class_once(run, database):
    add_account(database, "Ada")

    first, second = run("demo", "ada"), run("demo", "ada")

    assert first.exit_code == second.exit_code == 0, first.output
    assert "demonstration class" in first.output
    [(classes,)] = query(database, "SELECT count(*) FROM classes WHERE is_demo")
    [(answers,)] = query(database, "SELECT count(*) FROM responses")
    assert classes == 1
    assert answers > 500
