"""Corrected keys: which answers they concern in practice, and what becomes of their marks."""

from flask import make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quizapp.store.db import db
from quizapp.store.regrade import PRACTICE, find_offers
from quizapp.web.author import blueprint
from quizapp.web.library import current_library
from quizapp.web.permissions import author_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.regrading import (
    CHOICES,
    ChoiceForm,
    choices_of,
    commit,
    count_marks,
    get_live,
    read_choice,
    regrade_page,
)


@blueprint.get("/regrades", endpoint="regrades")
@author_required
def show_regrades() -> str:
    """List the exercises whose key has changed since learners practised them."""
    offers = find_offers(db.session(), current_library(), PRACTICE)
    return render_template("author/regrades.html", offers=offers)


@blueprint.route(
    "/<slug:source>/<slug:language>/<slug:exercise>/regrade",
    methods=["GET", "POST"],
    endpoint="regrade",
)
@refillable
@author_required
def regrade(source: str, language: str, exercise: str) -> Response:
    """Show what a corrected key would change in practice and review; change it."""
    page = regrade_page(get_live(source, language, exercise), PRACTICE)
    form = ChoiceForm(typed() or None)
    choice = read_choice(form, page) if submitted() else None
    if choice is not None:
        done = commit(page, PRACTICE, choice)
        here = url_for("author.regrade", source=source, language=language, exercise=exercise)
        return redirect(url_for("author.regrades") if done else here, 303)
    shown = render_template(
        "author/regrade.html",
        page=page,
        form=form,
        choices=choices_of(page),
        choice_names=CHOICES,
        marks=count_marks(page.run),
    )
    return make_response(shown, 400 if form.errors else 200)
