"""Statements that the dialects spell differently, and tables for Core; knows no rule."""

from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.store.models import Base


def table(name: str) -> Table:
    """Return a table for Core statements, which skip the ORM on the hot path."""
    return Base.metadata.tables[name]


def insert(session: Session, name: str) -> Any:
    """Return an INSERT into a table that can take an ON CONFLICT clause."""
    return _dialect(session).insert(table(name))


def insert_ignoring(session: Session, name: str, returning: str | None = None) -> Any:
    """Return an INSERT that does nothing where a row with a key of it exists.

    The column `returning` comes back from a row that was inserted, and from no other; the count
    of rows is no substitute, since PostgreSQL's driver does not always know it.
    """
    return _insert_ignoring(_name(session), name, returning)


@cache
def _insert_ignoring(dialect: str, name: str, returning: str | None) -> Any:
    module = postgresql if dialect == "postgresql" else sqlite
    statement = module.insert(table(name)).on_conflict_do_nothing()
    return statement if returning is None else statement.returning(table(name).c[returning])


def _dialect(session: Session) -> Any:
    return postgresql if _name(session) == "postgresql" else sqlite


def _name(session: Session) -> str:
    return session.get_bind().dialect.name
