"""The cells of a class, learner by learner, from the rows kept with each answer; no average."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, select, type_coerce
from sqlalchemy.orm import Session

from quizapp.store.models import Assignment, CellState, Extension
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


Grid = dict[int, list[MatrixCell]]
"""The cells of each learner, in the order of the assignments."""
Dates = tuple[datetime | None, bool]
_cells = table("cells")
_STORED = select(
    _cells.c.account_id,
    _cells.c.assignment_id,
    type_coerce(_cells.c.state, String),  # as text: one conversion less for each cell
    _cells.c.score,
    type_coerce(_cells.c.late, Integer),
    _cells.c.answered,
    _cells.c.exercises,
    _cells.c.tries,
    _cells.c.attempt_id,
    _cells.c.set_aside,
).where(_cells.c.class_id == bindparam("of_class"))


def blank_grid(assignments: Sequence[Assignment], learners: Iterable[int], now: datetime) -> Grid:
    """Return the cells of a class in which nobody has begun."""
    blank = [MatrixCell(Handed.NOT_HANDED_IN, late=has_passed(a.due_at, now)) for a in assignments]
    return {learner: blank.copy() for learner in learners}


def fill_grid(
    grid: Grid,
    places: dict[int, int],
    session: Session,
    class_id: int,
) -> None:
    """Put what is stored into the grid; "late" of what is under way is that of its due date.

    The driver's own rows are read one by one: there are tens of thousands, of plain values.
    """
    finished, begun, done = Handed.FINISHED, Handed.IN_PROGRESS, CellState.FINISHED.value
    result: Any = session.execute(_STORED, {"of_class": class_id})
    for (
        account,
        of,
        state,
        score,
        late,
        answered,
        exercises,
        tries,
        attempt,
        aside,
    ) in result.cursor:
        cells, place = grid.get(account), places.get(of)
        if cells is None or place is None:
            continue
        if state == done:
            shown = None if aside == exercises else score
            cells[place] = MatrixCell(
                finished, shown, bool(late), False, answered, exercises, tries, attempt, aside or 0
            )
        else:
            late = cells[place].late
            cells[place] = MatrixCell(
                begun, None, late, False, answered, exercises, tries, attempt, aside or 0
            )
    result.close()


def apply_dates(
    grid: Grid,
    assignments: Sequence[Assignment],
    dates: dict[tuple[int, int], Dates],
    now: datetime,
) -> None:
    """Let the cells of those who have more time, or are excused, follow that."""
    places = {a.id: (place, a.due_at) for place, a in enumerate(assignments)}
    for (account, assignment), (due, excused) in dates.items():
        cells = grid.get(account)
        if cells is None or assignment not in places:
            continue
        place, class_due = places[assignment]
        cell = cells[place]
        late = cell.late if cell.state is Handed.FINISHED else has_passed(due or class_due, now)
        if excused and cell.state is not Handed.FINISHED:
            late = False
        cells[place] = cell._replace(late=late, excused=excused)


def granted_dates(session: Session, class_id: int) -> dict[tuple[int, int], Dates]:
    """Return due date and "excused" of whom something is granted, by learner and assignment."""
    rows = session.execute(
        select(Extension.account_id, Extension.assignment_id, Extension.due_at, Extension.excused)
        .join(Assignment, Assignment.id == Extension.assignment_id)
        .where(Assignment.class_id == class_id)
    )
    return {(row.account_id, row.assignment_id): (row.due_at, row.excused) for row in rows}


def has_passed(due: datetime | None, now: datetime) -> bool:
    """Tell whether a due date lies behind; without one it never does."""
    return due is not None and now > due
