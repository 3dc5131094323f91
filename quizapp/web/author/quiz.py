"""One quiz on its author's page: every exercise asked and explained; stores no answer."""

from flask import abort, render_template, request, url_for

from quizapp.content.drafts import Draft, find_source, read_draft
from quizapp.store.db import db
from quizapp.store.quizzes import find_quiz
from quizapp.web.author import blueprint
from quizapp.web.author.figures import show_figures
from quizapp.web.author.files import checked_files
from quizapp.web.author.shown import show_draft
from quizapp.web.i18n import LANGUAGES, current_language
from quizapp.web.library import current_library
from quizapp.web.permissions import author_required


@blueprint.get("/<slug:source>/<slug:quiz>", endpoint="quiz")
@author_required
def show_quiz(source: str, quiz: str) -> str:
    """Show a quiz file as it is now, with its keys and problems; 404 without such a file."""
    drafts = find_drafts(source, quiz)
    wishes = (request.args.get("language"), current_language(), *drafts)
    draft = next((drafts[wish] for wish in wishes if wish in drafts), None) or abort(404)
    library = current_library()
    served = find_quiz(db.session(), library, source, quiz, draft.language)
    total, figures = show_figures(served) if served else (None, {})
    return render_template(
        "author/quiz.html",
        shown=show_draft(draft),
        names=LANGUAGES,
        others=[
            (code, url_for("author.quiz", source=source, quiz=quiz, language=code))
            for code in drafts
            if code != draft.language
        ],
        figures=figures,
        total=total,
        is_broken=draft.path in library.broken_paths,
        is_kept=served is not None,
    )


def find_drafts(source: str, quiz: str) -> dict[str, Draft]:
    """Return the files of a quiz as they are now, by language."""
    files = checked_files()
    sources = current_library().sources
    drafts = {}
    for file in files:
        parts = file.path.split("/")
        if len(parts) == 3 and (parts[0], parts[2]) == (source, f"{quiz}.yaml"):
            drafts[parts[1]] = read_draft(file, find_source(file, files, sources))
    return drafts
