"""The demonstration class: what it shows, the same each time, resumable, and no way in."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.core.detection import Leaning
from quizapp.core.mastery import Mastery
from quizapp.core.scores import attempt_score
from quizapp.store.db import open_engine, open_session, write
from quizapp.store.demonstration import choose_quizzes, load_demonstration
from quizapp.store.models import (
    Account,
    Attempt,
    AttemptScore,
    Base,
    Cell,
    Membership,
    Response,
    SecretKind,
)
from quizapp.store.results import Handed, class_matrix, class_skills
from tests.store.school import HOUR, NOW

pytestmark = pytest.mark.slow


def teacher(session: Session) -> int:
    with write(session):
        account = Account(login_name="prof", login_key="prof", is_teacher=True, created_at=NOW)
        session.add(account)
    return account.id


@pytest.fixture
def class_id(session: Session, library: Library) -> int:
    return load_demonstration(session, library, teacher(session), NOW)


def all_rows(session: Session) -> dict[str, list[Any]]:
    """Everything but the ids of rows, which depend on what was there before."""
    session.rollback()
    found = {}
    for name in ("accounts", "attempts", "attempt_scores", "responses", "cells"):
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


def test_the_class_shows_three_words_a_suspicious_and_a_trusting_learner(
    session: Session, class_id: int
) -> None:
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
        points = session.scalars(
            select(Response.points).where(Response.attempt_id == attempt.id)
        ).all()
        assert score.score == attempt_score(points, attempt.exercises)
        assert score.answered == len(points)
    cells = session.execute(
        select(Cell.score, AttemptScore.score).join(
            AttemptScore, AttemptScore.attempt_id == Cell.attempt_id
        )
    ).all()
    assert cells
    assert all(mine == theirs for mine, theirs in cells)


def test_no_simulated_learner_can_sign_in(session: Session, class_id: int) -> None:
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


def test_quizzes_of_one_skill_come_before_the_forms_that_mix_them(library: Library) -> None:
    chosen = [library.quizzes[key] for key in choose_quizzes(library, "fr")]
    assert {len({each.kind for each in quiz.exercises}) for quiz in chosen} == {1}
    assert {quiz.form for quiz in chosen} == {None}
