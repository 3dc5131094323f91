"""The engine and the write transaction; the only module that knows flask_sqlalchemy.

It knows how SQLite and PostgreSQL are opened and how writers queue, and nothing of any table.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quizapp.store.models import Base

if sys.platform != "win32":  # there: the thread lock alone, one process
    import fcntl

LOCK_WAIT = 10.0
BUSY_TIMEOUT = 15_000
RETRY_AFTER = 2
_LOCK_NOT_AVAILABLE = {"55P03", "40001", "40P01"}

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
_thread_locks: dict[str, threading.Lock] = {}


class Busy(Exception):
    """The database did not let this writer in: nothing was saved, a retry may work."""

    retry_after = RETRY_AFTER


def init_db(app: Flask, url: str) -> None:
    """Bind `db` to the app's database; no table is created or changed here."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        configure_engine(db.engine)


def open_engine(url: str) -> Engine:
    """Open an engine set up as the app's own, for commands and tests without an app."""
    engine = create_engine(url, **engine_options(url))
    configure_engine(engine)
    return engine


def open_session(engine: Engine) -> Session:
    """Open a session set up as the app's own."""
    return Session(engine, expire_on_commit=False)


def engine_options(url: str) -> dict[str, Any]:
    """Return the arguments of `create_engine` for a database URL."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"connect_args": {"isolation_level": None, "timeout": BUSY_TIMEOUT / 1000}}
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


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("quizapp_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def write(session: Session, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Run the block as one write transaction, committed at its end, rolled back on any error.

    Closes the read transaction first, queues behind the other writers (SQLite), and waits at
    most `wait` seconds. Raises Busy when the turn does not come, RuntimeError when it is nested
    or when changes are pending from before.
    """
    if session.info.get("writing"):
        raise RuntimeError("write() cannot be nested")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes must be made inside write()")
    session.commit()
    with ExitStack() as stack:
        engine = session.get_bind()
        lock = _lock_path(engine)
        if lock is not None:
            stack.enter_context(_queue(lock, time.monotonic() + wait))
        session.info["writing"] = True
        try:
            with _busy_errors():
                session.connection(execution_options={"quizapp_write": True})
                yield
                session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("writing", None)


def _lock_path(bind: Engine | Connection) -> Path | None:
    """Return the file beside a SQLite database on which writers queue."""
    url = bind.engine.url
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        return Path(":memory:")
    return Path(url.database + "-write.lock")


@contextmanager
def _busy_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        code = getattr(error.orig, "sqlstate", None)
        name = str(getattr(error.orig, "sqlite_errorname", ""))
        if code in _LOCK_NOT_AVAILABLE or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise Busy("the database is busy") from error
        raise


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
