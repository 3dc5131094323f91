"""Knows the pages that are open to all and the health of the server; knows no account."""

from datetime import timedelta

from flask import Blueprint, abort, render_template, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from quizapp.core.retention import GRACE, LOG_KEPT
from quizapp.store import accounts, installation
from quizapp.store.db import db, write
from quizapp.web.auth import ABSOLUTE_LIMIT, IDLE_LIMIT
from quizapp.web.i18n import LANGUAGE_COOKIE, LANGUAGE_COOKIE_AGE, LANGUAGES
from quizapp.web.join_form import CodeForm
from quizapp.web.next_page import is_own_path, start_page
from quizapp.web.retention import current_rule, day_in_words, day_of_year, today

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """Ask for the code of the class; offer one exercise to try."""
    return render_template(
        "pages/home.html",
        form=CodeForm(),
        start=start_page(),
        is_set_up=installation.has_admin(db.session()),
    )


@blueprint.get("/privacy")
def privacy() -> str:
    """Say what is stored about whom and how long, from the settings that see to it."""
    rule = current_rule()
    return render_template(
        "pages/privacy.html",
        day=day_of_year(rule) if rule else "",
        next_day=day_in_words(rule.upcoming(today())) if rule else "",
        grace=GRACE.days,
        log_days=LOG_KEPT.days,
        idle=IDLE_LIMIT // timedelta(hours=1),
        absolute=ABSOLUTE_LIMIT // timedelta(hours=1),
    )


@blueprint.get("/accessibility")
def accessibility() -> str:
    """Say what was tested and what was not."""
    return render_template("pages/accessibility.html")


@blueprint.post("/language")
def set_language() -> Response:
    """Remember the language of the interface in a cookie, and in the account if there is one."""
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(400)
    if current_user.is_authenticated:
        session = db.session()
        with write(session):
            accounts.set_language(session, current_user.id, language)
    wanted = request.form.get("next", "")
    response = redirect(wanted if is_own_path(wanted) else "/", 303)
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=LANGUAGE_COOKIE_AGE,
        httponly=True,
        secure=request.is_secure,
        samesite="Lax",
    )
    return response


@blueprint.get("/healthz")
def healthz() -> tuple[str, int, dict[str, str]]:
    """Say that the process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@blueprint.get("/readyz")
def readyz() -> tuple[str, int, dict[str, str]]:
    """Say whether the database answers too."""
    try:
        db.session.execute(select(1))
    except SQLAlchemyError:
        return "the database does not answer\n", 503, {"Retry-After": "2"} | _TEXT
    return "ready\n", 200, _TEXT


_TEXT = {"Content-Type": "text/plain; charset=utf-8"}
