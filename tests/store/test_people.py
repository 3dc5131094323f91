"""Accounts, sessions, limits, links and classes, on both kinds of database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.core.codes import is_code
from quizapp.store import accounts, classes, installation, limits, sessions
from quizapp.store.accounts import NameTaken, Secret
from quizapp.store.classes import Door
from quizapp.store.db import write
from quizapp.store.models import ClassCode, LinkPurpose, LoginFailure, Role, SecretKind

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
NOTHING = Secret(SecretKind.NONE, None)


def make(session: Session, name: str, *roles: str) -> int:
    with write(session):
        return accounts.create_account(session, name, NOTHING, NOW, roles=roles)


@pytest.mark.parametrize("other", ["ada", "ADA", " Ada ", "Ａｄａ", "A\u200bda"])
def test_a_name_is_taken_in_every_spelling(session: Session, other: str) -> None:
    make(session, "Ada")
    with pytest.raises(NameTaken), write(session):
        accounts.create_account(session, other, NOTHING, NOW)
    assert accounts.taken_names(session, [other, "bob"]) == {other}


def test_an_unknown_role_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="root"), write(session):
        accounts.create_account(session, "ada", NOTHING, NOW, roles=["root"])


def test_a_session_lives_until_it_ends_or_expires(session: Session) -> None:
    ada = make(session, "ada", "teacher")
    with write(session):
        token = sessions.start_session(session, ada, NOW, timedelta(hours=12))
    found = sessions.find_signed_in(session, token, NOW)
    assert found is not None
    assert (found.id, found.is_teacher, found.is_admin) == (ada, True, False)
    sessions.check_signed_in(session, found.session_id, NOW)
    assert sessions.find_signed_in(session, token, NOW + timedelta(hours=12)) is None
    assert sessions.find_signed_in(session, "other", NOW) is None
    with write(session):
        sessions.end_session(session, found.session_id, NOW)
    assert sessions.find_signed_in(session, token, NOW) is None
    with pytest.raises(sessions.SignedOut):
        sessions.check_signed_in(session, found.session_id, NOW)


def test_tries_count_within_their_window_only(session: Session) -> None:
    limit = limits.Limit("account", 3, timedelta(minutes=15))
    for minute in range(3):
        with write(session):
            limits.record_try(session, limit, "k", NOW + timedelta(minutes=minute))
    with pytest.raises(limits.TooManyTries) as refused:
        limits.check_limit(session, limit, "k", NOW + timedelta(minutes=5))
    assert refused.value.retry_after == 600
    limits.check_limit(session, limit, "other", NOW)
    limits.check_limit(session, limit, "k", NOW + timedelta(minutes=15))


def test_a_teacher_sees_a_lock_and_lifts_it(session: Session) -> None:
    key = limits.account_key("Ada")
    for _ in range(limits.ACCOUNT.tries):
        with write(session):
            limits.record_try(session, limits.ACCOUNT, key, NOW)
    assert limits.find_lock(session, "ADA", NOW) == NOW + limits.ACCOUNT.window
    with write(session):
        limits.forget_tries(session, "ada")
    assert limits.find_lock(session, "Ada", NOW) is None


def test_old_tries_do_not_pile_up(session: Session) -> None:
    for day in range(4):
        with write(session):
            limits.record_try(session, limits.ACCOUNT, "k", NOW + timedelta(days=2 * day))
    assert session.scalar(select(func.count()).select_from(LoginFailure)) == 1


def test_a_set_up_link_is_there_until_somebody_administers(session: Session) -> None:
    with write(session):
        token = installation.issue_setup_link(session, NOW)
    assert token is not None
    link = installation.find_link(session, token, LinkPurpose.SETUP, NOW)
    assert link is not None
    assert installation.find_link(session, token, LinkPurpose.INVITATION, NOW) is None
    with write(session):
        installation.use_link(session, link, NOW)
    with pytest.raises(installation.LinkDead), write(session):
        installation.use_link(session, link, NOW)
    make(session, "ada", *link.roles)
    with write(session):
        assert installation.issue_setup_link(session, NOW) is None


def test_a_setting_is_kept_and_replaced(session: Session) -> None:
    for value in ("a", "b"):
        with write(session):
            installation.set_value(session, "key", value)
    assert installation.find_value(session, "key") == "b"
    assert installation.find_value(session, "other") is None


def test_a_renewed_code_is_dead_and_never_comes_back(session: Session) -> None:
    teacher = make(session, "teacher", "teacher")
    with write(session):
        class_id = classes.create_class(session, "3e B", teacher, NOW)
    first = classes.find_code(session, class_id)
    assert first is not None
    assert is_code(first)
    assert classes.find_entrance(session, first).door is Door.OPEN
    with write(session):
        second = classes.renew_code(session, class_id, NOW)
    assert classes.find_entrance(session, first).door is Door.UNKNOWN
    assert classes.find_code(session, class_id) == second != first
    assert session.scalar(select(func.count()).select_from(ClassCode)) == 2


def test_a_code_that_was_drawn_before_is_drawn_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["BCDFGH", "BCDFGH", "BCDFGJ"])
    monkeypatch.setattr(classes, "new_code", lambda _rng: next(drawn))
    teacher = make(session, "teacher", "teacher")
    with write(session):
        first = classes.create_class(session, "a", teacher, NOW)
        second = classes.create_class(session, "b", teacher, NOW)
    assert classes.find_code(session, first) == "BCDFGH"
    assert classes.find_code(session, second) == "BCDFGJ"


def test_joining_twice_is_joining_once(session: Session) -> None:
    teacher, ada = make(session, "teacher", "teacher"), make(session, "ada")
    with write(session):
        class_id = classes.create_class(session, "3e B", teacher, NOW)
    for _ in range(2):
        with write(session):
            classes.join_class(session, class_id, ada, NOW)
    assert [member.account_id for member in classes.list_learners(session, class_id)] == [ada]
    assert classes.list_taught_classes(session, teacher)[0].learners == 1


def test_a_removed_learner_is_out_and_can_be_taken_back(session: Session) -> None:
    teacher, ada = make(session, "teacher", "teacher"), make(session, "ada")
    with write(session):
        class_id = classes.create_class(session, "3e B", teacher, NOW)
        classes.join_class(session, class_id, ada, NOW)
        classes.set_label(session, class_id, ada, "Ada L.")
        classes.remove_learner(session, class_id, ada, NOW)
    assert classes.list_learners(session, class_id) == []
    assert classes.find_role(session, class_id, ada) is None
    removed = classes.list_learners(session, class_id, removed=True)
    assert [member.shown_name for member in removed] == ["Ada L."]
    with write(session):
        classes.restore_learner(session, class_id, ada)
    assert classes.find_role(session, class_id, ada) is Role.LEARNER


def test_a_class_is_found_by_its_teachers_only(session: Session) -> None:
    ada, bob = make(session, "ada", "teacher"), make(session, "bob", "teacher")
    with write(session):
        class_id = classes.create_class(session, "3e B", ada, NOW)
        classes.join_class(session, class_id, bob, NOW)
    assert classes.find_taught_class(session, class_id, ada) is not None
    assert classes.find_taught_class(session, class_id, bob) is None
    assert classes.find_taught_class(session, 999, ada) is None
