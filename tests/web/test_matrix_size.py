"""What the matrix of a class weighs over the wire, learner by learner."""

import gzip
import random

import pytest
from flask import Flask

from quizapp.store.classes import join_class, set_label
from quizapp.store.db import db, write
from quizapp.store.models import Attempt, AttemptScore, Cell, CellState, Purpose
from quizapp.web.conditional import TIGHT
from tests.web.conftest import Clock
from tests.web.people import People
from tests.web.teaching import LABELS, SOURCE, Room

LEARNERS, COLUMNS = 50, 8
MOST = 3_000
"""Bytes for 50 learners × 8 assignments."""
GIVEN_NAMES = """
Adèle Amine Anaïs Arthur Baptiste Camille Chloé Clément Diego Élise Emma Enzo Fatou Gabriel Hana
Hugo Inès Ismaël Jade Jules Karim Léa Léo Lina Louis Lucie Maël Manon Maxime Mehdi Mila Nathan Noé
Nora Oscar Paul Rania Raphaël Rose Sacha Salomé Samir Sarah Sofia Théo Tom Victor Yanis Zélie Zoé
"""


@pytest.fixture
def room(app: Flask, people: People, clock: Clock) -> Room:
    """A class in which attempts were handed in in no order, as in a school."""
    room = Room(app, people, clock)
    ids = [people.make(f"learner-{number}") for number in range(LEARNERS)]
    given = [room.assign(LABELS, f"Fait ou opinion {n + 1}") for n in range(COLUMNS)]
    draw = random.Random(5)
    with app.app_context(), write(db.session()):
        for account, name in zip(ids, GIVEN_NAMES.split(), strict=True):
            join_class(db.session(), room.id, account, clock())
            set_label(db.session(), room.id, account, name)
    places = [(account, assignment) for account in ids for assignment in given]
    draw.shuffle(places)
    one = room.answer(ids[0], given[0])
    with app.app_context(), write(db.session()):
        revision = db.session.get_one(Attempt, one).quiz_revision
        for account, assignment in places:
            if (account, assignment) != (ids[0], given[0]):
                add_cell(room, account, assignment, revision, draw)
    return room


def add_cell(room: Room, account: int, assignment: int, revision: str, draw: random.Random) -> None:
    """Store an attempt as it could have gone: eight in ten finished, a few late, some missing."""
    kind = draw.random()
    if kind > 0.9:
        return
    done = kind < 0.8
    attempt = Attempt(
        account_id=account,
        assignment_id=assignment,
        purpose=Purpose.ASSIGNED,
        source_id=SOURCE,
        quiz_id=LABELS,
        language="fr",
        quiz_revision=revision,
        number=1,
        exercises=6,
        started_at=room.clock(),
        finished_at=room.clock() if done else None,
    )
    db.session.add(attempt)
    db.session.flush()
    score = max(0, min(10_000, round(draw.gauss(6_200, 1_900))))
    db.session.add(AttemptScore(attempt_id=attempt.id, score=score, answered=6 if done else 3))
    db.session.add(
        Cell(
            class_id=room.id,
            account_id=account,
            assignment_id=assignment,
            state=CellState.FINISHED if done else CellState.IN_PROGRESS,
            attempt_id=attempt.id,
            score=score,
            answered=6 if done else draw.randrange(1, 6),
            exercises=6,
            tries=1 if done else 0,
            late=draw.random() < 0.05,
        )
    )


def test_fifty_learners_by_eight_assignments_weigh_three_kilobytes(room: Room) -> None:
    page = room.page.get(room.url)
    rows = page.html[page.html.index("<tbody") : page.html.index("</tbody>")]
    assert len(page.one("tbody").find("td")) == LEARNERS * (COLUMNS + 1)
    size, whole = (len(gzip.compress(text.encode(), TIGHT, mtime=0)) for text in (rows, page.html))
    print(f"\nrows of 50 × 8: {size} bytes gzipped, of a page of {whole}")
    assert size <= MOST
    sent = room.page.client.get(room.url, headers={"Accept-Encoding": "gzip"})
    assert abs(len(sent.data) - whole) < 150  # the masked tokens differ
