"""What a class's skills say: points, those left apart, moves between forms, who needs help."""

import pytest
from sqlalchemy import update

from quizapp.core.change import Change
from quizapp.core.detection import Trials
from quizapp.exercises.registry import KINDS
from quizapp.store.attempts import Actor
from quizapp.store.db import write
from quizapp.store.models import Response
from quizapp.store.results import class_skills
from quizapp.store.results.discernment import Discernment, class_discernment
from quizapp.store.results.needs import SkillNeeds, class_needs
from quizapp.store.results.skills import class_responses
from quizapp.store.set_asides import follow, set_aside
from tests.store.school import HOUR, NOW, School, wrong

FORM_A, FORM_B = (("hua-bin-2025", f"bilan-{letter}", "fr") for letter in "ab")


def sit(school: School, assignment: int, actor: Actor, *, right: int = 99, later: int = 0) -> int:
    """Hand in an assignment with so many exercises right and the others wrong."""
    attempt = school.start(assignment, actor)
    for place, exercise in enumerate(school.exercises(attempt)):
        payload = None if place < right else wrong(exercise)
        school.answer(attempt, exercise, payload, actor=actor, now=NOW + later * HOUR)
    return attempt


def find(school: School) -> Discernment:
    skills = class_skills(school.session, school.class_id)
    return class_discernment(school.session, school.class_id, skills)


def find_needs(school: School) -> dict[str, SkillNeeds]:
    responses = class_responses(school.session, school.class_id)
    skills = class_skills(school.session, school.class_id, responses)
    return {each.skill: each for each in class_needs(skills, responses)}


def test_learners_with_too_few_cases_stand_apart(school: School) -> None:
    form = school.assign(quiz=FORM_A)
    other = school.add_learner("loutre")
    sit(school, form, school.learner)
    found = find(school)
    assert [row.learner.id for row in found.shown] == [school.learner.account_id]
    assert [row.learner.id for row in found.apart] == [other.account_id]
    assert found.pool is not None
    assert found.pool.trials == Trials(10, 0, 0, 10)
    assert found.median == (pytest.approx(0), pytest.approx(found.pool.d_prime))


def test_nobody_answers_nothing_is_drawn(school: School) -> None:
    found = find(school)
    assert (found.shown, found.pool, found.median, found.shifts) == ((), None, None, ())


def test_forms_a_and_b_give_a_before_and_an_after_in_the_order_they_were_done(
    school: School,
) -> None:
    form_a, form_b = school.assign(quiz=FORM_A), school.assign(quiz=FORM_B)
    other, third = school.add_learner("loutre"), school.add_learner("renard")
    sit(school, form_a, school.learner, right=0)
    sit(school, form_b, school.learner, later=1)
    sit(school, form_b, other, right=0)
    sit(school, form_a, other, later=1)
    sit(school, form_a, third)
    found = find(school)
    letters = {shift.learner.id: shift.letters for shift in found.shifts if shift.learner}
    assert letters == {school.learner.account_id: ("A", "B"), other.account_id: ("B", "A")}
    assert {shift.change for shift in found.shifts} <= {Change.BETTER, Change.BETTER_TRUSTING}
    (whole,) = found.class_shifts
    assert whole.n == 2
    assert whole.after.trials == Trials(20, 0, 0, 20)
    assert whole.after.d_prime > whole.before.d_prime


def test_a_form_that_is_set_aside_in_part_bears_no_arrow(school: School) -> None:
    form_a, form_b = school.assign(quiz=FORM_A), school.assign(quiz=FORM_B)
    attempt = sit(school, form_a, school.learner)
    sit(school, form_b, school.learner, later=1)
    place = (FORM_A[0], school.exercises(attempt)[0].id)
    with write(school.session):
        set_aside(school.session, school.class_id, place, "Discutable.", set_by=1, now=NOW)
    follow(school.session, school.class_id)
    assert find(school).shifts == ()


def test_who_needs_help_is_named_with_the_exercises_to_reopen(school: School) -> None:
    given = [school.assign(quiz=FORM_A), school.assign(quiz=FORM_B), school.assignment]
    tried = [sit(school, each, school.learner, right=0, later=n) for n, each in enumerate(given)]
    good = school.add_learner("loutre")
    for each in given:
        sit(school, each, good)
    found = find_needs(school)
    assert list(found) == list(KINDS)
    needy = [need for each in found.values() for need in each.learners]
    assert needy
    assert {need.learner.id for need in needy} == {school.learner.account_id}
    for need in needy:
        assert 0 < len(need.missed) <= 4
        assert {missed.attempt_id for missed in need.missed} <= set(tried)


def test_what_most_of_five_missed_is_to_be_reopened_with_everybody(school: School) -> None:
    actors = [school.learner, *(school.add_learner(f"lynx-{n}") for n in range(4))]
    attempts = [
        sit(school, school.assignment, actor, right=0 if n < 3 else 99)
        for n, actor in enumerate(actors)
    ]
    exercises = [each for found in find_needs(school).values() for each in found.exercises]
    asked = {each.id for each in school.exercises(attempts[0])}
    assert exercises
    assert {each.place[1] for each in exercises} <= asked
    assert {(each.right, each.n) for each in exercises} == {(2, 5)}
    with write(school.session):
        school.session.execute(update(Response).values(right=True))
    assert not any(each.exercises for each in find_needs(school).values())
