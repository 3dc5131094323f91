"""Tables of corrected keys: who regraded what with which marks before and after, who contested."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import HASH, LANGUAGE, SLUG, Base

OPEN_IN_CLASS = text("finished_at IS NULL AND class_id IS NOT NULL")
OPEN_IN_PRACTICE = text("finished_at IS NULL AND class_id IS NULL")
LONGEST_REASON = 500
"""Signs of the reason of a contest."""


class RegradeChoice(StrEnum):
    """What becomes of stored marks when a key has changed."""

    CURRENT = "current"
    EITHER = "either"
    FULL = "full"
    LEAVE = "leave"


class ContestState(StrEnum):
    """What became of a contested key."""

    OPEN = "open"
    KEPT = "kept"
    CORRECTED = "corrected"


class ClassDecision(StrEnum):
    """What the teacher of a class decided about a contested key, for that class alone."""

    KEPT = "kept"
    SET_ASIDE = "set_aside"


class Regrade(Base):
    """One decision on the marks of one exercise; `class_id` NULL = practice and review of all.

    `finished_at` NULL = under way or interrupted. The account's id stays after the account.
    """

    __tablename__ = "regrades"
    __table_args__ = (
        Index(
            "uq_regrades_open_in_class",
            "class_id",
            "source_id",
            "language",
            "exercise_id",
            unique=True,
            sqlite_where=OPEN_IN_CLASS,
            postgresql_where=OPEN_IN_CLASS,
        ),
        Index(
            "uq_regrades_open_in_practice",
            "source_id",
            "language",
            "exercise_id",
            unique=True,
            sqlite_where=OPEN_IN_PRACTICE,
            postgresql_where=OPEN_IN_PRACTICE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int | None] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None]
    source_id: Mapped[str] = mapped_column(SLUG)
    language: Mapped[str] = mapped_column(LANGUAGE)
    exercise_id: Mapped[str] = mapped_column(SLUG)
    to_revision: Mapped[str] = mapped_column(
        ForeignKey("exercise_revisions.hash", ondelete="RESTRICT")
    )
    choice: Mapped[RegradeChoice]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class RegradedResponse(Base):
    """The marks of one answer before and after a regrade, the first ones included."""

    __tablename__ = "regraded_responses"

    regrade_id: Mapped[int] = mapped_column(
        ForeignKey("regrades.id", ondelete="CASCADE"), primary_key=True
    )
    response_id: Mapped[int] = mapped_column(
        ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    from_revision: Mapped[str] = mapped_column(HASH)
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class Contest(Base):
    """Somebody's reason why a key is wrong; one for each account and revision of an exercise.

    `state` is the authors' answer; `class_decision`, with the teacher's reason, that of the class.
    """

    __tablename__ = "contests"
    __table_args__ = (
        UniqueConstraint("account_id", "exercise_revision"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    class_id: Mapped[int | None] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), index=True
    )
    source_id: Mapped[str] = mapped_column(SLUG)
    language: Mapped[str] = mapped_column(LANGUAGE)
    exercise_id: Mapped[str] = mapped_column(SLUG)
    exercise_revision: Mapped[str] = mapped_column(
        ForeignKey("exercise_revisions.hash", ondelete="RESTRICT"), index=True
    )
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    state: Mapped[ContestState] = mapped_column(default=ContestState.OPEN)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None]
    class_decision: Mapped[str | None] = mapped_column(String(20))
    class_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    class_decided_at: Mapped[datetime | None]


class SetAside(Base):
    """An exercise that does not count in one class, in any language; kept there for debate."""

    __tablename__ = "set_asides"

    class_id: Mapped[int] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    exercise_id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    set_by: Mapped[int | None]
    set_at: Mapped[datetime]
