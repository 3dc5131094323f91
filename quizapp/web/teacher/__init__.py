"""Pages of a teacher; knows no rule of marking or scoring."""

from flask import Blueprint

blueprint = Blueprint("teacher", __name__)

from quizapp.web.teacher import (  # noqa: E402, F401  they add their routes
    assigning,
    assignment,
    class_copy,
    class_deletion,
    class_settings,
    contests,
    enrolling,
    exporting,
    home,
    items,
    learners,
    moving,
    preview,
    projector,
    regrading,
    results,
    roster,
    roster_actions,
    set_aside,
    skills,
    slips,
    work,
)
