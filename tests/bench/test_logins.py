"""A class that signs in at once: it costs the hashes of its secrets and little else."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from quizapp.settings import Settings
from quizapp.web.passwords import check_secret, hash_secret
from tests.bench.measure import RUNS, cpu, cpu_of, linux, median, report
from tests.durability.classroom import PASSWORD, open_classroom
from tests.durability.learner import Learner
from tests.durability.workers import serve_from_processes

PUPILS = 30
SECONDS = 2.5
"""The aim on a machine with two cores, where one hash takes 0.14 s."""
HASH = 0.14
CORES = 2
AIM = SECONDS * CORES / HASH / PUPILS
CHECK = 2.0


@linux
@pytest.mark.alone
@pytest.mark.slow
def test_thirty_log_ins_at_once(own: Settings) -> None:
    real = replace(own, hash_method="scrypt")
    hashed = hash_secret(PASSWORD, "scrypt")
    one = median([cpu(lambda: check_secret(hashed, PASSWORD, "scrypt")) for _ in range(RUNS)])
    classroom = open_classroom(replace(own, hash_method="scrypt:32768:8:1"), learners=PUPILS)
    barrier = threading.Barrier(PUPILS)
    with serve_from_processes(real, workers=1) as workers:
        pupils = [Learner(workers.ports) for _ in classroom.names]
        for pupil in pupils:
            pupil.get("/login")

        def sign_in(number: int) -> float:
            barrier.wait(60)
            started = time.monotonic()
            fields = [("name", classroom.names[number]), ("password", PASSWORD)]
            reply = pupils[number].post("/login", fields)
            assert reply.status == 303, reply.page
            return time.monotonic() - started

        before = cpu_of(workers.pids[0])
        with ThreadPoolExecutor(PUPILS) as pool:
            waits = list(pool.map(sign_in, range(PUPILS)))
        used = (cpu_of(workers.pids[0]) - before) / PUPILS
        for pupil in pupils:
            pupil.close()
    print(
        f"\n{PUPILS} log-ins: {max(waits):.1f} s on {os.cpu_count()} shared cores, "
        f"{used:.3f} s CPU each; one hash {one:.3f} s CPU"
    )
    print(f"on {CORES} cores of their own: {used * PUPILS / CORES:.1f} s (aim {SECONDS} s)")
    report("log-in ÷ one password hash", used / one, AIM, CHECK)
