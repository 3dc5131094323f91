"""The write transaction: one BEGIN IMMEDIATE, one turn at a time, nothing left behind."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.orm import Session

from quizapp.store.db import (
    Busy,
    Unavailable,
    hold_database,
    open_engine,
    open_session,
    write,
    writer_queue,
)
from quizapp.store.models import Account, InstallationValue
from tests.store.school import NOW, School


@contextmanager
def traced(engine: Engine) -> Iterator[list[str]]:
    """What SQLite itself is told, on one connection of the engine."""
    log: list[str] = []

    def trace(connection: Any, *_: object) -> None:
        connection.set_trace_callback(log.append)

    event.listen(engine, "checkout", trace)
    try:
        yield log
    finally:
        event.remove(engine, "checkout", trace)


def transactions(log: list[str]) -> list[str]:
    return [line for line in log if line.split()[0] in {"BEGIN", "COMMIT", "ROLLBACK"}]


@pytest.fixture
def sqlite_session(sqlite_url: str) -> Iterator[Session]:
    engine = open_engine(sqlite_url)
    with open_session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def value() -> InstallationValue:
    return InstallationValue(key="language", value="fr")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_answer_is_one_immediate_transaction(school: School, engine: Engine) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]
    school.session.rollback()
    with traced(engine) as log:
        school.answer(attempt, first)
    assert transactions(log) == ["BEGIN IMMEDIATE", "COMMIT"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_reading_takes_no_write_lock(session: Session, engine: Engine) -> None:
    with traced(engine) as log:
        session.scalars(select(Account)).all()
        session.rollback()
    assert transactions(log) == ["BEGIN", "ROLLBACK"]


def test_the_settings_of_a_connection(sqlite_session: Session) -> None:
    names = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"]
    found = [sqlite_session.scalar(text(f"PRAGMA {name}")) for name in names]
    assert found == ["wal", 2, 1, 15_000]


def fail_after(session: Session, value: InstallationValue) -> None:
    """Add a row in a write within a write, then fail in the outer one."""
    with write(session):
        with write(session):
            session.add(value)
        session.flush()
        raise ZeroDivisionError


def test_an_error_leaves_nothing_of_it_nor_of_a_write_inside(
    session: Session, value: InstallationValue
) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after(session, value)
    assert session.scalars(select(InstallationValue)).all() == []
    with write(session):
        session.add(InstallationValue(key="language", value="en"))
    assert session.scalars(select(InstallationValue.value)).all() == ["en"]


def test_changes_from_before_are_refused(session: Session, value: InstallationValue) -> None:
    session.add(value)
    with pytest.raises(RuntimeError, match="inside write"), write(session):
        pass


def test_who_waits_too_long_is_told_so(sqlite_session: Session) -> None:
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_queue(sqlite_session.get_bind().engine):
            taken.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait(10)
    started = time.monotonic()
    with pytest.raises(Busy), write(sqlite_session, wait=0.2):
        pass
    assert time.monotonic() - started < 2
    done.set()
    thread.join()
    with write(sqlite_session):
        pass


@pytest.mark.skipif(os.name == "nt", reason="one process there")
def test_another_process_holds_the_turn_until_it_dies(
    sqlite_session: Session, tmp_path: Path
) -> None:
    lock = Path(f"{tmp_path / 'quizapp.db'}-write.lock")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - the other process
        import fcntl

        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.write(writing, b"1")
        time.sleep(60)
        os._exit(0)
    os.read(reading, 1)
    with pytest.raises(Busy), write(sqlite_session, wait=0.2):
        pass
    os.kill(child, 9)
    os.waitpid(child, 0)
    with write(sqlite_session, wait=0.2):
        pass
    os.close(reading)
    os.close(writing)


def test_a_locked_database_is_busy(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with (
        closing(sqlite3.connect(tmp_path / "quizapp.db", isolation_level=None)) as other,
        open_session(engine) as session,
    ):
        session.execute(text("PRAGMA busy_timeout=100"))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy), write(session):
            pass
        other.execute("ROLLBACK")
        with write(session):
            pass
    engine.dispose()


def test_a_read_only_database_is_unavailable(sqlite_session: Session) -> None:
    sqlite_session.execute(text("PRAGMA query_only=ON"))
    with pytest.raises(Unavailable, match="readonly"), write(sqlite_session):
        sqlite_session.add(InstallationValue(key="language", value="fr"))


def test_a_naive_time_is_refused(session: Session) -> None:
    account = Account(login_name="a", login_key="a", created_at=NOW.replace(tzinfo=None))
    with pytest.raises(Exception, match="time zone"), write(session):
        session.add(account)


def test_times_come_back_aware_and_in_utc(session: Session) -> None:
    with write(session):
        session.add(Account(login_name="a", login_key="a", created_at=NOW))
    session.expunge_all()
    assert session.scalars(select(Account.created_at)).one().isoformat() == NOW.isoformat()


def test_a_running_app_keeps_others_from_having_the_database_alone(sqlite_url: str) -> None:
    mine = hold_database(sqlite_url)
    assert mine is not None
    with pytest.raises(Busy, match="running"):
        hold_database(sqlite_url, alone=True)
    os.close(mine)
    alone = hold_database(sqlite_url, alone=True)
    assert alone is not None
    os.close(alone)
