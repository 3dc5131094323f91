"""Tables about classes and what is assigned to them; knows nothing of answers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import LANGUAGE, NAME, SLUG, Base

LONGEST_NOTE = 1000
"""Signs of a note to a learner."""


class Joining(StrEnum):
    """How learners enter a class: with a pseudonym of their own, or a slip of the teacher."""

    PSEUDONYM = "pseudonym"
    ROSTER = "roster"


class Role(StrEnum):
    """What a member does in a class."""

    LEARNER = "learner"
    TEACHER = "teacher"


class Feedback(StrEnum):
    """When the answers of an assignment are released to a learner."""

    AT_ONCE = "at_once"
    AT_END = "at_end"
    AFTER_DUE = "after_due"


class SchoolClass(Base):
    """A class; `roster_version` grows with every change of its members or their labels."""

    __tablename__ = "classes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(NAME)
    joining: Mapped[Joining] = mapped_column(default=Joining.PSEUDONYM)
    join_open: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    roster_version: Mapped[int] = mapped_column(default=0)


class ClassCode(Base):
    """A code with which learners join; past codes are kept, so that none comes back."""

    __tablename__ = "class_codes"
    __table_args__ = (
        Index(
            "uq_class_codes_live",
            "class_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Membership(Base):
    """An account in a class; ended when removed, restorable. `label` is the only personal text.

    `claimed_at` = when the slip that the teacher made for this membership was first used.
    """

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("class_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[Role] = mapped_column(default=Role.LEARNER)
    label: Mapped[str | None] = mapped_column(NAME)
    joined_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]


class Assignment(Base):
    """A quiz given to one class; language NULL = the learner's choice."""

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint("feedback <> 'after_due' OR due_at IS NOT NULL", name="after_due_has_due"),
        CheckConstraint("attempts_limit >= 1", name="attempts_limit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[str] = mapped_column(SLUG)
    quiz_id: Mapped[str] = mapped_column(SLUG)
    language: Mapped[str | None] = mapped_column(LANGUAGE)
    title: Mapped[str] = mapped_column(NAME)
    feedback: Mapped[Feedback] = mapped_column(default=Feedback.AT_ONCE)
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    attempts_limit: Mapped[int] = mapped_column(default=1)
    excluded: Mapped[list[str]] = mapped_column(default=list)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Extension(Base):
    """Another due date for one learner, or the word that they need not do the assignment."""

    __tablename__ = "extensions"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    due_at: Mapped[datetime | None]
    excused: Mapped[bool] = mapped_column(default=False)


class Note(Base):
    """What a teacher writes to one learner about one assignment; both see it."""

    __tablename__ = "notes"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str] = mapped_column(String(LONGEST_NOTE))
    written_by: Mapped[int | None]
    written_at: Mapped[datetime]
