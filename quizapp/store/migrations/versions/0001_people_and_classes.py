"""Creates the tables of people and classes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = [
    "accounts",
    "sessions",
    "login_failures",
    "one_time_links",
    "installation",
    "audit",
    "classes",
    "class_codes",
    "memberships",
]


def upgrade() -> None:
    """Create the tables, parents first."""
    create_accounts()
    create_sessions()
    create_login_failures()
    create_one_time_links()
    create_installation()
    create_audit()
    create_classes()
    create_class_codes()
    create_memberships()


def downgrade() -> None:
    """Drop the tables, children first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def create_accounts() -> None:
    """Create accounts."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_name", sa.String(length=200), nullable=False),
        sa.Column("login_key", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        one_of("secret_kind", "secretkind", "password", "pin", "none"),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("is_teacher", sa.Boolean(), nullable=False),
        sa.Column("is_author", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login_key", name=op.f("uq_accounts_login_key")),
    )


def create_sessions() -> None:
    """Create sessions with its indexes."""
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        refers("sessions", "account_id", "accounts.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"])


def create_login_failures() -> None:
    """Create login_failures with its indexes."""
    op.create_table(
        "login_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failures")),
    )
    op.create_index(
        op.f("ix_login_failures_scope_key_at"), "login_failures", ["scope", "key", "at"]
    )


def create_one_time_links() -> None:
    """Create one_time_links."""
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        one_of("purpose", "linkpurpose", "setup", "invitation"),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        refers("one_time_links", "created_by", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_links")),
    )


def create_installation() -> None:
    """Create installation."""
    op.create_table(
        "installation",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_installation")),
    )


def create_audit() -> None:
    """Create audit with its indexes."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("object", sa.String(length=200), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_account_id"), "audit", ["account_id"])
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])


def create_classes() -> None:
    """Create classes."""
    op.create_table(
        "classes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        one_of("joining", "joining", "pseudonym", "roster"),
        sa.Column("join_open", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roster_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classes")),
    )


def create_class_codes() -> None:
    """Create class_codes with its indexes."""
    op.create_table(
        "class_codes",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        refers("class_codes", "class_id", "classes.id", "CASCADE"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_class_codes")),
    )
    op.create_index(
        op.f("uq_class_codes_live"),
        "class_codes",
        ["class_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def create_memberships() -> None:
    """Create memberships with its indexes."""
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        one_of("role", "role", "learner", "teacher"),
        sa.Column("label", sa.String(length=200), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        refers("memberships", "account_id", "accounts.id", "CASCADE"),
        refers("memberships", "class_id", "classes.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sa.UniqueConstraint(
            "class_id", "account_id", name=op.f("uq_memberships_class_id_account_id")
        ),
    )
    op.create_index(op.f("ix_memberships_account_id"), "memberships", ["account_id"])


def one_of(column: str, name: str, *values: str) -> "sa.Column[str]":
    """Return a column of one of these words, held by a CHECK of that name."""
    words = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)
    return sa.Column(column, words, nullable=False)


def refers(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    """Return the reference of a column to another table's key."""
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=ondelete)
