"""Exercises set aside: scores, cells and trials follow, later answers too, and all comes back."""

import random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.core.scores import attempt_score
from quizapp.store import set_asides
from quizapp.store.attempts import Actor, find_attempt, finish_attempt
from quizapp.store.classes import remove_learner
from quizapp.store.db import write
from quizapp.store.models import Attempt, AttemptScore, Cell, Response
from quizapp.store.results import Handed, class_matrix, class_skills
from quizapp.store.set_asides import (
    count_behind,
    find_set_aside,
    follow,
    list_set_asides,
    set_aside,
    take_back,
)
from quizapp.store.statements import table
from tests.durability.audit import find_faults
from tests.store.school import HOUR, NOW, UNSURE, School, wrong

REASON = "Les deux lectures se défendent."
KEPT = ("attempts", "attempt_scores", "cells", "responses")


def put_aside(school: School, *exercises: str, batches: int | None = None) -> set_asides.Followed:
    source = school.quiz_key[0]
    for exercise in exercises:
        with write(school.session):
            assert set_aside(
                school.session, school.class_id, (source, exercise), REASON, set_by=1, now=NOW
            )
    return follow(school.session, school.class_id, batches=batches)


def put_back(school: School, *exercises: str) -> set_asides.Followed:
    for exercise in exercises:
        with write(school.session):
            assert take_back(school.session, school.class_id, (school.quiz_key[0], exercise))
    return follow(school.session, school.class_id)


def rows(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every kept row, without the versions, which only ever grow."""
    session.rollback()
    found = {}
    for name in KEPT:
        columns = [column for column in table(name).c if column.name != "version"]
        read = session.execute(select(*columns).order_by(*table(name).primary_key)).all()
        found[name] = [tuple(row) for row in read]
    return found


def state(school: School, attempt: int, actor: Actor | None = None) -> Any:
    school.session.rollback()
    account = (actor or school.learner).account_id
    return find_attempt(school.session, attempt, account, NOW)


def cell(school: School, attempt: int) -> Cell:
    school.session.rollback()
    school.session.expire_all()
    return school.session.scalars(select(Cell).where(Cell.attempt_id == attempt)).one()


def counted_score(school: School, attempt: int, *aside: str) -> int:
    """The score by its definition: the mean over what is not set aside, unanswered 0."""
    school.session.rollback()
    asked = [each.id for each in school.exercises(attempt) if each.id not in aside]
    points = school.session.scalars(
        select(Response.points).where(
            Response.attempt_id == attempt, Response.step == 1, Response.exercise_id.in_(asked)
        )
    )
    return attempt_score(list(points), len(asked))


def answer_half(school: School) -> int:
    """Answer all exercises, the first wrong and the second not known."""
    attempt = school.start()
    first, second, *others = school.exercises(attempt)
    school.answer(attempt, first, wrong(first))
    school.answer(attempt, second, UNSURE)
    for each in others:
        school.answer(attempt, each)
    return attempt


def test_a_score_is_the_mean_of_what_counts_and_the_cell_follows(school: School) -> None:
    attempt = answer_half(school)
    first = school.exercises(attempt)[0].id
    before = state(school, attempt).score
    done = put_aside(school, first)
    found = state(school, attempt)
    assert found.score == counted_score(school, attempt, first) > before
    assert (cell(school, attempt).score, cell(school, attempt).set_aside) == (found.score, 1)
    assert found.set_aside == {first}
    assert done == set_asides.Followed(True, 1, 1, 1, 0, before, found.score)
    assert find_faults(school.session.get_bind(), []) == []  # type: ignore[arg-type]


def test_trials_and_skills_leave_it_out(school: School) -> None:
    attempt = answer_half(school)
    first = school.exercises(attempt)[0]
    figures = {s.skill: s.n for s in class_skills(school.session, school.class_id).pools}
    put_aside(school, first.id)
    after = {s.skill: s.n for s in class_skills(school.session, school.class_id).pools}
    assert after == figures | {first.kind: figures[first.kind] - 1}
    score = school.session.get_one(AttemptScore, attempt, populate_existing=True)
    response = school.session.scalars(
        select(Response).where(Response.attempt_id == attempt, Response.exercise_id != first.id)
    ).all()
    assert score.hits == sum(each.hits for each in response)
    assert score.misses == sum(each.misses for each in response)


def test_answers_given_afterwards_count_the_same_way(school: School) -> None:
    attempt = school.start()
    first, second, *others = school.exercises(attempt)
    school.answer(attempt, second, wrong(second))
    put_aside(school, first.id)
    school.answer(attempt, first, wrong(first))
    assert state(school, attempt).score == counted_score(school, attempt, first.id)
    for each in others:
        school.answer(attempt, each)
    found = state(school, attempt)
    assert found.is_finished
    assert found.score == counted_score(school, attempt, first.id) == cell(school, attempt).score


def test_attempts_begun_afterwards_count_the_same_way(school: School) -> None:
    other = school.add_learner("loutre-calme-42")
    exercises = school.quiz(school.start()).exercises
    put_aside(school, exercises[0].id)
    attempt = school.start(actor=other)
    school.answer(attempt, exercises[0], wrong(exercises[0]), actor=other)
    school.answer(attempt, exercises[1], actor=other)
    assert state(school, attempt, other).score == counted_score(school, attempt, exercises[0].id)
    assert count_behind(school.session, school.class_id) == 0


def test_practice_and_another_class_keep_their_scores(school: School) -> None:
    attempt = answer_half(school)
    practice = school.practise()
    school.answer_all(practice)
    before = state(school, practice).score
    put_aside(school, *(each.id for each in school.exercises(attempt)[:2]))
    assert state(school, practice).score == before
    assert state(school, practice).set_aside == frozenset()


def test_with_everything_set_aside_there_is_no_score(school: School) -> None:
    attempt = answer_half(school)
    put_aside(school, *(each.id for each in school.exercises(attempt)))
    assert state(school, attempt).score is None
    matrix = class_matrix(school.session, school.class_id, NOW + HOUR)
    (found,) = matrix.rows[0].cells
    assert (found.state, found.score, found.counts) == (Handed.FINISHED, None, False)
    assert (matrix.average.points, matrix.average.n) == (None, 0)


def test_with_everything_set_aside_an_attempt_can_still_be_done(school: School) -> None:
    attempt = school.start()
    put_aside(school, *(each.id for each in school.exercises(attempt)))
    school.answer_all(attempt)
    found = state(school, attempt)
    assert (found.is_finished, found.score) == (True, None)


@pytest.mark.parametrize("seed", range(6))
def test_set_aside_and_taken_back_leaves_every_row_as_it_was(school: School, seed: int) -> None:
    chance = random.Random(seed)
    learners = [school.learner, *(school.add_learner(f"lynx-{n}") for n in range(3))]
    for actor in learners:
        attempt = school.start(actor=actor)
        exercises = school.exercises(attempt)
        for each in chance.sample(exercises, chance.randint(0, len(exercises))):
            payload = chance.choice((None, wrong(each), UNSURE))
            school.answer(attempt, each, payload, actor=actor)
        if chance.random() < 0.5:
            finish_attempt(school.session, actor, attempt_id=attempt, now=NOW)
    before = rows(school.session)
    chosen = chance.sample([each.id for each in exercises], chance.randint(1, len(exercises)))
    put_aside(school, *chosen)
    assert rows(school.session) != before
    put_back(school, *chance.sample(chosen, len(chosen)))
    assert rows(school.session) == before


def test_it_goes_on_where_it_was_interrupted(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_asides, "BATCH", 2)
    actors = [school.learner, *(school.add_learner(f"lynx-{n}") for n in range(4))]
    tried = [school.start(actor=actor) for actor in actors]
    first = school.exercises(tried[0])[0]
    for attempt, actor in zip(tried, actors, strict=True):
        school.answer(attempt, first, wrong(first), actor=actor)
    done = put_aside(school, first.id, batches=1)
    assert (done.is_done, done.attempts) == (False, 2)
    assert count_behind(school.session, school.class_id) == 3
    assert follow(school.session, school.class_id) == set_asides.Followed(True, 3)
    assert count_behind(school.session, school.class_id) == 0
    versions = [cell(school, attempt).version for attempt in tried]
    assert follow(school.session, school.class_id).attempts == 0
    assert [cell(school, attempt).version for attempt in tried] == versions


def test_a_removed_learner_who_comes_back_is_counted_the_same_way(school: School) -> None:
    attempt = answer_half(school)
    account = school.learner.account_id
    with write(school.session):
        remove_learner(school.session, school.class_id, account, NOW)
    put_aside(school, school.exercises(attempt)[0].id)
    row = school.session.get_one(Attempt, attempt, populate_existing=True)
    assert row.set_aside == [school.exercises(attempt)[0].id]


def test_a_decision_is_kept_with_its_reason_and_made_once(school: School) -> None:
    exercise = school.exercises(school.start())[0].id
    put_aside(school, exercise)
    place = (school.quiz_key[0], exercise)
    (found,) = list_set_asides(school.session, school.class_id)
    assert (found.source_id, found.exercise_id, found.reason) == (*place, REASON)
    assert find_set_aside(school.session, school.class_id, place) == found
    with write(school.session):
        assert not set_aside(school.session, school.class_id, place, "Autre", set_by=1, now=NOW)
    put_back(school, exercise)
    with write(school.session):
        assert not take_back(school.session, school.class_id, place)


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_no_reason_and_an_endless_one_are_refused(school: School, reason: str) -> None:
    with pytest.raises(ValueError, match="signs"), write(school.session):
        set_aside(school.session, school.class_id, ("a", "b"), reason, set_by=1, now=NOW)
