"""Brings a database to the schema of this program; knows versions and trouble, no single table."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DBAPIError, OperationalError

from quizapp.store.backup import Backup, backup
from quizapp.store.db import Busy, Unavailable, open_engine, sqlite_path, writer_queue

MIGRATIONS = Path(__file__).parent / "migrations"
# An advisory lock on PostgreSQL, so that two nodes that start together upgrade one after the other.
PG_LOCK = 7_214_903


class DatabaseTrouble(Exception):
    """The program cannot start on this database; `code` names the reason, the message says it."""

    code = "unusable"


class NewerDatabase(DatabaseTrouble):
    """The schema is of a later version of quizapp."""

    code = "newer"


class ReadOnlyDatabase(DatabaseTrouble):
    """The database can be read and not written."""

    code = "read_only"


class LockedDatabase(DatabaseTrouble):
    """Another program holds the database locked."""

    code = "locked"


class UnreachableDatabase(DatabaseTrouble):
    """The file cannot be opened, or the server does not answer or refuses us."""

    code = "unreachable"


class ForeignDatabase(DatabaseTrouble):
    """The file is no database, or holds the tables of something else."""

    code = "foreign"


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did: versions before (None = new database) and after, and its backup."""

    before: str | None
    after: str
    backup: Backup | None


def head() -> str:
    """Return the schema version that this program works with."""
    found = _script().get_current_head()
    if found is None:
        raise LookupError("there are no migrations")
    return found


def upgrade(url: str, *, backups: Path, now: datetime, to: str = "head") -> Upgraded:
    """Create or upgrade the database, after a backup into `backups` if it is SQLite.

    Safe when several processes start together. Raises a DatabaseTrouble.
    """
    engine = open_engine(url, foreign_keys=False)
    try:
        with _clear_errors(), writer_queue(engine), engine.connect() as connection:
            _lock(connection)
            before = current(connection)
            _refuse_unknown(before, connection)
            _refuse_read_only(connection)
            after = head() if to == "head" else to
            if before == after:
                return Upgraded(before, after, None)
            copy = None
            if before is not None and sqlite_path(url) is not None:
                copy = backup(url, backups, now)
            command.upgrade(_config(connection), after)
            _check_references(connection)
            return Upgraded(before, after, copy)
    finally:
        engine.dispose()


def downgrade(url: str, to: str) -> None:
    """Go back to an earlier version ("base" = no tables); for tests and emergencies."""
    engine = open_engine(url, foreign_keys=False)
    try:
        with _clear_errors(), writer_queue(engine), engine.connect() as connection:
            command.downgrade(_config(connection), to)
    finally:
        engine.dispose()


def check_schema(engine: Engine) -> None:
    """Raise a DatabaseTrouble unless the database answers and has this program's schema."""
    with _clear_errors(), engine.connect() as connection:
        found = current(connection)
        _refuse_unknown(found, connection)
    if found != head():
        raise DatabaseTrouble(f"the database has version {found}, this program needs {head()}")


def current(connection: Connection) -> str | None:
    """Return the version of a database, None when it has none; leaves no transaction open."""
    version = MigrationContext.configure(connection).get_current_revision()
    connection.rollback()
    return version


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _refuse_unknown(version: str | None, connection: Connection) -> None:
    known = {script.revision for script in _script().walk_revisions()}
    if version is not None and version not in known:
        raise NewerDatabase(
            f"the database has schema version {version}, which this version of quizapp "
            f"({head()}) does not know: use the newer quizapp, or restore a backup"
        )
    if version is None and inspect(connection).get_table_names():
        raise ForeignDatabase("the database holds tables that quizapp did not make")
    connection.rollback()


def _refuse_read_only(connection: Connection) -> None:
    """Write and take it back: the one test that no file mode, mount or role can deceive."""
    connection.exec_driver_sql("CREATE TABLE quizapp_write_test (id INTEGER)")
    connection.rollback()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({PG_LOCK})")
        connection.rollback()


def _check_references(connection: Connection) -> None:
    """SQLite's references are off during a migration, so they are checked after it."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    connection.rollback()
    if broken:
        raise DatabaseTrouble(f"the migration left {len(broken)} broken references")


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except Busy as error:
        raise LockedDatabase(f"the database is locked: {error}") from error
    except Unavailable as error:
        raise UnreachableDatabase(f"the database cannot be used: {error}") from error
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise _trouble(error) from error


def _trouble(error: DBAPIError | sqlite3.Error | OSError) -> DatabaseTrouble:
    original = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(original, "sqlite_errorname", ""))
    state = str(getattr(original, "sqlstate", ""))
    if name.startswith("SQLITE_READONLY") or state == "25006" or isinstance(error, PermissionError):
        return ReadOnlyDatabase(f"the database cannot be written: {original}")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or state == "55P03":
        return LockedDatabase(f"the database is locked by another program: {original}")
    if name == "SQLITE_NOTADB":
        return ForeignDatabase(f"the file is not a SQLite database: {original}")
    if isinstance(error, OSError | OperationalError):
        return UnreachableDatabase(f"the database cannot be opened: {original}")
    return DatabaseTrouble(f"the database cannot be used: {original}")
