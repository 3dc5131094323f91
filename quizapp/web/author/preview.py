"""The preview of one quiz file while it is written: an app of its own without any database."""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask, g, make_response, render_template, request
from jinja2 import StrictUndefined
from werkzeug.wrappers import Response as WSGIResponse

from quizapp import paths
from quizapp.content.check import check_roots, find_root
from quizapp.content.drafts import Draft, find_source, is_source, read_draft
from quizapp.content.library import ReadFile
from quizapp.content.live import stamps_of
from quizapp.web.assets import init_assets
from quizapp.web.author.shown import ShownQuiz, init_shown, show_draft
from quizapp.web.exercises import init_exercises
from quizapp.web.headers import init_headers
from quizapp.web.i18n import LANGUAGES, current_language, init_i18n

HOSTS = ["127.0.0.1", "localhost"]


class NoQuiz(Exception):
    """The file is not one of a quiz: there is nothing to preview."""


def create_preview(path: Path, data: Path) -> Flask:
    """Return the app that shows a quiz file; `data` is a folder for compiled catalogues.

    Raises NoQuiz for a file that does not stand where a quiz does.
    """
    place = path.resolve()
    find_draft(place)
    app = Flask("quizapp", template_folder=str(paths.TEMPLATES), static_folder=None)
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.config["TRUSTED_HOSTS"] = HOSTS
    init_assets(app, paths.STATIC)
    init_headers(app, secure=False)
    init_i18n(app, data, "UTC")
    init_exercises(app)
    init_shown(app)
    app.before_request(choose_language)
    app.context_processor(layout_context)
    app.add_url_rule("/", "quiz", lambda: show_quiz(place))
    app.add_url_rule("/version", "version", lambda: show_version(place))
    return app


def choose_language() -> None:
    """Speak the language of the address, else of the browser; there is no account to ask."""
    asked = request.args.get("language")
    wish = request.accept_languages.best_match(LANGUAGES)
    g.language = asked if asked in LANGUAGES else wish or "en"


def layout_context() -> dict[str, Any]:
    """Return what the templates of exercises rely on."""
    return {"language": current_language(), "languages": LANGUAGES}


def show_quiz(path: Path) -> str:
    """Show the file as it is now."""
    version = version_of(path)  # before reading: what is saved meanwhile is read the next time
    shown: ShownQuiz | None = None
    with suppress(NoQuiz):  # it was moved or deleted since
        shown = show_draft(find_draft(path))
    return render_template("author/preview.html", path=path, shown=shown, version=version)


def show_version(path: Path) -> WSGIResponse:
    """Answer with the version of the files as an ETag: 304 for as long as none is saved."""
    response = make_response("", 204)
    response.set_etag(version_of(path))
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


def find_draft(path: Path) -> Draft:
    """Return a quiz file as it is now, read with all files of its folder; raise NoQuiz."""
    files = check_roots([find_root(path)])
    for file in files:
        if Path(file.shown).resolve() == path and _is_quiz(file):
            return read_draft(file, find_source(file, files, {}))
    raise NoQuiz(str(path))


def _is_quiz(file: ReadFile) -> bool:
    return not is_source(file) and file.path.count("/") == 2


def version_of(path: Path) -> str:
    """Return a text that changes whenever a file of the same folder of questions is saved."""
    stamps = sorted(stamps_of([find_root(path)]))
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:16]
