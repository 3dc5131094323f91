"""The command that brings marks up to corrected keys."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from quizapp.store.db import open_engine, open_session
from quizapp.store.models import AuditEntry, RegradedResponse, Response
from tests.store.keys import LABELS, Lesson

pytestmark = pytest.mark.slow

EXERCISE = "mairie/tri"


@pytest.fixture
def lesson(run, variables, tmp_path):
    """A class that has handed in, and whose key has changed since."""
    assert run("migrate").exit_code == 0
    engine = open_engine(f"sqlite:///{Path(variables['QUIZAPP_DATA'], 'quizapp.db')}")
    variables["QUIZAPP_QUESTIONS"] = str(tmp_path / "questions")
    with open_session(engine) as session:
        lesson = Lesson(session, tmp_path / "questions")
        lesson.attempt = lesson.hand_in()
        lesson.answer_all(lesson.school.practise())
        lesson.change_key(LABELS)
        session.commit()
        yield lesson
    engine.dispose()


def count(lesson, table):
    lesson.session.rollback()
    return lesson.session.scalar(select(func.count()).select_from(table))


def test_nothing_is_written_without_commit(run, lesson):
    result = run("regrade", "--class", str(lesson.scope.class_id))
    lesson.session.rollback()

    assert result.exit_code == 0, result.output
    assert "mairie/tri (fr): answers 1," in result.output
    assert "lynx-vif-12: 100 → 50" in result.output
    assert "dry run" in result.output
    assert count(lesson, RegradedResponse) == count(lesson, AuditEntry) == 0


def test_practice_is_listed_without_names(run, lesson):
    result = run("regrade", EXERCISE)

    assert "gain points 0, lose points 1" in result.output
    assert "lynx" not in result.output


def test_a_committed_choice_changes_only_what_is_named(run, lesson):
    result = run("regrade", EXERCISE, "--commit", "current")

    assert result.exit_code == 0, result.output
    assert lesson.points(lesson.attempt)[LABELS] == 10_000
    assert count(lesson, RegradedResponse) == count(lesson, AuditEntry) == 1
    assert "No answer" in run("regrade", EXERCISE, "--commit", "current").output
    run("regrade", "--class", str(lesson.scope.class_id), "--commit", "current")
    lesson.session.rollback()
    assert lesson.points(lesson.attempt)[LABELS] == 5_000
    points = lesson.session.scalars(select(Response.points).where(Response.exercise_id == LABELS))
    assert list(points) == [5_000, 5_000]


def test_an_interrupted_regrade_comes_first(run, lesson):
    lesson.open()

    result = run("regrade", "--class", str(lesson.scope.class_id), "--commit", "full")

    assert result.exit_code == 1
    assert "--commit current" in result.output


def test_another_language_or_exercise_is_not_touched(run, lesson):
    for words in (("regrade", "mairie/renard"), ("regrade", "--language", "en")):
        assert "No answer" in run(*words).output
