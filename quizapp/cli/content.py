"""The commands for authors: check quiz files, print their schema; knows no rule of a quiz."""

from pathlib import Path

import click


@click.command()
@click.argument("places", nargs=-1, type=click.Path(exists=True, path_type=Path))
def check(places: tuple[Path, ...]) -> None:
    """Report every problem of the quiz files, as file:line:column."""


@click.command()
def schema() -> None:
    """Print the JSON Schema of quiz files, for editors."""
