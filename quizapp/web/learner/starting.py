"""Starts an attempt, or comes back to the open one; knows no limit."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from quizapp.store import attempts
from quizapp.store.db import db
from quizapp.web.clock import now
from quizapp.web.i18n import current_language
from quizapp.web.learner import blueprint
from quizapp.web.learner.own import actor
from quizapp.web.library import current_library
from quizapp.web.permissions import learner_required


@blueprint.post("/assignments/<id:assignment>/attempts", endpoint="start_assigned")
@learner_required
def start_assigned(assignment: int) -> Response:
    """Begin or resume an assignment."""
    attempt = attempts.start_assigned(
        db.session(),
        current_library(),
        actor(),
        assignment_id=assignment,
        language=current_language(),
        now=now(),
    )
    return redirect(url_for("learner.attempt", attempt=attempt), 303)


@blueprint.post("/quizzes/<slug:source>/<slug:quiz>/attempts", endpoint="start_practice")
@learner_required
def start_practice(source: str, quiz: str) -> Response:
    """Begin or resume the practice of a quiz."""
    attempt = attempts.start_practice(
        db.session(),
        current_library(),
        actor(),
        source_id=source,
        quiz_id=quiz,
        language=request.form.get("language") or current_language(),
        now=now(),
    )
    return redirect(url_for("learner.attempt", attempt=attempt), 303)
