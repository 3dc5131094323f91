"""The demonstration class: what it shows, the same each time, resumable, and no way in."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.core.detection import Leaning
from quizapp.core.mastery import Mastery
from quizapp.core.scores import attempt_score
from quizapp.store import set_asides
from quizapp.store.class_contests import list_class_contests
from quizapp.store.contests import list_contested
from quizapp.store.db import open_engine, open_session, write
from quizapp.store.demonstration import choose_quizzes, load_demonstration
from quizapp.store.models import (
    Account,
    Assignment,
    Attempt,
    AttemptScore,
    Base,
    Cell,
    CellState,
    Extension,
    Membership,
    Note,
    Response,
    SecretKind,
)
from quizapp.store.results import Handed, class_matrix, class_skills
from quizapp.store.results.discernment import class_discernment
from tests.store.school import HOUR, NOW

pytestmark = pytest.mark.slow


TABLES = (
    *("accounts", "attempts", "attempt_scores", "responses", "cells"),
    *("extensions", "notes", "contests", "set_asides"),
)


def teacher(session: Session) -> int:
    with write(session):
        account = Account(login_name="prof", login_key="prof", is_teacher=True, created_at=NOW)
        session.add(account)
    return account.id


@pytest.fixture
def class_id(session: Session, library: Library) -> int:
    return load_demonstration(session, library, teacher(session), NOW)


@pytest.fixture(scope="module")
def loaded(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, library: Library
) -> Iterator[tuple[Session, int]]:
    """A session on the class, loaded once for the tests that only read, and its id."""
    folder = tmp_path_factory.mktemp("demonstration")
    engine = open_engine(f"sqlite:///{shutil.copyfile(sqlite_template, folder / 'quizapp.db')}")
    with open_session(engine) as session:
        yield session, load_demonstration(session, library, teacher(session), NOW)
    engine.dispose()


def all_rows(session: Session) -> dict[str, list[Any]]:
    """Everything but the ids of rows, which depend on what was there before."""
    session.rollback()
    found = {}
    for name in TABLES:
        columns = [
            column
            for column in Base.metadata.tables[name].columns
            if not column.primary_key and not column.foreign_keys and column.name != "login_name"
        ]
        found[name] = sorted(map(str, session.execute(select(*columns))))
    return found


def test_the_class_shows_every_state_of_a_cell(
    session: Session, library: Library, class_id: int
) -> None:
    matrix = class_matrix(session, class_id, NOW)
    cells = [cell for row in matrix.rows for cell in row.cells]
    assert len(matrix.rows) == 24
    assert len(matrix.assignments) == len(choose_quizzes(library, "fr"))
    assert {cell.state for cell in cells} == set(Handed)
    assert any(cell.state is Handed.FINISHED and cell.late for cell in cells)
    assert any(cell.state is Handed.NOT_HANDED_IN and cell.late for cell in cells)
    assert any(cell.excused for cell in cells)
    assert any(cell.tries > 1 for cell in cells)


def test_the_class_has_scenes_for_every_page_of_its_teacher(loaded: tuple[Session, int]) -> None:
    session, class_id = loaded
    granted = session.scalars(select(Extension)).all()
    assert [each.due_at is not None for each in granted].count(True) == 1
    assert [each.excused for each in granted].count(True) == 1
    assert session.scalar(select(func.count()).select_from(Note)) == 1
    (aside,) = set_asides.list_set_asides(session, class_id)
    assert aside.set_by == "prof"
    assert set_asides.count_behind(session, class_id) == 0
    (contest,) = list_class_contests(session, class_id)
    assert contest.is_open
    assert [each.by for each in contest.reasons] == ["Anna", "Camille"]
    assert len({each.text for each in contest.reasons}) == 2
    assert list_contested(session) == []


def test_who_has_more_time_is_not_late_with_it(loaded: tuple[Session, int]) -> None:
    session, _ = loaded
    given = session.scalars(select(Extension).where(Extension.due_at.is_not(None))).one()
    due = session.get_one(Assignment, given.assignment_id).due_at
    done = session.scalars(
        select(Attempt).where(
            Attempt.assignment_id == given.assignment_id, Attempt.account_id == given.account_id
        )
    ).one()
    assert due is not None
    assert given.due_at is not None
    assert done.finished_at is not None
    assert due < done.finished_at < given.due_at
    assert not done.late


def test_the_figures_of_the_class_have_learners_enough(loaded: tuple[Session, int]) -> None:
    """Twenty for the discrimination of an item, five for what is shown to the class."""
    session, _ = loaded
    finished: dict[int, int] = {}
    for each in session.scalars(select(Cell).where(Cell.state == CellState.FINISHED)):
        finished[each.assignment_id] = finished.get(each.assignment_id, 0) + 1
    assert sum(n >= 20 for n in finished.values()) >= 3
    assert min(finished.values()) >= 5
    steps = select(Response.step, func.count()).group_by(Response.step)
    asked = {row[0]: row[1] for row in session.execute(steps)}
    assert min(asked[2], asked[3]) >= 40
    sure = set(session.scalars(select(Response.confidence)))
    assert sure == {None, 1, 2, 3}


def test_the_class_moves_between_the_two_forms(loaded: tuple[Session, int]) -> None:
    session, class_id = loaded
    found = class_discernment(session, class_id, class_skills(session, class_id))
    (shift,) = found.class_shifts
    assert shift.letters == ("A", "B")
    assert shift.n >= 10
    assert shift.bears
    assert shift.after.d_prime > shift.before.d_prime
    assert len({each.change for each in found.shifts}) >= 2


def test_the_class_shows_three_words_a_suspicious_and_a_trusting_learner(
    loaded: tuple[Session, int],
) -> None:
    session, class_id = loaded
    skills = class_skills(session, class_id)
    words = {figures.mastery for row in skills.learners for figures in row.skills}
    assert len(words - {Mastery.NOT_ENOUGH}) >= 3
    leanings = {row.learner.name: row.overall.leaning for row in skills.learners}
    assert (leanings["Alix"], leanings["Amir"]) == (Leaning.SUSPICIOUS, Leaning.TRUSTING)


def test_scores_and_cells_are_those_of_the_answers(session: Session, class_id: int) -> None:
    rows = session.execute(
        select(Attempt, AttemptScore).join(AttemptScore, AttemptScore.attempt_id == Attempt.id)
    ).all()
    for attempt, score in rows:
        answers = session.execute(
            select(Response.exercise_id, Response.points).where(
                Response.attempt_id == attempt.id, Response.step == 1
            )
        ).all()
        aside = attempt.set_aside or ()
        points = [each.points for each in answers if each.exercise_id not in aside]
        assert score.score == attempt_score(points, attempt.exercises - len(aside))
        assert score.answered == len(answers)
    cells = session.execute(
        select(Cell.score, AttemptScore.score).join(
            AttemptScore, AttemptScore.attempt_id == Cell.attempt_id
        )
    ).all()
    assert cells
    assert all(mine == theirs for mine, theirs in cells)


def test_no_simulated_learner_can_sign_in(loaded: tuple[Session, int]) -> None:
    session, _ = loaded
    accounts = session.scalars(
        select(Account).join(Membership).where(Account.is_demo.is_(True))
    ).all()
    assert len(accounts) == 24
    assert {account.password_hash for account in accounts} == {None}
    assert {account.secret_kind for account in accounts} == {SecretKind.NONE}


class Interrupted(Exception):
    """Stops the load half-way."""


def test_an_interrupted_load_goes_on_to_the_same_rows(session: Session, library: Library) -> None:
    def stop(done: int, total: int) -> None:
        if 2 * done >= total:
            raise Interrupted

    someone = teacher(session)
    with pytest.raises(Interrupted):
        load_demonstration(session, library, someone, NOW, progress=stop)
    session.rollback()
    half = session.scalar(select(func.count()).select_from(Attempt))
    class_id = load_demonstration(session, library, someone, NOW + HOUR)
    assert session.scalar(select(func.count()).select_from(Attempt)) > (half or 0)
    steps: list[tuple[int, int]] = []
    again = load_demonstration(
        session, library, someone, NOW, progress=lambda *step: steps.append(step)
    )
    assert again == class_id
    assert steps[-1] == (len(steps), len(steps))
    assert len(all_rows(session)["accounts"]) == 25


def test_the_same_seed_gives_the_same_rows(
    session: Session, library: Library, sqlite_template: Path, tmp_path: Path
) -> None:
    load_demonstration(session, library, teacher(session), NOW)
    path = shutil.copyfile(sqlite_template, tmp_path / "other.db")
    engine = open_engine(f"sqlite:///{path}")
    with open_session(engine) as other:
        load_demonstration(other, library, teacher(other), NOW)
        assert all_rows(other) == all_rows(session)
    engine.dispose()


def test_two_forms_stand_around_quizzes_of_one_skill_each(library: Library) -> None:
    for language in ("fr", "en"):
        chosen = [library.quizzes[key] for key in choose_quizzes(library, language)]
        forms = [each.form.letter if each.form else "" for each in chosen]
        assert forms == ["A", "", "", "", "B", ""]
        skills = [{each.kind for each in quiz.exercises} for quiz in chosen if not quiz.form]
        assert {len(kinds) for kinds in skills} == {1}
        assert len(set().union(*skills)) == 3
        assert any(quiz.steps for quiz in chosen if not quiz.form)


def test_a_library_of_one_quiz_is_demonstrated_too(session: Session, library: Library) -> None:
    key = ("hua-bin-2025", "mots-charges-1", "fr")
    small = replace(library, quizzes={key: library.quizzes[key]})
    class_id = load_demonstration(session, small, teacher(session), NOW)
    matrix = class_matrix(session, class_id, NOW)
    assert [each.quiz_id for each in matrix.assignments] == ["mots-charges-1"]
    assert session.scalar(select(func.count()).select_from(Note)) == 1
    assert set_asides.list_set_asides(session, class_id) == []
