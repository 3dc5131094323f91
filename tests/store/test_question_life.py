"""Known failures of other programs, replayed: no edit of a question changes a stored answer.

Moodle 4.5, tried: reordering the options of a question turned a stored right answer into a wrong
one without a message. Here no edit changes any mark without a regrade.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from quizapp.content.library import load_library
from quizapp.content.live import keep_last_good
from quizapp.exercises.registry import get_kind
from quizapp.store import quizzes
from quizapp.store.attempts import find_attempt
from quizapp.store.models import Response
from quizapp.store.publishing import publish
from quizapp.store.quizzes import find_quiz
from quizapp.store.regrade import find_offers
from tests.content.pack import QUIZ_PATH, write
from tests.store.keys import LABELS, MARKING, NUMBER, PRACTICE, QUIZ, SOURCE, Lesson
from tests.store.school import HOUR, NOW

pytestmark = pytest.mark.slow

KEY = (SOURCE, QUIZ, "fr")


def reorder_segments(lesson: Lesson) -> None:
    swap(lesson, "      - id: a\n", "      - id: b\n", "  - id: lecteurs\n")


def reorder_cards(lesson: Lesson) -> None:
    swap(lesson, "      - {id: c1", "      - {id: c2", "    verdict:")


def reorder_exercises(lesson: Lesson) -> None:
    swap(lesson, "  - id: renard\n", "  - id: tri\n", "  - id: lecteurs\n")


def swap(lesson: Lesson, *starts: str) -> None:
    """Let two pieces of the file change places: each begins with one text, the last ends both."""
    file = lesson.root / QUIZ_PATH
    text = file.read_text(encoding="utf-8")
    first, second, end = (text.index(start) for start in starts)
    file.write_text(text[:first] + text[second:end] + text[first:second] + text[end:], "utf-8")
    lesson.reload()


def reword_the_question(lesson: Lesson) -> None:
    lesson.edit("Combien de lecteurs", "Combien d’entre eux")


def reword_a_segment(lesson: Lesson) -> None:
    lesson.edit("find: personne ne le croit", "find: ne le croit")


def reword_a_reason(lesson: Lesson) -> None:
    lesson.edit("Nul ne peut compter", "Personne ne peut compter")


def remove_a_segment(lesson: Lesson) -> None:
    file = lesson.root / QUIZ_PATH
    text = file.read_text(encoding="utf-8")
    start, end = text.index("      - id: b\n"), text.index("  - id: lecteurs\n")
    file.write_text(text[:start] + text[end:], "utf-8")
    lesson.reload()


def remove_a_card(lesson: Lesson) -> None:
    why = '"La lettre est ancienne et ne compte rien."'
    lesson.edit(f"      - {{id: c2, evidence: e2, weak: true, why: {why}}}\n", "")


def change_every_key(lesson: Lesson) -> None:
    for exercise in (LABELS, MARKING, NUMBER):
        lesson.change_key(exercise)


def delete_the_file(lesson: Lesson) -> None:
    (lesson.root / QUIZ_PATH).unlink()
    lesson.reload()


def break_the_file(lesson: Lesson) -> None:
    write(lesson.root, QUIZ_PATH, "a: b : c")
    lesson.school.library = load_library([lesson.root])


def delete_an_exercise(lesson: Lesson) -> None:
    cut_exercise(lesson)
    lesson.reload()


def move_to_another_file(lesson: Lesson) -> None:
    """Move the exercise with labels into a second quiz of the same source."""
    head, moved = cut_exercise(lesson)
    other = head.replace("id: bilan", "id: autre").replace("steps: [figure]\n", "")
    write(lesson.root, "mairie/fr/autre.yaml", other + moved)
    lesson.reload()


def cut_exercise(lesson: Lesson) -> tuple[str, str]:
    """Take the exercise with labels out of its file; return the head of the file, and it."""
    file = lesson.root / QUIZ_PATH
    text = file.read_text(encoding="utf-8")
    start, end = text.index("  - id: tri\n"), text.index("  - id: lecteurs\n")
    file.write_text(text[:start] + text[end:], "utf-8")
    return text[: text.index("  - id: renard\n")], text[start:end]


EDITS = [
    reorder_segments,
    reorder_cards,
    reorder_exercises,
    reword_the_question,
    reword_a_segment,
    reword_a_reason,
    remove_a_segment,
    remove_a_card,
    change_every_key,
    delete_the_file,
    break_the_file,
    delete_an_exercise,
    move_to_another_file,
]
WITHOUT_A_NEW_KEY = [edit for edit in EDITS if edit not in (change_every_key, remove_a_segment)]
edits = pytest.mark.parametrize("edit", EDITS)


def stored(lesson: Lesson) -> list[tuple[Any, ...]]:
    """Return all that is stored of the answers, by the database itself."""
    lesson.session.expire_all()
    table = Response.__table__
    return [tuple(row) for row in lesson.session.execute(select(table).order_by(table.c.id))]


def meanings(lesson: Lesson, attempt: int) -> Mapping[str, Any]:
    """Return what the page of the results says of each answer, read again from the database."""
    quizzes._revisions.clear()
    lesson.session.expire_all()
    account = lesson.school.learner.account_id
    state = find_attempt(lesson.session, attempt, account, NOW + 2 * HOUR)
    assert state is not None
    said = {}
    for served in state.exercises:
        response = state.response(served.id)
        assert response is not None
        kind = get_kind(served.kind)
        review = kind.review(served.exercise, response.payload)
        assert review.grade.points == response.points
        said[served.id] = (review, served.shown)
    return said


@edits
def test_no_edit_changes_a_stored_answer_its_meaning_or_its_marks(
    lesson: Lesson, edit: Callable[[Lesson], None]
) -> None:
    publish(lesson.session, lesson.school.library, NOW)
    attempt = lesson.hand_in({LABELS: {"labels": {"a": "verifiable", "b": "verifiable"}}})
    answers, score = stored(lesson), lesson.score(attempt).score
    said = meanings(lesson, attempt)
    edit(lesson)
    publish(lesson.session, lesson.school.library, NOW + HOUR)
    assert stored(lesson) == answers
    assert meanings(lesson, attempt) == said
    assert lesson.score(attempt).score == lesson.cell(attempt).score == score


@edits
def test_an_attempt_under_way_finishes_on_the_revision_on_which_it_began(
    lesson: Lesson, edit: Callable[[Lesson], None]
) -> None:
    publish(lesson.session, lesson.school.library, NOW)
    attempt = lesson.school.start()
    began = lesson.school.quiz(attempt).revision
    first, *rest = lesson.school.exercises(attempt)
    lesson.school.answer(attempt, first)
    edit(lesson)
    publish(lesson.session, lesson.school.library, NOW + HOUR)
    quizzes._revisions.clear()
    for exercise in lesson.school.exercises(attempt)[1:]:
        lesson.school.answer(attempt, exercise)
    assert lesson.school.quiz(attempt).revision == began
    assert set(lesson.points(attempt)) == {first.id, *(each.id for each in rest)}
    assert lesson.score(attempt).score == 10_000
    assert all(points == 10_000 for points in lesson.points(attempt).values())


@pytest.mark.parametrize("edit", WITHOUT_A_NEW_KEY)
def test_an_edit_that_leaves_the_key_offers_no_regrade(
    lesson: Lesson, edit: Callable[[Lesson], None]
) -> None:
    lesson.hand_in()
    edit(lesson)
    for scope in (lesson.scope, PRACTICE):
        assert find_offers(lesson.session, lesson.school.library, scope) == []


def test_a_changed_key_counts_for_those_who_begin_after_it(lesson: Lesson) -> None:
    other = lesson.school.add_learner("loutre-calme-42")
    going = lesson.school.start()
    lesson.change_key(LABELS)
    before, after = lesson.hand_in(), lesson.hand_in(actor=other)
    assert before == going
    answers = [lesson.response(each).payload["labels"]["b"] for each in (before, after)]
    assert answers == ["judgement", "verifiable"]
    assert [lesson.points(each)[LABELS] for each in (before, after)] == [10_000, 10_000]
    assert [offer.n for offer in lesson.offers()] == [1]


def test_a_deleted_file_is_retired_and_comes_back_with_its_answers(lesson: Lesson) -> None:
    publish(lesson.session, lesson.school.library, NOW)
    attempt = lesson.hand_in()
    text = (lesson.root / QUIZ_PATH).read_text(encoding="utf-8")
    delete_the_file(lesson)
    publish(lesson.session, lesson.school.library, NOW + HOUR)
    assert find_quiz(lesson.session, lesson.school.library, *KEY) is None
    assert meanings(lesson, attempt)
    write(lesson.root, QUIZ_PATH, text)
    lesson.reload()
    publish(lesson.session, lesson.school.library, NOW + 2 * HOUR)
    found = find_quiz(lesson.session, lesson.school.library, *KEY)
    assert found is not None
    assert found.revision == lesson.school.quiz(attempt).revision


def test_a_file_that_comes_back_with_another_key_offers_a_regrade(lesson: Lesson) -> None:
    publish(lesson.session, lesson.school.library, NOW)
    lesson.hand_in()
    text = (lesson.root / QUIZ_PATH).read_text(encoding="utf-8")
    delete_the_file(lesson)
    publish(lesson.session, lesson.school.library, NOW + HOUR)
    write(lesson.root, QUIZ_PATH, text.replace("level: inaccurate", "level: misleading"))
    lesson.reload()
    assert [offer.key.exercise_id for offer in lesson.offers()] == [NUMBER]


def test_a_moved_exercise_is_regraded_where_it_is_now(lesson: Lesson) -> None:
    attempt = lesson.hand_in()
    move_to_another_file(lesson)
    lesson.edit(
        "label: judgement",
        "label: verifiable\n        truth: accurate\n        evidence: [e2]",
        "mairie/fr/autre.yaml",
    )
    (offer,) = lesson.offers()
    assert (offer.key.exercise_id, offer.live.quiz.id) == (LABELS, "autre")
    assert [
        o.n
        for o in find_offers(lesson.session, lesson.school.library, lesson.scope, (SOURCE, QUIZ))
    ] == [1]
    lesson.regrade()
    assert lesson.points(attempt)[LABELS] == 5_000


def test_a_broken_file_offers_nothing_and_keeps_the_last_good_key(lesson: Lesson) -> None:
    publish(lesson.session, lesson.school.library, NOW)
    lesson.hand_in()
    good = lesson.school.library
    break_the_file(lesson)
    for library in (lesson.school.library, keep_last_good(lesson.school.library, good)):
        publish(lesson.session, library, NOW + HOUR)
        assert find_offers(lesson.session, library, lesson.scope) == []
        found = find_quiz(lesson.session, library, *KEY)
        assert found is not None
        assert found.revision == good.quizzes[KEY].revision
