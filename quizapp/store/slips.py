"""Knows slips: an account that a teacher made for a class, until its learner first uses it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.store.models import Membership, Role


def is_claimed(session: Session, class_id: int, account_id: int) -> bool | None:
    """Tell whether the slip of a learner was used before; None for who is no learner of the class.

    Who came with a pseudonym of their own has nothing left to claim.
    """
    row = session.execute(
        select(Membership.claimed_at).where(
            Membership.class_id == class_id,
            Membership.account_id == account_id,
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else row.claimed_at is not None


def claim_slips(session: Session, account_id: int, now: datetime) -> bool:
    """Note that the person behind an account has come; tell whether one of its slips was unused.

    Inside a write transaction: of two at the same moment, one is the first.
    """
    claimed = session.execute(
        update(Membership)
        .where(
            Membership.account_id == account_id,
            Membership.role == Role.LEARNER,
            Membership.claimed_at.is_(None),
        )
        .values(claimed_at=now)
        .returning(Membership.id)
    ).all()
    return bool(claimed)
