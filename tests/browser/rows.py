"""Reads the database that a run left, without what must differ from run to run."""

import re
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, create_engine, select

from quizapp.store.models import Base, UTCDateTime

Rows = dict[str, list[str]]

# Names, secrets and codes are drawn; the language is that of the look. That there is one counts.
DRAWN = {
    "login_name", "login_key", "password_hash", "code", "token_hash", "roster_version",
}  # fmt: skip
DROPPED = {("accounts", "language"), ("sessions", "id"), ("audit", "id")}
# What depends on the words of an exercise, and so on its language.
WORDING = {
    "language", "title", "quiz_revision", "exercise_revision", "shown", "payload", "marks",
    "hits", "misses", "false_alarms", "correct_rejections",
}  # fmt: skip
SIMULATED = "simulated"


def read_rows(database: Path, *, wording: bool) -> Rows:
    """Return the rows of each table as sorted texts that two equal runs have in common.

    A reference is the row that it leads to; simulated people and what they did are left out, and
    without `wording` all that depends on the language of the exercises.
    """
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        reader = _Reader(connection, dropped=frozenset() if wording else WORDING)
        rows = {table.name: reader.read(table) for table in _tables()}
    engine.dispose()
    return rows


def _tables() -> list[Table]:
    """Return the tables, without those of the content as it is served: nobody writes them."""
    served = {"quiz_revisions", "exercise_revisions", "publications"}
    return [table for table in Base.metadata.sorted_tables if table.name not in served]


class _Reader:
    def __init__(self, connection: Connection, *, dropped: Set[str]) -> None:
        self._connection = connection
        self._dropped = dropped

    def read(self, table: Table) -> list[str]:
        rows = self._connection.execute(select(table)).all()
        described = (self._describe(table, row) for row in rows)
        return sorted(repr(row) for row in described if SIMULATED not in repr(row))

    def _describe(self, table: Table, row: Row[Any]) -> Mapping[str, Any] | str:
        if getattr(row, "is_demo", False) or getattr(row, "action", "").startswith("demonstration"):
            return SIMULATED
        values = zip(table.columns, row, strict=True)
        return {
            column.name: self._value(column, value)
            for column, value in values
            if not (self._is_dropped(column) or _is_number_of_row(column))
        }

    def _is_dropped(self, column: Column[Any]) -> bool:
        return (column.table.name, column.name) in DROPPED or column.name in self._dropped

    def _value(self, column: Column[Any], value: Any) -> Any:
        if isinstance(column.type, UTCDateTime) or column.name in DRAWN:
            return value is not None
        if column.table.name == "audit":
            return re.sub(r"\d+", "N", str(value))
        for key in column.foreign_keys:
            target = key.column
            if value is None or not _is_number_of_row(target):
                return value
            row = self._connection.execute(select(target.table).where(target == value)).one()
            return self._describe(target.table, row)
        return value


def _is_number_of_row(column: Column[Any]) -> bool:
    """Say whether this is a number that the database gave a row."""
    return column.primary_key and not column.foreign_keys and column.type.python_type is int
