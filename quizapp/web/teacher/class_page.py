"""The frame of every page of a class: its name, its tabs; knows no content."""

from flask import render_template, url_for
from flask_babel import gettext

from quizapp.core.messages import N_
from quizapp.store.models import SchoolClass

TABS = {
    "teacher.class_results": N_("Results"),
    "teacher.class_assignments": N_("Assignments"),
    "teacher.class_skills": N_("Skills"),
    "teacher.class_contests": N_("Contested keys"),
    "teacher.class_roster": N_("Learners and code"),
    "teacher.class_settings": N_("Settings"),
}


def class_page(template: str, school_class: SchoolClass, tab: str, **context: object) -> str:
    """Render a page of a class below one of its tabs (an endpoint's name without blueprint)."""
    tabs = [
        (url_for(endpoint, class_id=school_class.id), gettext(label), endpoint == f"teacher.{tab}")
        for endpoint, label in TABS.items()
    ]
    return render_template(
        f"teacher/{template}.html", school_class=school_class, tabs_of_class=tabs, **context
    )
