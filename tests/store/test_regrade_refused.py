"""Answers that the current key cannot read, and a regrade that is interrupted."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from quizapp.store.db import write
from quizapp.store.models import RegradedResponse
from quizapp.store.regrade import (
    Refusal,
    RegradeRefused,
    RegradeUnderWay,
    check_choice,
    list_decisions,
    open_regrade,
    run_regrade,
)
from quizapp.store.regrade import run as regrade_run
from quizapp.store.regrade.live import live_exercises
from tests.content.pack import SOURCE_PATH
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
from tests.store.school import NOW

pytestmark = pytest.mark.slow

FALSE = "label: verifiable\n        truth: inaccurate\n        evidence: [e1]"

REFUSED = [
    (LABELS, "      - id: b\n", "      - id: c\n", Refusal.GONE),
    (LABELS, "find: personne ne le croit", "find: ne le croit", Refusal.REWORDED),
    (NUMBER, "Combien de lecteurs", "Combien d’entre eux", Refusal.REWORDED),
]


@pytest.mark.parametrize(("exercise", "old", "new", "reason"), REFUSED)
def test_what_was_asked_otherwise_is_not_marked_with_the_new_key(
    lesson: Lesson, exercise: str, old: str, new: str, reason: Refusal
) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(exercise)
    lesson.edit(old, new)
    found = lesson.dry_run(exercise)
    assert [line.current for line in found.lines] == [reason]
    for choice in (CURRENT, EITHER):
        with pytest.raises(RegradeRefused):
            check_choice(found, choice)
    lesson.regrade(CURRENT, exercise)
    assert lesson.points(attempt)[exercise] == 10_000
    lesson.regrade(LEAVE, exercise)
    assert lesson.offers() == []


def test_marks_in_a_reworded_passage_are_refused(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(MARKING)
    lesson.edit("    passages: [p1, p2]", "    passages: [p1]")
    assert [line.current for line in lesson.dry_run(MARKING).lines] == [Refusal.REWORDED]
    lesson.regrade(CURRENT, MARKING)
    assert lesson.points(attempt)[MARKING] == 10_000


def test_some_refused_answers_do_not_keep_the_others_back(lesson: Lesson) -> None:
    other = lesson.school.add_learner("loutre-calme-42")
    first = lesson.hand_in()
    lesson.edit("find: personne ne le croit", "find: ne le croit")
    second = lesson.hand_in(actor=other)
    lesson.change_key(LABELS)
    assert lesson.dry_run().refused == 1
    lesson.regrade()
    assert lesson.points(first)[LABELS] == 10_000
    assert lesson.points(second)[LABELS] == 5_000
    assert [offer.n for offer in lesson.offers()] == [1]


def test_a_corrected_card_does_not_keep_a_verdict_from_being_corrected(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(NUMBER)
    lesson.edit("title: Rapport annuel", "title: Rapport annuel corrigé", SOURCE_PATH)
    assert lesson.dry_run(NUMBER).refused == 0
    lesson.regrade(CURRENT, NUMBER)
    assert lesson.points(attempt)[NUMBER] < 10_000


class Interrupted(Exception):
    """The process ends here."""


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regrade_run, "BATCH", 2)


def interrupt_after(batches: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        assert total == 5
        if done >= 2 * batches:
            raise Interrupted

    return progress


@pytest.mark.usefixtures("small_batches")
def test_an_interrupted_regrade_goes_on_where_it_stopped(lesson: Lesson) -> None:
    others = [lesson.school.add_learner(f"loutre-{n}") for n in range(4)]
    attempts = [lesson.hand_in(), *(lesson.hand_in(actor=each) for each in others)]
    lesson.change_key(LABELS)
    regrade = lesson.open()
    with pytest.raises(Interrupted):
        run_regrade(lesson.session, regrade, NOW, progress=interrupt_after(1))
    done = [lesson.points(each)[LABELS] for each in attempts]
    assert done == [5_000, 5_000, 10_000, 10_000, 10_000]
    for each, points in zip(attempts, done, strict=True):
        assert lesson.score(each).points_sum == 20_000 + points
    assert lesson.open() == regrade
    assert run_regrade(lesson.session, regrade, NOW)
    assert [lesson.points(each)[LABELS] for each in attempts] == [5_000] * 5
    assert lesson.session.scalar(select(func.count()).select_from(RegradedResponse)) == 5
    assert [
        d.answers for d in list_decisions(lesson.session, lesson.key(LABELS), lesson.scope)
    ] == [5]


@pytest.mark.usefixtures("small_batches")
def test_a_batch_that_fails_leaves_no_half_of_itself(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(LABELS)
    regrade = lesson.open()

    def fail(*_: object) -> None:
        raise Interrupted

    with monkeypatch.context() as broken:
        broken.setattr("quizapp.store.regrade.batch._follow", fail)
        with pytest.raises(Interrupted):
            run_regrade(lesson.session, regrade, NOW)
    assert lesson.points(attempt)[LABELS] == 10_000
    assert lesson.session.scalar(select(func.count()).select_from(RegradedResponse)) == 0


@pytest.mark.usefixtures("small_batches")
def test_some_batches_at_a_time(lesson: Lesson) -> None:
    others = [lesson.school.add_learner(f"loutre-{n}") for n in range(4)]
    for each in (lesson.school.learner, *others):
        lesson.hand_in(actor=each)
    lesson.change_key(LABELS)
    regrade = lesson.open()
    steps = [run_regrade(lesson.session, regrade, NOW, batches=1) for _ in range(4)]
    assert steps == [False, False, False, True]


def test_another_choice_waits_until_the_first_is_complete(lesson: Lesson) -> None:
    lesson.hand_in()
    lesson.change_key(LABELS)
    lesson.open(FULL)
    with pytest.raises(RegradeUnderWay) as refused:
        lesson.open(CURRENT)
    assert refused.value.choice is FULL
    live = live_exercises(lesson.session, lesson.school.library)[lesson.key(LABELS)]
    with write(lesson.session):
        open_regrade(lesson.session, live, PRACTICE, CURRENT, account_id=None, now=NOW)


def test_a_key_that_changes_during_a_regrade_is_offered_after_it(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(LABELS)
    regrade = lesson.open()
    lesson.restore_key()
    lesson.edit(FALSE, "label: judgement")
    assert run_regrade(lesson.session, regrade, NOW)
    assert lesson.points(attempt)[LABELS] == 5_000
    assert [offer.n for offer in lesson.offers()] == [1]


def test_an_interrupted_regrade_gives_way_when_the_key_changes_again(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    lesson.change_key(LABELS)
    first = lesson.open(FULL)
    lesson.edit(FALSE, "label: judgement")
    second = lesson.open(CURRENT)
    assert second != first
    assert run_regrade(lesson.session, second, NOW)
    assert lesson.points(attempt)[LABELS] == 0
    assert lesson.offers() == []
