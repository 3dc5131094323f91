"""Copies of a SQLite database taken while it runs, and their return; knows no single table."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quizapp.store.db import hold_database, sqlite_path


class BackupFailed(Exception):
    """No usable backup, or nothing restored: the message says why."""


@dataclass(frozen=True)
class Backup:
    """A finished copy: its file, its schema version and the number of rows of each table."""

    path: Path
    schema: str | None
    rows: dict[str, int]


def backup(url: str, folder: Path, now: datetime) -> Backup:
    """Copy the database into a new file of `folder`, check the copy, and only then name it.

    Writers go on meanwhile. Raises BackupFailed for a database that is not SQLite (use pg_dump),
    is missing, or whose copy does not pass SQLite's integrity check.
    """
    source = _file_of(url)
    if not source.is_file():
        raise BackupFailed(f"there is no database at {source}")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"quizapp-{now.astimezone(UTC):%Y%m%d-%H%M%S-%f}.sqlite3"
    return _copy(source, target)


def restore(url: str, copy: Path, schema: str, now: datetime) -> Backup:
    """Put a backup in the place of the database, which is itself kept beside it first.

    `schema` is the version that this program works with. Raises BackupFailed when the copy is
    damaged or of another version, and Busy while the app is running.
    """
    target = _file_of(url)
    found = inspect(copy)
    if found.schema != schema:
        raise BackupFailed(
            f"{copy} has schema version {found.schema or 'none'}, this program needs {schema}"
        )
    hold = hold_database(url, alone=True)
    try:
        if target.is_file():
            _copy(target, target.with_name(f"{target.name}.{now.astimezone(UTC):%Y%m%d-%H%M%S-%f}"))
            _empty_journal(target)
        return _copy(copy, target)
    finally:
        if hold is not None:
            os.close(hold)


def inspect(copy: Path) -> Backup:
    """Check a backup and count its rows; raise BackupFailed when it is damaged."""
    if not copy.is_file():
        raise BackupFailed(f"there is no file {copy}")
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return Backup(copy, _schema(database), _checked_rows(database, copy))
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"{copy} is not a usable database: {error}") from error


def _file_of(url: str) -> Path:
    path = sqlite_path(url)
    if path is None:
        raise BackupFailed("only a SQLite file can be backed up here; for PostgreSQL use pg_dump")
    return path


def _copy(source: Path, target: Path) -> Backup:
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(source, timeout=15)) as original,
            closing(sqlite3.connect(partial)) as copy,
        ):
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            result = Backup(target, _schema(copy), _checked_rows(copy, partial))
    except (sqlite3.Error, BackupFailed) as error:
        partial.unlink(missing_ok=True)
        raise BackupFailed(f"{source} could not be copied: {error}") from error
    partial.chmod(0o600)
    _sync(partial)
    partial.replace(target)
    _sync(target.parent)
    return result


def _empty_journal(path: Path) -> None:
    """Leave no write-ahead log behind, which SQLite would replay into the restored file."""
    with closing(sqlite3.connect(path, timeout=15)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def _checked_rows(database: sqlite3.Connection, path: Path) -> dict[str, int]:
    verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise BackupFailed(f"{path} is damaged: {verdict}")
    tables = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names from the schema itself
        for (name,) in sorted(tables)
    }


def _schema(database: sqlite3.Connection) -> str | None:
    try:
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:
        return None
    return str(row[0]) if row else None


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
