"""Pages of administrators: staff, their roles, invitations; knows no class and no learner."""

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
from werkzeug.wrappers import Response

from quizapp.store import accounts, audit, installation
from quizapp.store.accounts import ROLES, Staff
from quizapp.store.db import db, write
from quizapp.store.sessions import check_signed_in
from quizapp.web.addresses import absolute_url
from quizapp.web.clock import now
from quizapp.web.events import log_event
from quizapp.web.permissions import ROLE_NAMES, admin_required

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("")
@admin_required
def index() -> Response:
    """List the people with roles."""
    return render_index()


def render_index(link: str = "", status: int = 200) -> Response:
    """Render the list, with an invitation link that is shown this once."""
    staff = accounts.list_staff(db.session())
    page = render_template("admin/index.html", staff=staff, role_names=ROLE_NAMES, link=link)
    return make_response(page, status)


@blueprint.post("/invitations")
@admin_required
def invite() -> Response:
    """Make a link with which one person makes an account with the roles ticked."""
    roles = chosen_roles()
    if not roles:
        flash(gettext("Tick at least one role for the invitation."), "bad")
        return redirect(url_for("admin.index"), 303)
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        token = installation.issue_invitation(session, roles, current_user.id, now())
        record("invitation.create", detail={"roles": roles})
    log_event("invitation.created", account=current_user.id, roles=roles)
    return render_index(absolute_url("auth.invitation", token=token))


@blueprint.post("/people/<id:account_id>/roles")
@admin_required
def set_roles(account_id: int) -> Response:
    """Give somebody exactly the roles ticked; an administrator stays one."""
    staff = get_other_staff(account_id)
    roles = chosen_roles()
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        accounts.set_roles(session, staff.id, roles, now())
        record("account.roles", target=f"account:{staff.id}", detail={"roles": roles})
    log_event("roles.changed", account=current_user.id, target=staff.id, roles=roles)
    flash(gettext("The roles of %(name)s are changed.", name=staff.login_name), "good")
    return redirect(url_for("admin.index"), 303)


@blueprint.post("/people/<id:account_id>/active")
@admin_required
def set_active(account_id: int) -> Response:
    """Let somebody sign in again, or not any more."""
    staff = get_other_staff(account_id)
    active = request.form.get("active") == "1"
    session = db.session()
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        accounts.set_active(session, staff.id, active, now())
        record("account.active", target=f"account:{staff.id}", detail={"active": active})
    log_event("account.active", account=current_user.id, target=staff.id, active=active)
    text = gettext("%(name)s can sign in.") if active else gettext("%(name)s cannot sign in.")
    flash(text % {"name": staff.login_name}, "good")
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


def record(action: str, *, target: str | None = None, detail: dict[str, object]) -> None:
    """Write the action into the audit, in its own transaction."""
    audit.record(db.session(), current_user.id, action, now(), target=target, detail=detail)
