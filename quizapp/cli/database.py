"""What several commands do with settings and database; turns their trouble into sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from quizapp.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quizapp.store.upgrade import Upgraded

BACKUPS = "backups"


def open_settings(*, host: str = "127.0.0.1", lan_address: str | None = None) -> Settings:
    """Return the settings; a setting that cannot be used ends the command with 1."""
    try:
        return load_settings(host=host, lan_address=lan_address)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def plain_trouble() -> Iterator[None]:
    """End the command with 1 and one sentence if the database or a backup cannot be used."""
    from quizapp.store.backup import BackupFailed
    from quizapp.store.db import Unavailable
    from quizapp.store.upgrade import DatabaseTrouble

    try:
        yield
    except (BackupFailed, DatabaseTrouble, Unavailable) as error:
        sentence = str(error)
        raise click.ClickException(f"{sentence[:1].upper()}{sentence[1:]}.") from error


def upgrade_database(settings: Settings) -> "Upgraded":
    """Create the database or bring it to this program's tables, after a backup."""
    from quizapp.store.upgrade import upgrade

    done = upgrade(settings.database_url, backups=settings.data / BACKUPS, now=datetime.now(UTC))
    if done.backup is not None:
        click.echo(f"The database was brought up to date; its copy is {done.backup.path}")
    return done


@contextmanager
def open_database(settings: Settings) -> "Iterator[Session]":
    """Open a session on the database, upgraded if need be, without an app."""
    from quizapp.store.db import open_engine, open_session

    with plain_trouble():
        upgrade_database(settings)
        engine = open_engine(settings.database_url)
        try:
            with open_session(engine) as session:
                yield session
        finally:
            engine.dispose()
