"""kill -9 while learners answer: what they were told is stored, whole, and is never changed."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from quizapp.content.model import Quiz
from quizapp.settings import Settings
from quizapp.store.db import open_engine
from tests.durability.audit import Acknowledged, find_faults
from tests.durability.classroom import PASSWORD, Classroom, fields, open_classroom, payloads
from tests.durability.conftest import copy_database, settings_on
from tests.durability.learner import Learner, Lost, Reply
from tests.durability.workers import Workers, serve_from_processes

ROUNDS = 100
HITS = 20
"""Kills that must have come between the receipt of a request and its reply."""
PUPILS = 6
LONGEST_DELAY = 0.05
"""Seconds from the last reply waited for to the kill, at most."""
SEED = 2025


@dataclass
class Pupil:
    """A learner who answers quiz after quiz and writes down what the server told them.

    One who `moves` turns to the other worker when a connection breaks.
    """

    browser: Learner
    chance: random.Random
    moves: bool
    told: list[Acknowledged] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lost: int = 0
    found: int = 0

    def work(self, quizzes: list[tuple[int, Quiz]], stop: threading.Event) -> None:
        """Do quiz after quiz until `stop`."""
        for assignment, quiz in quizzes:
            attempt = self._start(assignment)
            for exercise in quiz.exercises:
                if stop.is_set():
                    return
                self._answer(attempt, exercise)
        raise AssertionError("there were too few quizzes for the time")

    def _start(self, assignment: int) -> int:
        reply = self._insist(f"/assignments/{assignment}/attempts", [])[0]
        assert reply.status == 303, reply.page
        return int(reply.location.rsplit("/", 1)[1])

    def _answer(self, attempt: int, exercise: Any) -> None:
        """Answer; after a broken connection send the same again, or something else."""
        path = f"/attempts/{attempt}/exercises/{exercise.id}"
        choice = payloads(exercise)
        sent = first = next(choice)
        other = next(choice)
        while True:
            try:
                reply = self._post(path, fields(exercise, sent))
            except Lost:
                sent = self.chance.choice([first, other])
                continue
            break
        if reply.status == 303:
            self.told.append(Acknowledged(attempt, exercise.id, sent))
        elif reply.status == 409:
            self.found += 1
            self.told.append(Acknowledged(attempt, exercise.id, other if sent is first else first))
        else:
            raise AssertionError(f"{reply.status}: {reply.page}")
        if self.chance.random() < 0.1:
            self._try_to_change(path, exercise)

    def _try_to_change(self, path: str, exercise: Any) -> None:
        unsure = fields(exercise, {"unsure": True})
        assert self._insist(path, unsure)[0].status == 409

    def _insist(self, path: str, pairs: list[tuple[str, str]]) -> tuple[Reply, int]:
        """POST until there is a reply; return it with the number of tries."""
        tries = 0
        while True:
            tries += 1
            try:
                return self._post(path, pairs), tries
            except Lost:
                continue

    def _post(self, path: str, pairs: list[tuple[str, str]]) -> Reply:
        try:
            reply = self.browser.post(path, pairs)
        except Lost:
            self.lost += 1
            if self.moves:
                self.browser.turn()
            raise
        self.statuses[reply.status] += 1
        return reply


@pytest.fixture
def busy_class(sqlite_template: Path, tmp_path: Path) -> tuple[Settings, Classroom]:
    """More quizzes than the learners have time for, on a SQLite file."""
    settings = settings_on(copy_database(sqlite_template, tmp_path), tmp_path)
    return settings, open_classroom(settings, learners=PUPILS + 1, assignments=400)


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_was_acknowledged_survives_kill_9(busy_class: tuple[Settings, Classroom]) -> None:
    settings, classroom = busy_class
    started = time.monotonic()
    with serve_from_processes(settings, rehearse=classroom.rehearsal) as workers:
        pupils = sign_in(workers, classroom)
        hits = work_and_kill(workers, pupils, classroom)
    faults = check(settings, pupils)
    statuses = sum((pupil.statuses for pupil in pupils), Counter[int]())
    told = sum(len(pupil.told) for pupil in pupils)
    print(f"\n{ROUNDS} kills in {time.monotonic() - started:.0f} s")
    print(f"kills between receipt and reply: {hits}")
    print(f"connections broken: {sum(pupil.lost for pupil in pupils)}")
    print(f"answers acknowledged: {told}; replies: {dict(statuses)}")
    print(f"found stored after a lost reply: {sum(pupil.found for pupil in pupils)}")
    assert faults == []
    assert set(statuses) <= {303, 409}
    assert told >= ROUNDS, f"the learners hardly came to answer: {told}"
    assert hits >= HITS, f"only {hits} kills came between receipt and reply"


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_an_answer_without_its_score_would_be_found(
    busy_class: tuple[Settings, Classroom],
) -> None:
    settings, classroom = busy_class
    program = "tests.durability.torn_worker"
    with serve_from_processes(settings, rehearse=classroom.rehearsal, program=program) as workers:
        pupils = sign_in(workers, classroom)
        work_and_kill(workers, pupils, classroom, rounds=20)
    assert any("the score of attempt" in fault for fault in check(settings, pupils))


def sign_in(workers: Workers, classroom: Classroom) -> list[Pupil]:
    pupils = []
    for number, name in enumerate(classroom.names[1:]):
        browser = Learner(workers.ports)
        browser.sign_in(name, PASSWORD)
        browser.turn_to(number)
        pupils.append(Pupil(browser, random.Random(SEED + number), number >= 4))
    return pupils


def work_and_kill(
    workers: Workers, pupils: list[Pupil], classroom: Classroom, rounds: int = ROUNDS
) -> int:
    """Let the learners work while workers die; return how many died with an answer in hand."""
    stop = threading.Event()
    quizzes = list(classroom.assignments)
    hits = 0
    with ThreadPoolExecutor(len(pupils)) as pool:
        working = [pool.submit(pupil.work, quizzes, stop) for pupil in pupils]
        try:
            for answers, delay, victims in plan(rounds):
                workers.wait_for(victims[0], answers)
                time.sleep(delay)
                in_hand = [workers.kill(victim) for victim in victims]
                hits += any(in_hand)
                for victim in victims:
                    workers.start(victim)
                assert not any(work.done() for work in working), "a learner stopped early"
        finally:
            stop.set()
        for work in working:
            work.result(60)
    for pupil in pupils:
        pupil.browser.close()
    return hits


def plan(rounds: int) -> Iterator[tuple[int, float, list[int]]]:
    """After how many replies and how long (seconds) to kill whom: one mostly, now and then both."""
    chance = random.Random(SEED)
    for _ in range(rounds):
        victims = chance.choice([[0], [1], [0], [1], [0, 1]])
        yield chance.randint(0, 8), chance.uniform(0.0, LONGEST_DELAY), victims


def check(settings: Settings, pupils: list[Pupil]) -> list[str]:
    engine = open_engine(settings.database_url)
    try:
        return find_faults(engine, [told for pupil in pupils for told in pupil.told])
    finally:
        engine.dispose()
