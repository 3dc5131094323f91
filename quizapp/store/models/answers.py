"""Tables of attempts, their answers, and the rows kept beside them for the teacher's matrix."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import HASH, LANGUAGE, SLUG, Base

OPEN_ASSIGNED = text("finished_at IS NULL AND assignment_id IS NOT NULL")
SETTLED = text("settled_revision IS NOT NULL")
OPEN_PRACTICE = text("finished_at IS NULL AND purpose = 'practice'")
OPEN_REVIEW = text("finished_at IS NULL AND purpose = 'review'")


class Purpose(StrEnum):
    """Why a learner does a quiz; teachers see assigned attempts only."""

    ASSIGNED = "assigned"
    PRACTICE = "practice"
    REVIEW = "review"


class CellState(StrEnum):
    """State of a cell of the matrix; "not handed in" is the absence of a cell."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"


class Attempt(Base):
    """One learner doing one revision of a quiz; `excluded` is what the assignment left out.

    `set_aside` names, sorted, the asked exercises that do not count in the class, NULL = all
    count. It is kept here, on the row that an answer locks, so that no answer is counted by a
    decision that has changed meanwhile.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("account_id", "assignment_id", "number"),
        Index(
            "uq_attempts_open_assigned",
            "account_id",
            "assignment_id",
            unique=True,
            sqlite_where=OPEN_ASSIGNED,
            postgresql_where=OPEN_ASSIGNED,
        ),
        Index(
            "uq_attempts_open_practice",
            "account_id",
            "source_id",
            "quiz_id",
            unique=True,
            sqlite_where=OPEN_PRACTICE,
            postgresql_where=OPEN_PRACTICE,
        ),
        Index(
            "uq_attempts_open_review",
            "account_id",
            unique=True,
            sqlite_where=OPEN_REVIEW,
            postgresql_where=OPEN_REVIEW,
        ),
        CheckConstraint("(purpose = 'assigned') = (assignment_id IS NOT NULL)", name="assigned"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("exercises >= 1", name="exercises"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    assignment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[Purpose]
    source_id: Mapped[str] = mapped_column(SLUG)
    quiz_id: Mapped[str] = mapped_column(SLUG)
    language: Mapped[str] = mapped_column(LANGUAGE)
    quiz_revision: Mapped[str] = mapped_column(
        ForeignKey("quiz_revisions.hash", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    exercises: Mapped[int]
    excluded: Mapped[list[str]] = mapped_column(default=list)
    set_aside: Mapped[list[str] | None]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    late: Mapped[bool] = mapped_column(default=False)


class AttemptScore(Base):
    """The maintained score of an attempt: points and score in 0–10,000, trials pooled.

    Exercises set aside are in `answered` alone; where nothing else was asked the score is 0 and
    means nothing.
    """

    __tablename__ = "attempt_scores"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 10000", name="score"),)

    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    answered: Mapped[int] = mapped_column(default=0)
    points_sum: Mapped[int] = mapped_column(default=0)
    score: Mapped[int] = mapped_column(default=0)
    hits: Mapped[int] = mapped_column(default=0)
    misses: Mapped[int] = mapped_column(default=0)
    false_alarms: Mapped[int] = mapped_column(default=0)
    correct_rejections: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)


class Response(Base):
    """One final answer to one step of an exercise, with the texts shown and its marks.

    `graded_revision` is the one whose key gave the marks and `settled_revision` the one up to
    which a regrade was decided; both NULL before the first regrade, no reference since such a
    column could only be dropped by building the largest table anew. `confidence` is 1–3, NULL
    where it was not asked.
    """

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("attempt_id", "exercise_id", "step"),
        CheckConstraint("points BETWEEN 0 AND 10000", name="points"),
        CheckConstraint("step BETWEEN 1 AND 3", name="step"),
        Index(
            "ix_responses_settled_revision",
            "settled_revision",
            sqlite_where=SETTLED,
            postgresql_where=SETTLED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"))
    exercise_id: Mapped[str] = mapped_column(SLUG)
    step: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(SLUG)
    exercise_revision: Mapped[str] = mapped_column(
        ForeignKey("exercise_revisions.hash", ondelete="RESTRICT"), index=True
    )
    shown: Mapped[list[dict[str, Any]]]
    payload: Mapped[dict[str, Any]]
    marks: Mapped[dict[str, Any]]
    points: Mapped[int]
    right: Mapped[bool]
    unsure: Mapped[bool]
    hits: Mapped[int]
    misses: Mapped[int]
    false_alarms: Mapped[int]
    correct_rejections: Mapped[int]
    answered_at: Mapped[datetime]
    graded_revision: Mapped[str | None] = mapped_column(HASH)
    settled_revision: Mapped[str | None] = mapped_column(HASH)
    confidence: Mapped[int | None] = mapped_column(SmallInteger)


class Cell(Base):
    """A learner's cell for an assignment, written with each answer; `tries` = finished attempts.

    `set_aside` = how many of the exercises do not count, NULL = all count; where none is left
    the score is 0 and means nothing.
    """

    __tablename__ = "cells"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 10000", name="score"),)

    class_id: Mapped[int] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    state: Mapped[CellState] = mapped_column(default=CellState.IN_PROGRESS)
    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempts.id", ondelete="CASCADE"), index=True
    )
    score: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    exercises: Mapped[int]
    set_aside: Mapped[int | None] = mapped_column(SmallInteger)
    tries: Mapped[int] = mapped_column(default=0)
    late: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
