"""Ways in and out: setting up, being invited, joining a class, signing in, the own account."""

from flask import Blueprint

blueprint = Blueprint("auth", __name__)

from quizapp.web.entry import (  # noqa: E402  add their routes
    account,  # noqa: F401
    join,  # noqa: F401
    login,  # noqa: F401
    own_data,  # noqa: F401
    register,  # noqa: F401
    setup,  # noqa: F401
)
