"""Contested keys of a class: who says what, the teacher's answer, and what a correction closes."""

import pytest
from sqlalchemy import select

from quizapp.store.class_contests import (
    decide_contests,
    find_class_contest,
    list_class_contests,
    reopen_contests,
)
from quizapp.store.classes import remove_learner
from quizapp.store.contests import contest_key
from quizapp.store.db import write
from quizapp.store.models import ClassDecision, Contest, ContestState
from quizapp.store.quizzes import ServedExercise
from tests.store.keys import LABELS, LEAVE, MARKING, PRACTICE, Lesson
from tests.store.school import HOUR, NOW, School

KEPT, SET_ASIDE = ClassDecision


def contest(school: School, exercise: ServedExercise, reason: str, account_id: int) -> None:
    with write(school.session):
        assert contest_key(
            school.session,
            exercise,
            reason,
            account_id=account_id,
            class_id=school.class_id,
            now=NOW,
        )


def decide(school: School, place: tuple[str, str], decision: ClassDecision, why: str) -> int:
    with write(school.session):
        return decide_contests(
            school.session, school.class_id, place, decision, why, now=NOW + HOUR
        )


def test_the_teacher_sees_who_says_what_of_their_own_class(school: School) -> None:
    first, second, *_ = school.exercises(school.start())
    me, other = school.learner.account_id, school.add_learner("loutre", "Inès").account_id
    contest(school, first, "C’est un jugement.", me)
    contest(school, second, "Le rapport dit autre chose.", me)
    contest(school, second, "Je ne trouve pas ce nombre.", other)
    found = list_class_contests(school.session, school.class_id)
    assert [each.exercise_id for each in found] == [second.id, first.id]
    assert [(each.by, each.by_teacher) for each in found[0].reasons] == [
        ("lynx-vif-12", False),
        ("Inès", False),
    ]
    assert list_class_contests(school.session, school.class_id + 1) == []


def test_a_decision_answers_all_reasons_of_the_class_and_keeps_its_own(school: School) -> None:
    first, second, *_ = school.exercises(school.start())
    me = school.learner.account_id
    contest(school, first, "Une raison.", me)
    contest(school, second, "Une autre.", me)
    place = (school.quiz_key[0], first.id)
    assert decide(school, place, KEPT, "« Doit » demande un avis.") == 1
    found = find_class_contest(school.session, school.class_id, place)
    assert found is not None
    assert (found.decision, found.answer) == (KEPT, "« Doit » demande un avis.")
    assert [each.is_open for each in list_class_contests(school.session, school.class_id)] == [
        True,
        False,
    ]
    assert found.state is ContestState.OPEN  # for the authors it is


def test_what_counts_again_waits_for_a_new_answer(school: School) -> None:
    first, second, *_ = school.exercises(school.start())
    for exercise, decision in ((first, SET_ASIDE), (second, KEPT)):
        contest(school, exercise, "Une raison.", school.learner.account_id)
        place = (school.quiz_key[0], exercise.id)
        decide(school, place, decision, "Parce que.")
        with write(school.session):
            reopen_contests(school.session, school.class_id, place)
    found = {each.exercise_id: each for each in list_class_contests(school.session, 1)}
    assert (found[first.id].is_open, found[first.id].answer) == (True, None)
    assert found[second.id].decision is KEPT


def test_reasons_of_a_removed_learner_are_not_listed(school: School) -> None:
    exercise = school.exercises(school.start())[0]
    contest(school, exercise, "Une raison.", school.learner.account_id)
    with write(school.session):
        remove_learner(school.session, school.class_id, school.learner.account_id, NOW)
    assert list_class_contests(school.session, school.class_id) == []


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_no_reason_and_an_endless_one_are_refused(school: School, reason: str) -> None:
    with pytest.raises(ValueError, match="signs"):
        decide(school, ("a", "b"), KEPT, reason)


def states(lesson: Lesson) -> dict[str, ContestState]:
    lesson.session.rollback()
    lesson.session.expire_all()
    return {each.reason: each.state for each in lesson.session.scalars(select(Contest))}


def contest_all(lesson: Lesson, attempt: int) -> None:
    """One reason of the class against two exercises, and one from nowhere."""
    school, by_id = lesson.school, lesson.school.quiz(attempt).by_id
    contest(school, by_id[LABELS], "le tri", school.learner.account_id)
    contest(school, by_id[MARKING], "le renard", school.learner.account_id)
    other = school.add_learner("loutre").account_id
    with write(lesson.session):
        contest_key(
            lesson.session, by_id[LABELS], "ailleurs", account_id=other, class_id=None, now=NOW
        )


def test_a_regrade_closes_what_its_class_contested_of_that_key(lesson: Lesson) -> None:
    contest_all(lesson, lesson.hand_in())
    lesson.change_key(LABELS)
    lesson.regrade(LEAVE)
    assert states(lesson) == {
        "le tri": ContestState.CORRECTED,
        "le renard": ContestState.OPEN,
        "ailleurs": ContestState.OPEN,
    }


def test_an_authors_regrade_closes_what_anybody_contested_of_that_key(lesson: Lesson) -> None:
    contest_all(lesson, lesson.hand_in())
    lesson.answer_all(lesson.school.practise())
    lesson.change_key(LABELS)
    lesson.regrade(scope=PRACTICE)
    assert states(lesson) == {
        "le tri": ContestState.CORRECTED,
        "le renard": ContestState.OPEN,
        "ailleurs": ContestState.CORRECTED,
    }


def test_a_contest_of_the_new_key_stays_open(lesson: Lesson) -> None:
    lesson.hand_in()
    lesson.change_key(LABELS)
    other = lesson.school.add_learner("loutre")
    attempt = lesson.hand_in(actor=other)
    contest(lesson.school, lesson.live(LABELS), "la nouvelle clé", other.account_id)
    lesson.regrade()
    assert attempt
    assert states(lesson) == {"la nouvelle clé": ContestState.OPEN}
