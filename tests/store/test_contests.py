"""Contested keys: one reason for each account and revision, a queue without names."""

import pytest

from quizapp.store.contests import close_contests, contest_key, list_contested
from quizapp.store.db import write
from quizapp.store.models import ContestState
from quizapp.store.quizzes import ServedExercise
from tests.store.school import HOUR, NOW, School


def contest(school: School, exercise: ServedExercise, reason: str, account_id: int) -> bool:
    with write(school.session):
        return contest_key(
            school.session,
            exercise,
            reason,
            account_id=account_id,
            class_id=school.class_id,
            now=NOW,
        )


def test_the_most_contested_key_comes_first_with_reasons_and_no_names(school: School) -> None:
    first, second, *_ = school.exercises(school.start())
    me, other = school.learner.account_id, school.add_learner("loutre-calme-42").account_id
    assert contest(school, first, "C’est un jugement.", me)
    assert contest(school, second, "Le rapport dit autre chose.", me)
    assert contest(school, second, "Je ne trouve pas ce nombre.", other)
    found = list_contested(school.session, school.quiz_key[0])
    assert [(each.exercise_id, len(each.reasons)) for each in found] == [
        (second.id, 2),
        (first.id, 1),
    ]
    assert list_contested(school.session, "another-article") == []


def test_a_second_contest_of_one_account_does_not_count(school: School) -> None:
    exercise = school.exercises(school.start())[0]
    me = school.learner.account_id
    assert contest(school, exercise, "Une raison.", me)
    assert not contest(school, exercise, "Une autre raison.", me)
    assert [each.reasons for each in list_contested(school.session)] == [("Une raison.",)]


def test_closing_empties_the_queue_once(school: School) -> None:
    exercise = school.exercises(school.start())[0]
    me = school.learner.account_id
    contest(school, exercise, "Une raison.", me)
    place = (school.quiz_key[0], exercise.document["language"], exercise.id)
    for expected in (1, 0):
        with write(school.session):
            closed = close_contests(
                school.session, place, ContestState.KEPT, closed_by=me, now=NOW + HOUR
            )
        assert closed == expected
    assert list_contested(school.session) == []


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_no_reason_and_an_endless_one_are_refused(school: School, reason: str) -> None:
    exercise = school.exercises(school.start())[0]
    with pytest.raises(ValueError, match="signs"):
        contest(school, exercise, reason, school.learner.account_id)
