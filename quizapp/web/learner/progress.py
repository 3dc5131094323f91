"""How a learner stands: skills, confidence, before and after, history; computes no figure."""

from flask import render_template, url_for
from flask_login import current_user

from quizapp.core import calibration, detection, mastery
from quizapp.core.scores import FULL
from quizapp.store.db import db
from quizapp.store.results import (
    AttemptLine,
    BeforeAfter,
    before_and_after,
    learner_history,
    read_progress,
)
from quizapp.web.clock import now
from quizapp.web.learner import blueprint
from quizapp.web.library import current_library
from quizapp.web.permissions import learner_required

#: Scores in the line of the history, the latest ones.
LINE_OF = 30


@blueprint.get("/progress", endpoint="progress")
@learner_required
def show_progress() -> str:
    """Show each skill with its rule and figures, then what confidence and forms say."""
    session = db.session()
    history = learner_history(session, current_user.id, now())
    progress = read_progress(session, current_user.id, now())
    line = score_line(history)
    return render_template(
        "learner/progress.html",
        skills=progress.skills,
        calibration=progress.calibration,
        least_answers=calibration.MINIMUM,
        comparisons=before_and_after(session, history),
        find_other_form=find_other_form,
        history=history,
        line=line,
        shares=[(each.score or 0) / FULL for each in line],
        rule=mastery,
        least_trials=detection.MINIMUM_TRIALS,
    )


def score_line(history: list[AttemptLine]) -> list[AttemptLine]:
    """Return the quizzes with a score that may be seen, in order of time, the last LINE_OF."""
    return [line for line in reversed(history) if line.score is not None][-LINE_OF:]


def find_other_form(comparison: BeforeAfter) -> str | None:
    """Return the address of the form that is missing from a pair, None without it."""
    done = {form.letter for form in comparison.forms}
    for quiz in current_library().quizzes.values():
        if quiz.form is None or quiz.form.letter in done:
            continue
        if (quiz.source.id, quiz.form.pair) == (comparison.source_id, comparison.pair):
            return url_for("learner.quiz", source=quiz.source.id, quiz=quiz.id)
    return None
