"""The purge at the end of the school year: what is due, and its deletion piece by piece.

One class or account for each transaction, so that others can write between and an interrupted purge
goes on where it stopped. When something is due is for `core/retention.py` to say.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import Select, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from quizapp.core.retention import DEFAULT, GRACE, LOG_KEPT, PurgeRule, begin_of, purge_day_of
from quizapp.store import audit
from quizapp.store.db import write
from quizapp.store.installation import find_value, set_value
from quizapp.store.limits import KEPT_FOR
from quizapp.store.models import (
    Account,
    AccountSession,
    Assignment,
    Attempt,
    AuditEntry,
    LoginFailure,
    Membership,
    OneTimeLink,
    Role,
    SchoolClass,
)
from quizapp.store.own_data import delete_account, delete_class

SETTING = "purge_day"
OFF = "off"
Keep = Callable[[int], None]
"""Keeps a copy of a class, by its id, before it is deleted; in the transaction that deletes it."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DueClass:
    """A class to be deleted, with how many learners it has and how many attempts they made."""

    id: int
    name: str
    day: date
    is_archived: bool
    learners: int
    attempts: int


@dataclass(frozen=True)
class PurgePlan:
    """What is due on a day: classes, and the accounts of learners that end with them."""

    day: date | None
    classes: tuple[DueClass, ...]
    accounts: tuple[int, ...]

    @property
    def steps(self) -> int:
        """In how many transactions it is deleted, the last one for what is left over."""
        return len(self.classes) + len(self.accounts) + 1


def find_rule(session: Session) -> PurgeRule | None:
    """Return the setting of the installation; None when it is switched off."""
    value = find_value(session, SETTING)
    if value is None:
        return DEFAULT
    if value == OFF:
        return None
    day, _, since = value.partition(" ")
    month, _, number = day.partition("-")
    return PurgeRule(int(month), int(number), date.fromisoformat(since))


def set_rule(session: Session, rule: PurgeRule | None) -> None:
    """Keep the setting; raises ValueError for a rule that does not say since when it counts."""
    if rule is not None and rule.since is None:
        raise ValueError("a rule that is set counts from a day on")
    set_value(session, SETTING, f"{rule.month:02}-{rule.day:02} {rule.since}" if rule else OFF)


def plan_purge(
    session: Session,
    rule: PurgeRule | None,
    today: date,
    zone: tzinfo,
    *,
    but: Collection[int] = (),
) -> PurgePlan:
    """Return what is due today, without the classes that are to be left this time."""
    day = rule.latest(today) if rule is not None else None
    if rule is None or day is None:
        return PurgePlan(None, (), ())
    due = []
    for row in session.execute(_classes()):
        falls_due = purge_day_of(rule, row.created_at, row.archived_at, zone)
        if falls_due <= today and row.id not in but:
            archived = row.archived_at is not None
            due.append(DueClass(row.id, row.name, falls_due, archived, row.learners, row.attempts))
    ids = [each.id for each in due]
    accounts = session.scalars(_lone_learners(ids, begin_of(day, zone) - GRACE)).all()
    return PurgePlan(day, tuple(due), tuple(accounts))


def run_purge(
    session: Session,
    plan: PurgePlan,
    now: datetime,
    zone: tzinfo,
    *,
    keep: Keep,
    progress: Progress = lambda done, total: None,
) -> None:
    """Delete what a plan names; `keep` is called for each class before."""
    if plan.day is None:
        return
    done = 0
    for each in plan.classes:
        with write(session):
            keep(each.id)
            delete_class(session, each.id)
            audit.record(session, None, "class.purge", now, target=f"class:{each.id}")
        done += 1
        progress(done, plan.steps)
    since = begin_of(plan.day, zone) - GRACE
    for account_id in plan.accounts:
        with write(session):
            # Who came back, or joined a class, after the plan was made stays.
            if session.scalar(_lone_learners([], since).where(Account.id == account_id)):
                delete_account(session, account_id, now)
        done += 1
        progress(done, plan.steps)
    with write(session):
        delete_leftovers(session, begin_of(plan.day, zone), now)
    progress(plan.steps, plan.steps)


def delete_leftovers(session: Session, day: datetime, now: datetime) -> None:
    """Delete what served for a time only: sign-ins, refused tries, dead links, old log lines."""
    old = day - GRACE
    session.execute(delete(AccountSession).where(AccountSession.expires_at < old))
    session.execute(delete(LoginFailure).where(LoginFailure.at < now - KEPT_FOR))
    session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < old))
    session.execute(delete(AuditEntry).where(AuditEntry.at < day - LOG_KEPT))


def _classes() -> Select[int, str, datetime, datetime | None, int, int]:
    """Return the classes of real people with the numbers that say how much goes with them."""
    learners = (
        select(func.count())
        .where(Membership.class_id == SchoolClass.id, Membership.role == Role.LEARNER)
        .scalar_subquery()
    )
    attempts = (
        select(func.count())
        .select_from(Attempt)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Assignment.class_id == SchoolClass.id)
        .scalar_subquery()
    )
    return (
        select(
            SchoolClass.id,
            SchoolClass.name,
            SchoolClass.created_at,
            SchoolClass.archived_at,
            learners.label("learners"),
            attempts.label("attempts"),
        )
        .where(SchoolClass.is_demo.is_(False))
        .order_by(SchoolClass.id)
    )


def _lone_learners(gone: Collection[int], since: datetime) -> Select[int]:
    """Return the accounts without a role that are in no class but those gone, and not in use.

    In use = made, signed in with or answered with since then. Who was removed from a class that
    stays is kept with it, since the teacher may take them back.
    """
    return (
        select(Account.id)
        .where(
            Account.is_teacher.is_(False),
            Account.is_author.is_(False),
            Account.is_admin.is_(False),
            Account.is_demo.is_(False),
            Account.created_at < since,
            ~exists().where(
                Membership.account_id == Account.id, Membership.class_id.not_in(list(gone))
            ),
            ~exists().where(
                AccountSession.account_id == Account.id, AccountSession.created_at >= since
            ),
            ~exists().where(
                Attempt.account_id == Account.id,
                or_(Attempt.started_at >= since, Attempt.finished_at >= since),
            ),
        )
        .order_by(Account.id)
    )
