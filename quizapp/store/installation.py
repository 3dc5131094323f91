"""Knows what is set once for the whole installation, and the links that work once."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from quizapp.store.models import Account, InstallationValue, LinkPurpose, OneTimeLink

TIME_ZONE = "time_zone"
LINK_LIFETIME = timedelta(days=7)
_ID_LENGTH = 24
"""Signs of a link's hash that name it on a page."""


class LinkDead(Exception):
    """The link is unknown, used or too old."""


@dataclass(frozen=True)
class Invitation:
    """A link that nobody has used yet; `id` names it and opens nothing."""

    id: str
    roles: tuple[str, ...]
    expires_at: datetime
    created_by: str | None


@dataclass(frozen=True)
class Link:
    """A link that can still be used, and the roles it gives."""

    token_hash: str
    roles: tuple[str, ...]


def find_value(session: Session, key: str) -> str | None:
    """Return a setting kept in the database."""
    return session.scalar(select(InstallationValue.value).where(InstallationValue.key == key))


def set_value(session: Session, key: str, value: str) -> None:
    """Keep a setting in the database."""
    session.merge(InstallationValue(key=key, value=value))
    session.flush()


def has_admin(session: Session) -> bool:
    """Tell whether the installation has been set up."""
    found = session.scalar(select(Account.id).where(Account.is_admin.is_(True)).limit(1))
    return found is not None


def issue_setup_link(session: Session, now: datetime) -> str | None:
    """Return the token of a new set-up link, the only one; None when there is an administrator."""
    if has_admin(session):
        return None
    session.execute(delete(OneTimeLink).where(OneTimeLink.purpose == LinkPurpose.SETUP))
    return _issue(session, LinkPurpose.SETUP, ("teacher", "author", "admin"), None, now)


def issue_invitation(
    session: Session, roles: Collection[str], created_by: int, now: datetime
) -> str:
    """Return the token of a link with which one person makes an account with these roles."""
    return _issue(session, LinkPurpose.INVITATION, roles, created_by, now)


def list_invitations(session: Session, now: datetime) -> list[Invitation]:
    """Return the invitations that can still be used, the next to expire first."""
    rows = session.execute(
        select(
            OneTimeLink.token_hash, OneTimeLink.roles, OneTimeLink.expires_at, Account.login_name
        )
        .outerjoin(Account, Account.id == OneTimeLink.created_by)
        .where(
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
        .order_by(OneTimeLink.expires_at, OneTimeLink.token_hash)
    )
    return [
        Invitation(row.token_hash[:_ID_LENGTH], tuple(row.roles), row.expires_at, row.login_name)
        for row in rows
    ]


def withdraw_invitation(session: Session, invitation: Invitation) -> None:
    """Let an invitation open nothing any more; inside a write transaction."""
    session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.purpose == LinkPurpose.INVITATION,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.token_hash.startswith(invitation.id),
        )
    )


def _issue(
    session: Session,
    purpose: LinkPurpose,
    roles: Collection[str],
    created_by: int | None,
    now: datetime,
) -> str:
    token = secrets.token_urlsafe(24)
    session.execute(
        insert(OneTimeLink).values(
            token_hash=_hash(token),
            purpose=purpose,
            roles=sorted(roles),
            created_by=created_by,
            expires_at=now + LINK_LIFETIME,
        )
    )
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(session: Session, token: str, purpose: LinkPurpose, now: datetime) -> Link | None:
    """Return a link that can still be used."""
    row = session.execute(
        select(OneTimeLink.token_hash, OneTimeLink.roles).where(
            OneTimeLink.token_hash == _hash(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
    ).first()
    return Link(row.token_hash, tuple(row.roles)) if row else None


def use_link(session: Session, link: Link, now: datetime) -> None:
    """Use up a link; raise LinkDead when somebody else was faster."""
    used = session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.token_hash == link.token_hash, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
        .returning(OneTimeLink.token_hash)
    ).all()
    if not used:
        raise LinkDead
