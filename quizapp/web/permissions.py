"""Knows who may open a page: by role here, by object in getters that answer 404 to all others."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.core.messages import N_
from quizapp.store import classes
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.web.events import log_event
from quizapp.web.next_page import this_page

P = ParamSpec("P")
R = TypeVar("R")

ROLE_NAMES = {
    "teacher": N_("Teacher"),
    "author": N_("Author"),
    "admin": N_("Administrator"),
}


def learner_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask for a log-in; every account may learn.

    A GET is sent to the log-in page and comes back, a POST is answered with 401.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        refusal = _refuse_visitor()
        return view(*args, **kwargs) if refusal is None else refusal

    return guarded


def teacher_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask for a log-in with the role of a teacher, else 403."""
    return _role_required(("is_teacher",), view)


def author_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask for a log-in with the role of an author, else 403."""
    return _role_required(("is_author",), view)


def staff_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask for a log-in with the role of a teacher or an author, else 403: for keys on paper."""
    return _role_required(("is_teacher", "is_author"), view)


def admin_required(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask for a log-in with the role of an administrator, else 403."""
    return _role_required(("is_admin",), view)


def _role_required(flags: tuple[str, ...], view: Callable[P, R]) -> Callable[P, R | Response]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        refusal = _refuse_visitor()
        if refusal is not None:
            return refusal
        if not any(getattr(current_user, flag) for flag in flags):
            log_event("refused", account=current_user.id, endpoint=request.endpoint)
            abort(403)
        return view(*args, **kwargs)

    return guarded


def _refuse_visitor() -> Response | None:
    if current_user.is_authenticated:
        return None
    if request.method not in ("GET", "HEAD"):
        abort(401)
    return redirect(url_for("auth.login", next=this_page()), 303)


def get_taught_class(class_id: int) -> SchoolClass:
    """Return a class that the person signed in teaches; 404 for any other and for none."""
    found = classes.find_taught_class(db.session(), class_id, current_user.id)
    if found is None:
        abort(404)
    return found
