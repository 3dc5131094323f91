"""What a learner's own answers say: moves of the skills, calibration, before and after."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, update

from quizapp.core.calibration import MINIMUM
from quizapp.core.mastery import Mastery
from quizapp.store.assignments import Terms
from quizapp.store.attempts import find_attempt, finish_attempt
from quizapp.store.db import write
from quizapp.store.models import Feedback, Response
from quizapp.store.results import (
    BeforeAfter,
    SkillMove,
    before_and_after,
    learner_history,
    learner_progress,
    read_progress,
    skill_moves,
)
from tests.store.school import HOUR, NOW, School, wrong
from tests.store.test_results import counted

SOURCE = "hua-bin-2025"
WORDS_1, WORDS_2 = (SOURCE, "mots-charges-1", "fr"), (SOURCE, "mots-charges-2", "fr")
FORM_A, FORM_B = (SOURCE, "bilan-a", "fr"), (SOURCE, "bilan-b", "fr")
LATER = NOW + HOUR


@pytest.fixture
def free(school: School) -> School:
    """A learner with nothing to do, who may practise everything."""
    finish_attempt(school.session, school.learner, attempt_id=school.start(), now=NOW)
    return school


def done(school: School, quiz: tuple[str, str, str], now: datetime, *, right: int = 99) -> int:
    """Practise a quiz, so many answers right and the rest wrong; return the attempt."""
    attempt = school.practise(quiz, now)
    for place, exercise in enumerate(school.exercises(attempt)):
        school.answer(attempt, exercise, None if place < right else wrong(exercise), now=now)
    return attempt


def moves(school: School, attempt: int, now: datetime = LATER) -> list[SkillMove]:
    school.session.rollback()
    found = find_attempt(school.session, attempt, school.learner.account_id, now)
    assert found is not None
    return skill_moves(school.session, found, now)


def test_the_word_moves_with_the_attempt_that_moves_it(free: School) -> None:
    first = done(free, WORDS_1, NOW)
    second = done(free, WORDS_2, LATER)
    (at_first,) = moves(free, first)
    (then,) = moves(free, second)
    assert (at_first.before, at_first.after.mastery) == (Mastery.NOT_ENOUGH, Mastery.NOT_ENOUGH)
    assert not at_first.has_moved
    assert (then.before, then.after.mastery) == (Mastery.NOT_ENOUGH, Mastery.ACQUIRED)
    assert then.has_moved
    assert then.after.n == at_first.after.n + len(free.exercises(second))


def test_an_attempt_that_repeats_exercises_moves_nothing(free: School) -> None:
    done(free, WORDS_1, NOW)
    done(free, WORDS_2, NOW)
    again = done(free, WORDS_1, LATER, right=0)
    (move,) = moves(free, again)
    assert (move.before, move.after.mastery) == (Mastery.ACQUIRED, Mastery.ACQUIRED)


def test_a_mixed_quiz_moves_each_skill_that_it_asks(free: School) -> None:
    found = moves(free, done(free, FORM_A, NOW))
    assert {move.after.skill for move in found} == {
        "loaded_language",
        "fact_or_opinion",
        "check_a_number",
    }


def say(school: School, attempt: int, level: int) -> None:
    with write(school.session):
        school.session.execute(
            update(Response).where(Response.attempt_id == attempt).values(confidence=level)
        )


def test_calibration_counts_first_answers_that_said_how_sure_they_were(free: School) -> None:
    learner = free.learner.account_id
    say(free, done(free, FORM_A, NOW, right=7), 3)
    done(free, WORDS_1, NOW)
    nothing_more = done(free, FORM_A, LATER, right=0)
    say(free, nothing_more, 1)
    free.session.rollback()
    found = read_progress(free.session, learner, LATER)
    n = len(free.exercises(nothing_more))
    assert [(bar.level, bar.n, bar.right) for bar in found.calibration.bars] == [
        (1, 0, 0),
        (2, 0, 0),
        (3, n, 7),
    ]
    assert n >= MINIMUM
    assert [bar.level for bar in found.calibration.shown] == [3]
    assert found.calibration.parts is not None
    assert found.calibration.parts.reliability == pytest.approx((0.95 - 7 / n) ** 2)
    assert found.skills == learner_progress(free.session, learner, LATER)


def test_without_confidence_there_is_no_calibration(free: School) -> None:
    done(free, WORDS_1, NOW)
    found = read_progress(free.session, free.learner.account_id, NOW).calibration
    assert (found.n, found.parts, found.shown) == (0, None, ())


def pairs(school: School, now: datetime = LATER) -> list[BeforeAfter]:
    school.session.rollback()
    history = learner_history(school.session, school.learner.account_id, now)
    return before_and_after(school.session, history)


def test_before_and_after_compares_the_first_attempts_of_two_forms(free: School) -> None:
    done(free, FORM_B, NOW, right=2)
    done(free, FORM_A, LATER)
    done(free, FORM_B, LATER + HOUR)
    (found,) = pairs(free, LATER + 2 * HOUR)
    assert found.is_complete
    assert [form.letter for form in found.forms] == ["B", "A"]
    before, after = found.forms
    assert before.line.finished_at == NOW
    assert (before.right, after.right) == (2, after.line.counted)
    assert (before.line.score or 0) < (after.line.score or 0) == 10_000
    assert found.is_beyond_chance
    assert before.d_prime_interval is None or before.d_prime is not None


def test_a_small_difference_is_within_chance(free: School) -> None:
    done(free, FORM_A, NOW, right=6)
    done(free, FORM_B, LATER, right=8)
    (found,) = pairs(free)
    assert not found.is_beyond_chance


def test_one_form_alone_is_no_comparison_and_other_quizzes_are_none(free: School) -> None:
    done(free, WORDS_1, NOW)
    assert pairs(free) == []
    done(free, FORM_A, NOW)
    (found,) = pairs(free)
    assert not found.is_complete
    assert not found.is_beyond_chance


def test_a_form_waits_for_its_release(free: School) -> None:
    terms = Terms(feedback=Feedback.AFTER_DUE, due_at=NOW + 24 * HOUR)
    free.answer_all(free.start(free.assign(terms, FORM_A)))
    assert pairs(free) == []
    (found,) = pairs(free, NOW + 24 * HOUR)
    assert found.forms[0].line.score == 10_000


def test_the_progress_costs_as_many_statements_whatever_was_done(
    free: School, engine: Engine
) -> None:
    def read() -> int:
        free.session.rollback()
        with counted(engine) as log:
            learner = free.learner.account_id
            read_progress(free.session, learner, LATER)
            before_and_after(free.session, learner_history(free.session, learner, LATER))
        return len(log)

    done(free, FORM_A, NOW)
    few = read()
    for quiz in (FORM_B, WORDS_1, WORDS_2):
        done(free, quiz, NOW)
    assert read() == few <= 4
