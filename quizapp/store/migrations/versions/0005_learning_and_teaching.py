"""Creates cards of the review, items set aside, notes; what accounts and contests say besides."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN_REVIEW = sa.text("finished_at IS NULL AND purpose = 'review'")
TABLES = ["cards", "set_asides", "notes"]


def upgrade() -> None:
    """Create the tables after columns that cost existing rows nothing."""
    for table, column in new_columns():
        op.add_column(table, column)
    op.create_index(
        op.f("uq_attempts_open_review"),
        "attempts",
        ["account_id"],
        unique=True,
        sqlite_where=OPEN_REVIEW,
        postgresql_where=OPEN_REVIEW,
    )
    create_cards()
    create_set_asides()
    create_notes()


def downgrade() -> None:
    """Drop the tables, the index and the columns."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index(op.f("uq_attempts_open_review"), "attempts")
    for table, column in reversed(new_columns()):
        op.drop_column(table, column.name)


def new_columns() -> "list[tuple[str, sa.Column[Any]]]":
    """Return the columns to add, each with its table."""
    moment = sa.DateTime(timezone=True)
    return [
        (
            "accounts",
            sa.Column("shortcuts", sa.Boolean(), server_default=sa.true(), nullable=False),
        ),
        ("memberships", sa.Column("claimed_at", moment, nullable=True)),
        ("responses", sa.Column("confidence", sa.SmallInteger(), nullable=True)),
        ("contests", sa.Column("class_decision", sa.String(length=20), nullable=True)),
        ("contests", sa.Column("class_reason", sa.String(length=500), nullable=True)),
        ("contests", sa.Column("class_decided_at", moment, nullable=True)),
        ("attempts", sa.Column("set_aside", sa.Text(), nullable=True)),
        ("cells", sa.Column("set_aside", sa.SmallInteger(), nullable=True)),
    ]


def create_cards() -> None:
    """Create cards with the index by which those due are found."""
    op.create_table(
        "cards",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("exercise_id", sa.String(length=40), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("right_on", sa.String(length=10), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=True),
        refers("cards", "account_id", "accounts.id", "CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "source_id", "exercise_id", name=op.f("pk_cards")),
    )
    op.create_index(op.f("ix_cards_account_id_due_at"), "cards", ["account_id", "due_at"])


def create_set_asides() -> None:
    """Create set_asides."""
    op.create_table(
        "set_asides",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("exercise_id", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        refers("set_asides", "class_id", "classes.id", "CASCADE"),
        sa.PrimaryKeyConstraint("class_id", "source_id", "exercise_id", name=op.f("pk_set_asides")),
    )


def create_notes() -> None:
    """Create notes with its index."""
    op.create_table(
        "notes",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        refers("notes", "assignment_id", "assignments.id", "CASCADE"),
        refers("notes", "account_id", "accounts.id", "CASCADE"),
        sa.PrimaryKeyConstraint("assignment_id", "account_id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_account_id"), "notes", ["account_id"])


def refers(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """Return the reference of a column to another table's key."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)
