"""A learner who moves into another class: what goes along, what stays, what counts."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store import (
    classes,
    sessions,
    set_asides,
)
from quizapp.store.assignments import Terms, assign, extend
from quizapp.store.attempts import Actor, NotAMember, start_assigned
from quizapp.store.db import write
from quizapp.store.models import (
    Attempt,
    Extension,
    Response,
    SchoolClass,
)
from quizapp.store.moving import Fate, move_learner, plan_move
from quizapp.store.results import class_matrix
from quizapp.store.results.matrix import Handed
from tests.store.school import HOUR, NOW, School, wrong


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def other_class(school: School, *quizzes: tuple[str, str, str]) -> tuple[int, list[int]]:
    session = school.session
    with write(session):
        room = SchoolClass(name="3e C", created_at=NOW)
        session.add(room)
        session.flush()
        given = [
            assign(
                session,
                [room.id],
                (source, quiz, quiz),
                Terms(due_at=NOW + 48 * HOUR),
                created_by=None,
                now=NOW,
            )[0]
            for source, quiz, _ in quizzes
        ]
    return room.id, given


def move(school: School, to: int) -> list[Fate]:
    with write(school.session):
        works = move_learner(
            school.session, school.class_id, to, school.learner.account_id, NOW + HOUR
        )
    return [work.fate for work in works]


def cell_of(school: School, class_id: int) -> tuple[Handed, int | None]:
    row = next(
        row
        for row in class_matrix(school.session, class_id, NOW).rows
        if row.learner.id == school.learner.account_id
    )
    return row.cells[0].state, row.cells[0].score


def test_a_learner_moves_with_the_results_that_find_a_place(
    session: Session, school: School
) -> None:
    quizzes = sorted(school.library.quizzes)
    alone = school.assign(quiz=next(key for key in quizzes if key[1] != school.quiz_key[1]))
    done, begun = school.start(), school.start(alone)
    school.answer_all(done)
    with write(session):
        extend(session, school.assignment, school.learner.account_id, due_at=NOW + 30 * HOUR)
        classes.set_label(session, school.class_id, school.learner.account_id, "Zoé")
    score = cell_of(school, school.class_id)
    target, (given,) = other_class(school, school.quiz_key)
    assert move(school, target) == [Fate.GOES, Fate.NOT_ASSIGNED]
    assert cell_of(school, target) == score == (Handed.FINISHED, score[1])
    moved = session.get_one(Attempt, done, populate_existing=True)
    assert moved.assignment_id == given
    assert session.get_one(Attempt, begun, populate_existing=True).assignment_id == alone
    assert session.get(Extension, (given, school.learner.account_id)) is not None
    labels = {each.label for each in classes.list_learners(session, target)}
    assert labels == {"Zoé"}
    assert classes.find_role(session, school.class_id, school.learner.account_id) is None
    assert count(session, Response) == len(school.exercises(done))


def test_what_does_not_count_follows_the_class(session: Session, school: School) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]
    for exercise in school.exercises(attempt):
        school.answer(attempt, exercise, wrong(exercise) if exercise is first else None)
    target, _ = other_class(school, school.quiz_key)
    before = cell_of(school, school.class_id)[1]
    with write(session):
        place = (school.quiz_key[0], first.id)
        set_asides.set_aside(session, target, place, "Unclear.", set_by=1, now=NOW)
    assert move(school, target) == [Fate.GOES]
    assert before is not None
    assert cell_of(school, target)[1] == 10_000 > before
    assert set_asides.count_behind(session, target) == 0


def test_moving_ends_every_session_of_the_learner(session: Session, school: School) -> None:
    target, _ = other_class(school)
    assert school.learner.session_id is not None
    sessions.check_signed_in(session, school.learner.session_id, NOW)
    move(school, target)
    with pytest.raises(sessions.SignedOut):
        sessions.check_signed_in(session, school.learner.session_id, NOW + HOUR)


def test_work_begun_in_the_other_class_counts_there(session: Session, school: School) -> None:
    target, (given,) = other_class(school, school.quiz_key)
    with write(session):
        classes.join_class(session, target, school.learner.account_id, NOW)
    there = school.start(given)
    here = school.start()
    school.answer_all(here)
    plan = plan_move(session, school.class_id, target, school.learner.account_id)
    assert [each.fate for each in plan] == [Fate.BEGUN_THERE]
    assert move(school, target) == [Fate.BEGUN_THERE]
    assert cell_of(school, target)[0] is Handed.IN_PROGRESS
    kept = {each.id: each.assignment_id for each in session.scalars(select(Attempt))}
    assert kept == {there: given, here: school.assignment}


def test_who_comes_back_finds_what_stayed(session: Session, school: School) -> None:
    school.answer_all(school.start())
    score = cell_of(school, school.class_id)
    target, _ = other_class(school)
    assert move(school, target) == [Fate.NOT_ASSIGNED]
    assert class_matrix(session, school.class_id, NOW).rows == ()
    with write(session):
        classes.restore_learner(session, school.class_id, school.learner.account_id)
    assert cell_of(school, school.class_id) == score


def test_who_is_not_there_is_not_moved(session: Session, school: School) -> None:
    target, _ = other_class(school)
    move(school, target)
    with pytest.raises(LookupError):
        move(school, target)
    actor = Actor(school.learner.account_id)
    with pytest.raises(NotAMember):
        start_assigned(
            session,
            school.library,
            actor,
            assignment_id=school.assignment,
            language="fr",
            now=NOW,
        )
