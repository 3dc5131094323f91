"""Item analysis of a class against its answers: figures, options, revisions, what is set aside."""

from statistics import mean, variance

import pytest
from sqlalchemy import Engine

from quizapp.core.items import item_figures, total_figures
from quizapp.core.rates import wilson_interval
from quizapp.exercises.registry import get_kind
from quizapp.store.assignments import Terms, find_assignment
from quizapp.store.attempts import Actor, finish_attempt, start_assigned
from quizapp.store.db import write
from quizapp.store.models import Assignment, Attempt
from quizapp.store.quizzes import ServedExercise
from quizapp.store.results import (
    AssignmentSummary,
    ItemAnswers,
    assignment_summary,
    item_answers,
)
from tests.store.keys import LABELS as LABELLED
from tests.store.keys import Lesson
from tests.store.school import NOW, UNSURE, School, right, wrong
from tests.store.test_results import counted

SOURCE = "hua-bin-2025"
LABELS = (SOURCE, "fait-ou-opinion-1", "fr")
WORDS = (SOURCE, "mots-charges-1", "fr")
NUMBERS = (SOURCE, "verifier-un-nombre-1", "fr")
HOW = {"r": right, "w": wrong, "u": lambda _: UNSURE}


def sit(school: School, assignment: int, name: str, how: str) -> Actor:
    """Let a new learner answer the first exercises: r(ight), w(rong), u(nsure), - nothing."""
    actor = school.add_learner(name)
    attempt = school.start(assignment, actor)
    for served, letter in zip(school.exercises(attempt), how, strict=False):
        if letter != "-":
            school.answer(attempt, served, HOW[letter](served), actor=actor)
    if school.session.get_one(Attempt, attempt, populate_existing=True).finished_at is None:
        finish_attempt(school.session, actor, attempt_id=attempt, now=NOW)
    return actor


def given(school: School, assignment: int) -> Assignment:
    school.session.rollback()
    found = find_assignment(school.session, school.class_id, assignment)
    assert found is not None
    return found


def summary_of(school: School, assignment: int) -> AssignmentSummary:
    return assignment_summary(school.session, given(school, assignment))


def item_of(school: School, assignment: int, position: int = 0) -> ItemAnswers:
    key = summary_of(school, assignment).exercises[position].key
    found = item_answers(school.session, given(school, assignment), key)
    assert found is not None
    return found


def set_aside(school: School, exercises: list[str]) -> None:
    """Put on every attempt what the class's decision leaves there."""
    with write(school.session):
        for attempt in school.session.query(Attempt):
            attempt.set_aside = exercises


def test_figures_are_those_of_the_table_of_marks(school: School) -> None:
    assignment = school.assign(quiz=LABELS)
    answers = ["rrrrrrrr", "rrwrwrur", "wrwr--rr", "rwwwuwww", "wwrwwwww"]
    for number, how in enumerate(answers):
        sit(school, assignment, f"learner-{number}", how)
    found = summary_of(school, assignment)
    names = [each.exercise.id for each in found.exercises]
    table = [[0] * len(names) for _ in answers]
    for row, how in enumerate(answers):
        for column, letter in enumerate(how[: len(names)]):
            table[row][column] = points(found.exercises[column].exercise, letter)
    assert (found.n, found.compared, found.counted) == (5, 5, len(names))
    assert found.total == total_figures(table)
    assert found.total.deviation == pytest.approx(variance(map(sum, table)) ** 0.5)
    for at, (each, figures) in enumerate(
        zip(found.exercises, item_figures(table, 10_000), strict=True)
    ):
        column = [row[at] for row in table]
        assert each.figures == figures
        assert each.facility == pytest.approx(mean(column) / 10_000)
        assert each.right == sum(value >= 7_500 for value in column)
        assert each.interval == wilson_interval(each.right, 5)


def points(served: ServedExercise, letter: str) -> int:
    payload = UNSURE if letter in "-u" else HOW[letter](served)
    return get_kind(served.kind).grade(served.exercise, payload).points


@pytest.mark.parametrize("quiz", [LABELS, WORDS, NUMBERS])
def test_options_tell_how_many_who_and_how_able(school: School, quiz: tuple[str, str, str]) -> None:
    assignment = school.assign(quiz=quiz)
    able = sit(school, assignment, "able", "rrr")
    weak = sit(school, assignment, "weak", "wrw")
    sit(school, assignment, "unsure", "urr")
    sit(school, assignment, "silent", "-ww")
    found = item_of(school, assignment)
    assert (found.n, len(found.sure), len(found.unsure), len(found.silent)) == (4, 2, 1, 1)
    options = [count for group in found.groups for count in group.counts]
    keys = [each for each in options if each.is_key and each.n]
    wrongs = [each for each in options if each.is_key is False and each.n]
    assert keys
    assert wrongs
    for each in keys:
        assert able.account_id in [sitting.learner.id for sitting in each.who]
        assert each.share == each.n / 4
    for each in wrongs:
        assert [sitting.learner.id for sitting in each.who] == [weak.account_id]
        (who,) = each.who
        others = len(who.asked) - 1
        assert each.rest == pytest.approx(who.rest(found.exercise.id) / 10_000 / others)


def test_the_most_chosen_wrong_answer_is_named(school: School) -> None:
    assignment = school.assign(quiz=LABELS)
    for number, how in enumerate(["w", "w", "r", "u"]):
        sit(school, assignment, f"learner-{number}", how)
    first, second, *_ = summary_of(school, assignment).exercises
    assert first.wrong is not None
    (_, option), n = first.wrong
    assert n == 2
    assert option in {"verifiable", "judgement", "mixed"}
    assert second.wrong is None


def test_what_is_set_aside_is_in_no_total_and_has_its_own_figures(school: School) -> None:
    assignment = school.assign(quiz=LABELS)
    for number, how in enumerate(["rrrrrrrr", "wrrrrrrr", "rwwwwwww", "wwwwwwww"]):
        sit(school, assignment, f"learner-{number}", how)
    before = summary_of(school, assignment)
    aside = before.exercises[0].exercise.id
    set_aside(school, [aside])
    found = summary_of(school, assignment)
    assert [each.set_aside for each in found.exercises][:2] == [True, False]
    assert found.counted == before.counted - 1
    assert (found.exercises[0].n, found.exercises[0].right) == (4, 2)
    assert found.exercises[0].figures.weight is None
    assert found.total == total_figures([[10_000] * found.counted] * 2 + [[0] * found.counted] * 2)


def test_nothing_counts_when_all_is_set_aside(school: School) -> None:
    assignment = school.assign(quiz=LABELS)
    sit(school, assignment, "one", "rw")
    sit(school, assignment, "two", "wr")
    set_aside(school, [each.exercise.id for each in summary_of(school, assignment).exercises])
    found = summary_of(school, assignment)
    assert (found.counted, found.total.skewness, found.total.consistency) == (0, None, None)
    assert {each.figures.discrimination for each in found.exercises} == {None}
    options = [count for group in item_of(school, assignment).groups for count in group.counts]
    assert {count.rest for count in options} == {None}


def test_each_language_is_shown_as_it_was_asked(school: School) -> None:
    assignment = school.assign(quiz=LABELS)
    sit(school, assignment, "french", "rrr")
    other = school.add_learner("english")
    attempt = start_assigned(
        school.session,
        school.library,
        other,
        assignment_id=assignment,
        language="en",
        now=NOW,
    )
    school.answer_all(attempt, other)
    found = summary_of(school, assignment)
    first, second = found.exercises[:2]
    assert first.exercise.id == second.exercise.id
    assert {each.exercise.exercise.passage.language for each in (first, second)} == {"fr", "en"}
    assert [each.n for each in found.exercises] == [1] * len(found.exercises)
    assert {each.revisions for each in found.exercises} == {2}
    assert found.compared == 2


def test_an_exercise_left_out_for_some_keeps_the_others_comparable(school: School) -> None:
    assignment = school.assign(quiz=LABELS)
    for number in range(3):
        sit(school, assignment, f"learner-{number}", "rrr")
    with write(school.session):
        first = school.session.query(Attempt).first()
        assert first is not None
        first.excluded = [summary_of(school, assignment).exercises[-1].exercise.id]
    found = summary_of(school, assignment)
    assert (found.n, found.compared) == (3, 2)
    assert [each.n for each in found.exercises][-1] == 2
    assert found.exercises[0].n == 3
    assert found.exercises[0].compared == 2


def test_an_exercise_that_was_not_asked_has_no_answers(school: School) -> None:
    assignment = school.assign(Terms(), quiz=LABELS)
    sit(school, assignment, "one", "r")
    for key in (("no-such-exercise", "0" * 64), ("", "")):
        assert item_answers(school.session, given(school, assignment), key) is None


@pytest.mark.parametrize("learners", [2, 12])
def test_the_number_of_queries_does_not_grow_with_the_class(
    school: School, engine: Engine, learners: int
) -> None:
    assignment = school.assign(quiz=WORDS)
    for number in range(learners):
        sit(school, assignment, f"learner-{number}", "rw")
    found = given(school, assignment)
    key = assignment_summary(school.session, found).exercises[0].key
    with counted(engine) as log:
        assignment_summary(school.session, found)
        item_answers(school.session, found, key)
    assert len([line for line in log if line.startswith("SELECT")]) == 4


def test_after_a_regrade_the_key_is_the_one_that_gives_the_marks(lesson: Lesson) -> None:
    lesson.hand_in({LABELLED: {"labels": {"a": "verifiable", "b": "verifiable"}}})

    def answers() -> ItemAnswers:
        given_now = given(lesson.school, lesson.school.assignment)
        summary = assignment_summary(lesson.session, given_now)
        key = next(each.key for each in summary.exercises if each.exercise.id == LABELLED)
        found = item_answers(lesson.session, given_now, key)
        assert found is not None
        return found

    def keys(found: ItemAnswers) -> set[bool | None]:
        chosen = [count for group in found.groups for count in group.counts if count.n]
        return {count.is_key for count in chosen}

    before = answers()
    assert keys(before) == {True, False}
    lesson.change_key(LABELLED)
    assert keys(answers()) == {True, False}
    lesson.regrade()
    after = answers()
    assert keys(after) == {True}
    assert after.exercise.revision == before.exercise.revision != after.keyed.revision
