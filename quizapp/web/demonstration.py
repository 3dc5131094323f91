"""Loads the demonstration class for the person signed in; knows nothing of what is in it."""

import logging

from flask import flash
from flask_babel import gettext
from flask_login import current_user

from quizapp.store.db import db
from quizapp.web.clock import now
from quizapp.web.library import current_library

logger = logging.getLogger(__name__)


def load_for(language: str) -> None:
    """Load it; when it fails, say so, and leave what was stored before as it is."""
    # Simulated people take long to import; nobody needs them to start the app.
    from quizapp.store.demonstration import load_demonstration

    name = gettext("Demonstration class")
    try:
        load_demonstration(
            db.session(), current_library(), current_user.id, now(), language=language, name=name
        )
    except Exception:
        logger.exception("the demonstration class was not loaded")
        db.session.rollback()
        flash(gettext("The demonstration class could not be loaded."), "warn")
