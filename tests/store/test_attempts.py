"""Starting, answering and finishing on both databases, one learner at a time."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.core.scores import attempt_score
from quizapp.store.assignments import Terms, extend, remove_assignment
from quizapp.store.attempts import (
    Actor,
    AssignmentClosed,
    AttemptFinished,
    AttemptMissing,
    AttemptsUsed,
    NotAMember,
    NotOpenYet,
    Outcome,
    PracticeBlocked,
    SignedOut,
    find_attempt,
    finish_attempt,
)
from quizapp.store.db import write
from quizapp.store.models import (
    Account,
    AccountSession,
    Attempt,
    AttemptScore,
    Cell,
    CellState,
    Feedback,
    Membership,
    Response,
)
from tests.store.school import HOUR, NOW, UNSURE, School, right, wrong


def cell(school: School) -> Cell:
    return school.session.scalars(
        select(Cell)
        .where(Cell.assignment_id == school.assignment)
        .execution_options(populate_existing=True)
    ).one()


def test_a_second_start_returns_the_open_attempt(school: School) -> None:
    assert school.start() == school.start()


def test_starting_makes_a_score_row_and_a_cell_in_progress(school: School) -> None:
    attempt = school.start()
    assert school.session.get_one(AttemptScore, attempt).score == 0
    assert (cell(school).state, cell(school).answered) == (CellState.IN_PROGRESS, 0)


def test_an_answer_is_stored_with_its_score_row_and_its_cell(school: School) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]
    recorded = school.answer(attempt, first)
    assert recorded.outcome is Outcome.STORED
    assert recorded.response.points == 10_000
    score = school.session.get_one(AttemptScore, attempt)
    n = len(school.exercises(attempt))
    assert score.score == attempt_score([10_000], n) == cell(school).score
    assert score.answered == 1 == cell(school).answered
    row = school.session.scalars(select(Response)).one()
    assert (row.shown, row.exercise_revision) == (first.shown, first.revision)


def test_the_same_answer_again_is_the_same(school: School) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]
    school.answer(attempt, first)
    assert school.answer(attempt, first).outcome is Outcome.SAME
    assert cell(school).answered == 1


def test_a_different_answer_changes_nothing_and_gets_the_stored_one(school: School) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]
    school.answer(attempt, first, wrong(first))
    recorded = school.answer(attempt, first, right(first))
    assert recorded.outcome is Outcome.DIFFERENT
    assert recorded.response.payload == wrong(first)
    assert school.session.scalar(select(func.count()).select_from(Response)) == 1


def test_the_last_answer_finishes_the_attempt(school: School) -> None:
    attempt = school.start()
    *before, last = school.exercises(attempt)
    for exercise in before:
        assert not school.answer(attempt, exercise).finished
    assert school.answer(attempt, last, UNSURE).finished
    state = find_attempt(school.session, attempt, school.learner.account_id, NOW)
    assert state is not None
    assert state.finished_at == NOW
    assert state.score == attempt_score([10_000] * len(before), len(before) + 1)
    assert (cell(school).state, cell(school).tries) == (CellState.FINISHED, 1)


def test_the_last_answer_sent_twice_is_the_same(school: School) -> None:
    attempt = school.start()
    school.answer_all(attempt)
    recorded = school.answer(attempt, school.exercises(attempt)[-1])
    assert (recorded.outcome, recorded.finished) == (Outcome.SAME, True)


def test_finishing_counts_unanswered_exercises_as_nothing(school: School) -> None:
    attempt = school.start()
    first, second, *_ = exercises = school.exercises(attempt)
    school.answer(attempt, first)
    assert finish_attempt(school.session, school.learner, attempt_id=attempt, now=NOW)
    assert not finish_attempt(school.session, school.learner, attempt_id=attempt, now=NOW)
    assert cell(school).score == attempt_score([10_000], len(exercises))
    with pytest.raises(AttemptFinished):
        school.answer(attempt, second)


def test_no_more_attempts_than_the_limit(school: School) -> None:
    school.answer_all(school.start())
    with pytest.raises(AttemptsUsed):
        school.start()


def test_a_retry_leaves_the_first_attempt_in_the_cell(school: School) -> None:
    twice = school.assign(Terms(feedback=Feedback.AT_END, attempts_limit=2))
    first = school.start(twice)
    finish_attempt(school.session, school.learner, attempt_id=first, now=NOW)
    second = school.start(twice)
    assert school.session.get_one(Attempt, second).number == 2
    school.answer_all(second)
    row = school.session.scalars(select(Cell).where(Cell.assignment_id == twice)).one()
    assert (row.attempt_id, row.score, row.tries) == (first, 0, 2)
    with pytest.raises(AttemptsUsed):
        school.start(twice)


def test_late_is_finished_after_the_learners_own_due_date(school: School) -> None:
    attempt = school.start()
    school.answer_all(attempt, now=NOW + 25 * HOUR)
    assert cell(school).late


def test_an_extension_moves_the_due_date(school: School) -> None:
    with write(school.session):
        extend(
            school.session,
            school.assignment,
            school.learner.account_id,
            due_at=NOW + 48 * HOUR,
        )
    school.answer_all(school.start(), now=NOW + 25 * HOUR)
    assert not cell(school).late


def test_after_closing_time_no_answer_is_taken(school: School) -> None:
    closing = school.assign(Terms(closes_at=NOW + HOUR))
    attempt = school.start(closing)
    with pytest.raises(AssignmentClosed):
        school.answer(attempt, school.exercises(attempt)[0], now=NOW + HOUR)
    assert school.session.scalar(select(func.count()).select_from(Response)) == 0


def test_an_assignment_does_not_start_before_it_opens(school: School) -> None:
    later = school.assign(Terms(opens_at=NOW + HOUR))
    with pytest.raises(NotOpenYet):
        school.start(later)


def test_a_removed_assignment_takes_no_answer(school: School) -> None:
    attempt = school.start()
    with write(school.session):
        assert remove_assignment(school.session, school.assignment, NOW)
    with pytest.raises(AssignmentClosed):
        school.answer(attempt, school.exercises(attempt)[0])


def test_an_exercise_left_out_is_neither_asked_nor_counted(school: School) -> None:
    every = school.exercises(school.start())
    shorter = school.assign(Terms(excluded=(every[0].id,)))
    attempt = school.start(shorter)
    assert every[0] not in school.exercises(attempt)
    with pytest.raises(AttemptMissing):
        school.answer(attempt, every[0])
    school.answer_all(attempt)
    assert school.session.get_one(AttemptScore, attempt).score == 10_000
    assert school.session.get_one(Attempt, attempt).finished_at is not None


def test_a_learner_cannot_answer_the_attempt_of_another(school: School) -> None:
    attempt = school.start()
    other = school.add_learner("renard-roux-40")
    with pytest.raises(AttemptMissing):
        school.answer(attempt, school.exercises(attempt)[0], actor=other)
    assert find_attempt(school.session, attempt, other.account_id, NOW) is None


def test_a_learner_cannot_answer_an_exercise_of_another_quiz(school: School) -> None:
    attempt = school.start()
    elsewhere = school.assign(quiz=sorted(school.library.quizzes)[-1])
    foreign = school.exercises(school.start(elsewhere))[0]
    with pytest.raises(AttemptMissing):
        school.answer(attempt, foreign)


def test_an_answer_after_log_out_is_not_stored(school: School) -> None:
    attempt = school.start()
    with write(school.session):
        school.session.execute(update(AccountSession).values(ended_at=NOW))
    with pytest.raises(SignedOut):
        school.answer(attempt, school.exercises(attempt)[0])
    assert school.session.scalar(select(func.count()).select_from(Response)) == 0


def test_an_unknown_or_expired_session_is_signed_out(school: School) -> None:
    attempt = school.start()
    first = school.exercises(attempt)[0]
    with pytest.raises(SignedOut):
        school.answer(attempt, first, actor=Actor(school.learner.account_id, "0" * 64))
    with pytest.raises(SignedOut):
        school.answer(attempt, first, now=NOW + 241 * HOUR)


def test_a_deactivated_account_is_signed_out(school: School) -> None:
    attempt = school.start()
    with write(school.session):
        school.session.execute(update(Account).values(active=False))
    with pytest.raises(SignedOut):
        school.answer(attempt, school.exercises(attempt)[0])


def test_a_learner_removed_from_the_class_cannot_answer(school: School) -> None:
    attempt = school.start()
    with write(school.session):
        school.session.execute(update(Membership).values(ended_at=NOW))
    with pytest.raises(NotAMember):
        school.answer(attempt, school.exercises(attempt)[0])
    with pytest.raises(NotAMember):
        school.start()


def test_practice_of_an_unreleased_assignment_is_refused(school: School) -> None:
    with pytest.raises(PracticeBlocked):
        school.practise()
    school.answer_all(school.start())
    assert school.practise() == school.practise()


def test_practice_under_way_stops_when_the_quiz_is_assigned(school: School) -> None:
    other = sorted(school.library.quizzes)[-1]
    attempt = school.practise(other)
    first, second, *_ = school.exercises(attempt)
    school.answer(attempt, first)
    school.assign(quiz=other)
    with pytest.raises(PracticeBlocked):
        school.answer(attempt, second)
    state = find_attempt(school.session, attempt, school.learner.account_id, NOW)
    assert state is not None
    assert not state.is_released


def test_practice_has_a_score_and_no_cell(school: School) -> None:
    attempt = school.practise(sorted(school.library.quizzes)[-1])
    school.answer_all(attempt)
    assert school.session.get_one(AttemptScore, attempt).score == 10_000
    assert school.session.scalars(select(Cell)).all() == []


def test_an_attempt_keeps_its_revision(session: Session, school: School) -> None:
    attempt = school.start()
    state = find_attempt(session, attempt, school.learner.account_id, NOW)
    assert state is not None
    key = (state.quiz.source_id, state.quiz.id, state.quiz.language)
    assert state.quiz.revision == school.library.quizzes[key].revision
