"""The commands for authors: check quiz files, print their schemas; knows no rule of a quiz."""

import json
import locale
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from quizapp import paths

if TYPE_CHECKING:
    from quizapp.content.model import LocatedProblem
    from quizapp.content.verbatim import Article

FORMATS = ("text", "json", "github")
FILES = {"source": "source.schema.json", "quiz": "quiz.schema.json"}


@click.command()
@click.argument("places", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--source",
    "article",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The full article as a text file: every passage must stand in it word for word.",
)
def check(places: tuple[Path, ...], form: str, article: Path | None) -> None:
    """Report every problem of quiz files, as file:line:column.

    Without PLACES, of all files that quizapp serves. Leaves with 0 if none of them is an error,
    with 1 if one is, with 2 if the command itself cannot be understood.
    """
    from quizapp.content import check as checks
    from quizapp.exercises.base import Severity

    try:
        problems = checks.check(places or _served(), _article(article) if article else None)
    except checks.NoSingleSource as error:
        named = ", ".join(error.ids) or "none"
        raise click.UsageError(
            f"--source is for one article; name its folder (sources here: {named})."
        ) from error
    click.echo(_report(problems, form), nl=False)
    if not problems:
        click.echo("No problem found.", err=True)
    sys.exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


def _article(path: Path) -> "Article":
    from quizapp.content.verbatim import Article

    return Article(text_of(path))


def text_of(path: Path) -> str:
    """Return the text of a file; a usage error if it is not in UTF-8."""
    from quizapp.content.guard import decode

    text, problems = decode(path.read_bytes())
    if problems:
        encoding = problems[0][0].params.get("encoding", "text")
        raise click.UsageError(f"{path} is not text in UTF-8, but probably {encoding}.")
    return text


def _served() -> list[Path]:
    added = os.environ.get("QUIZAPP_QUESTIONS")
    return [paths.QUESTIONS, *([Path(added)] if added else [])]


def _report(problems: "Sequence[LocatedProblem]", form: str) -> str:
    """Write the report in the language of the terminal; a source tree has no compiled catalogue."""
    from quizapp.catalogues import compile_catalogues
    from quizapp.content import check as checks

    with TemporaryDirectory() as folder:
        catalogues = compile_catalogues(paths.TRANSLATIONS, Path(folder))
        return checks.render(problems, form, language_of_terminal(), catalogues)


def language_of_terminal() -> str:
    """Return the language of this terminal."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return (next(filter(None, names), None) or locale.getlocale()[0] or "en")[:2].lower()


@click.command()
@click.argument("name", type=click.Choice(list(FILES)), default="quiz")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write both beside the questions that are served.")
def schema(name: str, folder: Path | None, write: bool) -> None:
    """Print the JSON Schema of quiz files (or of source.yaml), for editors.

    With --to FOLDER, write both into that folder, where the first line of a file finds them; with
    --write, into each folder of questions.
    """
    from quizapp.content import schemas

    texts = {"source": schemas.source_schema, "quiz": schemas.quiz_schema}
    folders = [folder] if folder else _served() if write else []
    if not folders:
        click.echo(_text(texts[name]()))
    for place in folders:
        place.mkdir(parents=True, exist_ok=True)
        for each, file in FILES.items():
            (place / file).write_text(_text(texts[each]()) + "\n", encoding="utf-8", newline="\n")
            click.echo(str(place / file))


def _text(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)
