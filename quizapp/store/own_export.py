"""Says all that is stored about one person, table by table; knows no page and no key.

What an answer was worth is told when its answers are released to the person, as on every page.
Every column of every table that belongs to an account is listed here, as shown or as withheld with
the reason; a test compares the lists with the tables.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, Select, Table, select
from sqlalchemy.orm import Session

from quizapp.store.limits import ACCOUNT, account_key
from quizapp.store.models import (
    Account,
    Assignment,
    Attempt,
    Membership,
    QuizRevision,
    SchoolClass,
)
from quizapp.store.release import answers_released
from quizapp.store.statements import table

Row = dict[str, Any]
Data = dict[str, Any]

FORMAT = "quizapp/own-data/1"
SHOWN: Mapping[str, tuple[str, ...]] = {
    "accounts": (
        *("id", "login_name", "secret_kind", "language", "is_teacher", "is_author", "is_admin"),
        *("active", "shortcuts", "created_at"),
    ),
    "sessions": ("created_at", "expires_at", "ended_at"),
    "memberships": ("class_id", "role", "label", "joined_at", "ended_at", "claimed_at"),
    "extensions": ("assignment_id", "due_at", "excused"),
    "notes": ("assignment_id", "text", "written_at"),
    "attempts": (
        *("id", "assignment_id", "purpose", "source_id", "quiz_id", "language", "number"),
        *("exercises", "excluded", "set_aside", "started_at", "finished_at", "late"),
    ),
    "attempt_scores": (
        *("attempt_id", "answered", "points_sum", "score", "hits", "misses", "false_alarms"),
        "correct_rejections",
    ),
    "responses": (
        *("id", "attempt_id", "exercise_id", "step", "kind", "shown", "payload", "marks", "points"),
        *("right", "unsure", "hits", "misses", "false_alarms", "correct_rejections"),
        *("answered_at", "confidence"),
    ),
    "regraded_responses": ("response_id", "before", "after"),
    "cells": (
        *("class_id", "assignment_id", "attempt_id", "state", "score", "answered", "exercises"),
        *("set_aside", "tries", "late"),
    ),
    "cards": ("source_id", "exercise_id", "card", "due_at", "right_on", "created_at", "learnt_at"),
    "contests": (
        *("class_id", "source_id", "language", "exercise_id", "reason", "state", "created_at"),
        *("closed_at", "class_decision", "class_reason", "class_decided_at"),
    ),
}
"""What is told of each table whose rows go with the account."""
MARKS: Mapping[str, tuple[str, ...]] = {
    "attempts": ("set_aside",),
    "attempt_scores": (
        *("points_sum", "score", "hits", "misses", "false_alarms", "correct_rejections"),
    ),
    "responses": (
        *("marks", "points", "right", "hits", "misses", "false_alarms", "correct_rejections"),
    ),
    "cells": ("score", "set_aside"),
}
"""Of these, what is null until the answers are released."""

_FOLLOWS = "counts changes, follows from the other columns"
_KEY = "a fingerprint of the exercise with its key, which is the content's and not the person's"
_SELF = "the account itself, in a section of its own"
_OTHER = "somebody else's account"
WITHHELD: Mapping[str, str] = {
    "accounts.login_key": "the log-in name again, folded for comparison",
    "accounts.password_hash": "a secret, which nobody should carry about even as a hash",
    "accounts.is_demo": "true for simulated learners only, who cannot sign in",
    "accounts.epoch": _FOLLOWS,
    "sessions.id": "the hash of what is in the cookie: it proves who somebody is",
    "sessions.account_id": _SELF,
    "memberships.id": "tells nothing: the class is named",
    "memberships.account_id": _SELF,
    "extensions.account_id": _SELF,
    "notes.account_id": _SELF,
    "notes.written_by": _OTHER,
    "attempts.account_id": _SELF,
    "attempts.quiz_revision": _KEY,
    "attempt_scores.version": _FOLLOWS,
    "responses.exercise_revision": _KEY,
    "responses.graded_revision": _KEY,
    "responses.settled_revision": _KEY,
    "regraded_responses.regrade_id": "the decision about a key, which is not the person's",
    "regraded_responses.from_revision": _KEY,
    "cells.account_id": _SELF,
    "cells.version": _FOLLOWS,
    "cards.account_id": _SELF,
    "contests.id": "tells nothing: the exercise is named",
    "contests.account_id": _SELF,
    "contests.exercise_revision": _KEY,
    "contests.closed_by": _OTHER,
}
"""Columns that are not told, with the reason."""


def export_account(session: Session, account_id: int, now: datetime) -> Data:
    """Return what is stored about a person as values of JSON; raise LookupError for nobody.

    Moments are texts in UTC (ISO 8601). Tables come by name, rows in the order of their keys.
    """
    if session.get(Account, account_id) is None:
        raise LookupError(account_id)
    released = _find_released(session, account_id, now)
    data: Data = {"format": FORMAT, "exported_at": now.isoformat()}
    for name in SHOWN:
        data[name] = _read(session, name, account_id, released)
    hidden = _hidden_exercises(data["attempts"], data["responses"], released)
    data["cards"] = [row for row in data["cards"] if _exercise_of(row) not in hidden]
    _name_places(session, data)
    return data | _read_traces(session, account_id)


def _find_released(session: Session, account_id: int, now: datetime) -> frozenset[int]:
    return frozenset(
        session.scalars(
            select(Attempt.id)
            .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
            .where(Attempt.account_id == account_id, answers_released(now))
        )
    )


def _read(session: Session, name: str, account_id: int, released: Collection[int]) -> list[Row]:
    source = table(name)
    columns = [source.c[column] for column in SHOWN[name]]
    attempt = _attempt_column(source)
    statement: Select[Any] = select(*columns, attempt) if attempt is not None else select(*columns)
    # The key of a session is a hash, whose order says nothing.
    order = [source.c.created_at] if name == "sessions" else []
    order += source.primary_key.columns
    statement = _owned_by(statement, source, account_id).order_by(*order)
    rows = []
    for found in session.execute(statement):
        row = dict(zip(SHOWN[name], map(_plain, found), strict=False))
        if attempt is not None and found[-1] not in released:
            if name == "regraded_responses":
                continue
            row |= dict.fromkeys(MARKS[name])
        rows.append(row)
    return rows


def _attempt_column(source: Table) -> "Column[Any] | None":
    """Return the column that names the attempt on which the release of a row depends."""
    if source.name == "attempts":
        return source.c.id
    if source.name == "regraded_responses":
        return table("responses").c.attempt_id
    return source.c.attempt_id if source.name in MARKS else None


def _owned_by(statement: Select[Any], source: Table, account_id: int) -> Select[Any]:
    if source.name == "accounts":
        return statement.where(source.c.id == account_id)
    if "account_id" in source.c:
        return statement.where(source.c.account_id == account_id)
    attempts, responses = table("attempts"), table("responses")
    if source.name == "regraded_responses":
        statement = statement.join_from(source, responses).join_from(responses, attempts)
    else:
        statement = statement.join_from(source, attempts)
    return statement.where(attempts.c.account_id == account_id)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _hidden_exercises(
    attempts: list[Row], responses: list[Row], released: Collection[int]
) -> set[tuple[str, str]]:
    """Return the exercises with an unreleased answer: a card of one would tell that it is wrong."""
    sources = {row["id"]: row["source_id"] for row in attempts if row["id"] not in released}
    return {
        (sources[row["attempt_id"]], row["exercise_id"])
        for row in responses
        if row["attempt_id"] in sources
    }


def _exercise_of(card: Row) -> tuple[str, str]:
    return card["source_id"], card["exercise_id"]


def _name_places(session: Session, data: Data) -> None:
    """Put the names of classes and the titles of quizzes beside their ids."""
    account = data["accounts"][0]["id"]
    classes = {
        row.id: row.name
        for row in session.execute(
            select(SchoolClass.id, SchoolClass.name)
            .join(Membership, Membership.class_id == SchoolClass.id)
            .where(Membership.account_id == account)
        )
    }
    titles = {
        row.id: row.title or row.document["title"]
        for row in session.execute(
            select(Attempt.id, Assignment.title, QuizRevision.document)
            .join(QuizRevision, QuizRevision.hash == Attempt.quiz_revision)
            .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
            .where(Attempt.account_id == account)
        )
    }
    for row in data["memberships"]:
        row["class"] = classes.get(row["class_id"])
    for row in data["attempts"]:
        row["title"] = titles.get(row["id"])


def _read_traces(session: Session, account_id: int) -> Data:
    """Return what a person did that stays when their account is deleted, and refused tries."""
    audit, tries = table("audit"), table("login_failures")
    links, given = table("one_time_links"), table("assignments")
    login = session.get_one(Account, account_id).login_name
    statements = {
        "log": select(audit.c.at, audit.c.action, audit.c.object, audit.c.detail)
        .where(audit.c.account_id == account_id)
        .order_by(audit.c.id),
        "assignments_made": select(given.c.class_id, given.c.title, given.c.created_at)
        .where(given.c.created_by == account_id)
        .order_by(given.c.id),
        "invitations_made": select(links.c.roles, links.c.expires_at, links.c.used_at)
        .where(links.c.created_by == account_id)
        .order_by(links.c.expires_at),
        "refused_tries": select(tries.c.at)
        .where(tries.c.scope == ACCOUNT.scope, tries.c.key == account_key(login))
        .order_by(tries.c.at),
    }
    return {
        name: [
            {key: _plain(value) for key, value in row._mapping.items()}
            for row in session.execute(statement)
        ]
        for name, statement in statements.items()
    }
