"""The matrix as it is shown and exported: one sheet for the page and for the file.

It knows which rows are shown, in which order and under which names; no query and no markup.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from flask_babel import pgettext
from werkzeug.datastructures import MultiDict

from quizapp.core.scores import percent
from quizapp.store.results import Average, Handed, Matrix, MatrixCell, MatrixRow

NAME, AVERAGE = "name", "average"
COLUMN = re.compile("[1-9][0-9]{0,8}")
"""The id of an assignment; Python refuses to read a number of thousands of digits."""
STRUGGLING_BELOW = 5_000
"""Points (of 10,000) under which the average of a learner calls for help."""


@dataclass(frozen=True)
class MatrixView:
    """What the address asks for: order, which rows, whether names are shown, how dense."""

    sort: str = NAME
    descending: bool = False
    show: str = "all"
    hidden: bool = False
    compact: bool = False

    def query(self) -> dict[str, str]:
        """Return the query of this view, without what is the default."""
        query = {}
        if self.sort != NAME:
            query["sort"] = self.sort
        if self.descending:
            query["order"] = "desc"
        if self.show != "all":
            query["show"] = self.show
        if self.hidden:
            query["names"] = "hidden"
        if self.compact:
            query["rows"] = "compact"
        return query

    def sorted_by(self, sort: str) -> "MatrixView":
        """Return the view that a click on a column's arrow leads to: figures high to low first."""
        descending = not self.descending if self.sort == sort else sort != NAME
        return replace(self, sort=sort, descending=descending)

    def showing(self, show: str) -> "MatrixView":
        """Return this view with other rows."""
        return replace(self, show=show)

    def toggling_names(self) -> "MatrixView":
        """Return this view with names hidden, or shown again."""
        return replace(self, hidden=not self.hidden)

    def toggling_rows(self) -> "MatrixView":
        """Return this view with compact rows, or the usual ones again."""
        return replace(self, compact=not self.compact)


@dataclass(frozen=True)
class SheetCell:
    """A cell as it is printed; `percent` and its `level` 0–4 only when finished.

    `late` = begun, and finished or still under way after due; `overdue` = due and not begun.
    """

    state: str
    percent: int | None
    level: int | None
    late: bool
    overdue: bool
    tries: int
    answered: int
    exercises: int
    excused: bool


@dataclass(frozen=True)
class SheetAverage:
    """A mean in percent, one decimal, None without any; it counts `n` of `total`.

    Not counted are `in_progress`, `excused` and the `missing`, which make up the rest.
    """

    value: Decimal | None
    n: int
    total: int
    in_progress: int
    excused: int

    @property
    def missing(self) -> int:
        """How many are neither counted nor under way nor excused."""
        return self.total - self.n - self.in_progress - self.excused


@dataclass(frozen=True)
class SheetColumn:
    """An assignment at the head of its column, and its average over the class."""

    id: int
    title: str
    average: SheetAverage


@dataclass(frozen=True)
class SheetRow:
    """A learner's line."""

    learner_id: int
    name: str
    cells: tuple[SheetCell, ...]
    average: SheetAverage


@dataclass(frozen=True)
class Sheet:
    """The matrix as it is shown; averages of columns count the whole class, whatever is shown."""

    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    average: SheetAverage
    learners: int
    counts: Mapping[str, int]

    @property
    def has_excused(self) -> bool:
        """Whether somebody need not do something."""
        return self.average.excused > 0


FILTERS: Mapping[str, Callable[[MatrixRow], bool]] = MappingProxyType(
    {
        "all": lambda _: True,
        "missing": lambda row: any(_is_missing(cell) for cell in row.cells),
        "in_progress": lambda row: any(_is_begun(cell) for cell in row.cells),
        "late": lambda row: any(_is_late(cell) for cell in row.cells),
        "struggling": lambda row: (row.average.points or STRUGGLING_BELOW) < STRUGGLING_BELOW,
    }
)


def read_view(query: MultiDict[str, str]) -> MatrixView:
    """Return the view that an address asks for; what it does not know is the default."""
    sort = query.get("sort", NAME)
    show = query.get("show", "all")
    return MatrixView(
        sort=sort if sort == AVERAGE or COLUMN.fullmatch(sort) else NAME,
        descending=query.get("order") == "desc",
        show=show if show in FILTERS else "all",
        hidden=query.get("names") == "hidden",
        compact=query.get("rows") == "compact",
    )


def make_sheet(matrix: Matrix, view: MatrixView) -> Sheet:
    """Return the sheet of a matrix that comes in the view's order."""
    names = _numbered_names(matrix) if view.hidden else {}
    rows = [row for row in matrix.rows if FILTERS[view.show](row)]
    if view.hidden and view.sort == NAME:
        numbers = list(names)
        rows.sort(key=lambda row: numbers.index(row.learner.id), reverse=view.descending)
    return Sheet(
        columns=tuple(
            SheetColumn(a.id, a.title, _average(mean))
            for a, mean in zip(matrix.assignments, matrix.averages, strict=True)
        ),
        rows=tuple(_row(row, names.get(row.learner.id, row.learner.name)) for row in rows),
        average=_average(matrix.average),
        learners=len(matrix.rows),
        counts={name: sum(map(keeps, matrix.rows)) for name, keeps in FILTERS.items()},
    )


def _numbered_names(matrix: Matrix) -> dict[int, str]:
    """Return "Learner 7" for each learner: the same in every order, telling no alphabet."""
    return number_names(row.learner.id for row in matrix.rows)


def number_names(ids: Iterable[int]) -> dict[int, str]:
    """Return "Learner 7" for each id of a class, in the order of the ids."""
    return {each: pgettext("adult", "Learner %(n)s", n=n) for n, each in enumerate(sorted(ids), 1)}


def _row(row: MatrixRow, name: str) -> SheetRow:
    return SheetRow(
        row.learner.id, name, tuple(_cell(cell) for cell in row.cells), _average(row.average)
    )


def _cell(cell: MatrixCell) -> SheetCell:
    shown = None if cell.score is None else percent(cell.score)
    return SheetCell(
        state="excused" if cell.excused and shown is None else cell.state.value,
        percent=shown,
        level=None if shown is None else min(shown // 20, 4),
        late=_is_late(cell),
        overdue=cell.late and not _is_late(cell),
        tries=cell.tries,
        answered=cell.answered,
        exercises=cell.exercises,
        excused=cell.excused,
    )


def _average(mean: Average) -> SheetAverage:
    value = None
    if mean.points is not None:
        value = (Decimal(mean.points) / 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return SheetAverage(value, mean.n, mean.n + mean.left_out, mean.in_progress, mean.excused)


def _is_late(cell: MatrixCell) -> bool:
    return cell.late and cell.state is not Handed.NOT_HANDED_IN


def _is_begun(cell: MatrixCell) -> bool:
    return cell.state is Handed.IN_PROGRESS


def _is_missing(cell: MatrixCell) -> bool:
    return cell.state is not Handed.FINISHED and not cell.excused
