"""What the purge deletes and what it leaves, on both kinds of database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.core.retention import DEFAULT, PurgeRule
from quizapp.store import accounts, audit, classes, sessions
from quizapp.store.accounts import Secret
from quizapp.store.class_export import ANSWER_COLUMNS, answer_table, export_class
from quizapp.store.db import write
from quizapp.store.models import (
    Account,
    AccountSession,
    Attempt,
    AuditEntry,
    Response,
    SchoolClass,
    SecretKind,
)
from quizapp.store.retention import OFF, find_rule, plan_purge, run_purge, set_rule
from tests.store.school import School, open_school

PARIS = ZoneInfo("Europe/Paris")
LAST_YEAR = datetime(2025, 10, 1, 8, tzinfo=UTC)
SUMMER = datetime(2026, 8, 20, 8, tzinfo=UTC)
AUTUMN = datetime(2026, 9, 15, 8, tzinfo=UTC)
TODAY = AUTUMN.date()


class Town:
    """Classes and learners of two school years."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.teacher = self.person("madame", LAST_YEAR, "teacher")
        self.old = self.room("3e B", LAST_YEAR)
        self.new = self.room("3e C", SUMMER)
        self.archived = self.room("Club", SUMMER - timedelta(days=9))
        self.demo = self.room("Demonstration", LAST_YEAR)
        with write(session):
            classes.archive_class(session, self.archived, SUMMER)
            session.get_one(SchoolClass, self.demo).is_demo = True

    def person(self, name: str, made: datetime, *roles: str, rooms: tuple[int, ...] = ()) -> int:
        with write(self.session):
            nothing = Secret(SecretKind.NONE, None)
            made_id = accounts.create_account(self.session, name, nothing, made, roles=roles)
            for room in rooms:
                classes.join_class(self.session, room, made_id, made)
        return made_id

    def room(self, name: str, made: datetime) -> int:
        with write(self.session):
            return classes.create_class(self.session, name, self.teacher, made)

    def sign_in(self, account: int, at: datetime) -> None:
        with write(self.session):
            sessions.start_session(self.session, account, at, timedelta(hours=12))

    def purge(self, rule: PurgeRule | None = DEFAULT, today: date = TODAY, **options) -> list[int]:
        kept: list[int] = []
        plan = plan_purge(self.session, rule, today, PARIS, **options)
        run_purge(self.session, plan, AUTUMN, PARIS, keep=kept.append)
        return kept

    def rooms(self) -> set[int]:
        return set(self.session.scalars(select(SchoolClass.id)))

    def people(self) -> set[int]:
        return set(self.session.scalars(select(Account.id)))


@pytest.fixture
def town(session: Session) -> Town:
    return Town(session)


def test_the_setting_is_the_end_of_august_until_it_is_changed(session: Session) -> None:
    assert find_rule(session) == DEFAULT
    rule = PurgeRule(7, 15, since=date(2026, 10, 5))
    for wanted in (rule, None, rule):
        with write(session):
            set_rule(session, wanted)
        assert find_rule(session) == wanted
    with pytest.raises(ValueError, match="from a day on"), write(session):
        set_rule(session, PurgeRule(7, 15))
    assert OFF == "off"


def test_the_classes_of_the_year_go_and_those_of_the_next_stay(town: Town) -> None:
    assert town.purge() == [town.old, town.archived]
    assert town.rooms() == {town.new, town.demo}
    assert town.purge() == []


def test_a_class_can_be_left_out(town: Town) -> None:
    assert town.purge(but=[town.old]) == [town.archived]


def test_nothing_is_due_when_it_is_switched_off_or_new(town: Town) -> None:
    assert town.purge(None) == []
    assert town.purge(PurgeRule(9, 1, since=date(2026, 9, 10))) == []
    assert len(town.rooms()) == 4


def test_only_learners_in_no_other_class_go_and_not_those_who_come_still(town: Town) -> None:
    goes = town.person("goes", LAST_YEAR, rooms=(town.old,))
    town.sign_in(goes, LAST_YEAR)
    moved_on = town.person("moved-on", LAST_YEAR, rooms=(town.old, town.new))
    removed = town.person("removed", LAST_YEAR, rooms=(town.new,))
    with write(town.session):
        classes.remove_learner(town.session, town.new, removed, AUTUMN)
    comes = town.person("comes", LAST_YEAR, rooms=(town.old,))
    town.sign_in(comes, SUMMER)
    alone = town.person("alone", LAST_YEAR)
    beginner = town.person("beginner", SUMMER)
    author = town.person("author", LAST_YEAR, "author")
    plan = plan_purge(town.session, DEFAULT, TODAY, PARIS)
    assert plan.accounts == (goes, alone)
    assert [(each.id, each.learners) for each in plan.classes] == [
        (town.old, 3),
        (town.archived, 0),
    ]
    town.purge()
    assert town.people() == {town.teacher, moved_on, removed, comes, beginner, author}


def test_who_comes_back_during_the_purge_stays(town: Town) -> None:
    alone = town.person("alone", LAST_YEAR)
    plan = plan_purge(town.session, DEFAULT, TODAY, PARIS)
    assert plan.accounts == (alone,)
    town.sign_in(alone, AUTUMN)
    run_purge(town.session, plan, AUTUMN, PARIS, keep=lambda _: None)
    assert alone in town.people()


def test_an_interrupted_purge_goes_on_where_it_stopped(town: Town) -> None:
    for name in ("a", "b", "c"):
        town.person(name, LAST_YEAR)
    plan = plan_purge(town.session, DEFAULT, TODAY, PARIS)
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_purge(town.session, plan, AUTUMN, PARIS, keep=lambda _: None, progress=stop)
    assert seen == [(1, 6), (2, 6), (3, 6)]
    rest = plan_purge(town.session, DEFAULT, TODAY, PARIS)
    assert (len(rest.classes), len(rest.accounts)) == (0, 2)


def test_a_class_whose_copy_cannot_be_written_stays(town: Town) -> None:
    def fail(_class_id: int) -> None:
        raise OSError("disk full")

    plan = plan_purge(town.session, DEFAULT, TODAY, PARIS)
    with pytest.raises(OSError, match="disk full"):
        run_purge(town.session, plan, AUTUMN, PARIS, keep=fail)
    assert town.old in town.rooms()


def test_old_sign_ins_and_log_lines_go_and_recent_ones_stay(town: Town) -> None:
    for at in (LAST_YEAR, SUMMER):
        town.sign_in(town.teacher, at)
    with write(town.session):
        audit.record(town.session, town.teacher, "old", LAST_YEAR - timedelta(days=60))
        audit.record(town.session, town.teacher, "recent", LAST_YEAR)
    town.purge()
    assert town.session.scalars(select(AccountSession.created_at)).all() == [SUMMER]
    actions = set(town.session.scalars(select(AuditEntry.action)))
    assert "old" not in actions
    assert {"recent", "class.purge"} <= actions


def test_the_copy_of_a_class_holds_what_its_teachers_see(session: Session, library) -> None:
    school: School = open_school(session, library)
    attempt = school.start()
    school.answer_all(attempt)
    school.practise(sorted(library.quizzes)[3])
    data = export_class(session, school.class_id, AUTUMN)
    answers = session.scalar(select(func.count()).select_from(Response))
    assert len(data["answers"]) == answers > 0
    assert [row["id"] for row in data["attempts"]] == [attempt]
    assert session.scalar(select(func.count()).select_from(Attempt)) == 2
    heading, first, *others = answer_table(data)
    assert heading == ANSWER_COLUMNS
    assert first[0] == "lynx-vif-12"
    assert len(others) == answers - 1
    with pytest.raises(LookupError):
        export_class(session, 12345, AUTUMN)
