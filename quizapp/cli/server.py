"""Listens and runs waitress as a slow or hostile client requires; knows no page and no table."""

import errno
import logging
import os
import select
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask

    from quizapp.settings import Settings

CANNOT_LISTEN = 2
THREADS = 4
CHANNEL_TIMEOUT = 30
"""Seconds after which a silent connection is closed."""

MAX_CONNECTIONS = 1000
KEPT_FILES = 128
"""Open files that connections leave to the database, the templates and the logs."""

# An address of the block kept for documentation (RFC 5737): nothing is sent there.
NOWHERE = ("192.0.2.1", 9)


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """Take a port, or leave with 2 and a sentence that says why it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        click.echo(_say_why_not(host, port, error), err=True)
        sys.exit(CANNOT_LISTEN)
    with listener:
        yield listener


def _say_why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use, perhaps by a quizapp that runs already. "
            f"Stop that one, or choose another port: python3 -m quizapp --port {port + 1}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} is not for ordinary users; choose one above 1023 with --port."
    return f"Cannot listen on {host}, port {port}: {error.strerror}."


def find_lan_address() -> str | None:
    """Return this machine's address on its network, None if it is on none; sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
        except OSError:
            return None
        address = str(probe.getsockname()[0])
    return None if address.startswith(("127.", "0.")) else address


def address_of(listener: socket.socket, host: str) -> str:
    """Return the address to open in a browser on the same machine or network."""
    port = listener.getsockname()[1]
    if host in ("0.0.0.0", "::"):  # noqa: S104  compared with, not bound to
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


@contextmanager
def hold(settings: "Settings") -> Iterator[None]:
    """Mark the database as in use, so that nobody restores another under a running app."""
    from quizapp.store.db import hold_database

    descriptor = hold_database(settings.database_url)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def run(app: "Flask", listener: socket.socket, settings: "Settings") -> None:
    """Answer requests until Ctrl-C or a SIGTERM.

    The figures are those of reliability.md section 2: 200 connections that never finish their
    request must not stop the service.
    """
    import waitress

    # A class that sends at once waits its turn for a moment: no news for who runs the server.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(
        app,
        sockets=[listener],
        threads=THREADS,
        asyncore_use_poll=hasattr(select, "poll"),
        channel_timeout=CHANNEL_TIMEOUT,
        connection_limit=_connection_limit(),
        # The app refuses long bodies with a page of its own; this is for the unbounded ones.
        max_request_body_size=4 * settings.max_form_bytes,
        # Headers of a proxy reach the app only where one is configured there.
        clear_untrusted_proxy_headers=settings.proxies == 0,
        ident=None,
        _quiet=True,
    )


def _connection_limit() -> int:
    """Return how many connections fit, after raising the limit on open files where allowed."""
    try:
        import resource
    except ImportError:  # Windows has no such limit on sockets
        return MAX_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + KEPT_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return MAX_CONNECTIONS
    return max(THREADS, min(MAX_CONNECTIONS, soft - KEPT_FILES))
