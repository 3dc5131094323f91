"""A quiz outside the app, for teachers and authors: on paper, its key apart, and for Moodle."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import force_locale, gettext

from quizapp.content.exports import Sheet, Voice, export
from quizapp.exercises.registry import get_kind
from quizapp.store.db import db
from quizapp.store.quizzes import ServedQuiz, choose_language, find_quiz, quiz_languages
from quizapp.web.events import log_event
from quizapp.web.exercises import date_in_words
from quizapp.web.exports import file_name
from quizapp.web.i18n import current_language, speak
from quizapp.web.library import current_library
from quizapp.web.permissions import staff_required

blueprint = Blueprint("papers", __name__, url_prefix="/quizzes/<slug:source>/<slug:quiz>")


@dataclass(frozen=True)
class PrintedExercise:
    """An exercise for paper: as asked, and as an answer that is right would be reviewed."""

    number: int
    kind: str
    title: str | None
    exercise: Any
    question: Any
    review: Any


@blueprint.get("/worksheet", endpoint="worksheet")
@staff_required
def show_worksheet(source: str, quiz: str) -> str:
    """Show a quiz to print and to answer with a pencil; nothing of its key."""
    return _printed("papers/worksheet.html", source, quiz)


@blueprint.get("/key", endpoint="key")
@staff_required
def show_key(source: str, quiz: str) -> str:
    """Show the answers with their reasons and sources, to print apart."""
    return _printed("papers/key.html", source, quiz)


@blueprint.get("/export/moodle.xml", endpoint="moodle")
@staff_required
def send_moodle(source: str, quiz: str) -> Response:
    """Send the questions as Moodle XML."""
    return _exported(source, quiz, "moodle", "xml")


@blueprint.get("/export/gift.txt", endpoint="gift")
@staff_required
def send_gift(source: str, quiz: str) -> Response:
    """Send the questions as GIFT."""
    return _exported(source, quiz, "gift", "txt")


def _printed(template: str, source: str, quiz: str) -> str:
    served = get_quiz(source, quiz)
    speak(served.language)
    article = served.exercises[0].source
    return render_template(template, quiz=served, article=article, exercises=list_printed(served))


def list_printed(quiz: ServedQuiz) -> list[PrintedExercise]:
    """Return the exercises of a quiz as they go on paper."""
    printed = []
    for number, served in enumerate(quiz.exercises, 1):
        kind = get_kind(served.kind)
        printed.append(
            PrintedExercise(
                number=number,
                kind=served.kind,
                title=served.exercise.title,
                exercise=served.exercise,
                question=kind.question(served.exercise),
                review=kind.review(served.exercise, kind.samples(served.exercise).right),
            )
        )
    return printed


def _exported(source: str, quiz: str, form: str, suffix: str) -> Response:
    served = get_quiz(source, quiz)
    language = served.language
    with force_locale(language):
        voice = Voice(gettext, lambda day: date_in_words(day, language))
        text = export(sheet_of_served(served), form, voice)
    log_event("export", format=form, target=f"{source}/{quiz}/{language}")
    kind = "application/xml" if suffix == "xml" else "text/plain"
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    name = f"{file_name(f'{served.title} {form} {language}')}.{suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def sheet_of_served(quiz: ServedQuiz) -> Sheet:
    """Return what an export needs of a quiz as it is served."""
    exercises = [served.exercise for served in quiz.exercises]
    return Sheet(quiz.exercises[0].source, quiz.id, quiz.language, quiz.title, exercises)


def get_quiz(source: str, quiz: str) -> ServedQuiz:
    """Return a quiz in the language asked for, else in one that suits; 404 for none."""
    session, library = db.session(), current_library()
    languages = quiz_languages(session, library, source, quiz)
    if not languages:
        abort(404)
    chosen = choose_language(languages, request.args.get("language"), current_language())
    return find_quiz(session, library, source, quiz, chosen) or abort(404)
