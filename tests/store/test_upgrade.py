"""Migrations on both databases: the models' schema, up and down with data, clear refusals."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from quizapp.store.db import open_engine
from quizapp.store.models import Base
from quizapp.store.upgrade import (
    DatabaseTrouble,
    ForeignDatabase,
    LockedDatabase,
    NewerDatabase,
    ReadOnlyDatabase,
    UnreachableDatabase,
    check_schema,
    downgrade,
    head,
    upgrade,
)
from tests.store.school import NOW, School

pytestmark = pytest.mark.slow

VERSIONS = ["0001", "0002", "0003", "0004", "0005"]


def test_the_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_names_of_constraints_are_those_of_the_models(engine: Engine, tmp_path: Path) -> None:
    if engine.dialect.name == "sqlite":
        made = open_engine(f"sqlite:///{tmp_path / 'made.db'}")
        Base.metadata.create_all(made)
        assert constraint_names(engine) == constraint_names(made)
        made.dispose()


def constraint_names(engine: Engine) -> dict[str, set[str | None]]:
    found = inspect(engine)
    return {
        table: {c["name"] for c in found.get_check_constraints(table)}
        | {c["name"] for c in found.get_unique_constraints(table)}
        | {c["name"] for c in found.get_foreign_keys(table)}
        | {c["name"] for c in found.get_indexes(table)}
        | {str(found.get_pk_constraint(table)["name"])}
        for table in Base.metadata.tables
    }


def test_every_migration_goes_up_and_down(empty_database_url: str, tmp_path: Path) -> None:
    for version in VERSIONS:
        done = upgrade(empty_database_url, backups=tmp_path / "b", now=NOW, to=version)
        assert done.after == version
    assert VERSIONS[-1] == head()
    for version in [*VERSIONS[-2::-1], "base"]:
        downgrade(empty_database_url, version)
    engine = open_engine(empty_database_url)
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    engine.dispose()


def test_migrations_keep_the_data(school: School, engine: Engine, tmp_path: Path) -> None:
    school.answer_all(school.start())
    school.session.close()
    url = engine.url.render_as_string(hide_password=False)
    downgrade(url, "0002")
    done = upgrade(url, backups=tmp_path / "backups", now=NOW)
    assert done.before == "0002"
    assert (done.backup is not None) is (engine.dialect.name == "sqlite")
    with engine.connect() as connection:
        counts = [
            connection.scalar(text(f"SELECT count(*) FROM {name}"))  # noqa: S608
            for name in ("memberships", "assignments", "quiz_revisions", "attempts")
        ]
    assert counts == [1, 1, 1, 0]


def test_a_second_upgrade_does_nothing(database_url: str, tmp_path: Path) -> None:
    done = upgrade(database_url, backups=tmp_path / "backups", now=NOW)
    assert (done.before, done.after, done.backup) == (head(), head(), None)
    assert not (tmp_path / "backups").exists()


def test_a_failed_migration_leaves_the_version_before(
    empty_database_url: str, tmp_path: Path
) -> None:
    upgrade(empty_database_url, backups=tmp_path, now=NOW, to="0002")
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE cells (x INTEGER)"))
    with pytest.raises(DatabaseTrouble):
        upgrade(empty_database_url, backups=tmp_path, now=NOW)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0002"
    assert "attempts" not in inspect(engine).get_table_names()
    engine.dispose()


def test_a_newer_database_is_refused(engine: Engine, database_url: str, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="9999"):
        upgrade(database_url, backups=tmp_path, now=NOW)
    with pytest.raises(NewerDatabase):
        check_schema(engine)


def test_the_schema_of_this_program_is_accepted(engine: Engine) -> None:
    check_schema(engine)


def test_an_older_database_is_not_ready(empty_database_url: str, tmp_path: Path) -> None:
    upgrade(empty_database_url, backups=tmp_path, now=NOW, to="0001")
    engine = open_engine(empty_database_url)
    with pytest.raises(DatabaseTrouble, match="0001"):
        check_schema(engine)
    engine.dispose()


def test_tables_of_something_else_are_refused(empty_database_url: str, tmp_path: Path) -> None:
    engine = open_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shopping (x INTEGER)"))
    engine.dispose()
    with pytest.raises(ForeignDatabase):
        upgrade(empty_database_url, backups=tmp_path, now=NOW)


def test_a_read_only_file_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "quizapp.db"
    with pytest.raises(ReadOnlyDatabase):
        upgrade(f"sqlite:///file:{path}?mode=ro&uri=true", backups=tmp_path, now=NOW)


def test_a_read_only_server_is_refused(engine: Engine, database_url: str, tmp_path: Path) -> None:
    if engine.dialect.name != "postgresql":
        return
    with engine.begin() as connection:
        name = engine.url.database
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only=on'))
    with pytest.raises(ReadOnlyDatabase):
        upgrade(database_url, backups=tmp_path, now=NOW)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear teacher, this is not a database at all.\n" * 100)
    with pytest.raises(ForeignDatabase):
        upgrade(f"sqlite:///{path}", backups=tmp_path, now=NOW)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreachableDatabase):
        upgrade(f"sqlite:///{tmp_path / 'no' / 'quizapp.db'}", backups=tmp_path, now=NOW)


def test_a_server_that_does_not_answer_is_refused(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://quizapp@/quizapp?host={tmp_path}"
    with pytest.raises(UnreachableDatabase):
        upgrade(url, backups=tmp_path, now=NOW)


def test_a_locked_file_is_refused(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.store.db.BUSY_TIMEOUT", 100)
    with closing(sqlite3.connect(tmp_path / "quizapp.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedDatabase):
            upgrade(sqlite_url, backups=tmp_path, now=NOW)


def test_corrections_come_and_go_without_touching_an_answer(
    school: School, engine: Engine, tmp_path: Path
) -> None:
    school.answer_all(school.start())
    school.session.close()
    url = engine.url.render_as_string(hide_password=False)
    answers = text("SELECT id, payload, marks, points, shown FROM responses ORDER BY id")
    with engine.connect() as connection:
        before = connection.execute(answers).all()
    downgrade(url, "0003")
    assert upgrade(url, backups=tmp_path / "backups", now=NOW).before == "0003"
    with engine.connect() as connection:
        assert connection.execute(answers).all() == before
        assert connection.scalar(text("SELECT count(settled_revision) FROM responses")) == 0
