"""Knows the log-in page and the form that it keeps for after the log-in; checks nobody."""

from collections.abc import Iterable

from flask import Response, g, make_response, render_template, request
from wtforms import Form, PasswordField, StringField

from quizapp.web.next_page import is_own_path
from quizapp.web.refill import KEPT


class LoginForm(Form):
    """Name and secret; what is wrong with them is said by the view, in one sentence."""

    name = StringField()
    password = PasswordField()


def render(
    status: int = 200,
    *,
    form: LoginForm | None = None,
    kept: Iterable[tuple[str, str]] = (),
) -> Response:
    """Render the log-in page; with fields of a form that waits for the log-in, if there are.

    Without `form`, the page stands in for another one, whose form it keeps.
    """
    wanted = request.values.get("next", "")
    waiting = request.path if status == 401 and form is None else request.form.get("form", "")
    if form is None:
        g.pop("refill", None)
    return make_response(
        render_template(
            "auth/login.html",
            form=form or LoginForm(),
            kept=[(KEPT + name, value) for name, value in kept],
            next=wanted if is_own_path(wanted) else "",
            waiting=waiting if is_own_path(waiting) else "",
        ),
        status,
    )
