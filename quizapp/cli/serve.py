"""The command that serves: says where, or in one sentence why not; knows no page."""

import signal
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

import click

from quizapp.cli.database import open_settings, plain_trouble, upgrade_database

if TYPE_CHECKING:
    from flask import Flask

    from quizapp.settings import Settings

PORT = 8000
LOOPBACK = "127.0.0.1"
ALL_INTERFACES = "0.0.0.0"  # noqa: S104  what --lan asks for


@click.command()
@click.option("--port", default=PORT, type=click.IntRange(0, 65535), show_default=True)
@click.option("--host", help=f"The address to listen on.  [default: {LOOPBACK}]")
@click.option("--lan", is_flag=True, help="Let the phones and computers of this network in.")
def serve(port: int, host: str | None, lan: bool) -> None:
    """Serve the quizzes and print the address to open in a browser."""
    from quizapp.cli import server

    lan_address = server.find_lan_address() if lan else None
    if lan and lan_address is None:
        raise click.ClickException("This machine is on no network, so --lan has nothing to do.")
    bound = host or (ALL_INTERFACES if lan else LOOPBACK)
    settings = open_settings(host=bound, lan_address=lan_address)
    with server.listen(bound, port) as listener, plain_trouble(), server.hold(settings):
        upgrade_database(settings)
        app = _create_app(settings)
        shown = settings.base_url or server.address_of(listener, lan_address or bound)
        _say_where(app, shown, lan=lan)
        signal.signal(signal.SIGTERM, _stop)
        server.run(app, listener, settings)
    click.echo("Stopped.")


def _create_app(settings: "Settings") -> "Flask":
    from quizapp.app import create_app
    from quizapp.web.library import publish_library

    app = create_app(settings)
    publish_library(app)
    return app


def _say_where(app: "Flask", address: str, *, lan: bool) -> None:
    from quizapp.store.db import db, write
    from quizapp.store.installation import issue_setup_link

    click.echo(f"quizapp is at {address}")
    if lan:
        click.echo(
            "Anyone on this network can open it, and its pages travel unencrypted: "
            "use it on a network you trust, and choose passwords used nowhere else."
        )
    with app.app_context(), write(db.session()):
        token = issue_setup_link(db.session(), datetime.now(UTC))
    if token is not None:
        click.echo("First time? Make the first account here (the link works once):")
        click.echo(f"  {address}/setup/{token}")
    click.echo("Press Ctrl-C to stop.")
    sys.stdout.flush()


def _stop(_signal: int, _frame: object) -> NoReturn:
    sys.exit(0)
