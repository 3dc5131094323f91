"""The commands that look after the database; each says what it did in a sentence."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from quizapp.cli.database import (
    BACKUPS,
    open_database,
    open_settings,
    plain_trouble,
    upgrade_database,
)

PASSWORD_BYTES = 9
"""Random bytes of a new password: 72 bits, twelve characters."""


@click.command()
def migrate() -> None:
    """Create the database, or bring it to this version of quizapp after a backup."""
    settings = open_settings()
    with plain_trouble():
        done = upgrade_database(settings)
    if done.before == done.after:
        click.echo(f"The database has version {done.after} already.")
    else:
        click.echo(f"The database went from {done.before or 'nothing'} to version {done.after}.")


@click.command()
@click.option("--to", "folder", type=click.Path(path_type=Path), help="The folder of the copy.")
def backup(folder: Path | None) -> None:
    """Copy the database while it is in use, and check the copy."""
    from quizapp.store.backup import backup as copy_database

    settings = open_settings()
    with plain_trouble():
        copy = copy_database(
            settings.database_url, folder or settings.data / BACKUPS, datetime.now(UTC)
        )
    click.echo(f"{copy.path}: {sum(copy.rows.values())} rows in {len(copy.rows)} tables.")


@click.command()
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(copy: Path) -> None:
    """Put a backup in the place of the database, which is kept beside it."""
    from quizapp.store.backup import restore as restore_database
    from quizapp.store.upgrade import head

    settings = open_settings()
    with plain_trouble():
        restored = restore_database(settings.database_url, copy, head(), datetime.now(UTC))
    click.echo(f"{restored.path} holds {sum(restored.rows.values())} rows again.")


@click.command("reset-password")
@click.argument("login_name")
def reset_password(login_name: str) -> None:
    """Give an account a new password, show it once, and sign the account out everywhere."""
    from werkzeug.security import generate_password_hash

    from quizapp.store import accounts, audit, limits
    from quizapp.store.db import write
    from quizapp.store.models import SecretKind

    settings = open_settings()
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    hashed = generate_password_hash(password, method=settings.hash_method)
    now = datetime.now(UTC)
    with open_database(settings) as session:
        found = accounts.find_credentials(session, login_name)
        if found is None:
            raise click.ClickException(f"There is no account named {login_name}.")
        with write(session):
            secret = accounts.Secret(SecretKind.PASSWORD, hashed)
            accounts.set_secret(session, found.account_id, secret, now)
            limits.forget_tries(session, login_name)
            target = f"account:{found.account_id}"
            audit.record(session, None, "account.reset_password", now, target=target)
    click.echo(f"The new password of {login_name} is: {password}")


CLASS_NAMES = {"fr": "Classe de démonstration", "en": "Demonstration class"}


@click.command()
@click.argument("login_name")
@click.option("--language", default="fr", show_default=True, help="The language of its quizzes.")
def demo(login_name: str, language: str) -> None:
    """Give a teacher the demonstration class: simulated pupils who have answered quizzes."""
    from quizapp.content.library import load_library
    from quizapp.store import accounts
    from quizapp.store.demonstration import load_demonstration

    settings = open_settings()
    library = load_library(settings.questions)
    with open_database(settings) as session:
        found = accounts.find_credentials(session, login_name)
        if found is None:
            raise click.ClickException(f"There is no account named {login_name}.")
        with click.progressbar(length=1, label="Pupils answer") as bar:

            def show(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            now = datetime.now(UTC)
            load_demonstration(
                session,
                library,
                found.account_id,
                now,
                language=language,
                name=CLASS_NAMES.get(language, CLASS_NAMES["en"]),
                progress=show,
            )
    click.echo(f"{login_name} finds the demonstration class among their classes.")
