"""The mistakes that are due and the button that begins one; schedules nothing."""

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.store import reviews
from quizapp.store.db import db
from quizapp.store.reviews import Reviews
from quizapp.web.clock import now
from quizapp.web.i18n import current_language, school_zone
from quizapp.web.learner import blueprint
from quizapp.web.learner.own import actor
from quizapp.web.library import current_library
from quizapp.web.permissions import learner_required


def own_reviews() -> Reviews:
    """Return what the person signed in has to review."""
    return reviews.read_reviews(
        db.session(), current_library(), current_user.id, now(), school_zone()
    )


@blueprint.get("/review", endpoint="review")
@learner_required
def show_review() -> str:
    """Say how many mistakes are due, or that they rest and until when."""
    return render_template("learner/review.html", reviews=own_reviews())


@blueprint.post("/review", endpoint="start_review")
@learner_required
def start_review() -> Response:
    """Begin with the mistake due first, or go on with the one under way."""
    attempt = reviews.start_review(
        db.session(),
        current_library(),
        actor(),
        language=current_language(),
        now=now(),
        zone=school_zone(),
    )
    if attempt is None:
        return redirect(url_for("learner.review"), 303)
    return redirect(url_for("learner.attempt", attempt=attempt), 303)
