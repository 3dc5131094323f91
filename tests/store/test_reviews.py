"""Mistakes come back when they are due, from released answers alone, and leave after two days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from quizapp.content.model import Library
from quizapp.store.assignments import Terms, list_open_practice, remove_assignment
from quizapp.store.attempts import (
    Actor,
    AttemptRefused,
    PracticeBlocked,
    SignedOut,
    find_attempt,
    finish_attempt,
)
from quizapp.store.db import write
from quizapp.store.models import Attempt, Card, Feedback, Purpose, Response
from quizapp.store.own_data import delete_account
from quizapp.store.publishing import publish
from quizapp.store.quizzes import ServedExercise
from quizapp.store.results import (
    class_learner_attempts,
    class_matrix,
    class_skills,
    learner_history,
    learner_progress,
)
from quizapp.store.reviews import Answer, Reviews, fold, read_reviews, start_review
from tests.store.school import HOUR, NOW, UNSURE, School, wrong

pytestmark = pytest.mark.slow

PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
DUE = NOW + 24 * HOUR


def reviews(school: School, now: datetime = NOW, library: Library | None = None) -> Reviews:
    school.session.rollback()
    learner = school.learner.account_id
    return read_reviews(school.session, library or school.library, learner, now, PARIS)


def review(school: School, now: datetime, library: Library | None = None) -> int | None:
    return start_review(
        school.session,
        library or school.library,
        replace_session(school.learner),
        language="fr",
        now=now,
        zone=PARIS,
    )


def replace_session(actor: Actor) -> Actor:
    """Return the learner as trusted code, whose session does not run out in months."""
    return replace(actor, session_id=None)


def mistake(school: School, attempt: int | None = None, place: int = 0) -> ServedExercise:
    """Answer one exercise of an attempt wrongly."""
    attempt = attempt or school.practise(OTHER_QUIZ)
    exercise = school.exercises(attempt)[place]
    school.answer(attempt, exercise, wrong(exercise))
    return exercise


OTHER_QUIZ = ("hua-bin-2025", "mots-charges-1", "fr")


def answer(school: School, attempt: int | None, now: datetime, payload: Any = None) -> None:
    assert attempt is not None
    (exercise,) = school.exercises(attempt)
    school.answer(attempt, exercise, payload, actor=replace_session(school.learner), now=now)


def test_a_mistake_comes_back_the_next_morning_and_a_right_answer_never(school: School) -> None:
    attempt = school.practise(OTHER_QUIZ)
    mistake(school, attempt)
    school.answer(attempt, school.exercises(attempt)[1])
    morning = datetime(2025, 3, 4, tzinfo=PARIS)
    assert reviews(school) == Reviews(0, 1, 0, 0, morning, None)
    assert review(school, NOW) is None
    assert reviews(school, morning - timedelta(seconds=1)).due == 0
    assert reviews(school, morning).due == 1


def test_i_do_not_know_makes_a_card_too(school: School) -> None:
    attempt = school.practise(OTHER_QUIZ)
    school.answer(attempt, school.exercises(attempt)[0], UNSURE)
    assert reviews(school, NOW + DAY).due == 1


def test_a_review_asks_the_one_exercise_that_was_wrong(school: School) -> None:
    exercise = mistake(school, place=2)
    attempt = review(school, NOW + DAY)
    assert attempt is not None
    row = school.session.get_one(Attempt, attempt)
    assert (row.purpose, row.exercises, row.assignment_id) == (Purpose.REVIEW, 1, None)
    assert [each.id for each in school.exercises(attempt)] == [exercise.id]
    assert review(school, NOW + DAY) == attempt
    assert reviews(school, NOW + DAY).open_attempt == attempt


def test_right_on_two_different_days_ends_it_and_on_one_day_does_not(school: School) -> None:
    mistake(school)
    first = NOW + DAY
    answer(school, review(school, first), first)
    waiting = reviews(school, first)
    assert (waiting.due, waiting.resting, waiting.learnt) == (0, 1, 0)
    assert waiting.next_due is not None
    assert waiting.next_due > first
    second = waiting.next_due + HOUR
    answer(school, review(school, second), second)
    assert reviews(school, second + 30 * DAY) == Reviews(0, 0, 1, 0, None, None)


def test_a_wrong_review_brings_it_back_the_next_day(school: School) -> None:
    exercise = mistake(school)
    first = NOW + DAY
    answer(school, review(school, first), first, wrong(exercise))
    assert reviews(school, first).due == 0
    assert reviews(school, first + DAY).due == 1


def test_a_review_never_overwrites_the_first_mark(school: School) -> None:
    practised = school.practise(OTHER_QUIZ)
    exercise = mistake(school, practised)
    finish_attempt(school.session, school.learner, attempt_id=practised, now=NOW)
    learner, later = school.learner.account_id, NOW + DAY
    before = (
        learner_progress(school.session, learner, later),
        learner_history(school.session, learner, later),
        find_attempt(school.session, practised, learner, later),
    )
    answer(school, review(school, later), later)
    school.session.rollback()
    assert before == (
        learner_progress(school.session, learner, later),
        learner_history(school.session, learner, later),
        find_attempt(school.session, practised, learner, later),
    )
    stored = school.session.scalars(
        select(Response.points).where(Response.exercise_id == exercise.id).order_by(Response.id)
    ).all()
    assert stored[0] < stored[1]


def test_a_review_counts_in_no_figure_of_the_class(school: School) -> None:
    attempt = school.start()
    mistake(school, attempt)
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=NOW)
    later = NOW + DAY

    def figures() -> list[object]:
        school.session.rollback()
        learner = school.learner.account_id
        return [
            class_matrix(school.session, school.class_id, later),
            class_skills(school.session, school.class_id),
            class_learner_attempts(school.session, school.class_id, learner),
            list_open_practice(school.session, learner),
        ]

    before = figures()
    begun = review(school, later)
    assert figures() == before
    answer(school, begun, later)
    assert figures() == before


@pytest.mark.parametrize("feedback", [Feedback.AT_END, Feedback.AFTER_DUE])
def test_before_the_release_there_is_no_card_and_no_hint(
    school: School, feedback: Feedback
) -> None:
    attempt = school.start(school.assign(Terms(feedback=feedback, due_at=DUE), OTHER_QUIZ))
    mistake(school, attempt)
    nothing = Reviews(0, 0, 0, 0, None, None)
    assert reviews(school, NOW) == reviews(school, DUE - HOUR) == nothing
    assert review(school, DUE - HOUR) is None
    assert school.session.scalar(select(func.count()).select_from(Card)) == 0
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=DUE)
    assert reviews(school, DUE).due == 1


def test_a_quiz_given_again_hides_its_cards_and_refuses_the_review_under_way(
    school: School,
) -> None:
    exercise = mistake(school)
    begun = review(school, NOW + DAY)
    assert begun is not None
    later = NOW + 2 * DAY
    given = school.assign(Terms(feedback=Feedback.AFTER_DUE, due_at=later + DAY), OTHER_QUIZ)
    assert reviews(school, later) == Reviews(0, 0, 0, 0, None, None)
    with pytest.raises(PracticeBlocked):
        answer(school, begun, later)
    mistake(school, school.practise(LABELS))
    other = review(school, later)
    assert other not in (None, begun)
    answer(school, other, later, wrong(school.exercises(other or 0)[0]))
    with write(school.session):
        remove_assignment(school.session, given, later)
    again = review(school, later)
    assert again is not None
    assert [each.id for each in school.exercises(again)] == [exercise.id]


LABELS = ("hua-bin-2025", "fait-ou-opinion-1", "fr")


def test_what_is_no_longer_offered_is_skipped_and_counted(school: School, library: Library) -> None:
    mistake(school)
    mistake(school, school.practise(LABELS))
    kept = {key: quiz for key, quiz in library.quizzes.items() if key[1] != OTHER_QUIZ[1]}
    smaller = replace(library, quizzes=kept)
    publish(school.session, library, NOW)
    publish(school.session, smaller, NOW)
    found = reviews(school, NOW + DAY, smaller)
    assert (found.due, found.gone) == (1, 1)
    attempt = review(school, NOW + DAY, smaller)
    assert attempt is not None
    assert school.quiz(attempt).id == LABELS[1]


def test_the_mistake_that_is_due_longest_comes_first(school: School) -> None:
    attempt = school.practise(OTHER_QUIZ)
    first, second, *_ = school.exercises(attempt)
    school.answer(attempt, second, wrong(second), now=NOW)
    school.answer(attempt, first, wrong(first), now=NOW + 2 * HOUR)
    begun = review(school, NOW + DAY)
    assert begun is not None
    assert [each.id for each in school.exercises(begun)] == [second.id]


def test_beginning_a_review_writes_the_cards_down_and_reading_does_not(school: School) -> None:
    mistake(school)
    reviews(school, NOW + DAY)
    assert school.session.scalar(select(func.count()).select_from(Card)) == 0
    begun = review(school, NOW + DAY)
    card = school.session.scalars(select(Card)).one()
    assert (card.due_at, card.right_on) == (datetime(2025, 3, 3, 23, tzinfo=UTC), None)
    answer(school, begun, NOW + DAY)
    from_the_store = reviews(school, NOW + DAY)
    assert review(school, NOW + DAY) is None
    school.session.rollback()
    school.session.expire_all()
    assert school.session.scalars(select(Card)).one().right_on == "2025-03-04"
    assert reviews(school, NOW + DAY) == from_the_store


def test_the_cards_go_with_the_account(school: School) -> None:
    mistake(school)
    review(school, NOW + DAY)
    with write(school.session):
        delete_account(school.session, school.learner.account_id, NOW)
    assert school.session.scalar(select(func.count()).select_from(Card)) == 0


def test_whoever_is_signed_out_begins_no_review(school: School) -> None:
    mistake(school)
    with pytest.raises(SignedOut):
        start_review(
            school.session,
            school.library,
            Actor(school.learner.account_id, "0" * 64),
            language="fr",
            now=NOW + DAY,
            zone=PARIS,
        )


def test_another_learner_has_none_of_these_cards(school: School) -> None:
    mistake(school)
    other = school.add_learner("loutre-sage-34")
    found = read_reviews(school.session, school.library, other.account_id, NOW + DAY, PARIS)
    assert found.is_empty
    begun = review(school, NOW + DAY)
    assert begun is not None
    with pytest.raises(AttemptRefused):
        school.answer(begun, school.exercises(begun)[0], actor=other, now=NOW + DAY)


# The fold, without a database

Answered = Callable[..., Answer]


@pytest.fixture
def answered() -> Answered:
    """Returns answers to one exercise, numbered as they come."""
    numbers = iter(range(1, 1000))

    def make(points: int, at: datetime) -> Answer:
        return Answer(next(numbers), "s", "e", "fr", points, points >= 7500, at)

    return make


def test_the_evening_and_the_next_morning_are_two_days_of_the_school(answered: Answered) -> None:
    wrong_one = answered(0, datetime(2025, 3, 1, 12, tzinfo=UTC))
    evening = datetime(2025, 3, 4, 22, 30, tzinfo=UTC)
    for gap, learnt in ((timedelta(minutes=20), False), (timedelta(minutes=40), True)):
        card = fold(
            None, [wrong_one, answered(10_000, evening), answered(10_000, evening + gap)], PARIS
        )
        assert card is not None
        assert (card.learnt_at is not None) is learnt


def test_right_but_below_full_makes_a_card_that_comes_later(answered: Answered) -> None:
    nearly, far = (fold(None, [answered(points, NOW)], PARIS) for points in (8000, 5000))
    assert nearly is not None
    assert far is not None
    assert nearly.due_at > far.due_at == datetime(2025, 3, 3, 23, tzinfo=UTC)
    assert nearly.right_on is None
    assert fold(None, [answered(10_000, NOW)], PARIS) is None


def test_a_mistake_after_it_was_learnt_begins_anew(answered: Answered) -> None:
    answers = [answered(0, NOW), *(answered(10_000, NOW + days * DAY) for days in (1, 4))]
    learnt = fold(None, answers, PARIS)
    assert learnt is not None
    assert learnt.learnt_at == NOW + 4 * DAY
    again = fold(learnt, [*answers, answered(0, NOW + 20 * DAY)], PARIS)
    assert again is not None
    assert (again.learnt_at, again.right_on, again.created_at) == (None, None, NOW + 20 * DAY)


def test_what_a_card_took_in_is_not_taken_in_twice(answered: Answered) -> None:
    answers = [answered(0, NOW), answered(10_000, NOW + DAY), answered(0, NOW + 3 * DAY)]
    at_once = fold(None, answers, PARIS)
    stepwise = None
    for end in range(1, len(answers) + 1):
        stepwise = fold(stepwise, answers[:end], PARIS)
    assert at_once == stepwise


def test_each_right_answer_rests_longer_than_the_one_before(answered: Answered) -> None:
    card = fold(None, [answered(0, NOW)], PARIS)
    rests = []
    for _ in range(3):
        assert card is not None
        at = card.due_at + 10 * HOUR
        card = fold(replace(card, right_on=None), [answered(10_000, at)], PARIS)
        assert card is not None
        rests.append(card.due_at - at)
    assert rests == sorted(rests)
    assert rests[-1] > 2 * rests[0]
