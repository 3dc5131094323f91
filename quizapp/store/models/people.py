"""Tables about who may sign in: accounts, sessions, limits, links, settings and the audit."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.store.models.base import HASH, LANGUAGE, NAME, Base


class SecretKind(StrEnum):
    """How an account proves who it is; `none` cannot sign in."""

    PASSWORD = "password"  # noqa: S105 - a kind, not a secret
    PIN = "pin"
    NONE = "none"


class LinkPurpose(StrEnum):
    """What a one-time link lets its holder do."""

    SETUP = "setup"
    INVITATION = "invitation"


class Account(Base):
    """One person, or one simulated learner; roles are flags, every account may learn."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    login_name: Mapped[str] = mapped_column(NAME)
    login_key: Mapped[str] = mapped_column(NAME, unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    secret_kind: Mapped[SecretKind] = mapped_column(default=SecretKind.NONE)
    language: Mapped[str | None] = mapped_column(LANGUAGE)
    is_teacher: Mapped[bool] = mapped_column(default=False)
    is_author: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    epoch: Mapped[int] = mapped_column(default=0)
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime]


class AccountSession(Base):
    """A sign-in: the row's id is the SHA-256 of the token in the cookie."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(HASH, primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LoginFailure(Base):
    """A wrong try, counted per scope (account, address, code …) and key."""

    __tablename__ = "login_failures"
    __table_args__ = (Index(None, "scope", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(NAME)
    at: Mapped[datetime]


class OneTimeLink(Base):
    """A link that works once: only the hash of its token is kept."""

    __tablename__ = "one_time_links"

    token_hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    purpose: Mapped[LinkPurpose]
    roles: Mapped[list[str]] = mapped_column(default=list)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class InstallationValue(Base):
    """A setting of the installation that is kept in the database."""

    __tablename__ = "installation"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str]


class AuditEntry(Base):
    """Who did what to which object; the account's id stays after the account is deleted."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(80))
    object: Mapped[str | None] = mapped_column(NAME)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
