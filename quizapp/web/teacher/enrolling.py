"""Takes learners into a class: one, or a list that is shown first and then taken in as shown."""

from collections.abc import Sequence

from flask import flash, make_response, request
from flask_babel import pgettext
from werkzeug.wrappers import Response
from wtforms import Form, HiddenField, StringField, TextAreaField

from quizapp.core import rosters
from quizapp.store import enrolment
from quizapp.store.accounts import NameTaken
from quizapp.store.db import db
from quizapp.store.enrolment import Newcomer
from quizapp.store.models import SchoolClass
from quizapp.web.clock import now
from quizapp.web.i18n import current_language
from quizapp.web.permissions import teacher_required
from quizapp.web.pseudonyms import suggest_pseudonyms
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.teacher import blueprint, pins
from quizapp.web.teacher.acting import acting, tidy
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.enrolment_plan import (
    LOGIN_FAULTS,
    Clash,
    Plan,
    find_fault_of_one,
    make_plan,
    seal,
    unseal,
    words_of,
)
from quizapp.web.teacher.owned import get_real_class
from quizapp.web.teacher.pins import Batch
from quizapp.web.teacher.slips import ROSTER, go_on


class OneForm(Form):
    """One learner: what the class calls them and, perhaps, a name to sign in with."""

    label = StringField()
    login = StringField()
    offer = HiddenField()


class ListForm(Form):
    """A list of learners as it was typed or read, and the plan that was shown for it."""

    list = TextAreaField()
    plan = HiddenField()


@blueprint.route(f"{ROSTER}/add", methods=["GET", "POST"], endpoint="add_learners")
@refillable
@teacher_required
def add_learners(class_id: int) -> Response | str:
    """Show what a list would do, with what is wrong in which line; take it in as shown."""
    school_class = get_real_class(class_id)
    form = ListForm(typed() or None)
    if not submitted():
        return add_page(school_class, form=form)
    if "confirm" in request.form:
        sealed = form.plan.data or ""
        batch = enrol(school_class, unseal(sealed, school_class), sealed)
        if batch is not None:
            return go_on(school_class, batch)
        flash(pgettext("adult", "Nothing was taken in: look at the list again."), "warn")
    plan = make_plan(school_class, read_text(form))
    if "drop" in request.form:
        plan = make_plan(school_class, plan.text_without_faults())
    form.list.data = plan.text
    form.list.errors = [plan.message] if plan.message else []
    page = add_page(school_class, form=form, plan=plan)
    return make_response(page, 200 if plan.can_be_taken else 422)


@blueprint.post(f"{ROSTER}/learners", endpoint="add_learner")
@refillable
@teacher_required
def add_learner(class_id: int) -> Response | str:
    """Take one learner in."""
    school_class = get_real_class(class_id)
    one = OneForm(typed())
    if not submitted():
        return add_page(school_class, one=one)
    sealed, label, login = one.offer.data or "", tidy(one.label.data), tidy(one.login.data)
    offered = unseal(sealed, school_class)
    fault = find_fault_of_one(school_class, label, login)
    if offered and (fault is None or fault is Clash.IN_CLASS or fault is Clash.LOGIN_IN_CLASS):
        newcomer = Newcomer(label, login or offered[0].login)
        batch = enrol(school_class, [newcomer], sealed)
        if batch is not None:
            return go_on(school_class, batch)
    field = one.login if fault in LOGIN_FAULTS else one.label
    field.errors = [words_of(fault or (Clash.LOGIN_TAKEN if offered else Clash.TOO_OLD))]
    return make_response(add_page(school_class, one=one), 422)


def enrol(school_class: SchoolClass, newcomers: Sequence[Newcomer], sealed: str) -> Batch | None:
    """Take all of them in, in one transaction, and return the PINs to be made for them.

    None when the class or the names changed meanwhile, or there is nobody to take in. The same
    sealed form sent twice gives the same accounts and the same PINs.
    """
    for _ in range(2 if newcomers else 0):  # on two workers the second try finds the first's work
        target = f"class:{school_class.id}"
        try:
            with acting("class.enrol", target, learners=len(newcomers)) as session:
                accounts = enrolment.enrol(
                    session, school_class.id, newcomers, now(), language=current_language()
                )
        except (NameTaken, enrolment.Overtaken):
            continue
        return pins.first_batch(school_class, accounts, sealed)
    return None


def read_text(form: ListForm) -> str:
    """Return the list of an uploaded file, else the one typed."""
    file = request.files.get("file")
    data = file.read() if file is not None else b""
    return rosters.decode_list(data) if data else form.list.data or ""


def add_page(
    school_class: SchoolClass,
    *,
    form: ListForm | None = None,
    one: OneForm | None = None,
    plan: Plan | None = None,
) -> str:
    """Render the page with both ways to add learners, and what a list would do."""
    one = one or OneForm()
    if not unseal(one.offer.data or "", school_class):
        names = suggest_pseudonyms(db.session(), current_language(), 1)
        one.offer.data = seal(school_class.id, [Newcomer("", names[0])])
    return class_page(
        "add_learners",
        school_class,
        "class_roster",
        form=form or ListForm(),
        one=one,
        plan=plan,
        most=rosters.MOST_ROWS,
    )
