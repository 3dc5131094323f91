"""The class matrix, learner × assignment, from the maintained cells; never reads an answer."""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from quizapp.store.assignments import list_assignments
from quizapp.store.models import (
    Account,
    Assignment,
    Membership,
    Role,
    SchoolClass,
    canonical_json,
)
from quizapp.store.results.grid import (
    Handed,
    MatrixCell,
    apply_dates,
    blank_grid,
    fill_grid,
    granted_dates,
    has_passed,
)
from quizapp.store.statements import table


@dataclass(frozen=True)
class Average:
    """A mean of scores (0–10,000, half up; None for n = 0) with what it counts and leaves out.

    Of the `left_out` cells so many are `in_progress` and `excused`; the others are not handed in
    (or all their exercises are set aside).
    """

    points: int | None
    n: int
    left_out: int
    in_progress: int = 0
    excused: int = 0


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
    learners = list_learners(session, class_id)
    grid = blank_grid(assignments, (learner.id for learner in learners), now)
    dates = granted_dates(session, class_id)
    fill_grid(grid, {a.id: place for place, a in enumerate(assignments)}, session, class_id)
    apply_dates(grid, assignments, dates, now)
    rows = [
        MatrixRow(learner, tuple(cells), average(cells))
        for learner, cells in zip(learners, grid.values(), strict=True)
    ]
    lines = list(grid.values())
    return Matrix(
        class_id=class_id,
        assignments=assignments,
        rows=tuple(_sorted(rows, [a.id for a in assignments], sort, descending)),
        averages=tuple(average([line[i] for line in lines]) for i in range(len(assignments))),
        average=average([cell for line in lines for cell in line]),
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
        (a.id, a.title, str(a.due_at), has_passed(a.due_at, now))
        for a in list_assignments(session, class_id)
    ]
    dates = [
        (key, str(due), excused, has_passed(due, now))
        for key, (due, excused) in sorted(granted_dates(session, class_id).items())
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


def average(cells: Sequence[MatrixCell]) -> Average:
    """Return the mean of the scores that count, and how many cells have none and why.

    By position, since there are tens of thousands: 0 state, 1 score, 3 excused.
    """
    scores = [cell[1] for cell in cells if cell[1] is not None and not cell[3]]
    n = len(scores)
    excused = sum(cell[3] for cell in cells)
    begun = len([1 for cell in cells if cell[0] is Handed.IN_PROGRESS and not cell[3]])
    mean = (2 * sum(scores) + n) // (2 * n) if n else None
    return Average(mean, n, len(cells) - n, begun, excused)


_IS_LISTED = (Membership.role == Role.LEARNER, Membership.ended_at.is_(None))


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
