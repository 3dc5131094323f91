"""The engine and the write transaction; the only module that knows flask_sqlalchemy.

It knows how SQLite and PostgreSQL are opened and how writers queue, and nothing of any table.
"""

import os
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.orm import Session

from quizapp.store.models import Base

if sys.platform != "win32":  # there: the thread lock alone, one process
    import fcntl

LOCK_WAIT = 10.0
BUSY_TIMEOUT = 15_000
RETRY_AFTER = 2
_BUSY_STATES = {"55P03", "40001", "40P01"}

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
_thread_locks: dict[str, threading.Lock] = {}


class Unavailable(Exception):
    """The database is locked, full, read-only or gone: nothing was saved, a retry may work."""

    retry_after = RETRY_AFTER


class Busy(Unavailable):
    """Other writers kept this one waiting for too long: nothing was saved."""


def init_db(app: Flask, url: str) -> None:
    """Bind `db` to the app's database; no table is created or changed here."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        configure_engine(db.engine)
    hold = hold_database(url)
    if hold is not None:
        weakref.finalize(app, os.close, hold)


def open_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """Open an engine set up as the app's own, for commands and tests without an app.

    Without `foreign_keys`, SQLite's batch migrations may rebuild a table that others refer to.
    """
    engine = create_engine(url, **engine_options(url))
    configure_engine(engine)
    if engine.dialect.name == "sqlite" and not foreign_keys:
        event.listen(engine, "connect", _unset_foreign_keys)
    return engine


def open_session(engine: Engine) -> Session:
    """Open a session set up as the app's own."""
    return Session(engine, expire_on_commit=False)


def engine_options(url: str) -> dict[str, Any]:
    """Return the arguments of `create_engine` for a database URL."""
    if make_url(url).get_backend_name() == "sqlite":
        connect = {"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000}
        return {"max_overflow": 60, "pool_timeout": LOCK_WAIT, "connect_args": connect}
    return {
        "pool_size": 5,
        "max_overflow": 10,
        "pool_pre_ping": True,
        "pool_timeout": LOCK_WAIT,
        "connect_args": {"options": f"-c lock_timeout={int(LOCK_WAIT * 1000)}"},
    }


def configure_engine(engine: Engine) -> None:
    """Attach what reliability.md section 1 asks of every SQLite connection; idempotent."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "begin", _begin):
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
    finally:
        cursor.close()


def _unset_foreign_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=OFF").close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("quizapp_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def write(session: Session, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Run the block as one write transaction, committed at its end, rolled back on any error.

    Closes the read transaction first, queues behind the other writers (SQLite), and waits at
    most `wait` seconds. Inside another `write` of the same session it is part of that one.
    Raises Busy when the turn does not come, Unavailable when the database cannot be written,
    RuntimeError when changes are pending from before.
    """
    if session.info.get("writing"):
        yield
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes must be made inside write()")
    session.commit()
    with ExitStack() as stack:
        stack.enter_context(writer_queue(session.get_bind().engine, wait))
        session.info["writing"] = True
        try:
            with _unavailable_errors():
                session.connection(execution_options={"quizapp_write": True})
                yield
                session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("writing", None)


def sqlite_path(url: str | URL) -> Path | None:
    """Return the file of a SQLite database, None for one in memory or on a server."""
    parsed = make_url(url)
    name = parsed.database or ""
    if parsed.get_backend_name() != "sqlite" or name in {"", ":memory:"}:
        return None
    return Path(name.removeprefix("file:"))


def hold_database(url: str | URL, *, alone: bool = False) -> int | None:
    """Mark a SQLite database as in use until the returned descriptor is closed or the process ends.

    `alone` asks that nobody else has it in use, and raises Busy otherwise.
    """
    path = sqlite_path(url)
    if path is None or sys.platform == "win32":
        return None
    descriptor = os.open(f"{path}-running.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Busy("the database is in use by a running quizapp") from None
    return descriptor


@contextmanager
def writer_queue(engine: Engine, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold the place of the one writer of a SQLite database; a server arranges that by itself."""
    if engine.dialect.name != "sqlite":
        yield
        return
    path = sqlite_path(engine.url)
    lock = Path(f"{path}-write.lock") if path else Path(":memory:")
    with _queue(lock, time.monotonic() + wait):
        yield


@contextmanager
def _unavailable_errors() -> Iterator[None]:
    try:
        yield
    except exc.TimeoutError as error:
        raise Busy("no connection to the database is free") from error
    except exc.OperationalError as error:
        code = getattr(error.orig, "sqlstate", None)
        name = str(getattr(error.orig, "sqlite_errorname", ""))
        if code in _BUSY_STATES or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy("the database is busy") from error
        if name == "SQLITE_ERROR":  # a mistake in a statement, no trouble of the database
            raise
        raise Unavailable(str(error.orig)) from error


@contextmanager
def _queue(path: Path, deadline: float) -> Iterator[None]:
    """Hold the thread lock, then the file lock.

    The second file is a turnstile: who waits for the lock holds it, so that a process whose
    threads follow one another cannot starve the other processes.
    """
    thread_lock = _thread_locks.setdefault(str(path), threading.Lock())
    if not thread_lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise Busy("other writers are waiting in this process")
    try:
        if sys.platform == "win32" or str(path) == ":memory:":
            yield
            return
        with path.open("ab") as lock:
            with path.with_suffix(".turn").open("ab") as turnstile:
                _lock_file(turnstile.fileno(), deadline)
                _lock_file(lock.fileno(), deadline)
            yield
    finally:
        thread_lock.release()


def _lock_file(descriptor: int, deadline: float) -> None:
    """Take an exclusive lock, which closing the file (or dying) releases; raise Busy when late."""
    pause = 0.0005
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise Busy("another process is writing") from None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.004)
        else:
            return
