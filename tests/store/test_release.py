"""When answers are released: the rule, and the same rule as a condition of the database."""

import pytest

from quizapp.store.assignments import Terms, extend, list_learner_assignments
from quizapp.store.attempts import AttemptState, find_attempt, finish_attempt
from quizapp.store.classes import join_class, remove_learner
from quizapp.store.db import write
from quizapp.store.models import Assignment, Feedback, SchoolClass
from quizapp.store.release import has_unreleased_assignment, list_unreleased, released
from quizapp.store.results import learner_history, learner_progress
from tests.store.school import HOUR, NOW, School

pytestmark = pytest.mark.slow

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


def in_another_class(school: School, terms: Terms) -> int:
    """Give the quiz in a second class of the learner, too; return the assignment."""
    first = school.class_id
    with write(school.session):
        room = SchoolClass(name="Club presse", created_at=NOW)
        school.session.add(room)
        school.session.flush()
        join_class(school.session, room.id, school.learner.account_id, NOW)
    school.class_id = room.id
    made = school.assign(terms)
    school.class_id = first
    return made


def shown_score(school: School, assignment: int, now: object = NOW) -> int | None:
    rows = list_learner_assignments(school.session, school.learner.account_id, now)  # type: ignore[arg-type]
    return next(row.score for row in rows if row.id == assignment)


def shown_everywhere(school: School, attempt: int, now: object = NOW) -> set[bool]:
    """Return whether a finished attempt's answers show: as a page, a score, in lists, in skills."""
    found = state(school, attempt, now)
    history = learner_history(school.session, school.learner.account_id, now)  # type: ignore[arg-type]
    assert found.assignment_id is not None
    return {
        found.is_released,
        shown_score(school, found.assignment_id, now) is not None,
        next(line.score for line in history if line.id == attempt) is not None,
        right_answers(school, now) > 0,
    }


@pytest.mark.parametrize("feedback", [Feedback.AT_ONCE, Feedback.AT_END])
def test_what_another_class_releases_after_due_waits_for_that(
    school: School, feedback: Feedback
) -> None:
    attempt = school.start(school.assign(Terms(feedback=feedback)))
    in_another_class(school, Terms(feedback=Feedback.AFTER_DUE, due_at=DUE))
    school.answer_all(attempt)
    assert shown_everywhere(school, attempt) == {False}
    assert shown_everywhere(school, attempt, DUE) == {True}


def test_what_another_class_releases_at_the_end_waits_until_it_is_handed_in(
    school: School,
) -> None:
    attempt = school.start(school.assign(Terms(feedback=Feedback.AT_ONCE)))
    other = in_another_class(school, Terms(feedback=Feedback.AT_END))
    school.answer_all(attempt)
    assert shown_everywhere(school, attempt) == {False}
    finish_attempt(school.session, school.learner, attempt_id=school.start(other), now=NOW)
    assert shown_everywhere(school, attempt) == {True}


def test_feedback_at_once_in_one_class_does_not_hold_up_that_of_another(school: School) -> None:
    attempt = school.start(school.assign(Terms(feedback=Feedback.AT_ONCE)))
    in_another_class(school, Terms(feedback=Feedback.AT_ONCE))
    school.answer_all(attempt)
    assert shown_everywhere(school, attempt) == {True}


def test_what_ends_in_another_class_holds_nothing_back_any_more(school: School) -> None:
    attempt = school.start(school.assign(Terms(feedback=Feedback.AT_ONCE)))
    other = in_another_class(school, Terms(feedback=Feedback.AT_END, closes_at=DUE))
    school.answer_all(attempt)
    assert shown_everywhere(school, attempt) == {False}
    assert shown_everywhere(school, attempt, DUE) == {True}
    with write(school.session):
        extend(school.session, other, school.learner.account_id, due_at=DUE + HOUR)
    assert shown_everywhere(school, attempt, DUE) == {False}
    with write(school.session):
        extend(school.session, other, school.learner.account_id, excused=True)
    assert shown_everywhere(school, attempt) == {True}


@pytest.mark.parametrize("end", ["removed", "archived", "left"])
def test_an_assignment_that_is_gone_holds_nothing_back(school: School, end: str) -> None:
    attempt = school.start(school.assign(Terms(feedback=Feedback.AT_ONCE)))
    other = in_another_class(school, Terms(feedback=Feedback.AT_END))
    school.answer_all(attempt)
    with write(school.session):
        given = school.session.get_one(Assignment, other)
        if end == "removed":
            given.removed_at = NOW
        elif end == "archived":
            school.session.get_one(SchoolClass, given.class_id).archived_at = NOW
        else:
            remove_learner(school.session, given.class_id, school.learner.account_id, NOW)
    assert shown_everywhere(school, attempt) == {True}


def test_the_quizzes_that_wait_are_those_that_cannot_be_practised(school: School) -> None:
    source, quiz, _ = school.quiz_key
    learner = school.learner.account_id
    assert list_unreleased(school.session, learner, NOW) == {(source, quiz)}
    assert has_unreleased_assignment(school.session, learner, source, quiz, NOW)
    finish_attempt(school.session, school.learner, attempt_id=school.start(), now=NOW)
    assert list_unreleased(school.session, learner, NOW) == set()
    assert not has_unreleased_assignment(school.session, learner, source, quiz, NOW)


def test_only_what_another_class_holds_back_says_so(school: School) -> None:
    first = school.start(school.assign(Terms(feedback=Feedback.AT_ONCE)))
    second = school.start(school.assign(Terms(feedback=Feedback.AFTER_DUE, due_at=DUE)))
    assert (state(school, first).is_held, state(school, second).is_held) == (True, False)
    assert (state(school, first, DUE).is_held, state(school, second, DUE).is_held) == (False, False)
