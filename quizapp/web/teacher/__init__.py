"""Pages of a teacher; knows no rule of marking or scoring."""

from flask import Blueprint

blueprint = Blueprint("teacher", __name__)

from quizapp.web.teacher import home  # noqa: E402, F401  adds its routes
