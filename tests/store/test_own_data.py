"""Deleting a person or a class leaves nothing of them in any table, on both kinds of database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store import accounts, audit, classes, installation, limits, sessions
from quizapp.store.accounts import Secret
from quizapp.store.db import write
from quizapp.store.models import Account, AuditEntry, Membership, Role, SchoolClass, SecretKind
from quizapp.store.own_data import (
    TRACES,
    LastAdministrator,
    TaughtAlone,
    delete_account,
    delete_class,
    list_lone_classes,
)
from tests.store.footprints import TABLES, Footprints, dependents

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)


def make(session: Session, name: str, *roles: str, is_demo: bool = False) -> int:
    with write(session):
        made = accounts.create_account(
            session, name, Secret(SecretKind.NONE, None), NOW, roles=roles
        )
        session.get_one(Account, made).is_demo = is_demo
    return made


def count(session: Session, name: str) -> int:
    return session.scalar(select(func.count()).select_from(TABLES[name])) or 0


def plant_all(session: Session, root: str, number: int = 1) -> Footprints:
    prints = Footprints(session, number)
    with write(session):
        for name in dependents(root):
            prints.plant(name)
    return prints


def test_every_column_that_names_an_account_goes_with_it_or_is_known() -> None:
    known = {*TRACES, ("login_failures", "key"), ("audit", "object")}
    named = {
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if (column.name == "account_id" or column.name.endswith("_by")) and not column.foreign_keys
    }
    assert named | {("login_failures", "key"), ("audit", "object")} == known


def test_nothing_of_a_deleted_account_is_left_and_others_keep_theirs(session: Session) -> None:
    gone, stays = (plant_all(session, "accounts", number) for number in (1, 2))
    owned = dependents("accounts")
    with write(session):
        opaque = delete_account(session, gone.rows["accounts"]["id"], NOW)
    assert opaque < 0
    for name in owned:
        assert count(session, name) == 1, name
        left = session.execute(select(TABLES[name])).one()._mapping
        assert dict(left) == stays.rows[name], name


def test_what_stays_after_an_account_keeps_a_number_that_nobody_has(session: Session) -> None:
    make(session, "ada", "admin")
    prints = plant_all(session, "accounts")
    account = prints.rows["accounts"]
    with write(session):
        audit.record(session, account["id"], "class.create", NOW, target=f"account:{account['id']}")
        limits.record_try(session, limits.ACCOUNT, limits.account_key(account["login_name"]), NOW)
        for number in (account["id"], 10 * account["id"]):
            detail = {"teacher": number, "number": account["id"]}
            audit.record(session, None, "class.remove_teacher", NOW, detail=detail)
        for name, column in TRACES:
            prints.plant(name)
            table = TABLES[name]
            session.execute(table.update().values({column: account["id"]}))
        opaque = delete_account(session, account["id"], NOW)
    entry = session.execute(
        select(AuditEntry).where(AuditEntry.action == "class.create")
    ).scalar_one()
    assert (entry.account_id, entry.object) == (opaque, f"account:{opaque}")
    removed = select(AuditEntry.detail).where(AuditEntry.action == "class.remove_teacher")
    numbers = {"number": account["id"]}
    assert session.scalars(removed.order_by(AuditEntry.id)).all() == [
        {"teacher": opaque, **numbers},
        {"teacher": 10 * account["id"], **numbers},
    ]
    assert count(session, "login_failures") == 0
    for name, column in TRACES:
        left = session.scalars(select(TABLES[name].c[column])).all()
        assert set(left) <= {opaque, None}, name


def test_the_classes_of_a_deleted_learner_are_told(session: Session) -> None:
    teacher, learner = make(session, "ada", "teacher"), make(session, "lynx")
    with write(session):
        class_id = classes.create_class(session, "3e B", teacher, NOW)
        classes.join_class(session, class_id, learner, NOW)
    before = session.get_one(SchoolClass, class_id).roster_version
    with write(session):
        delete_account(session, learner, NOW)
    session.expire_all()
    assert session.get_one(SchoolClass, class_id).roster_version > before
    assert classes.list_learners(session, class_id) == []


def test_an_invitation_dies_with_who_made_it(session: Session) -> None:
    make(session, "ada", "admin")
    other = make(session, "bob", "admin")
    with write(session):
        installation.issue_invitation(session, ["admin"], other, NOW)
        delete_account(session, other, NOW)
    assert count(session, "one_time_links") == 0


def test_the_last_administrator_stays(session: Session) -> None:
    ada = make(session, "ada", "admin")
    bob = make(session, "bob", "admin")
    with write(session):
        accounts.set_active(session, bob, False, NOW)
    with pytest.raises(LastAdministrator), write(session):
        delete_account(session, ada, NOW)
    with write(session):
        accounts.set_active(session, bob, True, NOW)
        delete_account(session, ada, NOW)
    assert count(session, "accounts") == 1


def test_a_class_needs_another_teacher_or_goes_too(session: Session) -> None:
    ada, bob = make(session, "ada", "teacher"), make(session, "bob", "teacher")
    learner = make(session, "lynx")
    with write(session):
        shared, alone = (classes.create_class(session, name, ada, NOW) for name in ("3e A", "3e B"))
        session.add(Membership(class_id=shared, account_id=bob, role=Role.TEACHER, joined_at=NOW))
        classes.join_class(session, alone, learner, NOW)
        sessions.start_session(session, learner, NOW, timedelta(hours=1))
    assert [(each.name, each.learners) for each in list_lone_classes(session, ada)] == [("3e B", 1)]
    with pytest.raises(TaughtAlone) as refused, write(session):
        delete_account(session, ada, NOW, with_classes=[shared])
    assert [each.id for each in refused.value.classes] == [alone]
    with write(session):
        delete_account(session, ada, NOW, with_classes=[alone])
    assert session.scalars(select(SchoolClass.id)).all() == [shared]
    assert session.scalars(select(Account.id).order_by(Account.id)).all() == [bob, learner]


def test_a_teacher_who_cannot_sign_in_keeps_no_class_alive(session: Session) -> None:
    ada, bob = make(session, "ada", "teacher"), make(session, "bob", "teacher")
    with write(session):
        shared = classes.create_class(session, "3e A", ada, NOW)
        session.add(Membership(class_id=shared, account_id=bob, role=Role.TEACHER, joined_at=NOW))
        accounts.set_active(session, bob, False, NOW)
    assert [each.id for each in list_lone_classes(session, ada)] == [shared]


def test_nothing_of_a_deleted_class_is_left_and_others_keep_theirs(session: Session) -> None:
    gone, stays = (plant_all(session, "classes", number) for number in (1, 2))
    with write(session):
        delete_class(session, gone.rows["classes"]["id"])
    for name in dependents("classes"):
        left = session.execute(select(TABLES[name])).one()._mapping
        assert dict(left) == stays.rows[name], name
    assert count(session, "accounts") == 2


def test_accounts_that_exist_for_a_class_only_go_with_it(session: Session) -> None:
    teacher, other = make(session, "ada", "teacher"), make(session, "bob", "teacher")
    slip, used, shared = (make(session, name) for name in ("slip", "used", "shared"))
    simulated = make(session, "simulated", is_demo=True)
    with write(session):
        own = classes.create_class(session, "3e A", teacher, NOW)
        elsewhere = classes.create_class(session, "3e B", other, NOW)
        for each in (slip, used, shared, simulated):
            classes.join_class(session, own, each, NOW)
        classes.join_class(session, elsewhere, shared, NOW)
        sessions.start_session(session, used, NOW, timedelta(hours=1))
        delete_class(session, own)
    left = set(session.scalars(select(Account.id)))
    assert left == {teacher, other, used, shared}


def test_deleting_nobody_is_an_error(session: Session) -> None:
    with pytest.raises(LookupError), write(session):
        delete_account(session, 12345, NOW)


def test_the_number_of_a_deleted_account_is_never_given_again(session: Session) -> None:
    teacher = make(session, "ada", "teacher")
    for _ in range(3):
        gone = make(session, "lynx")
        with write(session):
            delete_account(session, gone, NOW)
        assert make(session, "otter") > gone
        with write(session):
            class_id = classes.create_class(session, "3e B", teacher, NOW)
            otter = accounts.find_credentials(session, "otter").account_id
            classes.join_class(session, class_id, otter, NOW)
            delete_class(session, class_id)
        assert make(session, "lynx") > otter
        with write(session):
            delete_account(session, accounts.find_credentials(session, "lynx").account_id, NOW)
