"""Matrix, skills, items and history of a class, against answers given one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event, update

from quizapp.core.mastery import Mastery
from quizapp.core.scores import attempt_score
from quizapp.exercises.registry import KINDS
from quizapp.store.assignments import (
    Terms,
    extend,
    find_assignment,
    list_learner_assignments,
    list_open_practice,
    remove_assignment,
)
from quizapp.store.attempts import Actor, finish_attempt
from quizapp.store.classes import remove_learner
from quizapp.store.db import write
from quizapp.store.models import CellState, Feedback, Membership
from quizapp.store.results import (
    Handed,
    Matrix,
    MatrixCell,
    assignment_summary,
    class_learner_attempts,
    class_learner_skills,
    class_matrix,
    class_skills,
    find_class_attempt,
    learner_progress,
    long_rows,
    matrix_version,
)
from tests.store.school import HOUR, NOW, UNSURE, School, wrong

LATER = NOW + 25 * HOUR


def matrix(school: School, **options: Any) -> Matrix:
    school.session.rollback()
    return class_matrix(school.session, school.class_id, options.pop("now", NOW), **options)


def cell_of(school: School, actor: Actor, now: Any = NOW) -> MatrixCell:
    found = {row.learner.id: row.cells[0] for row in matrix(school, now=now).rows}
    return found[actor.account_id]


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    log: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        log.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield log
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_cell_goes_from_nothing_to_finished(school: School) -> None:
    learner = school.learner
    assert cell_of(school, learner) == MatrixCell(Handed.NOT_HANDED_IN)
    attempt = school.start()
    first, *others = school.exercises(attempt)
    school.answer(attempt, first)
    under_way = cell_of(school, learner)
    assert (under_way.state, under_way.score, under_way.answered) == (Handed.IN_PROGRESS, None, 1)
    for exercise in others:
        school.answer(attempt, exercise, wrong(exercise))
    done = cell_of(school, learner)
    assert done.state is Handed.FINISHED
    assert done.attempt_id == attempt
    assert done.counts


def test_what_is_not_finished_after_due_is_late(school: School) -> None:
    excused, extended = school.add_learner("excused"), school.add_learner("extended")
    with write(school.session):
        extend(school.session, school.assignment, excused.account_id, excused=True)
        extend(school.session, school.assignment, extended.account_id, due_at=LATER + HOUR)
    late = [cell_of(school, a, LATER).late for a in (school.learner, excused, extended)]
    assert late == [True, False, False]
    school.start()
    assert cell_of(school, school.learner, LATER).late


def test_averages_count_finished_attempts_and_say_what_they_leave_out(school: School) -> None:
    absent, excused = school.add_learner("absent"), school.add_learner("excused")
    school.answer_all(school.start())
    half = school.start(actor=absent)
    school.answer(half, school.exercises(half)[0], actor=absent)
    school.answer_all(school.start(actor=excused), actor=excused)
    with write(school.session):
        extend(school.session, school.assignment, excused.account_id, excused=True)
    (average,) = matrix(school).averages
    assert (average.points, average.n, average.left_out) == (10_000, 1, 2)


def test_an_average_of_nothing_is_nothing(school: School) -> None:
    assert matrix(school).average.points is None


def test_rows_are_sorted_by_name_without_regard_to_accents(school: School) -> None:
    for number, label in enumerate(["Zoé", "Élise", "Eric", "amir"]):
        school.add_learner(f"learner-{number}", label)
    names = [row.learner.name for row in matrix(school).rows]
    assert names == ["amir", "Élise", "Eric", "lynx-vif-12", "Zoé"]
    assert [row.learner.name for row in matrix(school, descending=True).rows] == names[::-1]


@pytest.mark.parametrize("sort", ["average", "1"])
def test_rows_are_sorted_by_a_figure_with_empty_ones_last(school: School, sort: str) -> None:
    weak, _absent = school.add_learner("weak"), school.add_learner("absent")
    school.answer_all(school.start())
    finish_attempt(school.session, weak, attempt_id=school.start(actor=weak), now=NOW)
    names = [row.learner.name for row in matrix(school, sort=sort).rows]
    assert names == ["weak", "lynx-vif-12", "absent"]
    names = [row.learner.name for row in matrix(school, sort=sort, descending=True).rows]
    assert names == ["lynx-vif-12", "weak", "absent"]


def test_an_unknown_order_is_the_order_of_names(school: School) -> None:
    assert matrix(school, sort="٣") == matrix(school)


def test_the_matrix_reads_no_answer_and_few_times(school: School, engine: Engine) -> None:
    school.answer_all(school.start())
    with counted(engine) as log:
        matrix(school)
    assert len([line for line in log if line.startswith("SELECT")]) == 4
    assert not any("FROM responses" in line for line in log)


def test_a_removed_learner_is_out_of_every_figure(school: School) -> None:
    school.answer_all(school.start())
    with write(school.session):
        school.session.execute(update(Membership).values(ended_at=NOW))
    found = matrix(school)
    assert (found.rows, found.average.n) == ((), 0)
    assignment = find_assignment(school.session, school.class_id, school.assignment)
    assert assignment is not None
    assert assignment_summary(school.session, assignment).n == 0
    assert class_skills(school.session, school.class_id).pools[0].n == 0


def test_the_version_changes_with_each_answer_and_when_a_due_date_passes(school: School) -> None:
    def version(now: Any = NOW) -> str:
        school.session.rollback()
        return matrix_version(school.session, school.class_id, now)

    before = version()
    assert version() == before
    attempt = school.start()
    started = version()
    school.answer(attempt, school.exercises(attempt)[0])
    assert len({before, started, version(), version(LATER)}) == 4


def test_the_long_export_has_the_cells_of_the_screen(school: School) -> None:
    school.add_learner("other")
    school.assign(quiz=sorted(school.library.quizzes)[-1])
    found = matrix(school)
    rows = list(long_rows(found))
    assert [row.cell for row in rows] == [cell for row in found.rows for cell in row.cells]


def test_a_summary_counts_first_attempts_and_options(school: School) -> None:
    twice = school.assign(Terms(feedback=Feedback.AT_END, attempts_limit=2))
    attempt = school.start(twice)
    first, second, *_ = school.exercises(attempt)
    school.answer(attempt, first, wrong(first))
    school.answer(attempt, second, UNSURE)
    finish_attempt(school.session, school.learner, attempt_id=attempt, now=NOW)
    school.answer_all(school.start(twice))
    assignment = find_assignment(school.session, school.class_id, twice)
    assert assignment is not None
    summary = assignment_summary(school.session, assignment)
    one, two, three = summary.exercises[:3]
    assert [e.exercise.id for e in summary.exercises] == [e.id for e in school.exercises(attempt)]
    assert (one.n, one.answered, one.right) == (1, 1, 0)
    assert (two.unsure, two.facility, two.wrong) == (1, 0.0, None)
    assert (three.n, three.answered, three.facility) == (1, 0, 0.0)


def test_a_learners_own_progress_takes_practice_in_and_a_teachers_view_does_not(
    school: School,
) -> None:
    school.answer_all(school.practise(sorted(school.library.quizzes)[-1]))
    own = learner_progress(school.session, school.learner.account_id, NOW)
    seen = class_learner_skills(school.session, school.class_id, school.learner.account_id)
    assert [figures.skill for figures in own] == list(KINDS)
    assert sum(figures.n for figures in own) > 0
    assert sum(figures.n for figures in seen) == 0
    assert class_learner_attempts(school.session, school.class_id, school.learner.account_id) == []


def test_what_others_have_to_do_holds_no_practice_back(school: School) -> None:
    outsider = school.add_learner("hibou-gris-40")
    with write(school.session):
        remove_learner(school.session, school.class_id, outsider.account_id, NOW)
    school.start()
    alone = replace(school, learner=outsider)
    alone.answer_all(alone.practise())
    own = learner_progress(school.session, outsider.account_id, NOW)
    assert sum(figures.n for figures in own) > 0


def test_only_the_first_response_to_an_exercise_counts(school: School) -> None:
    attempt = school.start()
    exercises = school.exercises(attempt)
    for exercise in exercises:
        school.answer(attempt, exercise, wrong(exercise))
    school.answer_all(school.practise())
    (figures,) = [
        found
        for found in learner_progress(school.session, school.learner.account_id, NOW)
        if found.skill == exercises[0].kind
    ]
    of_kind = [exercise for exercise in exercises if exercise.kind == figures.skill]
    assert (figures.n, figures.right) == (len(of_kind), 0)
    assert figures.mastery is Mastery.NOT_ENOUGH


def test_a_teacher_opens_attempts_on_the_assignments_of_the_class_only(school: School) -> None:
    practice = school.practise(sorted(school.library.quizzes)[-1])
    attempt = school.start()
    found = find_class_attempt(school.session, school.class_id, attempt, NOW)
    assert found is not None
    assert found.id == attempt
    assert find_class_attempt(school.session, school.class_id, practice, NOW) is None
    assert find_class_attempt(school.session, school.class_id + 1, attempt, NOW) is None


def test_a_learner_sees_what_to_do_and_what_is_done(school: School) -> None:
    def listed() -> list[tuple[int, CellState | None, int | None]]:
        school.session.rollback()
        rows = list_learner_assignments(school.session, school.learner.account_id, NOW)
        return [(row.id, row.state, row.score) for row in rows]

    terms = Terms(feedback=Feedback.AFTER_DUE, due_at=NOW + HOUR)
    waiting = school.assign(terms, sorted(school.library.quizzes)[-1])
    attempt = school.start(waiting)
    assert listed() == [(waiting, CellState.IN_PROGRESS, None), (school.assignment, None, None)]
    school.answer_all(attempt)
    school.answer_all(school.start())
    score = attempt_score([10_000], 1)
    assert listed() == [
        (waiting, CellState.FINISHED, None),
        (school.assignment, CellState.FINISHED, score),
    ]
    with write(school.session):
        remove_assignment(school.session, waiting, NOW)
    assert len(listed()) == 1


def test_practice_under_way_is_listed(school: School) -> None:
    attempt = school.practise(sorted(school.library.quizzes)[-1])
    found = list_open_practice(school.session, school.learner.account_id)
    assert [(row.id, row.answered) for row in found] == [(attempt, 0)]
