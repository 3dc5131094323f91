"""Twenty requests at once to two processes: one row, the first answer, never an error."""

import itertools
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, select

from quizapp.content.model import Quiz
from quizapp.store.models import canonical_json
from quizapp.store.statements import table
from tests.durability.audit import Acknowledged, find_faults
from tests.durability.classroom import Classroom, fields, payloads
from tests.durability.learner import Learner, Reply
from tests.markup import parse

pytestmark = pytest.mark.slow

ROUNDS = 4
"""Exercises of each quiz on which the browsers meet."""

Send = Callable[[Learner, int], Reply]


def at_once(browsers: list[Learner], send: Send) -> list[Reply]:
    """Let every browser send from one barrier on, over connections that are open already."""
    barrier = threading.Barrier(len(browsers))

    def run(number: int) -> Reply:
        browsers[number].connect()
        barrier.wait(30)
        return send(browsers[number], number)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(run, range(len(browsers))))


def start(browsers: list[Learner], assignment: int) -> int:
    replies = at_once(
        browsers, lambda each, _: each.post(f"/assignments/{assignment}/attempts", [])
    )
    assert [reply.status for reply in replies] == [303] * len(browsers)
    places = {reply.location for reply in replies}
    assert len(places) == 1, f"double start: {places}"
    return int(places.pop().rsplit("/", 1)[1])


def answer(browsers: list[Learner], attempt: int, exercise: Any, sent: list[Any]) -> list[Reply]:
    path = f"/attempts/{attempt}/exercises/{exercise.id}"
    return at_once(browsers, lambda each, i: each.post(path, fields(exercise, sent[i])))


def stored(engine: Engine, attempt: int, exercise: str) -> Any:
    responses = table("responses")
    with engine.connect() as connection:
        row = connection.execute(
            select(responses.c.payload).where(
                responses.c.attempt_id == attempt, responses.c.exercise_id == exercise
            )
        ).one()
    return row.payload


def shown_marks(reply: Reply) -> list[str]:
    """Return the words that a page shows as marked by the learner."""
    document, _ = parse(reply.page)
    return [str(mark.children[-1]) for mark in document.find("mark")]


def first_of(classroom: Classroom, kind: str) -> tuple[int, Quiz]:
    """Return an assignment all of whose exercises are of one kind."""
    return next(
        (assignment, quiz)
        for assignment, quiz in classroom.assignments
        if {exercise.kind for exercise in quiz.exercises} == {kind}
    )


@pytest.mark.parametrize("kind", ["loaded_language", "fact_or_opinion", "check_a_number"])
def test_the_same_answer_from_twenty_is_stored_once(
    browsers: list[Learner], classroom: Classroom, engine: Engine, kind: str
) -> None:
    assignment, quiz = first_of(classroom, kind)
    attempt = start(browsers, assignment)
    log = []
    for exercise in quiz.exercises[:ROUNDS]:
        payload = next(payloads(exercise))
        replies = answer(browsers, attempt, exercise, [payload] * len(browsers))
        assert Counter(reply.status for reply in replies) == {303: len(browsers)}
        log.append(Acknowledged(attempt, exercise.id, payload))
    assert find_faults(engine, log) == []


def test_of_twenty_different_answers_one_is_stored_and_shown_to_all(
    browsers: list[Learner], classroom: Classroom, engine: Engine
) -> None:
    assignment, quiz = first_of(classroom, "loaded_language")
    attempt = start(browsers, assignment)
    log = []
    for exercise in quiz.exercises[:ROUNDS]:
        marked = (each for each in payloads(exercise) if each.get("marks"))
        sent = list(itertools.islice(marked, len(browsers)))
        sent += sent[: len(browsers) - len(sent)]
        replies = answer(browsers, attempt, exercise, sent)
        kept = stored(engine, attempt, exercise.id)
        text = exercise.passage.text
        words = [text[begin:end] for begin, end in kept["marks"]]
        check_replies(list(zip(sent, replies, strict=True)), kept, words)
        log.append(Acknowledged(attempt, exercise.id, kept))
    assert find_faults(engine, log) == []


def check_replies(replies: list[tuple[Any, Reply]], kept: Any, words: list[str]) -> None:
    """The stored answer is that of the 303; every 409 shows its words and not those sent."""
    for payload, reply in replies:
        same = canonical_json(payload) == canonical_json(kept)
        assert reply.status == (303 if same else 409)
        if not same:
            assert shown_marks(reply) == words
    assert 303 in {reply.status for _, reply in replies}


def test_two_answers_in_turn_from_twenty(
    browsers: list[Learner], classroom: Classroom, engine: Engine
) -> None:
    assignment, quiz = first_of(classroom, "check_a_number")
    attempt = start(browsers, assignment)
    log = []
    for exercise in quiz.exercises[:ROUNDS]:
        sent = list(itertools.islice(itertools.cycle(itertools.islice(payloads(exercise), 2)), 20))
        replies = answer(browsers, attempt, exercise, sent)
        kept = stored(engine, attempt, exercise.id)
        assert Counter(reply.status for reply in replies) == {303: 10, 409: 10}
        assert {canonical_json(sent[i]) for i in range(20) if replies[i].status == 303} == {
            canonical_json(kept)
        }
        log.append(Acknowledged(attempt, exercise.id, kept))
    assert find_faults(engine, log) == []


def test_a_double_finish_counts_once(
    browsers: list[Learner], classroom: Classroom, engine: Engine
) -> None:
    for assignment, quiz in classroom.assignments[:3]:
        attempt = start(browsers, assignment)
        first = quiz.exercises[0]
        path = f"/attempts/{attempt}/exercises/{first.id}"
        assert browsers[0].post(path, fields(first, next(payloads(first)))).status == 303
        ends = at_once(
            browsers,
            lambda each, _, to=attempt: each.post(f"/attempts/{to}/finish", [("confirm", "1")]),
        )
        assert {(reply.status, reply.location) for reply in ends} == {
            (303, f"/attempts/{attempt}/results")
        }
    assert find_faults(engine, []) == []


def test_an_answer_that_races_the_end_is_whole_or_not_there(
    browsers: list[Learner], classroom: Classroom, engine: Engine
) -> None:
    log = []
    for assignment, quiz in classroom.assignments:
        attempt = start(browsers, assignment)
        sent = [quiz.exercises[i % len(quiz.exercises)] for i in range(20)]

        def send(each: Learner, i: int, to: int = attempt, sent: list[Any] = sent) -> Reply:
            if i % 10 == 9:
                return each.post(f"/attempts/{to}/finish", [("confirm", "1")])
            path = f"/attempts/{to}/exercises/{sent[i].id}"
            return each.post(path, fields(sent[i], next(payloads(sent[i]))))

        for i, reply in enumerate(at_once(browsers, send)):
            assert reply.status in (303, 409), reply.page
            if reply.status == 303 and i % 10 != 9:
                log.append(Acknowledged(attempt, sent[i].id, next(payloads(sent[i]))))
    assert find_faults(engine, log) == []
