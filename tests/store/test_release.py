"""When answers are released: the rule, and the same rule as a condition of the database."""

import pytest

from quizapp.store.assignments import Terms, extend
from quizapp.store.attempts import AttemptState, find_attempt, finish_attempt
from quizapp.store.db import write
from quizapp.store.models import Feedback
from quizapp.store.release import released
from quizapp.store.results import learner_history, learner_progress
from tests.store.school import HOUR, NOW, School

DUE = NOW + 24 * HOUR


def state(school: School, attempt: int, now: object = NOW) -> AttemptState:
    found = find_attempt(school.session, attempt, school.learner.account_id, now)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("feedback", "finished", "now", "expected"),
    [
        (None, False, NOW, True),
        (Feedback.AT_ONCE, False, NOW, True),
        (Feedback.AT_END, False, DUE, False),
        (Feedback.AT_END, True, NOW, True),
        (Feedback.AFTER_DUE, True, NOW, False),
        (Feedback.AFTER_DUE, False, DUE, True),
    ],
)
def test_the_rule(feedback: Feedback, finished: bool, now: object, expected: bool) -> None:
    found = released(feedback, finished=finished, latest_due=DUE, now=now)  # type: ignore[arg-type]
    assert found is expected


def answered(school: School, feedback: Feedback) -> int:
    attempt = school.start(school.assign(Terms(feedback=feedback, due_at=DUE)))
    school.answer(attempt, school.exercises(attempt)[0])
    return attempt


def right_answers(school: School, now: object = NOW) -> int:
    progress = learner_progress(school.session, school.learner.account_id, now)  # type: ignore[arg-type]
    return sum(figures.right for figures in progress)


def test_at_once_an_answer_is_released_and_the_others_are_not(school: School) -> None:
    attempt = answered(school, Feedback.AT_ONCE)
    first, second, *_ = school.exercises(attempt)
    found = state(school, attempt)
    assert found.shows_key(first.id)
    assert not found.shows_key(second.id)
    assert right_answers(school) == 1


def test_at_the_end_nothing_is_released_before_it_is_finished(school: School) -> None:
    attempt = answered(school, Feedback.AT_END)
    assert not state(school, attempt).is_released
    assert right_answers(school) == 0
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=NOW)
    assert state(school, attempt).shows_key(school.exercises(attempt)[1].id)
    assert right_answers(school) == 1


def test_after_due_waits_for_the_latest_extension(school: School) -> None:
    attempt = answered(school, Feedback.AFTER_DUE)
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=NOW)
    other = school.add_learner("tortue-bleue-33")
    with write(school.session):
        extend(school.session, school.assignments[-1], other.account_id, due_at=DUE + HOUR)
    assert not state(school, attempt, DUE).is_released
    assert right_answers(school, DUE) == 0
    assert learner_history(school.session, school.learner.account_id, DUE)[0].score is None
    assert state(school, attempt, DUE + HOUR).is_released
    assert right_answers(school, DUE + HOUR) == 1
