"""What is projected stands for five learners or more, now and from one refresh to the next."""

from collections.abc import Sequence

import pytest

from quizapp.core.floor import FLOOR, ShownCount
from quizapp.store.results.projected import (
    ProjectedItem,
    Projection,
    project_assignment,
    project_item,
)
from tests.store.school import School
from tests.store.test_items import LABELS, NUMBERS, WORDS, given, sit

pytestmark = pytest.mark.slow

QUIZZES = [LABELS, WORDS, NUMBERS]


def projected(school: School, assignment: int) -> Projection:
    return project_assignment(school.session, given(school, assignment))


def item(school: School, assignment: int, *, reveal: bool = False) -> ProjectedItem:
    slide = projected(school, assignment).slides[0]
    return project_item(school.session, given(school, assignment), slide, reveal=reveal)


def fill(school: School, quiz: tuple[str, str, str], answers: Sequence[str]) -> int:
    assignment = school.assign(quiz=quiz)
    for number, how in enumerate(answers):
        sit(school, assignment, f"learner-{number}", how)
    return assignment


@pytest.mark.parametrize("quiz", QUIZZES)
def test_fewer_than_five_learners_are_not_shown(school: School, quiz: tuple[str, str, str]) -> None:
    assignment = fill(school, quiz, ["r", "r", "w", "u"])
    assert projected(school, assignment).handed_in == 0
    found = item(school, assignment, reveal=True)
    assert (found.total, found.counts) == (0, {})
    assert found.silent.shown is None


@pytest.mark.parametrize("quiz", QUIZZES)
def test_learners_come_in_groups_of_five(school: School, quiz: tuple[str, str, str]) -> None:
    assignment = fill(school, quiz, ["r"] * 5)
    first = item(school, assignment)
    for number in range(4):
        sit(school, assignment, f"later-{number}", "w")
        assert item(school, assignment) == first
        assert projected(school, assignment).handed_in == 5
    sit(school, assignment, "fifth", "w")
    later = item(school, assignment)
    assert (later.total, projected(school, assignment).handed_in) == (10, 10)
    assert {count.n for count in later.counts.values()} <= {None, 5}
    assert any(count.n == 5 for count in later.counts.values())


@pytest.mark.parametrize("quiz", QUIZZES)
@pytest.mark.parametrize("wrong", [1, 4, 5, 6])
def test_options_of_fewer_than_five_cannot_be_worked_out(
    school: School, quiz: tuple[str, str, str], wrong: int
) -> None:
    answers = ["r"] * (10 - wrong) + ["w"] * wrong
    found = item(school, fill(school, quiz, answers))
    shown = [count.n for count in found.counts.values() if count.n is not None]
    assert all(FLOOR <= n <= found.total - FLOOR for n in shown)
    assert bool(shown) == (wrong == 5)


def test_who_gave_no_answer_is_as_hidden_as_an_option(school: School) -> None:
    found = item(school, fill(school, LABELS, ["r"] * 13 + ["u"] * 2))
    assert found.silent.n is None
    shown = [count for count in found.counts.values() if count.shown is not None]
    assert shown
    assert set(shown) == {ShownCount(least=11)}


def test_who_gave_no_answer_is_shown_from_five(school: School) -> None:
    found = item(school, fill(school, LABELS, ["r"] * 10 + ["-"] * 5))
    assert found.silent == ShownCount(5)
    assert {count.shown for count in found.counts.values()} == {None, 6}


@pytest.mark.parametrize("quiz", QUIZZES)
def test_nothing_projected_names_anybody(school: School, quiz: tuple[str, str, str]) -> None:
    found = item(school, fill(school, quiz, ["r"] * 5), reveal=True)
    assert "learner-" not in repr((found.counts, found.silent, found.picture))


def test_before_the_reveal_the_picture_has_nothing_of_the_key(school: School) -> None:
    assignment = fill(school, WORDS, ["r"] * 5 + ["w"] * 5)
    hidden, revealed = item(school, assignment), item(school, assignment, reveal=True)
    words = [word for line in hidden.picture.sentences for word in line]
    assert not any(word.in_key or word.opens or word.closes for word in words)
    assert (hidden.picture.expressions, hidden.picture.alarms) == ((), ())
    assert not hidden.picture.is_control
    assert hidden.picture.why is None
    assert revealed.picture.expressions
