"""Creates the tables of regrades and contests, and notes on answers which key gave their marks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SETTLED = sa.text("settled_revision IS NOT NULL")
NOTES = ["graded_revision", "settled_revision"]
TABLES = ["regrades", "regraded_responses", "contests"]


def upgrade() -> None:
    """Create the tables, parents first, after two columns that cost existing rows nothing."""
    for name in NOTES:
        op.add_column("responses", sa.Column(name, sa.String(length=64), nullable=True))
    op.create_index(
        op.f("ix_responses_settled_revision"),
        "responses",
        ["settled_revision"],
        sqlite_where=SETTLED,
        postgresql_where=SETTLED,
    )
    create_regrades()
    create_regraded_responses()
    create_contests()


def downgrade() -> None:
    """Drop the tables, children first, and the columns; marks stay as they were last."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index(op.f("ix_responses_settled_revision"), "responses")
    for name in reversed(NOTES):
        op.drop_column("responses", name)


def create_regrades() -> None:
    """Create regrades with its indexes, two of which keep a second open regrade out."""
    op.create_table(
        "regrades",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("exercise_id", sa.String(length=40), nullable=False),
        sa.Column("to_revision", sa.String(length=64), nullable=False),
        one_of("choice", "regradechoice", "current", "either", "full", "leave"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        refers("regrades", "class_id", "classes.id", "CASCADE"),
        refers("regrades", "to_revision", "exercise_revisions.hash", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrades")),
    )
    op.create_index(op.f("ix_regrades_class_id"), "regrades", ["class_id"])
    exercise = ["source_id", "language", "exercise_id"]
    index_open("uq_regrades_open_in_class", ["class_id", *exercise], "IS NOT NULL")
    index_open("uq_regrades_open_in_practice", exercise, "IS NULL")


def index_open(name: str, columns: list[str], class_id: str) -> None:
    """Create an index that keeps a second open regrade of the same answers out."""
    where = sa.text(f"finished_at IS NULL AND class_id {class_id}")
    op.create_index(
        op.f(name), "regrades", columns, unique=True, sqlite_where=where, postgresql_where=where
    )


def create_regraded_responses() -> None:
    """Create regraded_responses with its index."""
    op.create_table(
        "regraded_responses",
        sa.Column("regrade_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("from_revision", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        refers("regraded_responses", "regrade_id", "regrades.id", "CASCADE"),
        refers("regraded_responses", "response_id", "responses.id", "CASCADE"),
        sa.PrimaryKeyConstraint("regrade_id", "response_id", name=op.f("pk_regraded_responses")),
    )
    op.create_index(
        op.f("ix_regraded_responses_response_id"), "regraded_responses", ["response_id"]
    )


def create_contests() -> None:
    """Create contests with its indexes."""
    op.create_table(
        "contests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("exercise_id", sa.String(length=40), nullable=False),
        sa.Column("exercise_revision", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        one_of("state", "conteststate", "open", "kept", "corrected"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL)", name=op.f("ck_contests_closed")
        ),
        refers("contests", "account_id", "accounts.id", "CASCADE"),
        refers("contests", "class_id", "classes.id", "CASCADE"),
        refers("contests", "exercise_revision", "exercise_revisions.hash", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
        sa.UniqueConstraint(
            "account_id",
            "exercise_revision",
            name=op.f("uq_contests_account_id_exercise_revision"),
        ),
    )
    op.create_index(op.f("ix_contests_class_id"), "contests", ["class_id"])
    op.create_index(op.f("ix_contests_exercise_revision"), "contests", ["exercise_revision"])


def one_of(column: str, name: str, *values: str) -> "sa.Column[str]":
    """Return a column of one of these words, held by a CHECK of that name."""
    words = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(column, words, nullable=False)


def refers(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """Return the reference of a column to another table's key."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)
