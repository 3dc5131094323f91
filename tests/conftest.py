"""Makes databases, apps and clients for tests; knows how each is made, not what it is for."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from jinja2.bccache import Bucket, BytecodeCache

from quizapp.settings import LOOPBACK_HOSTS, Settings
from tests.postgres import Server, open_server
from tests.requirements import skip_without

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import PageClient
    from tests.server import LiveServer

BOTH = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow])]
# The least that werkzeug and OpenSSL allow together: a log-in in a test costs no time.
CHEAP_HASH = "scrypt:128:1:1"
SECRET_KEY = "0123456789abcdef" * 4
_numbers = count(1)


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all the apps of a run."""

    codes: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code if it was compiled before, from the same text."""
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self.codes[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server for the whole run."""
    with open_server() as server:
        if server is None:
            skip_without("no PostgreSQL server: neither initdb nor QUIZAPP_TEST_DATABASE_URL")
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the tables and no rows, to copy."""
    path = tmp_path_factory.mktemp("template") / "quizapp.db"
    _upgrade(f"sqlite:///{path}", path.parent)
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database with the tables and no rows, to copy."""
    name = f"quizapp_template_{_unique()}"
    _upgrade(postgresql.create(name), tmp_path_factory.mktemp("backups"))
    return name


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables; the test runs once for each kind of database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'quizapp.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"quizapp_{_unique()}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of its own with the tables; once for each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"quizapp_{_unique()}"
    yield server.create(name, template=request.getfixturevalue("postgresql_template"))
    server.drop(name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a SQLite database of its own with the tables, where the kind says nothing."""
    path = tmp_path / "quizapp.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    """Returns settings for a database URL, with a data folder of the test's own."""

    def make(database_url: str, **changes: object) -> Settings:
        values = {
            "data": tmp_path,
            "database_url": database_url,
            "secret_key": SECRET_KEY,
            "hash_method": CHEAP_HASH,
            "open_registration": True,
            "trusted_hosts": LOOPBACK_HOSTS,
        }
        return Settings(**(values | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def settings(make_settings: Callable[..., Settings], sqlite_url: str) -> Settings:
    """Settings of an installation on SQLite."""
    return make_settings(sqlite_url)


@pytest.fixture
def app(settings: Settings) -> "Flask":
    """An app on a database of its own."""
    from quizapp.app import create_app

    app = create_app(settings)
    app.testing = True
    app.config["DEMONSTRATION_SLICE"] = 60.0
    app.jinja_env.bytecode_cache = CompiledTemplates()
    return app


@pytest.fixture
def page(app: "Flask") -> "PageClient":
    """A client that checks every page it gets."""
    from tests.client import PageClient

    return PageClient(app)


@pytest.fixture
def live_server(settings: Settings) -> Iterator["LiveServer"]:
    """The app served by waitress on a free port of this machine."""
    from tests.server import serve

    with serve(settings) as server:
        yield server


def _upgrade(url: str, backups: Path) -> None:
    from quizapp.store.upgrade import upgrade

    upgrade(url, backups=backups, now=datetime.now(UTC))


def _unique() -> str:
    return f"{os.getpid()}_{next(_numbers)}"
