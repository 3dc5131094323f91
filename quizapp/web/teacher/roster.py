"""The people of a class and its door: members, code, link, QR code; changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from quizapp.core.names import sort_key
from quizapp.store import roster
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.store.roster import RosterMember
from quizapp.web.clock import now
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.home import ClassForm
from quizapp.web.teacher.owned import get_taught_class
from quizapp.web.teacher.sharing import share_of

NEW_PIN = "new_pin"
"""Where the cookie keeps a PIN from the click that made it to the page that shows it."""


@dataclass(frozen=True)
class Line:
    """A member with the end of their lock, and the PIN that was just made for them."""

    member: RosterMember
    locked_until: datetime | None
    new_pin: str | None


@blueprint.get("/teach/classes/<id:class_id>/roster", endpoint="class_roster")
@teacher_required
def show_roster(class_id: int) -> str:
    """Show who is in the class and how others come in."""
    return roster_page(get_taught_class(class_id), ClassForm())


def roster_page(school_class: SchoolClass, form: ClassForm) -> str:
    """Render the roster; a new PIN is shown by the first page after it was made, never again."""
    made = cookie.pop(NEW_PIN, None) or {}
    members = roster.list_members(db.session(), school_class.id)
    present = [member for member in members if member.ended_at is None]
    locks = roster.list_locks(db.session(), [m.login_name for m in present], now())
    if form.name.data is None:
        form.name.data = school_class.name
    lines = [
        Line(
            member,
            locks.get(member.login_name),
            made.get("pin") if made.get("account") == member.account_id else None,
        )
        for member in sorted(present, key=lambda member: sort_key(member.name))
    ]
    return class_page(
        "class_roster",
        school_class,
        "class_roster",
        lines=lines,
        removed=[member for member in members if member.ended_at is not None],
        share=share_of(school_class),
        form=form,
        made=next((line for line in lines if line.new_pin), None),
    )


def back_to(school_class: SchoolClass) -> Response:
    """Return to the roster after a change."""
    return redirect(url_for("teacher.class_roster", class_id=school_class.id), 303)
