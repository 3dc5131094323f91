"""The table of cards for spaced review; knows no schedule."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import SLUG, Base


class Card(Base):
    """An exercise that a learner got below full marks; written down when a review begins.

    `card` is the scheduler's own state, with the id of the last answer that it took in.
    `right_on` is the school day (ISO) of the first right review; a right one on another day sets
    `learnt_at`, after which the card rests.
    """

    __tablename__ = "cards"
    __table_args__ = (Index(None, "account_id", "due_at"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    source_id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    exercise_id: Mapped[str] = mapped_column(SLUG, primary_key=True)
    card: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    right_on: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[datetime]
    learnt_at: Mapped[datetime | None]
