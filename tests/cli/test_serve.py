"""Serving: one address, one set-up link, and one sentence for each way it cannot begin."""

import os
import socket
import sqlite3
import stat
import urllib.request
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from quizapp.cli import server

pytestmark = pytest.mark.slow

SLOW_CLIENTS = 200


def get(url: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.status, response.read()


@pytest.fixture
def database(run, variables) -> Path:
    """The SQLite file of an installation that was started before."""
    assert run("migrate").exit_code == 0
    return Path(variables["QUIZAPP_DATA"]) / "quizapp.db"


@pytest.fixture
def start(run):
    """Begins to serve on a free port: a test beside this one may have the usual one."""

    def start(**changes: str):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        return run("--port", str(port), **changes)

    return start


def test_the_first_start_prints_one_address_and_a_set_up_link_that_work(serving):
    with serving() as served:
        assert get(served.url)[0] == 200
        link = served.said.split()[-5]
        assert link.startswith(f"{served.url}/setup/")
        assert get(link)[0] == 200
    assert served.process.returncode == 0


def test_links_name_the_address_that_others_use(serving):
    with serving(QUIZAPP_BASE_URL="https://quiz.example.org") as served:
        assert served.url == "https://quiz.example.org"


def test_slow_clients_do_not_stop_the_service(serving):
    with serving() as served, ExitStack() as stack:
        place = urlsplit(served.url)
        for _ in range(SLOW_CLIENTS):
            client = socket.create_connection((place.hostname, place.port), timeout=10)
            stack.enter_context(closing(client)).sendall(b"GET / HTTP/1.1\r\nHost: local")
        assert get(served.url)[0] == 200


def test_a_port_in_use_is_said_and_leaves_with_2(run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = run("--port", str(port))

    assert result.exit_code == 2
    assert f"Port {port} is in use" in result.output
    assert f"--port {port + 1}" in result.output


def test_the_database_and_the_key_are_for_their_owner_alone(run, variables):
    run("migrate")

    data = Path(variables["QUIZAPP_DATA"])
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_a_newer_database_is_said(start, database):
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    result = start()

    assert result.exit_code == 1
    assert "schema version 9999" in result.output


def test_a_read_only_database_is_said(start, database):
    url = f"sqlite:///file:{database}?mode=ro&uri=true"

    result = start(QUIZAPP_DATABASE_URL=url)

    assert result.exit_code == 1
    assert "cannot be written" in result.output


@pytest.mark.slow
def test_a_locked_database_is_said(start, database):
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")

        result = start()

    assert result.exit_code == 1
    assert "locked" in result.output


def test_a_file_that_is_no_database_is_said(start, database):
    database.write_text("Dear diary, " * 1000)

    result = start()

    assert result.exit_code == 1
    assert "not a SQLite database" in result.output


def test_an_unreachable_server_is_said(start):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    result = start(QUIZAPP_DATABASE_URL=f"postgresql+psycopg://nobody@127.0.0.1:{port}/none")

    assert result.exit_code == 1
    assert "cannot be opened" in result.output


def test_a_key_that_others_may_read_is_said(start, database):
    (database.parent / "secret-key").chmod(0o644)

    result = start()

    assert result.exit_code == 1
    assert "chmod 600" in result.output


def test_connections_leave_files_for_the_rest():
    limit = server._connection_limit()

    assert server.THREADS <= limit <= server.MAX_CONNECTIONS


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_the_limit_on_files_is_raised_where_allowed():
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    try:
        limit = server._connection_limit()
        after = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    assert limit == min(server.MAX_CONNECTIONS, after - server.KEPT_FILES)
    assert after > 256


def test_the_address_shown_is_one_that_opens_here():
    with server.listen("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]

        assert server.address_of(listener, "0.0.0.0") == f"http://127.0.0.1:{port}"
        assert server.address_of(listener, "192.0.2.7") == f"http://192.0.2.7:{port}"
        assert server.address_of(listener, "::1") == f"http://[::1]:{port}"


def test_on_a_network_its_address_is_shown_with_the_risk(serving):
    address = server.find_lan_address()
    if address is None:
        pytest.skip("this machine is on no network")

    with serving("--lan") as served:
        assert urlsplit(served.url).hostname == address
        assert "unencrypted" in served.said
        assert get(served.url.replace(address, "127.0.0.1"))[0] == 200
