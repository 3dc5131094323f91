"""Tables of content as it was served: immutable revisions by hash, and what is published now."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import HASH, LANGUAGE, SLUG, Base


class QuizRevision(Base):
    """A quiz as served once; its document lists its exercises by hash."""

    __tablename__ = "quiz_revisions"

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    source_id: Mapped[str] = mapped_column(SLUG)
    quiz_id: Mapped[str] = mapped_column(SLUG)
    language: Mapped[str] = mapped_column(LANGUAGE)
    document: Mapped[dict[str, Any]]


class ExerciseRevision(Base):
    """An exercise as served once: a self-contained document."""

    __tablename__ = "exercise_revisions"

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    exercise_id: Mapped[str] = mapped_column(SLUG)
    kind: Mapped[str] = mapped_column(SLUG)
    text_hash: Mapped[str] = mapped_column(HASH)
    key_hash: Mapped[str] = mapped_column(HASH)
    document: Mapped[dict[str, Any]]


class Publication(Base):
    """The revision of a quiz that is served now; retired when its file disappears."""

    __tablename__ = "publications"

    source_id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    quiz_id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    language: Mapped[str] = mapped_column(LANGUAGE, primary_key=True)
    path: Mapped[str] = mapped_column(String(500))
    revision: Mapped[str] = mapped_column(
        ForeignKey("quiz_revisions.hash", ondelete="RESTRICT"), index=True
    )
    published_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
