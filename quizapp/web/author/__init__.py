"""Pages of an author, each module adding its own; knows no rule of marking or scoring."""

from flask import Blueprint

blueprint = Blueprint("author", __name__, url_prefix="/author")

from quizapp.web.author import (  # noqa: E402, F401  they add their routes
    contests,
    home,
    quiz,
    regrades,
)
