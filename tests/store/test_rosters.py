"""Accounts made for a class, PINs, co-teachers and copies, on both kinds of database."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store import (
    accounts,
    class_copies,
    classes,
    co_teachers,
    enrolment,
    sessions,
)
from quizapp.store.accounts import NameTaken, Secret
from quizapp.store.assignments import Terms, list_assignments
from quizapp.store.co_teachers import IsLearner, LastTeacher, NoTeacher
from quizapp.store.db import write
from quizapp.store.enrolment import Newcomer, Overtaken
from quizapp.store.models import (
    Account,
    Feedback,
    Joining,
    Membership,
    SchoolClass,
    SecretKind,
)
from tests.store.school import HOUR, NOW, School

LIST = (Newcomer("LÉVÊQUE Zoé", "loutre-sage-11"), Newcomer("DUPONT Max", "max.dupont"))
NOTHING = Secret(SecretKind.NONE, None)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def make_teacher(session: Session, name: str, *, roles: tuple[str, ...] = ("teacher",)) -> int:
    with write(session):
        return accounts.create_account(session, name, NOTHING, NOW, roles=roles)


def make_class(session: Session, name: str, teacher: int) -> int:
    with write(session):
        return classes.create_class(session, name, teacher, NOW)


def enrol(session: Session, class_id: int, *newcomers: Newcomer) -> list[int]:
    with write(session):
        return enrolment.enrol(session, class_id, newcomers or LIST, NOW)


def test_a_list_is_taken_in_whole_and_a_second_click_changes_nothing(
    session: Session, school: School
) -> None:
    made = enrol(session, school.class_id)
    before = count(session, Account), count(session, Membership)
    assert enrol(session, school.class_id) == made
    assert (count(session, Account), count(session, Membership)) == before
    members = {each.account_id: each for each in classes.list_learners(session, school.class_id)}
    assert [members[each].label for each in made] == ["LÉVÊQUE Zoé", "DUPONT Max"]
    secrets = session.scalars(select(Account.secret_kind).where(Account.id.in_(made)))
    assert set(secrets) == {SecretKind.NONE}


def test_nothing_is_taken_in_when_one_name_belongs_to_somebody_else(
    session: Session, school: School
) -> None:
    make_teacher(session, "MAX.dupont")
    before = count(session, Account)
    with pytest.raises(NameTaken):
        enrol(session, school.class_id)
    assert count(session, Account) == before


def test_a_list_shown_twice_is_not_taken_in_under_other_names(
    session: Session, school: School
) -> None:
    enrol(session, school.class_id)
    again = (Newcomer("lévêque  ZOÉ", "aigle-agile-10"), Newcomer("DUPONT Ida", "puma-utile-22"))
    with pytest.raises(Overtaken):
        enrol(session, school.class_id, *again)
    with pytest.raises(Overtaken):
        enrol(session, school.class_id, LIST[0], Newcomer("DUPONT Ida", "puma-utile-22"))


def test_a_pin_replaces_the_secret_it_was_made_for_and_no_other(
    session: Session, school: School
) -> None:
    zoe, max_ = enrol(session, school.class_id)
    epochs = enrolment.find_epochs(session, school.class_id, [zoe, max_])
    assert epochs == {zoe: 0, max_: 0}
    with write(session):
        token = sessions.start_session(session, zoe, NOW, 12 * HOUR)
        accounts.set_secret(session, max_, Secret(SecretKind.PASSWORD, "theirs"), NOW)
    hashed = {zoe: "hash of zoe", max_: "hash of max"}
    with write(session):
        assert enrolment.give_pins(session, hashed, epochs, NOW) == [zoe]
    with write(session):
        assert enrolment.give_pins(session, hashed, epochs, NOW) == []
    assert sessions.find_signed_in(session, token, NOW) is None
    known = [accounts.find_credentials_of(session, each) for each in (zoe, max_)]
    assert [each and each.password_hash for each in known] == ["hash of zoe", "theirs"]


def test_no_pin_is_made_for_a_role_a_simulated_learner_or_who_left(
    session: Session, school: School
) -> None:
    zoe, max_ = enrol(session, school.class_id)
    other = make_teacher(session, "monsieur")
    with write(session):
        classes.join_class(session, school.class_id, other, NOW)
        classes.remove_learner(session, school.class_id, zoe, NOW)
        session.get_one(Account, school.learner.account_id).is_demo = True
    assert set(enrolment.find_epochs(session, school.class_id)) == {max_}


def test_a_class_has_several_teachers_and_never_none(session: Session) -> None:
    ada, bob = make_teacher(session, "Ada"), make_teacher(session, "Bob")
    class_id = make_class(session, "3e B", ada)
    for _ in range(2):
        with write(session):
            assert co_teachers.add_teacher(session, class_id, " BOB", NOW) == bob
    assert [each.account_id for each in co_teachers.list_teachers(session, class_id)] == [ada, bob]
    with write(session):
        assert co_teachers.remove_teacher(session, class_id, ada, NOW)
    assert classes.find_taught_class(session, class_id, ada) is None
    with pytest.raises(LastTeacher), write(session):
        co_teachers.remove_teacher(session, class_id, bob, NOW)
    assert classes.find_taught_class(session, class_id, bob) is not None


def test_a_teacher_who_cannot_sign_in_does_not_count_as_the_one_left(session: Session) -> None:
    ada, bob = make_teacher(session, "Ada"), make_teacher(session, "Bob")
    class_id = make_class(session, "3e B", ada)
    with write(session):
        co_teachers.add_teacher(session, class_id, "Bob", NOW)
        accounts.set_active(session, bob, False, NOW)
    with pytest.raises(LastTeacher), write(session):
        co_teachers.remove_teacher(session, class_id, ada, NOW)


def test_only_an_active_teacher_who_does_not_learn_there_is_added(
    session: Session, school: School
) -> None:
    make_teacher(session, "author", roles=("author",))
    gone, learning = make_teacher(session, "gone"), make_teacher(session, "learning")
    with write(session):
        accounts.set_active(session, gone, False, NOW)
        classes.join_class(session, school.class_id, learning, NOW)
    for name in ("nobody", "author", "gone", "lynx-vif-12"):
        with pytest.raises(NoTeacher), write(session):
            co_teachers.add_teacher(session, school.class_id, name, NOW)
    with pytest.raises(IsLearner), write(session):
        co_teachers.add_teacher(session, school.class_id, "learning", NOW)


def test_a_copy_has_the_assignments_on_later_dates_and_no_people(
    session: Session, school: School
) -> None:
    teacher = make_teacher(session, "ada")
    closing = Terms(
        feedback=Feedback.AFTER_DUE,
        language="en",
        opens_at=NOW,
        due_at=NOW + HOUR,
        closes_at=NOW + 2 * HOUR,
        attempts_limit=3,
        excluded=("x",),
    )
    school.assign(closing)
    with write(session):
        session.get_one(SchoolClass, school.class_id).joining = Joining.ROSTER
    with write(session):
        made = class_copies.copy_class(
            session,
            school.class_id,
            "3e B 2026",
            teacher_id=teacher,
            shift=lambda moment: moment + timedelta(weeks=52),
            now=NOW,
        )
    old, new = (list_assignments(session, each) for each in (school.class_id, made))
    assert [(each.source_id, each.quiz_id, each.title) for each in new] == [
        (each.source_id, each.quiz_id, each.title) for each in old
    ]
    last = new[-1]
    assert (last.feedback, last.language, last.attempts_limit) == (Feedback.AFTER_DUE, "en", 3)
    assert last.excluded == ["x"]
    assert (last.opens_at, last.due_at, last.closes_at) == tuple(
        moment + timedelta(weeks=52) for moment in (NOW, NOW + HOUR, NOW + 2 * HOUR)
    )
    assert classes.list_learners(session, made) == []
    assert classes.find_code(session, made) not in (
        None,
        classes.find_code(session, school.class_id),
    )
    assert session.get_one(SchoolClass, made).joining is Joining.ROSTER
