"""Knows the page of every error, in words; knows no view."""

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, make_response, render_template, request, session
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from quizapp.core.messages import N_
from quizapp.store.db import Unavailable, db
from quizapp.store.limits import TooManyTries
from quizapp.store.sessions import SignedOut
from quizapp.web import login_page
from quizapp.web.auth import become_visitor
from quizapp.web.events import log_event
from quizapp.web.refill import fields_to_keep, find_refillable, refill

logger = logging.getLogger(__name__)
RETRY_AFTER = 2


@dataclass(frozen=True)
class Words:
    """What an error page says: what happened, and what to do now."""

    title: str
    advice: str


WORDS = {
    400: Words(
        N_("This request could not be understood"),
        N_("Nothing was saved. Go back, load the page again and send the form once more."),
    ),
    403: Words(
        N_("This page is not open to you"),
        N_("Your account does not have the role that this page asks for."),
    ),
    404: Words(
        N_("There is no such page"),
        N_("Check the address, or start again from the home page."),
    ),
    405: Words(
        N_("This address does not work that way"),
        N_("It is reached by a button of another page. Start again from the home page."),
    ),
    409: Words(
        N_("Something else was saved before"),
        N_("Load the page again to see what is saved now."),
    ),
    413: Words(
        N_("What you sent is too long"),
        N_("Nothing was saved. Go back and shorten what you typed."),
    ),
    429: Words(
        N_("Too many wrong tries"),
        N_("To protect the account, the next try has to wait. Nothing is lost."),
    ),
    500: Words(
        N_("Something went wrong on our side"),
        N_("Nothing was saved. The fault has been noted; try again in a moment."),
    ),
    503: Words(
        N_("Not saved: the server is busy"),
        N_("What you sent was not saved. Wait a few seconds and send it again."),
    ),
}


def init_errors(app: Flask) -> None:
    """Answer every error with its page."""
    app.register_error_handler(CSRFError, answer_stale_token)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(TooManyTries, answer_too_many_tries)
    app.register_error_handler(SignedOut, answer_signed_out)
    for error in (Unavailable, OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(error, answer_unavailable)


def answer_http_error(error: HTTPException) -> Response:
    """Answer with the page of the error's status; redirects pass."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if isinstance(error, SecurityError):
        return _answer_foreign_host()
    if error.code == 401:
        return login_page.render(401, kept=fields_to_keep())
    response = render_error(error.code)
    if error.code == 405:
        response.headers.extend(error.get_headers())
        response.content_type = "text/html; charset=utf-8"
    return response


def render_error(status: int, **context: object) -> Response:
    """Render the page of a status; one that is not listed reads as 400 or 500."""
    words = WORDS.get(status) or WORDS[500 if status >= 500 else 400]
    if status >= 500 and "_login_user" not in g:
        become_visitor()
    page = render_template(
        "errors/error.html",
        title=gettext(words.title),
        advice=gettext(words.advice),
        **{"again": [], "can_send": False, "minutes": 0, "here": "/"} | context,
    )
    return make_response(page, status)


def _answer_foreign_host() -> Response:
    """Answer without a page: no address of ours can be made for a host that is not ours."""
    text = "This server does not answer under that name (see QUIZAPP_TRUSTED_HOSTS).\n"
    return Response(text, 400, content_type="text/plain; charset=utf-8")


def answer_stale_token(error: CSRFError) -> Response:
    """Answer with the same form, filled in, under a fresh token; else with the page of 400."""
    log_event("csrf.refused", endpoint=request.endpoint, reason=str(error.description))
    try:
        return refill(request.path, request.form, 400) or render_error(400)
    except HTTPException as refusal:
        return answer_http_error(refusal)


def answer_signed_out(_error: SignedOut) -> Response:
    """Answer a write whose session ended meanwhile with the log-in page that keeps the form."""
    session.clear()
    become_visitor()
    return login_page.render(401, kept=fields_to_keep())


def answer_too_many_tries(error: TooManyTries) -> Response:
    """Say how long to wait, in words and in Retry-After."""
    account = current_user.id if current_user.is_authenticated else None
    log_event("limited", endpoint=request.endpoint, account=account)
    response = render_error(429, minutes=-(-error.retry_after // 60))
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def answer_unavailable(error: Exception) -> Response:
    """Say that nothing was saved, and offer to send a form again that may be."""
    logger.error("the database is not available: %s", error)
    db.session.rollback()
    sent = request.method == "POST" and find_refillable(request.path)
    response = render_error(503, again=fields_to_keep() if sent else [], can_send=bool(sent))
    response.headers["Retry-After"] = str(getattr(error, "retry_after", RETRY_AFTER))
    return response
