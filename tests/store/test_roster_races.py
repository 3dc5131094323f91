"""Twenty threads at once on the people of a class: one list, one move, always a teacher left."""

from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.store import accounts, classes, co_teachers, enrolment
from quizapp.store.accounts import NameTaken, Secret
from quizapp.store.co_teachers import LastTeacher
from quizapp.store.db import write
from quizapp.store.enrolment import Newcomer, Overtaken
from quizapp.store.models import Account, Membership, Role, SecretKind
from tests.store.school import NOW, School
from tests.store.test_races import THREADS, at_once

LIST = [Newcomer(f"Nom {n}", f"loutre-sage-{n}") for n in range(10, 20)]


def test_a_list_sent_by_all_at_once_is_taken_in_once(school: School, engine: Engine) -> None:
    before = school.session.scalar(select(func.count()).select_from(Account)) or 0

    def enrol(session: Session, _: int) -> list[int]:
        for _again in range(2):  # as the page does: the second try finds the work of the first
            try:
                with write(session):
                    return enrolment.enrol(session, school.class_id, LIST, NOW)
            except (NameTaken, Overtaken):
                continue
        return []

    made = at_once(engine, enrol)
    assert {tuple(each) for each in made} == {tuple(made[0])}
    school.session.rollback()
    after = school.session.scalar(select(func.count()).select_from(Account))
    assert after == before + len(LIST)


def test_a_pin_made_by_all_at_once_is_stored_once(school: School, engine: Engine) -> None:
    (account,) = school_accounts(school)
    epochs = {account: 0}

    def give(session: Session, i: int) -> list[int]:
        with write(session):
            return enrolment.give_pins(session, {account: f"hash {i}"}, epochs, NOW)

    given = at_once(engine, give)
    assert sorted(map(len, given)) == [0] * (THREADS - 1) + [1]
    school.session.rollback()
    stored = accounts.find_credentials_of(school.session, account)
    assert stored is not None
    assert stored.password_hash == f"hash {given.index([account])}"


def test_two_teachers_who_remove_each_other_leave_one(school: School, engine: Engine) -> None:
    session = school.session
    with write(session):
        pair = [
            accounts.create_account(
                session, name, Secret(SecretKind.NONE, None), NOW, roles=["teacher"]
            )
            for name in ("ada", "bob")
        ]
        class_id = classes.create_class(session, "3e C", pair[0], NOW)
        co_teachers.add_teacher(session, class_id, "bob", NOW)

    def remove(session: Session, i: int) -> Any:
        try:
            with write(session):
                return co_teachers.remove_teacher(session, class_id, pair[i % 2], NOW)
        except LastTeacher:
            return None

    at_once(engine, remove)
    session.rollback()
    left = select(func.count()).where(
        Membership.class_id == class_id,
        Membership.role == Role.TEACHER,
        Membership.ended_at.is_(None),
    )
    assert session.scalar(left) == 1


def school_accounts(school: School) -> list[int]:
    with write(school.session):
        return enrolment.enrol(school.session, school.class_id, LIST[:1], NOW)
