"""The results of a class as files: the matrix as the page shows it, and every answer."""

from collections.abc import Iterator

from flask import request
from flask_babel import gettext, pgettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.core.scores import percent
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.store.results import Matrix, class_matrix
from quizapp.store.results.answer_rows import AnswerRow, class_answers
from quizapp.web.answer_words import AnswerWords
from quizapp.web.clock import now
from quizapp.web.events import log_event
from quizapp.web.exercises import kind_name
from quizapp.web.exports import Value, Worksheet, csv_file, stream_csv, write_xlsx, xlsx_file
from quizapp.web.i18n import current_language, school_zone
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.matrix_sheet import Sheet, SheetCell, make_sheet, read_view
from quizapp.web.teacher.owned import get_taught_class

NAME, TITLE, TEXT, NUMBER, DATE = 26, 24, 60, 10, 17
"""Widths of columns, in signs."""


@blueprint.get("/teach/classes/<id:class_id>/export.csv", endpoint="export_csv")
@teacher_required
def export_csv(class_id: int) -> Response:
    """Send the matrix as the page shows it with this query, or (`table=answers`) all answers."""
    school_class = get_taught_class(class_id)
    matrix, sheet = read_tables(school_class)
    long = request.args.get("table") == "answers"
    rows = list_answers(matrix, sheet) if long else list_rows(sheet)
    log_event("export", account=current_user.id, target=class_id, format="csv")
    name = name_file(school_class, gettext("answers") if long else "")
    return csv_file(name, stream_csv(rows, current_language()))


@blueprint.get("/teach/classes/<id:class_id>/export.xlsx", endpoint="export_xlsx")
@teacher_required
def export_xlsx(class_id: int) -> Response:
    """Send a workbook: the matrix as the page shows it with this query, and all its answers."""
    school_class = get_taught_class(class_id)
    matrix, sheet = read_tables(school_class)
    wide = [NAME, *(TITLE for _ in sheet.columns), NUMBER, NUMBER, TITLE]
    long = [NAME, TITLE, TITLE, NUMBER, NUMBER, TEXT, TEXT, NUMBER, NUMBER, DATE, NUMBER, NUMBER]
    sheets = [
        Worksheet(gettext("Results"), list_rows(sheet), wide),
        Worksheet(gettext("Answers"), list_answers(matrix, sheet), long),
    ]
    log_event("export", account=current_user.id, target=class_id, format="xlsx")
    return xlsx_file(name_file(school_class), write_xlsx(sheets))


def read_tables(school_class: SchoolClass) -> tuple[Matrix, Sheet]:
    """Return the matrix in the order of the view that the address asks for, and its sheet."""
    view = read_view(request.args)
    matrix = class_matrix(
        db.session(), school_class.id, now(), sort=view.sort, descending=view.descending
    )
    return matrix, make_sheet(matrix, view)


def name_file(school_class: SchoolClass, part: str = "") -> str:
    """Return the name of a file: class, perhaps which table, and the day at the school."""
    day = now().astimezone(school_zone()).date().isoformat()
    return " ".join(filter(None, (school_class.name, part, day)))


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
        cells = map(cell_value, row.cells)
        yield [row.name, *cells, row.average.value, row.average.n, ", ".join(late) or None]
    yield [
        pgettext("adult", "Class"),
        *(column.average.value for column in sheet.columns),
        sheet.average.value,
        sheet.average.n,
    ]
    yield [pgettext("adult", "Counted"), *(column.average.n for column in sheet.columns)]


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


def list_answers(matrix: Matrix, sheet: Sheet) -> Iterator[list[Value]]:
    """Yield one line for each answer of the learners shown, under the names that are shown."""
    names = {row.learner_id: row.name for row in sheet.rows}
    learners = {row.learner.id: row.learner for row in matrix.rows}
    shown = [learners[row.learner_id] for row in sheet.rows]
    words = AnswerWords()
    yield [
        pgettext("adult", "Learner"),
        pgettext("adult", "Assignment"),
        pgettext("adult", "Exercise"),
        pgettext("adult", "No."),
        pgettext("adult", "Step"),
        pgettext("adult", "Answer"),
        pgettext("adult", "Key"),
        pgettext("adult", "Points out of 100"),
        pgettext("adult", "Right"),
        pgettext("adult", "Answered"),
        pgettext("adult", "Attempt"),
        pgettext("adult", "Counts"),
    ]
    for row in class_answers(db.session(), shown, matrix.assignments):
        yield answer_values(row, names[row.learner.id], words)


def answer_values(row: AnswerRow, name: str, words: AnswerWords) -> list[Value]:
    """Return the line of one answer; the key is that by which it was marked last."""
    yes, no = pgettext("adult", "yes"), pgettext("adult", "no")
    return [
        name,
        row.assignment.title,
        row.asked.exercise.title or kind_name(row.asked.kind),
        row.position,
        row.step,
        words.say(row.asked, row.step, row.payload),
        words.say_key(row.marked_by, row.step),
        percent(row.points),
        yes if row.right else no,
        row.answered_at.astimezone(school_zone()),
        row.number,
        yes if row.counts and row.step == 1 else no,
    ]
