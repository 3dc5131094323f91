"""The commands that write a file for an author to complete; they never overwrite one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from quizapp import paths
from quizapp.cli.content import language_of_terminal, text_of

if TYPE_CHECKING:
    from quizapp.content.model import Source
    from quizapp.content.skeletons import Say

KINDS = ("loaded_language", "fact_or_opinion", "check_a_number")
ID = r"^[a-z0-9-]{1,40}$"


@click.group()
def new() -> None:
    """Write the skeleton of an article, of a quiz or of an exercise."""


def _folder(chosen: Path | None) -> Path:
    added = os.environ.get("QUIZAPP_QUESTIONS")
    return chosen or (Path(added) if added else paths.QUESTIONS)


def _name(_context: click.Context, _option: click.Parameter, value: str) -> str:
    import re

    if not re.fullmatch(ID, value):
        raise click.BadParameter("use small letters, digits and -, at most 40")
    return value


TO = click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of questions; otherwise the one that QUIZAPP_QUESTIONS names.",
)


@new.command()
@click.argument("text", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("name", callback=_name)
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@TO
def article(text: Path, name: str, language: str, folder: Path | None) -> None:
    """Write NAME/source.yaml from the TEXT of an article, cut into numbered passages."""
    from quizapp.content import skeletons

    full = text_of(text)
    with _speaking() as say:
        try:
            skeleton = skeletons.article_skeleton(name, full, language, say)
        except skeletons.TooLong as error:
            most = skeletons.MAX_SENTENCES
            raise click.ClickException(
                f"{text} has {error} sentences, and a source has 1 to {most}: use a part of it."
            ) from error
    _write(_folder(folder) / name / "source.yaml", skeleton)


@new.command()
@click.argument("source")
@click.argument("name", callback=_name)
@click.argument("passages", nargs=-1, required=True)
@click.option(
    "--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Once for each exercise."
)
@TO
def quiz(
    source: str, name: str, passages: tuple[str, ...], kinds: tuple[str, ...], folder: Path | None
) -> None:
    """Write a quiz NAME on PASSAGES (ids such as p08.s2) of SOURCE, in its language."""
    from quizapp.content import skeletons

    read = _read_source(_folder(folder) / source, passages)
    with _speaking() as say:
        text = skeletons.quiz_skeleton(read, name, kinds or KINDS, passages, say)
    _write(_folder(folder) / source / read.language / f"{name}.yaml", text)


@new.command()
@click.argument("place", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("name", callback=_name)
@click.argument("passages", nargs=-1, required=True)
def exercise(place: Path, kind: str, name: str, passages: tuple[str, ...]) -> None:
    """Print an exercise called NAME, to be added at the end of the quiz file PLACE."""
    from quizapp.content import skeletons

    read = _read_source(place.resolve().parent.parent, passages)
    with _speaking() as say:
        click.echo(skeletons.exercise_skeleton(read, name, kind, passages, say), nl=False)


def _read_source(folder: Path, passages: tuple[str, ...]) -> "Source":
    from quizapp.content.library import read_source_folder

    if not (folder / "source.yaml").is_file():
        raise click.ClickException(f"There is no {folder / 'source.yaml'}: run new article first.")
    file = next(iter(read_source_folder(folder)))
    if file.source is None or file.is_broken:
        raise click.ClickException(
            f"Complete {folder / 'source.yaml'} first: python3 -m quizapp check {folder}"
        )
    unknown = [name for name in passages if name not in file.source.passages]
    if unknown:
        raise click.ClickException(f"The source has no passage {', '.join(unknown)}.")
    return file.source


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already; nothing was written.") from error
    click.echo(str(path))


@contextmanager
def _speaking() -> "Iterator[Say]":
    """Give the function that translates comments into the language of the terminal."""
    from quizapp.catalogues import compile_catalogues
    from quizapp.content.check import translation

    with TemporaryDirectory() as folder:
        catalogues = compile_catalogues(paths.TRANSLATIONS, Path(folder))
        yield translation(language_of_terminal(), catalogues)
