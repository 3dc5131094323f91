"""Creates the tables of content revisions and of assignments."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ["quiz_revisions", "exercise_revisions", "publications", "assignments", "extensions"]


def upgrade() -> None:
    """Create the tables, parents first."""
    create_quiz_revisions()
    create_exercise_revisions()
    create_publications()
    create_assignments()
    create_extensions()


def downgrade() -> None:
    """Drop the tables, children first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def create_quiz_revisions() -> None:
    """Create quiz_revisions."""
    op.create_table(
        "quiz_revisions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("quiz_id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_quiz_revisions")),
    )


def create_exercise_revisions() -> None:
    """Create exercise_revisions."""
    op.create_table(
        "exercise_revisions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("exercise_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_exercise_revisions")),
    )


def create_publications() -> None:
    """Create publications with its indexes."""
    op.create_table(
        "publications",
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("quiz_id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        refers("publications", "revision", "quiz_revisions.hash", "RESTRICT"),
        sa.PrimaryKeyConstraint("source_id", "quiz_id", "language", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_revision"), "publications", ["revision"])


def create_assignments() -> None:
    """Create assignments with its indexes."""
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("quiz_id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        one_of("feedback", "feedback", "at_once", "at_end", "after_due"),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts_limit", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "feedback <> 'after_due' OR due_at IS NOT NULL",
            name=op.f("ck_assignments_after_due_has_due"),
        ),
        sa.CheckConstraint("attempts_limit >= 1", name=op.f("ck_assignments_attempts_limit")),
        refers("assignments", "class_id", "classes.id", "CASCADE"),
        refers("assignments", "created_by", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_class_id"), "assignments", ["class_id"])


def create_extensions() -> None:
    """Create extensions with its indexes."""
    op.create_table(
        "extensions",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("excused", sa.Boolean(), nullable=False),
        refers("extensions", "account_id", "accounts.id", "CASCADE"),
        refers("extensions", "assignment_id", "assignments.id", "CASCADE"),
        sa.PrimaryKeyConstraint("assignment_id", "account_id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_account_id"), "extensions", ["account_id"])


def one_of(column: str, name: str, *values: str) -> "sa.Column[str]":
    """Return a column of one of these words, held by a CHECK of that name."""
    words = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(column, words, nullable=False)


def refers(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """Return the reference of a column to another table's key."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)
