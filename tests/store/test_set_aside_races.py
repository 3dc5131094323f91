"""Decisions while a class answers, and two at once: every score is what its answers give."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from quizapp.store.attempts import Actor, record_answer, start_assigned
from quizapp.store.db import open_session, write
from quizapp.store.models import Attempt, Regrade, RegradeChoice, RegradedResponse
from quizapp.store.regrade import (
    RegradeUnderWay,
    live_exercises,
    open_regrade,
    run_regrade,
)
from quizapp.store.set_asides import count_behind, follow, set_aside, take_back
from tests.durability.audit import find_faults
from tests.store.keys import CURRENT, FULL, LABELS, Lesson
from tests.store.school import NOW, School, right, wrong

LEARNERS = 8


def at_once(engine: Engine, *acts: Callable[[Any], Any]) -> list[Any]:
    """Run each in a thread with a session of its own, all from one barrier on."""
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[Any], Any]) -> Any:
        with open_session(engine) as session:
            session.scalar(select(func.count()).select_from(Attempt))
            session.commit()
            barrier.wait(30)
            return act(session)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def answer_all(school: School, actor: Actor) -> Callable[[Any], int]:
    """Return what a learner does: start the assignment and answer it, half of it wrong."""

    def act(session: Any) -> int:
        attempt = start_assigned(
            session,
            school.library,
            actor,
            assignment_id=school.assignment,
            language="fr",
            now=NOW,
        )
        for place, exercise in enumerate(_with(school, session).exercises(attempt)):
            record_answer(
                session,
                actor,
                attempt_id=attempt,
                exercise=exercise,
                payload=wrong(exercise) if place % 2 else right(exercise),
                now=NOW,
            )
        return attempt

    return act


def _with(school: School, session: Any) -> School:
    return School(session, school.library, school.class_id, school.learner, school.quiz_key)


def decide(school: School, exercises: list[str], *, back: bool) -> Callable[[Any], None]:
    """Return what a teacher does: set exercises aside one by one, perhaps take them back."""

    def act(session: Any) -> None:
        for exercise in exercises:
            place = (school.quiz_key[0], exercise)
            with write(session):
                set_aside(session, school.class_id, place, "Discutable.", set_by=1, now=NOW)
            follow(session, school.class_id)
            if back:
                with write(session):
                    take_back(session, school.class_id, place)
                follow(session, school.class_id)

    return act


@pytest.mark.slow
@pytest.mark.parametrize("back", [False, True], ids=["kept aside", "taken back"])
def test_decisions_while_a_class_answers_leave_no_wrong_score(
    school: School, engine: Engine, back: bool
) -> None:
    quiz = school.library.quizzes[school.quiz_key]
    names = [each.id for each in quiz.exercises[:3]]
    actors = [school.learner, *(school.add_learner(f"lynx-{n}") for n in range(LEARNERS))]
    school.session.commit()
    at_once(
        engine, *(answer_all(school, actor) for actor in actors), decide(school, names, back=back)
    )
    assert count_behind(school.session, school.class_id) == 0
    school.session.rollback()
    assert find_faults(engine, []) == []
    lists = set(map(str, school.session.scalars(select(Attempt.set_aside))))
    assert lists == ({"None"} if back else {str(sorted(names))})


def test_two_decisions_at_once_both_hold(school: School, engine: Engine) -> None:
    attempt = school.start()
    names = [each.id for each in school.exercises(attempt)]
    school.answer_all(attempt)
    at_once(engine, *(decide(school, [name], back=False) for name in names[:3]))
    school.session.rollback()
    row = school.session.get_one(Attempt, attempt, populate_existing=True)
    assert row.set_aside == sorted(names[:3])
    assert find_faults(engine, []) == []


def regrade(lesson: Lesson, choice: RegradeChoice) -> Callable[[Any], str]:
    """Return what a teacher does who commits a regrade; tells whether it was refused."""

    def act(session: Any) -> str:
        live = live_exercises(session, lesson.school.library)[lesson.key(LABELS)]
        try:
            with write(session):
                opened = open_regrade(session, live, lesson.scope, choice, account_id=None, now=NOW)
        except RegradeUnderWay:
            return "refused"
        assert run_regrade(session, opened, NOW)
        return choice

    return act


@pytest.mark.parametrize("second", [CURRENT, FULL], ids=["the same", "another"])
def test_two_commits_of_a_regrade_at_once_mark_each_answer_once(
    lesson: Lesson, engine: Engine, second: RegradeChoice
) -> None:
    actors = [lesson.school.learner, *(lesson.school.add_learner(f"l-{n}") for n in range(5))]
    attempts = [lesson.hand_in(actor=actor) for actor in actors]
    lesson.change_key(LABELS)
    lesson.session.commit()
    at_once(engine, regrade(lesson, CURRENT), regrade(lesson, second))
    session = lesson.session
    session.rollback()
    assert session.scalar(select(func.count()).select_from(RegradedResponse)) == len(attempts)
    assert session.scalar(select(func.count()).where(Regrade.finished_at.is_(None))) == 0
    points = {lesson.points(attempt)[LABELS] for attempt in attempts}
    assert len(points) == 1
    assert lesson.offers() == []
    assert find_faults(engine, []) == []


def test_a_regrade_and_a_decision_at_once_leave_no_wrong_score(
    lesson: Lesson, engine: Engine
) -> None:
    actors = [lesson.school.learner, *(lesson.school.add_learner(f"l-{n}") for n in range(5))]
    for actor in actors:
        lesson.hand_in(actor=actor)
    lesson.change_key(LABELS)
    lesson.session.commit()
    at_once(engine, regrade(lesson, CURRENT), decide(lesson.school, [LABELS], back=True))
    assert count_behind(lesson.session, lesson.school.class_id) == 0
    lesson.session.rollback()
    assert find_faults(engine, []) == []
