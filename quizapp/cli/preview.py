"""The command that shows a quiz file while it is written; knows no page and no rule of a quiz."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

LOOPBACK = "127.0.0.1"
PORT = 8010
THREADS = 2


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--port", default=PORT, type=click.IntRange(0, 65535), show_default=True)
def preview(path: Path, port: int) -> None:
    """Show the exercises of a quiz file in the browser, with keys and problems.

    The page follows the file: it loads again whenever the file is saved.
    """
    import logging

    import waitress

    from quizapp.cli.server import address_of, listen
    from quizapp.web.author.preview import NoQuiz, create_preview

    with TemporaryDirectory() as folder, listen(LOOPBACK, port) as listener:
        try:
            app = create_preview(path, Path(folder))
        except NoQuiz as error:
            raise click.ClickException(
                f"{path} is not a quiz file: those stand in questions/SOURCE/LANGUAGE/QUIZ.yaml."
            ) from error
        click.echo(f"The preview of {path} is at {address_of(listener, LOOPBACK)}")
        click.echo("Press Ctrl-C to stop.")
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        waitress.serve(app, sockets=[listener], threads=THREADS, ident=None, _quiet=True)
