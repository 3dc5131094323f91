"""The class matrix, learner × assignment, from the maintained cells; never reads an answer."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import String, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from quizapp.core.scores import round_half_up
from quizapp.store.assignments import list_assignments
from quizapp.store.models import (
    Account,
    Assignment,
    CellState,
    Extension,
    Membership,
    Role,
    SchoolClass,
    canonical_json,
)
from quizapp.store.statements import table


class Handed(StrEnum):
    """What a cell says: nothing yet, under way, or finished."""

    NOT_HANDED_IN = "not_handed_in"
    IN_PROGRESS = "in_progress"
    FINISHED = "finished"


class MatrixCell(NamedTuple):
    """One learner's first finished attempt of one assignment, or how far they are.

    `score` 0–10,000, None until finished and where all exercises are set aside; `set_aside` =
    how many are; `late` = finished after due, or due and not finished; `tries` = finished
    attempts (2 or more: retried).
    """

    state: Handed
    score: int | None = None
    late: bool = False
    excused: bool = False
    answered: int = 0
    exercises: int = 0
    tries: int = 0
    attempt_id: int | None = None
    set_aside: int = 0

    @property
    def counts(self) -> bool:
        """Whether averages take it in: finished, not excused, with an exercise that counts."""
        return self.score is not None and not self.excused


@dataclass(frozen=True)
class Average:
    """A mean of scores (0–10,000, half up; None for n = 0) with what it counts and leaves out."""

    points: int | None
    n: int
    left_out: int


@dataclass(frozen=True)
class Learner:
    """A learner of the class as its teachers see them: `name` is the label, else the log-in."""

    id: int
    login_name: str
    label: str | None

    @property
    def name(self) -> str:
        """The name to show."""
        return self.label or self.login_name


@dataclass(frozen=True)
class MatrixRow:
    """A learner with a cell for each assignment, in the order of the columns."""

    learner: Learner
    cells: tuple[MatrixCell, ...]
    average: Average


@dataclass(frozen=True)
class Matrix:
    """The matrix of a class; `averages` are those of the columns, `average` that of all cells."""

    class_id: int
    assignments: tuple[Assignment, ...]
    rows: tuple[MatrixRow, ...]
    averages: tuple[Average, ...]
    average: Average


@dataclass(frozen=True)
class LongRow:
    """A line of the long export: one cell with its learner and assignment."""

    learner: Learner
    assignment: Assignment
    cell: MatrixCell


def class_matrix(
    session: Session, class_id: int, now: datetime, *, sort: str = "name", descending: bool = False
) -> Matrix:
    """Return the matrix of a class: one query for each table, none for answers.

    `sort` is "name", "average" or the id of an assignment; rows without a figure come last.
    """
    assignments = tuple(list_assignments(session, class_id))
    found = _cells(session, class_id)
    dates = _extensions(session, class_id)
    empty = _empty_cells(assignments, now).items()
    rows, figures = [], []
    for learner in list_learners(session, class_id):
        keyed = [((learner.id, assignment), blank) for assignment, blank in empty]
        cells = tuple(_cell(found.get(key), dates.get(key), blank, now) for key, blank in keyed)
        counted = [cell.score if cell.counts else None for cell in cells]
        figures.append(counted)
        rows.append(MatrixRow(learner, cells, average(counted)))
    return Matrix(
        class_id=class_id,
        assignments=assignments,
        rows=tuple(_sorted(rows, [a.id for a in assignments], sort, descending)),
        averages=tuple(average([row[i] for row in figures]) for i in range(len(assignments))),
        average=average([figure for row in figures for figure in row]),
    )


def list_learners(session: Session, class_id: int) -> list[Learner]:
    """Return the learners who are in the class now and may sign in, by name."""
    rows = session.execute(
        select(Account.id, Account.login_name, Membership.label)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.class_id == class_id,
            *_IS_LISTED,
            Account.active.is_(True),
        )
    )
    return sorted((Learner(*row) for row in rows), key=lambda learner: _name_key(learner))


def matrix_version(session: Session, class_id: int, now: datetime) -> str:
    """Return a short text that changes whenever the matrix would; cheaper than the matrix."""
    cells = table("cells")
    counted = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(cells.c.version), 0),
            func.coalesce(func.sum(cells.c.attempt_id), 0),
        ).where(cells.c.class_id == class_id)
    ).one()
    roster = session.execute(
        select(SchoolClass.roster_version, func.count(), func.coalesce(func.sum(Account.id), 0))
        .outerjoin(Membership, and_(Membership.class_id == SchoolClass.id, *_IS_LISTED))
        .outerjoin(Account, and_(Account.id == Membership.account_id, Account.active.is_(True)))
        .where(SchoolClass.id == class_id)
        .group_by(SchoolClass.roster_version)
    ).all()
    terms = [
        (a.id, a.title, str(a.due_at), _passed(a.due_at, now))
        for a in list_assignments(session, class_id)
    ]
    dates = [
        (key, str(due), excused, _passed(due, now))
        for key, (due, excused) in sorted(_extensions(session, class_id).items())
    ]
    text = canonical_json(
        [list(map(int, counted)), [list(map(int, row)) for row in roster], terms, dates]
    )
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def long_rows(matrix: Matrix) -> Iterator[LongRow]:
    """Return the cells of a matrix one by one, row by row, as they are on the screen."""
    for row in matrix.rows:
        for assignment, cell in zip(matrix.assignments, row.cells, strict=True):
            yield LongRow(row.learner, assignment, cell)


def average(figures: Sequence[int | None]) -> Average:
    """Return the mean of the scores (0–10,000), and how many cells have none that counts."""
    scores = [figure for figure in figures if figure is not None]
    mean = round_half_up(Fraction(sum(scores), len(scores))) if scores else None
    return Average(mean, len(scores), len(figures) - len(scores))


_IS_LISTED = (Membership.role == Role.LEARNER, Membership.ended_at.is_(None))
_CELL_COLUMNS = (
    "score",
    "late",
    "answered",
    "exercises",
    "tries",
    "attempt_id",
    "set_aside",
)
Stored = tuple[str, int, bool, int, int, int, int, int | None]
Dates = tuple[datetime | None, bool]


def _cells(session: Session, class_id: int) -> dict[tuple[int, int], Stored]:
    cells = table("cells")
    rows = session.execute(
        select(
            cells.c.account_id,
            cells.c.assignment_id,
            type_coerce(cells.c.state, String),  # as text: one conversion less for each cell
            *(cells.c[name] for name in _CELL_COLUMNS),
        ).where(cells.c.class_id == class_id)
    ).all()
    return {(row[0], row[1]): row[2:] for row in rows}


def _extensions(session: Session, class_id: int) -> dict[tuple[int, int], Dates]:
    rows = session.execute(
        select(Extension.account_id, Extension.assignment_id, Extension.due_at, Extension.excused)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .where(Assignment.class_id == class_id)
    )
    return {(row.account_id, row.assignment_id): (row.due_at, row.excused) for row in rows}


def _empty_cells(
    assignments: Iterable[Assignment], now: datetime
) -> dict[int, tuple[datetime | None, MatrixCell]]:
    """Return for each assignment its due date and the cell of who has not begun."""
    return {
        a.id: (
            a.due_at,
            MatrixCell(Handed.NOT_HANDED_IN, late=a.due_at is not None and now > a.due_at),
        )
        for a in assignments
    }


def _cell(
    stored: Stored | None,
    dates: Dates | None,
    empty: tuple[datetime | None, MatrixCell],
    now: datetime,
) -> MatrixCell:
    due, cell = empty
    excused = False
    if dates is not None:
        due, excused = dates[0] or due, dates[1]
        cell = MatrixCell(
            Handed.NOT_HANDED_IN, late=not excused and _passed(due, now), excused=excused
        )
    if stored is None:
        return cell
    state, score, late, answered, exercises, tries, attempt_id, set_aside = stored
    finished = state == CellState.FINISHED
    return MatrixCell(
        Handed.FINISHED if finished else Handed.IN_PROGRESS,
        score if finished and set_aside != exercises else None,
        late if finished else cell.late,
        excused,
        answered,
        exercises,
        tries,
        attempt_id,
        set_aside or 0,
    )


def _passed(due: datetime | None, now: datetime) -> bool:
    return due is not None and now > due


def _sorted(
    rows: list[MatrixRow], assignments: list[int], sort: str, descending: bool
) -> list[MatrixRow]:
    """Sort rows that come by name; equal figures stay by name, in both directions."""
    if sort == "average":
        figures = [row.average.points for row in rows]
    elif sort.isascii() and sort.isdigit() and int(sort) in assignments:
        column = assignments.index(int(sort))
        figures = [row.cells[column].score for row in rows]
    else:
        return rows[::-1] if descending else rows
    sign = -1 if descending else 1
    keyed = zip(figures, rows, strict=True)
    ordered = sorted(keyed, key=lambda pair: (pair[0] is None, sign * (pair[0] or 0)))
    return [row for _, row in ordered]


def _name_key(learner: Learner) -> tuple[str, str, int]:
    """Order names as readers of French and English expect: accents and case last."""
    folded = unicodedata.normalize("NFKD", learner.name.casefold())
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return plain, learner.name, learner.id
