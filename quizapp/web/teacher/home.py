"""The start page of a teacher."""

from flask import render_template
from flask_login import current_user

from quizapp.store import classes
from quizapp.store.db import db
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint


@blueprint.get("/teach", endpoint="home")
@teacher_required
def show_home() -> str:
    """List the classes."""
    taught = classes.list_taught_classes(db.session(), current_user.id)
    return render_template("teacher/home.html", classes=taught)
