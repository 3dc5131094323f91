"""Pages of a teacher; knows no rule of marking or scoring."""

from flask import Blueprint

blueprint = Blueprint("teacher", __name__)

from quizapp.web.teacher import (  # noqa: E402, F401  they add their routes
    assigning,
    assignment,
    contests,
    home,
    learners,
    regrading,
    results,
    roster,
    roster_actions,
    set_aside,
    skills,
)
