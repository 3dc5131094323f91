"""Pages of a learner; knows no rule of marking or scoring."""

from flask import Blueprint

blueprint = Blueprint("learner", __name__)

from quizapp.web.learner import (  # noqa: E402, F401  they add their routes
    answering,
    attempts,
    catalogue,
    home,
    progress,
    refusals,
    review,
    starting,
    trying,
)
