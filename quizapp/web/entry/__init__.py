"""Ways in and out: setting up, being invited, joining a class, signing in, the own account."""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)

from quizapp.web.entry import account, join, login, setup  # noqa: E402, F401  add their routes
