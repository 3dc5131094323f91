"""The people of a class and its door: members, code, link, QR code; changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, url_for
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
from quizapp.web.teacher.owned import get_taught_class
from quizapp.web.teacher.sharing import share_of


@dataclass(frozen=True)
class Line:
    """A member with the end of their lock."""

    member: RosterMember
    locked_until: datetime | None


@blueprint.get("/teach/classes/<id:class_id>/roster", endpoint="class_roster")
@teacher_required
def show_roster(class_id: int) -> str:
    """Show who is in the class and how others come in."""
    school_class = get_taught_class(class_id)
    members = roster.list_members(db.session(), school_class.id)
    present = [member for member in members if member.ended_at is None]
    locks = roster.list_locks(db.session(), [m.login_name for m in present], now())
    resettable = [member for member in present if member.resettable]
    return class_page(
        "class_roster",
        school_class,
        "class_roster",
        lines=[
            Line(member, locks.get(member.login_name))
            for member in sorted(present, key=lambda member: sort_key(member.name))
        ],
        removed=[member for member in members if member.ended_at is not None],
        resettable=len(resettable),
        waiting=sum(not member.has_come for member in resettable),
        share=None if school_class.archived_at else share_of(school_class),
    )


def back_to(school_class: SchoolClass) -> Response:
    """Return to the roster after a change."""
    return redirect(url_for("teacher.class_roster", class_id=school_class.id), 303)
