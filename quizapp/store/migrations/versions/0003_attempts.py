"""Creates the tables of attempts, answers and the rows kept beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ["attempts", "attempt_scores", "responses", "cells"]


def upgrade() -> None:
    """Create the tables, parents first."""
    create_attempts()
    create_attempt_scores()
    create_responses()
    create_cells()


def downgrade() -> None:
    """Drop the tables, children first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def create_attempts() -> None:
    """Create attempts with its indexes."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        one_of("purpose", "purpose", "assigned", "practice", "review"),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("quiz_id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("quiz_revision", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("exercises", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(purpose = 'assigned') = (assignment_id IS NOT NULL)",
            name=op.f("ck_attempts_assigned"),
        ),
        sa.CheckConstraint("exercises >= 1", name=op.f("ck_attempts_exercises")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempts_number")),
        refers("attempts", "account_id", "accounts.id", "CASCADE"),
        refers("attempts", "assignment_id", "assignments.id", "CASCADE"),
        refers("attempts", "quiz_revision", "quiz_revisions.hash", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint(
            "account_id",
            "assignment_id",
            "number",
            name=op.f("uq_attempts_account_id_assignment_id_number"),
        ),
    )
    index_attempts()


def index_attempts() -> None:
    """Create the indexes of attempts, two of which keep a second open attempt out."""
    op.create_index(op.f("ix_attempts_assignment_id"), "attempts", ["assignment_id"])
    op.create_index(op.f("ix_attempts_quiz_revision"), "attempts", ["quiz_revision"])
    op.create_index(
        op.f("uq_attempts_open_assigned"),
        "attempts",
        ["account_id", "assignment_id"],
        unique=True,
        sqlite_where=sa.text("finished_at IS NULL AND assignment_id IS NOT NULL"),
        postgresql_where=sa.text("finished_at IS NULL AND assignment_id IS NOT NULL"),
    )
    op.create_index(
        op.f("uq_attempts_open_practice"),
        "attempts",
        ["account_id", "source_id", "quiz_id"],
        unique=True,
        sqlite_where=sa.text("finished_at IS NULL AND purpose = 'practice'"),
        postgresql_where=sa.text("finished_at IS NULL AND purpose = 'practice'"),
    )


def create_attempt_scores() -> None:
    """Create attempt_scores."""
    op.create_table(
        "attempt_scores",
        sa.Column("attempt_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("points_sum", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("false_alarms", sa.Integer(), nullable=False),
        sa.Column("correct_rejections", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10000", name=op.f("ck_attempt_scores_score")),
        refers("attempt_scores", "attempt_id", "attempts.id", "CASCADE"),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_attempt_scores")),
    )


def create_responses() -> None:
    """Create responses with its indexes."""
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("exercise_id", sa.String(length=40), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("exercise_revision", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("false_alarms", sa.Integer(), nullable=False),
        sa.Column("correct_rejections", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 10000", name=op.f("ck_responses_points")),
        sa.CheckConstraint("step BETWEEN 1 AND 3", name=op.f("ck_responses_step")),
        refers("responses", "attempt_id", "attempts.id", "CASCADE"),
        refers("responses", "exercise_revision", "exercise_revisions.hash", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint(
            "attempt_id",
            "exercise_id",
            "step",
            name=op.f("uq_responses_attempt_id_exercise_id_step"),
        ),
    )
    op.create_index(op.f("ix_responses_exercise_revision"), "responses", ["exercise_revision"])


def create_cells() -> None:
    """Create cells with its indexes."""
    op.create_table(
        "cells",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        one_of("state", "cellstate", "in_progress", "finished"),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("exercises", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10000", name=op.f("ck_cells_score")),
        refers("cells", "account_id", "accounts.id", "CASCADE"),
        refers("cells", "assignment_id", "assignments.id", "CASCADE"),
        refers("cells", "attempt_id", "attempts.id", "CASCADE"),
        refers("cells", "class_id", "classes.id", "CASCADE"),
        sa.PrimaryKeyConstraint("class_id", "account_id", "assignment_id", name=op.f("pk_cells")),
    )
    op.create_index(op.f("ix_cells_account_id"), "cells", ["account_id"])
    op.create_index(op.f("ix_cells_assignment_id"), "cells", ["assignment_id"])
    op.create_index(op.f("ix_cells_attempt_id"), "cells", ["attempt_id"])


def one_of(column: str, name: str, *values: str) -> "sa.Column[str]":
    """Return a column of one of these words, held by a CHECK of that name."""
    words = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(column, words, nullable=False)


def refers(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """Return the reference of a column to another table's key."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)
