"""Backups of a running database, and restoring them."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from quizapp.store.backup import BackupFailed, backup, inspect, restore
from quizapp.store.db import Busy, hold_database, open_engine, open_session, write
from quizapp.store.models import InstallationValue
from quizapp.store.upgrade import head
from tests.store.school import HOUR, NOW


def put(session: Session, key: str) -> None:
    with write(session):
        session.add(InstallationValue(key=key, value="x"))


def keys(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("SELECT key FROM installation ORDER BY key")]


def test_a_backup_has_what_is_only_in_the_log_so_far(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with open_session(engine) as session:
        put(session, "first")
        done = backup(sqlite_url, tmp_path / "backups", NOW)
    engine.dispose()
    assert done.rows["installation"] == 1
    assert done.schema == head()
    assert keys(done.path) == ["first"]
    assert [path.name for path in done.path.parent.iterdir()] == [done.path.name]


def test_a_backup_comes_back(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with open_session(engine) as session:
        put(session, "first")
        done = backup(sqlite_url, tmp_path / "backups", NOW)
        put(session, "second")
    engine.dispose()
    restored = restore(sqlite_url, done.path, head(), NOW + HOUR)
    assert restored.rows["installation"] == 1
    assert keys(tmp_path / "quizapp.db") == ["first"]
    (kept,) = tmp_path.glob("quizapp.db.2025*")
    assert keys(kept) == ["first", "second"]


def test_restoring_under_a_running_app_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    done = backup(sqlite_url, tmp_path / "backups", NOW)
    running = hold_database(sqlite_url)
    assert running is not None
    with pytest.raises(Busy):
        restore(sqlite_url, done.path, head(), NOW)
    os.close(running)


def test_another_schema_is_not_restored(sqlite_url: str, tmp_path: Path) -> None:
    done = backup(sqlite_url, tmp_path / "backups", NOW)
    with pytest.raises(BackupFailed, match="9999"):
        restore(sqlite_url, done.path, "9999", NOW)


@pytest.mark.parametrize("content", [b"", b"not a database " * 500])
def test_a_damaged_backup_is_not_restored(sqlite_url: str, tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(content)
    with pytest.raises(BackupFailed):
        restore(sqlite_url, copy, head(), NOW)


def test_a_missing_database_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="no database"):
        backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path, NOW)
    with pytest.raises(BackupFailed, match="no file"):
        inspect(tmp_path / "none.db")


def test_a_server_is_backed_up_with_its_own_program(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="pg_dump"):
        backup("postgresql+psycopg://quizapp@/quizapp", tmp_path, NOW)
