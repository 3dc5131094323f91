"""The matrix of a class, on the page and as a file; knows no answer."""

from collections.abc import Iterator

from flask import request
from flask_babel import pgettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.store import classes
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.store.results import class_matrix, matrix_version
from quizapp.web.clock import now
from quizapp.web.conditional import live_page
from quizapp.web.events import log_event
from quizapp.web.exports import Value, csv_file, write_csv
from quizapp.web.i18n import current_language, school_zone
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.matrix_sheet import MatrixView, Sheet, SheetCell, make_sheet, read_view
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


@blueprint.get("/teach/classes/<id:class_id>/export.csv", endpoint="export_csv")
@teacher_required
def export_csv(class_id: int) -> Response:
    """Send the matrix as the page shows it with the same query."""
    school_class = get_taught_class(class_id)
    sheet = read_sheet(school_class, read_view(request.args))
    log_event("export", account=current_user.id, target=class_id, format="csv")
    day = now().astimezone(school_zone()).date().isoformat()
    return csv_file(f"{school_class.name} {day}", write_csv(list_rows(sheet), current_language()))


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


def list_rows(sheet: Sheet) -> Iterator[list[Value]]:
    """Yield the lines of the file: the head, the learners, the class as the page counts it."""
    titles = [column.title for column in sheet.columns]
    yield [
        pgettext("adult", "Learner"),
        *titles,
        pgettext("adult", "Average"),
        pgettext("adult", "Counted"),
        pgettext("adult", "Late"),
    ]
    for row in sheet.rows:
        late = [title for title, cell in zip(titles, row.cells, strict=True) if cell.late]
        yield [row.name, *map(cell_value, row.cells), row.average.value, row.average.n, *_one(late)]
    yield [
        pgettext("adult", "Class"),
        *(column.average.value for column in sheet.columns),
        sheet.average.value,
        sheet.average.n,
    ]
    yield [pgettext("adult", "Counted"), *(column.average.n for column in sheet.columns)]


def _one(titles: list[str]) -> list[Value]:
    return [", ".join(titles) or None]


def cell_value(cell: SheetCell) -> Value:
    """Return the number of a cell, else its state in words."""
    if cell.percent is not None:
        return cell.percent
    if cell.state == "finished":
        return pgettext("adult", "nothing counts")
    if cell.state == "excused":
        return pgettext("adult", "excused")
    if cell.state == "in_progress":
        return pgettext("adult", "in progress")
    return pgettext("adult", "not handed in")
