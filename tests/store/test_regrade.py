"""Regrades: what is offered, what a dry run says, what each choice writes and what it leaves."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store.attempts import finish_attempt
from quizapp.store.classes import remove_learner
from quizapp.store.db import write
from quizapp.store.models import Regrade, RegradeChoice, RegradedResponse, Response
from quizapp.store.regrade import (
    NothingToRegrade,
    check_choice,
    list_decisions,
    run_regrade,
)
from tests.store.keys import (
    CURRENT,
    EITHER,
    FULL,
    LABELS,
    LEAVE,
    MARKING,
    NUMBER,
    PRACTICE,
    Lesson,
)
from tests.store.school import NOW, UNSURE

pytestmark = pytest.mark.slow

OTHER = {LABELS: {"labels": {"a": "verifiable", "b": "verifiable"}}}
"""Half right under the first key, all right under the second."""


def test_without_a_changed_key_nothing_is_offered(lesson: Lesson) -> None:
    lesson.hand_in()
    lesson.edit("Nul ne peut compter", "Personne ne peut compter")
    lesson.edit("truth: inaccurate", "truth: inexact")
    lesson.edit("title: Bilan", "title: Bilan neuf")
    assert lesson.offers() == []
    assert lesson.dry_run().lines == ()


def test_a_changed_display_alone_offers_nothing(lesson: Lesson) -> None:
    lesson.hand_in()
    lesson.edit("Combien de lecteurs", "Combien d’entre eux")
    assert lesson.offers() == []


@pytest.mark.parametrize("exercise", [LABELS, MARKING, NUMBER])
def test_a_changed_key_is_offered_to_class_and_author_apart(lesson: Lesson, exercise: str) -> None:
    lesson.hand_in()
    practised = lesson.school.practise()
    lesson.answer_all(practised)
    lesson.change_key(exercise)
    for scope in (lesson.scope, PRACTICE):
        (offer,) = lesson.offers(scope)
        assert (offer.key, offer.n) == (lesson.key(exercise), 1)


def test_a_dry_run_lists_old_and_new_marks_and_writes_nothing(lesson: Lesson) -> None:
    other = lesson.school.add_learner("loutre-calme-42")
    first, second = lesson.hand_in(), lesson.hand_in(OTHER, other)
    lesson.change_key(LABELS)
    found = lesson.dry_run()
    assert [line.attempt_id for line in found.lines] == [first, second]
    assert [line.account_id for line in found.lines] == [
        lesson.school.learner.account_id,
        other.account_id,
    ]
    marks = {choice: [line.after(choice) for line in found.lines] for choice in RegradeChoice}
    points = {choice: [grade.points for grade in found if grade] for choice, found in marks.items()}
    assert points == {
        CURRENT: [5_000, 10_000],
        EITHER: [10_000, 10_000],
        FULL: [10_000, 10_000],
        LEAVE: [10_000, 5_000],
    }
    assert found.changes == {CURRENT: (1, 1), EITHER: (1, 0), FULL: (1, 0), LEAVE: (0, 0)}
    assert lesson.session.scalar(select(func.count()).select_from(Regrade)) == 0
    assert lesson.points(first)[LABELS] == 10_000


@pytest.mark.parametrize("choice", RegradeChoice)
def test_marks_scores_and_cells_follow_the_choice(lesson: Lesson, choice: RegradeChoice) -> None:
    other = lesson.school.add_learner("loutre-calme-42")
    attempts = lesson.hand_in(), lesson.hand_in(OTHER, other)
    lesson.change_key(LABELS)
    expected = [line.after(choice) for line in lesson.dry_run().lines]
    lesson.regrade(choice)
    for attempt, grade in zip(attempts, expected, strict=True):
        assert grade is not None
        response, score = lesson.response(attempt), lesson.score(attempt)
        assert (response.points, response.right) == (grade.points, grade.points >= 7_500)
        assert score.points_sum == 20_000 + grade.points
        assert score.score == lesson.cell(attempt).score == (2 * score.points_sum + 3) // 6
        assert_trials_add_up(lesson, attempt)
    assert lesson.offers() == []


def assert_trials_add_up(lesson: Lesson, attempt: int) -> None:
    names = ("hits", "misses", "false_alarms", "correct_rejections")
    sums = lesson.session.execute(
        select(*(func.sum(getattr(Response, name)) for name in names)).where(
            Response.attempt_id == attempt
        )
    ).one()
    assert tuple(sums) == tuple(getattr(lesson.score(attempt), name) for name in names)


def test_payload_and_text_shown_stay_and_both_marks_are_logged(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    first = lesson.response(attempt)
    kept = first.payload, first.shown, first.exercise_revision, first.answered_at
    lesson.change_key(LABELS)
    lesson.regrade()
    response = lesson.response(attempt)
    now = response.payload, response.shown, response.exercise_revision, response.answered_at
    assert now == kept
    line = lesson.session.scalars(select(RegradedResponse)).one()
    assert (line.before["points"], line.after["points"]) == (10_000, 5_000)
    assert line.before["marks"]["right"] == ["a", "b"]
    assert line.from_revision == kept[2]
    (decision,) = list_decisions(lesson.session, lesson.key(LABELS), lesson.scope)
    assert (decision.choice, decision.at, decision.answers) == (CURRENT, NOW, 1)
    assert decision.to_revision == lesson.live(LABELS).revision == response.graded_revision


def test_a_second_regrade_keeps_the_first_marks_in_the_log(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(LABELS)
    lesson.regrade()
    middle = lesson.live(LABELS).revision
    lesson.restore_key()
    assert [offer.n for offer in lesson.offers()] == [1]
    lesson.regrade()
    lines = lesson.session.scalars(
        select(RegradedResponse).order_by(RegradedResponse.regrade_id)
    ).all()
    assert [line.before["points"] for line in lines] == [10_000, 5_000]
    assert lines[1].from_revision == middle
    assert lesson.points(attempt)[LABELS] == 10_000


def test_running_it_again_changes_nothing(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(LABELS)
    regrade = lesson.open()
    assert run_regrade(lesson.session, regrade, NOW)
    version = lesson.score(attempt).version, lesson.cell(attempt).version
    assert run_regrade(lesson.session, regrade, NOW)
    assert (lesson.score(attempt).version, lesson.cell(attempt).version) == version
    assert lesson.session.scalar(select(func.count()).select_from(RegradedResponse)) == 1
    with pytest.raises(NothingToRegrade):
        check_choice(lesson.dry_run(), CURRENT)


def test_attempts_under_way_are_left_alone_and_offered_once_handed_in(lesson: Lesson) -> None:
    other = lesson.school.add_learner("loutre-calme-42")
    lesson.hand_in()
    going = lesson.school.start(actor=other)
    lesson.school.answer(going, lesson.school.quiz(going).by_id[LABELS], actor=other)
    lesson.change_key(LABELS)
    assert (len(lesson.dry_run().lines), lesson.dry_run().under_way) == (1, 1)
    lesson.regrade()
    assert lesson.points(going) == {LABELS: 10_000}
    finish_attempt(lesson.session, other, attempt_id=going, now=NOW)
    assert [line.attempt_id for line in lesson.dry_run().lines] == [going]


def test_a_class_and_practice_are_regraded_apart(lesson: Lesson) -> None:
    assigned = lesson.hand_in()
    practised = lesson.school.practise()
    lesson.answer_all(practised)
    lesson.change_key(LABELS)
    lesson.regrade(scope=PRACTICE)
    assert lesson.points(practised)[LABELS] == 5_000
    assert lesson.points(assigned)[LABELS] == 10_000
    lesson.regrade(LEAVE)
    assert lesson.points(assigned)[LABELS] == 10_000
    assert lesson.offers() == lesson.offers(PRACTICE) == []


def test_another_class_keeps_its_marks(session: Session, tmp_path: Path) -> None:
    mine = Lesson(session, tmp_path / "questions")
    attempt = mine.hand_in()
    mine.change_key(LABELS)
    with write(session):
        other = type(mine.scope)(mine.school.class_id + 1)
    assert mine.offers(other) == []
    assert mine.dry_run(scope=other).lines == ()
    assert mine.points(attempt)[LABELS] == 10_000


def test_a_removed_learner_is_in_no_regrade(lesson: Lesson) -> None:
    lesson.hand_in()
    lesson.change_key(LABELS)
    account = lesson.school.learner.account_id
    with write(lesson.session):
        remove_learner(lesson.session, lesson.school.class_id, account, NOW)
    assert lesson.offers() == []


def test_not_knowing_stays_without_points_unless_full_credit_is_given(lesson: Lesson) -> None:
    attempt = lesson.hand_in({LABELS: UNSURE})
    lesson.change_key(LABELS)
    lesson.regrade(EITHER)
    assert lesson.points(attempt)[LABELS] == 0


def test_full_credit_is_marked_as_such_and_keeps_the_trials_of_the_key(lesson: Lesson) -> None:
    attempt = lesson.hand_in({LABELS: UNSURE})
    lesson.change_key(LABELS)
    lesson.regrade(FULL)
    response = lesson.response(attempt)
    assert (response.points, response.right, response.unsure) == (10_000, True, True)
    assert response.marks["full_credit"] is True
