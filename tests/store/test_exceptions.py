"""What a teacher decides for one learner: more time, excused, a note, an attempt open again."""

from datetime import timedelta

import pytest

from quizapp.store.assignments import Terms, change_terms
from quizapp.store.attempts import (
    Reopening,
    finish_attempt,
    get_response,
    reopen_attempt,
    why_not,
)
from quizapp.store.db import write
from quizapp.store.extensions import Granted, find_granted, follow_due, grant, list_granted
from quizapp.store.models import LONGEST_NOTE, Attempt, Cell, CellState
from quizapp.store.notes import (
    find_note,
    list_class_notes,
    list_own_notes,
    write_note,
)
from quizapp.store.results import class_matrix, matrix_version
from tests.store.school import HOUR, NOW, School

DUE = NOW + 24 * HOUR
LATER = DUE + 24 * HOUR


def cell(school: School) -> Cell:
    return school.session.get_one(
        Cell,
        (school.class_id, school.learner.account_id, school.assignment),
        populate_existing=True,
    )


def is_late(school: School, attempt: int) -> tuple[bool, bool]:
    """Return "late" of the attempt and of its cell."""
    row = school.session.get_one(Attempt, attempt, populate_existing=True)
    return row.late, cell(school).late


def allow(school: School, granted: Granted, assignment: int | None = None) -> None:
    with write(school.session):
        grant(school.session, assignment or school.assignment, school.learner.account_id, granted)


def half_done(school: School, at_hours: int = 25) -> int:
    """Answer one exercise, then hand in."""
    attempt = school.start()
    now = NOW + at_hours * HOUR
    school.answer(attempt, school.exercises(attempt)[0], now=now)
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=now)
    return attempt


def test_more_time_takes_late_back_and_lifting_it_brings_late_again(school: School) -> None:
    attempt = half_done(school)
    assert is_late(school, attempt) == (True, True)
    before = cell(school).version
    allow(school, Granted(LATER))
    assert is_late(school, attempt) == (False, False)
    assert cell(school).version == before + 1
    allow(school, Granted(LATER + HOUR))
    assert cell(school).version == before + 1
    allow(school, Granted())
    assert is_late(school, attempt) == (True, True)
    assert find_granted(school.session, school.assignment, school.learner.account_id) == Granted()


def test_late_follows_a_due_date_that_is_moved_or_taken_away(school: School) -> None:
    attempt = half_done(school)
    for due, late in ((LATER, False), (DUE, True), (None, False)):
        with write(school.session):
            change_terms(school.session, school.assignment, Terms(due_at=due))
            follow_due(school.session, school.assignment)
        assert is_late(school, attempt) == (late, late)


def test_another_class_keeps_its_lateness(school: School) -> None:
    attempt = half_done(school)
    other = school.assign(Terms(due_at=DUE))
    allow(school, Granted(LATER), other)
    assert is_late(school, attempt) == (True, True)


def test_who_is_excused_is_so_until_it_is_lifted(school: School) -> None:
    allow(school, Granted(excused=True))
    granted = list_granted(school.session, school.assignment)
    assert granted == {school.learner.account_id: Granted(None, True)}
    assert class_matrix(school.session, school.class_id, NOW).rows[0].cells[0].excused
    allow(school, Granted())
    assert not class_matrix(school.session, school.class_id, NOW).rows[0].cells[0].excused


def test_a_reopened_attempt_goes_on_where_answers_are_missing(school: School) -> None:
    attempt = half_done(school)
    first = school.exercises(attempt)[0]
    kept = get_response(school.session, attempt, first.id)
    version = matrix_version(school.session, school.class_id, NOW)
    with write(school.session):
        assert reopen_attempt(school.session, attempt) is Reopening.DONE
    assert cell(school).state is CellState.IN_PROGRESS
    assert (cell(school).tries, cell(school).answered, cell(school).late) == (0, 1, False)
    assert matrix_version(school.session, school.class_id, NOW) != version
    assert school.start() == attempt
    for exercise in school.exercises(attempt)[1:]:
        school.answer(attempt, exercise, now=LATER)
    assert cell(school).state is CellState.FINISHED
    assert (cell(school).tries, cell(school).score, cell(school).late) == (1, 10_000, True)
    assert get_response(school.session, attempt, first.id) == kept


def test_late_is_judged_anew_when_a_reopened_attempt_ends(school: School) -> None:
    attempt = half_done(school, at_hours=25)
    allow(school, Granted(LATER))
    with write(school.session):
        reopen_attempt(school.session, attempt)
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=LATER)
    assert is_late(school, attempt) == (False, False)


def test_what_cannot_be_reopened_says_why(school: School) -> None:
    twice = school.assign(Terms(attempts_limit=3))
    attempt = school.start(twice)
    assert why_not(school.session, attempt) is Reopening.NOT_FINISHED
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=NOW)
    assert why_not(school.session, attempt) is None
    second = school.start(twice)
    with write(school.session):
        assert reopen_attempt(school.session, attempt) is Reopening.LATER_ATTEMPT
    school.answer_all(second)
    with write(school.session):
        assert reopen_attempt(school.session, attempt) is Reopening.LATER_ATTEMPT
        assert reopen_attempt(school.session, second) is Reopening.ALL_ANSWERED
    assert school.session.get_one(Attempt, attempt, populate_existing=True).finished_at == NOW


def test_a_reopened_retry_leaves_the_first_attempt_in_the_matrix(school: School) -> None:
    twice = school.assign(Terms(attempts_limit=2))
    first = school.start(twice)
    school.answer_all(first)
    second = school.start(twice)
    finish_attempt(school.session, school.learner, attempt_id=second, now=NOW)
    with write(school.session):
        assert reopen_attempt(school.session, second) is Reopening.DONE
    place = (school.class_id, school.learner.account_id, twice)
    shown = school.session.get_one(Cell, place, populate_existing=True)
    assert (shown.state, shown.attempt_id, shown.tries) == (CellState.FINISHED, first, 1)


def test_a_note_is_written_changed_and_taken_away(school: School) -> None:
    def put(text: str) -> None:
        with write(school.session):
            write_note(
                school.session,
                school.assignment,
                school.learner.account_id,
                text,
                written_by=1,
                now=NOW + timedelta(minutes=len(text)),
            )

    put("Relis la question 2.")
    put("Bravo.")
    place = (school.session, school.assignment, school.learner.account_id)
    found = find_note(*place)
    assert found is not None
    assert (found.text, found.written_at) == ("Bravo.", NOW + timedelta(minutes=6))
    own = list_own_notes(school.session, school.learner.account_id)
    assert [(each.assignment_id, each.text) for each in own] == [(school.assignment, "Bravo.")]
    assert list_class_notes(school.session, school.class_id, school.learner.account_id) == {
        school.assignment: found
    }
    put("")
    assert find_note(*place) is None
    put("x" * LONGEST_NOTE)
    with pytest.raises(ValueError, match="at most 1000"):
        put("x" * (LONGEST_NOTE + 1))


def test_a_note_goes_with_its_assignment(school: School) -> None:
    with write(school.session):
        write_note(
            school.session,
            school.assignment,
            school.learner.account_id,
            "Bravo.",
            written_by=1,
            now=NOW,
        )
        school.session.execute(
            Attempt.metadata.tables["assignments"].update().values(removed_at=NOW)
        )
    assert list_own_notes(school.session, school.learner.account_id) == []
