"""Pages of administrators: staff and their roles, invitations, the purge; knows no learner."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from quizapp.store import accounts, audit, installation, own_data
from quizapp.store.accounts import ROLES, Staff
from quizapp.store.db import db, write
from quizapp.store.installation import Invitation
from quizapp.store.retention import plan_purge, set_rule
from quizapp.store.sessions import check_signed_in
from quizapp.web.acting import acting
from quizapp.web.addresses import absolute_url
from quizapp.web.clock import now
from quizapp.web.events import log_event
from quizapp.web.i18n import school_zone
from quizapp.web.permissions import ROLE_NAMES, admin_required
from quizapp.web.refill import refillable, submitted, typed
from quizapp.web.retention import current_rule, day_in_words, day_of_year, month_names, today
from quizapp.web.retention_form import RetentionForm, form_of, read_rule

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("")
@admin_required
def index() -> Response:
    """List the people with roles, the open invitations, and when data is deleted."""
    return render_index()


def render_index(
    *, link: str = "", retention: RetentionForm | None = None, status: int = 200
) -> Response:
    """Render the page, with an invitation link that is shown this once."""
    rule = current_rule()
    page = render_template(
        "admin/index.html",
        staff=accounts.list_staff(db.session()),
        invitations=installation.list_invitations(db.session(), now()),
        role_names=ROLE_NAMES,
        link=link,
        form=retention or form_of(rule),
        months=month_names(),
        due=plan_purge(db.session(), rule, today(), school_zone()),
        day=day_of_year(rule) if rule else "",
        next_day=day_in_words(rule.upcoming(today())) if rule else "",
    )
    return make_response(page, status)


@blueprint.post("/invitations")
@admin_required
def invite() -> Response:
    """Make a link with which one person makes an account with the roles ticked."""
    roles = chosen_roles()
    if not roles:
        flash(gettext("Tick at least one role for the invitation."), "bad")
        return redirect(url_for("admin.index"), 303)
    with acting("invitation.create", roles=roles) as session:
        token = installation.issue_invitation(session, roles, current_user.id, now())
    log_event("invitation.created", account=current_user.id, roles=roles)
    return render_index(link=absolute_url("auth.invitation", token=token))


@blueprint.post("/invitations/<slug:invitation>/withdraw")
@admin_required
def withdraw(invitation: str) -> Response:
    """Let an invitation that nobody has used open nothing any more."""
    found = get_invitation(invitation)
    with acting("invitation.withdraw", roles=list(found.roles)) as session:
        installation.withdraw_invitation(session, found)
    log_event("invitation.withdrawn", account=current_user.id)
    flash(gettext("The invitation is withdrawn: its link opens nothing any more."), "good")
    return redirect(url_for("admin.index"), 303)


@blueprint.post("/people/<id:account_id>/roles")
@admin_required
def set_roles(account_id: int) -> Response:
    """Give somebody exactly the roles ticked; their sessions end."""
    staff, roles = get_other_staff(account_id), chosen_roles()
    if not roles:
        text = gettext("Leave at least one role, or deactivate %(name)s.", name=staff.login_name)
        flash(text, "bad")
        return redirect(url_for("admin.index"), 303)
    with changing(staff, "account.roles", roles=roles) as session:
        accounts.set_roles(session, staff.id, roles, now())
    log_event("roles.changed", account=current_user.id, target=staff.id, roles=roles)
    flash(gettext("The roles of %(name)s are changed.", name=staff.login_name), "good")
    return redirect(url_for("admin.index"), 303)


@blueprint.post("/people/<id:account_id>/active")
@admin_required
def set_active(account_id: int) -> Response:
    """Let somebody sign in again, or not any more."""
    staff = get_other_staff(account_id)
    active = request.form.get("active") == "1"
    with changing(staff, "account.active", active=active) as session:
        accounts.set_active(session, staff.id, active, now())
    log_event("account.active", account=current_user.id, target=staff.id, active=active)
    text = gettext("%(name)s can sign in.") if active else gettext("%(name)s cannot sign in.")
    flash(text % {"name": staff.login_name}, "good")
    return redirect(url_for("admin.index"), 303)


@blueprint.route("/retention", methods=["POST"])
@refillable
@admin_required
def set_retention() -> Response:
    """Set the day of the year on which a school year's classes are deleted, or none."""
    form = RetentionForm(typed())
    wanted = read_rule(form, today()) if submitted() else None
    if wanted is None:
        return render_index(retention=form, status=422 if form.errors else 200)
    value = f"{wanted.rule.month:02}-{wanted.rule.day:02}" if wanted.rule else "off"
    with acting("retention.set", day=value) as session:
        set_rule(session, wanted.rule)
    log_event("retention.set", account=current_user.id, day=value)
    flash(gettext("Saved. The privacy page says so from now on."), "good")
    return redirect(url_for("admin.index"), 303)


def chosen_roles() -> list[str]:
    """Return the roles ticked, in their order; 400 for one that does not exist."""
    ticked = set(request.form.getlist("roles"))
    if not ticked <= set(ROLES):
        abort(400)
    return [role for role in ROLES if role in ticked]


def get_other_staff(account_id: int) -> Staff:
    """Return somebody with roles; 404 for learners, nobody, and the administrator's own account."""
    staff = accounts.find_staff(db.session(), account_id)
    if staff is None or staff.id == current_user.id:
        abort(404)
    return staff


def get_invitation(name: str) -> Invitation:
    """Return an invitation that can still be used; 404 for any other."""
    found = installation.list_invitations(db.session(), now())
    return next((each for each in found if each.id == name), None) or abort(404)


@contextmanager
def changing(staff: Staff, action: str, **detail: object) -> Iterator[Session]:
    """Run the block as one write transaction about somebody else with roles, and its audit row.

    Of two administrators who shut each other out at once, the second finds the session ended.
    """
    session = db.session()
    with write(session):
        own_data.is_last_administrator(session, staff.id, lock=True)
        check_signed_in(session, current_user.session_id, now())
        yield session
        target = f"account:{staff.id}"
        audit.record(session, current_user.id, action, now(), target=target, detail=detail)
