"""Twenty threads at once: one row, the first answer, never an error; limits that hold."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, func, select

from quizapp.store.assignments import Terms
from quizapp.store.attempts import (
    AttemptsUsed,
    Outcome,
    finish_attempt,
    record_answer,
    start_assigned,
    start_practice,
)
from quizapp.store.db import open_session
from quizapp.store.models import Attempt, AttemptScore, Cell, Feedback, Response
from tests.store.school import NOW, School, right, wrong

THREADS = 20


def at_once(engine: Engine, act: Callable[[Any, int], Any]) -> list[Any]:
    """Run `act(session, i)` in all threads from one barrier on; an error fails the test."""
    barrier = threading.Barrier(THREADS)

    def run(i: int) -> Any:
        with open_session(engine) as session:
            session.scalar(select(func.count()).select_from(Attempt))
            session.commit()
            barrier.wait(30)
            return act(session, i)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_the_same_answer_from_all_is_stored_once(school: School, engine: Engine) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]

    def answer(session: Any, _: int) -> Outcome:
        return record_answer(
            session,
            school.learner,
            attempt_id=attempt,
            exercise=first,
            payload=right(first),
            now=NOW,
        ).outcome

    outcomes = at_once(engine, answer)
    assert sorted(outcomes) == [Outcome.SAME] * (THREADS - 1) + [Outcome.STORED]
    check_one_row(school, attempt)


def test_of_different_answers_the_first_is_kept_and_shown(school: School, engine: Engine) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]

    def answer(session: Any, i: int) -> tuple[Outcome, str]:
        payload = right(first) if i % 2 else wrong(first)
        found = record_answer(
            session,
            school.learner,
            attempt_id=attempt,
            exercise=first,
            payload=payload,
            now=NOW,
        )
        return found.outcome, str(found.response.payload)

    results = at_once(engine, answer)
    assert len({payload for _, payload in results}) == 1
    assert [outcome for outcome, _ in results].count(Outcome.STORED) == 1
    assert [outcome for outcome, _ in results].count(Outcome.DIFFERENT) == THREADS // 2
    check_one_row(school, attempt)


def check_one_row(school: School, attempt: int) -> None:
    school.session.rollback()
    response = school.session.scalars(select(Response)).one()
    score = school.session.get_one(AttemptScore, attempt, populate_existing=True)
    cell = school.session.scalars(select(Cell).execution_options(populate_existing=True)).one()
    assert (score.answered, score.points_sum) == (1, response.points)
    assert (cell.answered, cell.score) == (1, score.score)


def test_different_exercises_at_once_all_count(school: School, engine: Engine) -> None:
    attempt = school.start()
    exercises = school.exercises(attempt)

    def answer(session: Any, i: int) -> bool:
        exercise = exercises[i % len(exercises)]
        return record_answer(
            session,
            school.learner,
            attempt_id=attempt,
            exercise=exercise,
            payload=right(exercise),
            now=NOW,
        ).finished

    at_once(engine, answer)
    school.session.rollback()
    score = school.session.get_one(AttemptScore, attempt, populate_existing=True)
    assert (score.answered, score.score) == (len(exercises), 10_000)
    cell = school.session.scalars(select(Cell).execution_options(populate_existing=True)).one()
    assert (cell.tries, cell.score) == (1, 10_000)


def test_all_starts_give_one_attempt(school: School, engine: Engine) -> None:
    def start(session: Any, _: int) -> int:
        return start_assigned(
            session,
            school.library,
            school.learner,
            assignment_id=school.assignment,
            language="fr",
            now=NOW,
        )

    assert len(set(at_once(engine, start))) == 1
    assert school.session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_all_starts_of_a_practice_give_one_attempt(school: School, engine: Engine) -> None:
    source, quiz, language = sorted(school.library.quizzes)[-1]

    def start(session: Any, _: int) -> int:
        return start_practice(
            session,
            school.library,
            school.learner,
            source_id=source,
            quiz_id=quiz,
            language=language,
            now=NOW,
        )

    assert len(set(at_once(engine, start))) == 1


def test_starting_and_finishing_at_once_never_passes_the_limit(
    school: School, engine: Engine
) -> None:
    three = school.assign(Terms(feedback=Feedback.AT_END, attempts_limit=3))

    def try_it(session: Any, _: int) -> bool:
        try:
            attempt = start_assigned(
                session,
                school.library,
                school.learner,
                assignment_id=three,
                language="fr",
                now=NOW,
            )
        except AttemptsUsed:
            return False
        return finish_attempt(session, school.learner, attempt_id=attempt, now=NOW)

    results = at_once(engine, try_it)
    school.session.rollback()
    numbers = school.session.scalars(
        select(Attempt.number).where(Attempt.assignment_id == three).order_by(Attempt.number)
    ).all()
    assert numbers == [1, 2, 3]
    assert results.count(True) == 3
    cell = school.session.scalars(select(Cell).where(Cell.assignment_id == three)).one()
    assert cell.tries == 3
