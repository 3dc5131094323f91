"""The commands of `python3 -m quizapp`; each imports what it needs only when it is run."""

from importlib import metadata

import click

from quizapp.cli.checks import test
from quizapp.cli.content import check, schema
from quizapp.cli.data import backup, demo, migrate, reset_password, restore
from quizapp.cli.export import export
from quizapp.cli.new import new
from quizapp.cli.people import delete_account, export_account
from quizapp.cli.preview import preview
from quizapp.cli.purge import purge
from quizapp.cli.regrade import regrade
from quizapp.cli.serve import serve

DEFAULT = "serve"


class DefaultGroup(click.Group):
    """A group that serves when no command is named: `python3 -m quizapp --port 9000`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "--version")):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    try:
        version = metadata.version("quizapp")
    except metadata.PackageNotFoundError:
        version = "from a source tree"
    click.echo(f"quizapp {version}")
    ctx.exit()


@click.group(cls=DefaultGroup)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and leave.",
)
def main() -> None:
    """Media-literacy exercises on real articles. Without a command it serves them.

    The data (database, secret key, backups) are in the folder that QUIZAPP_DATA names.
    """


_COMMANDS = (
    *(serve, test, check, schema, new, preview, export, demo, regrade),
    *(reset_password, export_account, delete_account, purge, backup, restore, migrate),
)
for _command in _COMMANDS:
    main.add_command(_command)
