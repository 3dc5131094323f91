"""How evenly 32 learners are served who answer without a pause: nobody starves, nothing fails."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from quizapp.settings import Settings
from tests.bench.measure import report
from tests.durability.classroom import PASSWORD, Classroom, fields, open_classroom, payloads
from tests.durability.learner import Learner
from tests.durability.workers import serve_from_processes

CLIENTS = 32
QUIZZES = 4
AIM = 2.5
CHECK = 4.0


def answer_all(learner: Learner, classroom: Classroom, barrier: threading.Barrier) -> list[float]:
    """Do every assignment; return the seconds that each answer took."""
    attempts = []
    for assignment, quiz in classroom.assignments:
        reply = learner.post(f"/assignments/{assignment}/attempts", [])
        assert reply.status == 303, reply.page
        attempts.append((reply.location, quiz))
    found = []
    barrier.wait(60)
    for attempt, quiz in attempts:
        for exercise in quiz.exercises:
            pairs = fields(exercise, next(payloads(exercise)))
            started = time.monotonic()
            reply = learner.post(f"{attempt}/exercises/{exercise.id}", pairs)
            found.append(time.monotonic() - started)
            assert reply.status == 303, reply.page
    return found


@pytest.mark.alone
@pytest.mark.slow
def test_thirty_two_learners_are_served_evenly(own: Settings) -> None:
    classroom = open_classroom(own, learners=CLIENTS + 1, assignments=QUIZZES)
    barrier = threading.Barrier(CLIENTS)
    with serve_from_processes(own, rehearse=classroom.rehearsal) as workers:
        learners = []
        for number, name in enumerate(classroom.names[1:]):
            learner = Learner(workers.ports)
            learner.turn_to(number)
            learner.sign_in(name, PASSWORD)
            learners.append(learner)
        with ThreadPoolExecutor(CLIENTS) as pool:
            work = [pool.submit(answer_all, each, classroom, barrier) for each in learners]
            times = [seconds for done in work for seconds in done.result(120)]
        for learner in learners:
            learner.close()
    cuts = statistics.quantiles(times, n=100)
    p50, p99 = cuts[49], cuts[98]
    print(
        f"\n{len(times)} answers of {CLIENTS} clients, no error: median {1000 * p50:.0f} ms, "
        f"p99 {1000 * p99:.0f} ms, slowest {1000 * max(times):.0f} ms"
    )
    report("p99 ÷ p50", p99 / p50, AIM, CHECK)
