"""The commands for what somebody may ask of the school: to be told, to be deleted."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from quizapp.cli.database import open_database, open_settings


@click.command("export-account")
@click.argument("login_name")
@click.option("--to", "target", type=click.Path(path_type=Path), help="A new file to write to.")
def export_account(login_name: str, target: Path | None) -> None:
    """Print all that is stored about a person, as JSON: for a learner who cannot sign in.

    Marks whose release lies ahead are left out, as on the person's own page.
    """
    from quizapp.store import accounts, audit
    from quizapp.store.db import write
    from quizapp.store.own_export import export_account as read_account

    now = datetime.now(UTC)
    with open_database(open_settings()) as session:
        found = accounts.find_credentials(session, login_name)
        if found is None:
            raise click.ClickException(f"There is no account named {login_name}.")
        text = json.dumps(
            read_account(session, found.account_id, now), ensure_ascii=False, indent=1
        )
        with write(session):
            name = f"account:{found.account_id}"
            audit.record(session, None, "account.export", now, target=name)
    if target is None:
        click.echo(text)
        return
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text + "\n")
    except OSError as error:
        raise click.ClickException(f"{target} cannot be written ({error.strerror}).") from error
    click.echo(f"{target} holds what is stored about {login_name}.")


@click.command("delete-account")
@click.argument("login_name")
@click.option("--commit", "wanted", is_flag=True, help="Delete; without it, nothing is written.")
def delete_account(login_name: str, wanted: bool) -> None:
    """Delete a person with everything of them, at once and for good: at their or a parent's wish.

    A class that nobody else teaches, and the last administrator, stand in the way.
    """
    from quizapp.store import accounts, own_data
    from quizapp.store.db import write

    with open_database(open_settings()) as session:
        found = accounts.find_credentials(session, login_name)
        if found is None:
            raise click.ClickException(f"There is no account named {login_name}.")
        if not wanted:
            click.echo("Nothing was deleted: this was a dry run. See --commit in --help.")
            return
        try:
            with write(session):
                own_data.delete_account(session, found.account_id, datetime.now(UTC))
        except own_data.LastAdministrator:
            raise click.ClickException("Nobody else administers this installation.") from None
        except own_data.TaughtAlone as error:
            names = ", ".join(each.name for each in error.classes)
            raise click.ClickException(f"Nobody else teaches: {names}.") from None
    click.echo(f"{login_name} is deleted with everything of theirs.")
