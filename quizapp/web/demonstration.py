"""Loads the demonstration class for the person signed in, slice by slice; not what is in it."""

import logging
import time

from flask import current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.store.db import db
from quizapp.web.clock import now
from quizapp.web.i18n import current_language
from quizapp.web.library import current_library

SLICE = 2.0
"""Seconds after which a request shows how far it came; the next one goes on from there."""

logger = logging.getLogger(__name__)


class _TimeUp(Exception):
    """Ends a slice; what is stored stays, and the load goes on from it."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done} of {total}")
        self.done = done
        self.total = total


def load_some() -> Response:
    """Load for one slice; show the progress, or the class once it is complete."""
    try:
        class_id = _load()
    except _TimeUp as progress:
        page = render_template(
            "teacher/demonstration.html", done=progress.done, total=progress.total
        )
        return make_response(page)
    except Exception:
        logger.exception("the demonstration class was not loaded")
        db.session.rollback()
        flash(gettext("The demonstration class could not be loaded."), "warn")
        return redirect(url_for("teacher.home"), 303)
    return redirect(url_for("teacher.class_results", class_id=class_id), 303)


def _load() -> int:
    # Simulated people take long to import; nobody needs them to start the app.
    from quizapp.store.demonstration import load_demonstration

    deadline = time.monotonic() + current_app.config.get("DEMONSTRATION_SLICE", SLICE)

    def stop_in_time(done: int, total: int) -> None:
        if done < total and time.monotonic() > deadline:
            raise _TimeUp(done, total)

    return load_demonstration(
        db.session(),
        current_library(),
        current_user.id,
        now(),
        language=current_language(),
        name=gettext("Demonstration class"),
        progress=stop_in_time,
    )
