"""Leaves rows of one person in every table that can hold some, each with signs to be found by.

It follows the foreign keys of the metadata, so that a new table is not overlooked.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Table, insert, select
from sqlalchemy.orm import Session

from quizapp.store.models import Base, canonical_json

AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
TABLES = Base.metadata.tables
# Texts that must be one of a few, or name a row of content that is nobody's.
GIVEN: dict[str, Any] = {
    "accounts.active": True,
    "memberships.role": "learner",
    "attempts.purpose": "assigned",
    "assignments.feedback": "at_once",
    "contests.state": "open",
    "contests.closed_at": None,
    "assignments.removed_at": None,
    "classes.is_demo": False,
    "accounts.is_demo": False,
    "class_codes.ended_at": None,
    "responses.step": 1,
    "memberships.ended_at": None,
}


def dependents(root: str) -> dict[str, set[str]]:
    """Return the tables whose rows go with a row of `root`, each with the columns that lead there.

    Follows ON DELETE CASCADE over any number of tables.
    """
    found: dict[str, set[str]] = {root: set()}
    grown = True
    while grown:
        grown = False
        for table in TABLES.values():
            for column in _cascades(table):
                parent = next(iter(column.foreign_keys)).column.table.name
                if parent in found and column.name not in found.get(table.name, set()):
                    found.setdefault(table.name, set()).add(column.name)
                    grown = True
    return found


def _cascades(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        if any(key.ondelete == "CASCADE" for key in column.foreign_keys):
            yield column


class Footprints:
    """Rows by table and column; a row that another one needs is planted first."""

    def __init__(self, session: Session, number: int = 1) -> None:
        self.session = session
        self.number = number
        self.rows: dict[str, dict[str, Any]] = {}

    def plant(self, name: str) -> dict[str, Any]:
        """Insert a row of a table, and those it refers to, once; return its values."""
        if name in self.rows:
            return self.rows[name]
        table = TABLES[name]
        values = {column.name: self._value(column) for column in table.columns}
        values = {key: value for key, value in values.items() if value is not ...}
        key = self.session.execute(insert(table).values(values)).inserted_primary_key
        assert key is not None
        where = [column == key[place] for place, column in enumerate(table.primary_key.columns)]
        row = self.session.execute(select(table).where(*where)).one()
        self.rows[name] = dict(row._mapping)
        return self.rows[name]

    def _value(self, column: Column[Any]) -> Any:
        name = f"{column.table.name}.{column.name}"
        if name in GIVEN:
            return GIVEN[name]
        for key in column.foreign_keys:
            return self.plant(key.column.table.name)[key.column.name]
        if column.name == "id" and column.type.python_type is int:
            return ...
        return self._sign(name, column)

    def _sign(self, name: str, column: Column[Any]) -> Any:
        enum = getattr(column.type, "enum_class", None)
        if enum is not None and issubclass(enum, StrEnum):
            return next(iter(enum))
        kind = type(column.type).__name__
        place = list(TABLES).index(column.table.name) * 40 + list(column.table.c).index(column)
        if kind == "UTCDateTime":
            return AT + timedelta(minutes=place + 10_000 * self.number)
        if kind == "CanonicalJSON":
            return (
                [f"{name}-{self.number}"] if _is_list(column) else {"sign": f"{name}-{self.number}"}
            )
        if column.type.python_type is bool:
            return True
        if column.type.python_type is int:
            return 1 if column.name in ("number", "attempts_limit", "exercises") else place + 2
        length = getattr(column.type, "length", None) or 200
        return f"{self.number}-{place}-{name}"[:length]

    def text(self) -> str:
        """Return all values as one text."""
        return canonical_json({name: _plain(row) for name, row in self.rows.items()})


def _is_list(column: Column[Any]) -> bool:
    return column.name in ("excluded", "roles", "shown", "set_aside")


def _plain(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}
