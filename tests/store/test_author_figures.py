"""What authors see of answers: first attempts of all classes, from five learners on."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.core.rates import wilson_interval
from quizapp.store.assignments import Terms, assign, list_assignments
from quizapp.store.attempts import Actor, finish_attempt
from quizapp.store.db import write
from quizapp.store.models import Account, Feedback, Membership, SchoolClass
from quizapp.store.quizzes import ServedQuiz, serve
from quizapp.store.results import QuizFigures, quiz_figures
from tests.store.school import NOW, UNSURE, School, add_learner, wrong


@pytest.fixture
def quiz(school: School) -> ServedQuiz:
    source, name, _ = school.quiz_key
    return serve(school.library.quizzes[source, name, "fr"])


def figures(school: School, quiz: ServedQuiz) -> QuizFigures:
    school.session.rollback()
    return quiz_figures(school.session, quiz)


def sit(school: School, names: str, bad: int = 0, **given: Any) -> list[Actor]:
    """Let learners do the assignment; the first `bad` exercises of each are answered wrongly."""
    actors = [school.add_learner(f"learner-{name}") for name in names]
    for actor in actors:
        attempt = school.start(given.get("assignment"), actor=actor)
        for place, exercise in enumerate(school.exercises(attempt)):
            payload = wrong(exercise) if place < bad else None
            school.answer(attempt, exercise, payload, actor=actor)
    return actors


def test_under_five_learners_nothing_is_shown(school: School, quiz: ServedQuiz) -> None:
    sit(school, "abcd")
    assert figures(school, quiz) == QuizFigures(4, {}, None)
    sit(school, "e")
    found = figures(school, quiz)
    assert set(found.exercises) == {served.id for served in quiz.exercises}
    assert found.total is not None


def test_the_first_attempt_of_each_learner_counts(school: School, quiz: ServedQuiz) -> None:
    twice = school.assign(Terms(feedback=Feedback.AT_END, attempts_limit=2))
    for actor in sit(school, "abcde", bad=1, assignment=twice):
        school.answer_all(school.start(twice, actor=actor), actor=actor)
        school.answer_all(school.start(actor=actor), actor=actor)
    first, second, *_ = quiz.exercises
    found = figures(school, quiz).exercises
    assert (found[first.id].n, found[first.id].right, found[second.id].right) == (5, 0, 5)
    assert found[first.id].interval == wilson_interval(0, 5)
    assert (found[second.id].facility, found[second.id].tally.n) == (1, 5)


def test_what_was_left_out_scores_nothing_and_is_counted(school: School, quiz: ServedQuiz) -> None:
    first, second, *_ = quiz.exercises
    for name in "abcde":
        actor = school.add_learner(f"learner-{name}")
        attempt = school.start(actor=actor)
        school.answer(attempt, first, UNSURE, actor=actor)
        finish_attempt(school.session, actor, attempt_id=attempt, now=NOW)
    found = figures(school, quiz).exercises
    assert (found[first.id].unsure, found[first.id].tally.n) == (5, 5)
    assert (found[second.id].n, found[second.id].facility, found[second.id].tally.n) == (5, 0, 0)


def test_an_exercise_that_separates_learners_is_told_from_one_that_does_not(
    school: School, quiz: ServedQuiz
) -> None:
    sit(school, "abc", bad=2)
    sit(school, "de")
    first, second, third, *_ = (figures(school, quiz).exercises[e.id].item for e in quiz.exercises)
    assert first
    assert second
    assert third
    assert first.discrimination == pytest.approx(100)
    assert second.efficiency == pytest.approx(100)
    assert (third.facility, third.discrimination) == (1, None)


def test_practice_attempts_under_way_and_people_who_left_are_not_counted(
    school: School, quiz: ServedQuiz
) -> None:
    gone, suspended, *_ = sit(school, "abcde")
    with write(school.session):
        alone = Account(login_name="alone", login_key="alone", created_at=NOW)
        school.session.add(alone)
    outsider = replace(school, learner=Actor(alone.id))
    outsider.answer_all(outsider.practise((quiz.source_id, quiz.id, quiz.language)))
    school.answer(school.start(), quiz.exercises[0])
    assert figures(school, quiz).n == 5
    with write(school.session):
        school.session.execute(
            update(Membership).where(Membership.account_id == gone.account_id).values(ended_at=NOW)
        )
        school.session.execute(
            update(Account).where(Account.id == suspended.account_id).values(active=False)
        )
    assert figures(school, quiz) == QuizFigures(3, {}, None)


def test_all_classes_count_but_the_demonstration(
    school: School, quiz: ServedQuiz, session: Session
) -> None:
    sit(school, "abc")
    rooms = []
    for is_demo in (False, True):
        with write(session):
            room = SchoolClass(name="4e A", created_at=NOW, is_demo=is_demo)
            session.add(room)
            session.flush()
            named = (quiz.source_id, quiz.id, quiz.title)
            assign(session, [room.id], named, Terms(), created_by=None, now=NOW)
            actors = [add_learner(session, room.id, f"{is_demo}-{n}") for n in range(2)]
        rooms.append((room.id, actors))
    for room_id, actors in rooms:
        other = replace(school, class_id=room_id, assignments=[])
        other.assignments = [_only_assignment(session, room_id)]
        for actor in actors:
            other.answer_all(other.start(actor=actor), actor=actor)
    assert figures(school, quiz).n == 5


def _only_assignment(session: Session, class_id: int) -> int:
    (found,) = list_assignments(session, class_id)
    return found.id


def test_answers_to_another_key_or_text_are_not_counted(
    school: School, quiz: ServedQuiz, library: Library
) -> None:
    sit(school, "abcde")
    first, *others = quiz.exercises
    changed = replace(first, revision="0" * 64)
    changed.__dict__["hashes"] = replace(first.hashes, key="1" * 64)
    found = figures(school, replace(quiz, exercises=(changed, *others)))
    assert set(found.exercises) == {served.id for served in others}
    assert (found.n, found.total) == (0, None)
    assert all(each.item is None for each in found.exercises.values())
