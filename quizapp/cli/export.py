"""The command that writes a quiz file for Moodle; knows no question."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from quizapp import paths

if TYPE_CHECKING:
    from quizapp.content.model import Quiz


@click.command()
@click.argument("place", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["moodle", "gift"]), default="moodle")
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path))
def export(place: Path, form: str, target: Path | None) -> None:
    """Write the quiz in the file PLACE as Moodle XML or GIFT, with its answers.

    Prints it, or writes the file that --to names. What is lost stands at its beginning.
    """
    text = _exported(_read_quiz(place), form)
    if target is None:
        click.echo(text, nl=False)
    else:
        target.write_text(text, encoding="utf-8", newline="\n")
        click.echo(str(target))


def _read_quiz(place: Path) -> "Quiz":
    """Return the quiz of a file; one that the check refuses ends the command with 1."""
    from quizapp.content import check
    from quizapp.content.library import load_library

    root = check.find_root(place.resolve())
    shown = place.resolve().relative_to(root).as_posix()
    for quiz in load_library([root]).quizzes.values():
        if quiz.path == shown:
            return quiz
    click.echo(f"{place} holds no quiz that can be served. See why:", err=True)
    click.echo(f"  python3 -m quizapp check {place}", err=True)
    sys.exit(1)


def _exported(quiz: "Quiz", form: str) -> str:
    from quizapp.catalogues import compile_catalogues
    from quizapp.content.check import translation
    from quizapp.content.exports import Voice, sheet_of
    from quizapp.content.exports import export as write
    from quizapp.web.exercises import date_in_words

    with TemporaryDirectory() as folder:
        catalogues = compile_catalogues(paths.TRANSLATIONS, Path(folder))
        say = translation(quiz.language, catalogues)
        return write(
            sheet_of(quiz), form, Voice(say, lambda day: date_in_words(day, quiz.language))
        )
