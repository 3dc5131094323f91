"""How a learner's skills stand, by the rule that the page prints; computes no figure."""

from flask import render_template
from flask_login import current_user

from quizapp.core import detection, mastery
from quizapp.store.db import db
from quizapp.store.results import learner_history, learner_progress
from quizapp.web.clock import now
from quizapp.web.learner import blueprint
from quizapp.web.permissions import learner_required


@blueprint.get("/progress", endpoint="progress")
@learner_required
def show_progress() -> str:
    """Show each skill with its rule and figures, then the quizzes done."""
    session = db.session()
    return render_template(
        "learner/progress.html",
        skills=learner_progress(session, current_user.id, now()),
        history=learner_history(session, current_user.id, now()),
        rule=mastery,
        least_trials=detection.MINIMUM_TRIALS,
    )
