"""The matrix of a class on its page; knows no answer."""

from flask import request
from werkzeug.wrappers import Response

from quizapp.store import classes
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.store.results import class_matrix, matrix_version
from quizapp.web.clock import now
from quizapp.web.conditional import live_page
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.matrix_sheet import MatrixView, Sheet, make_sheet, read_view
from quizapp.web.teacher.owned import get_taught_class
from quizapp.web.teacher.sharing import share_of


@blueprint.get("/teach/classes/<id:class_id>", endpoint="class_results")
@teacher_required
def show_results(class_id: int) -> Response:
    """Show the matrix, learner × assignment; before there is one, what is left to do."""
    school_class = get_taught_class(class_id)
    view = read_view(request.args)

    def build() -> str:
        sheet = read_sheet(school_class, view)
        ready = sheet.columns and sheet.learners
        return class_page(
            "class_results",
            school_class,
            "class_results",
            sheet=sheet,
            view=view,
            share=None if ready else share_of(school_class),
        )

    return live_page(class_version(school_class), build)


def class_version(school_class: SchoolClass) -> str:
    """Return what changes with the matrix of a class and with the way into it."""
    session = db.session()
    door = (school_class.name, school_class.join_open, classes.find_code(session, school_class.id))
    return f"{matrix_version(session, school_class.id, now())} {door}"


def read_sheet(school_class: SchoolClass, view: MatrixView) -> Sheet:
    """Return the sheet of a class: one query for each table."""
    matrix = class_matrix(
        db.session(), school_class.id, now(), sort=view.sort, descending=view.descending
    )
    return make_sheet(matrix, view)
