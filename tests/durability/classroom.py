"""A class with learners who can sign in and quizzes assigned; knows no request."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from werkzeug.security import generate_password_hash

from quizapp.content.library import load_library
from quizapp.content.model import Library, Quiz
from quizapp.core.names import fold_name
from quizapp.exercises.registry import get_kind
from quizapp.paths import QUESTIONS
from quizapp.settings import Settings
from quizapp.store.assignments import Terms, assign
from quizapp.store.db import open_engine, open_session, write
from quizapp.store.models import (
    Account,
    Feedback,
    Membership,
    Role,
    SchoolClass,
    SecretKind,
    canonical_json,
)

PASSWORD = "one for each of us"
LANGUAGE = "fr"


_numbers = itertools.count(1)


@cache
def read_questions() -> Library:
    """Return the questions that the project ships."""
    return load_library([QUESTIONS])


@dataclass(frozen=True)
class Classroom:
    """What the database was given, and the questions that the server reads too."""

    library: Library
    class_id: int
    names: tuple[str, ...]
    assignments: tuple[tuple[int, Quiz], ...]

    @property
    def rehearsal(self) -> tuple[str, int]:
        """The learner and the assignment for `serve_from_processes(rehearse=…)`."""
        return self.names[0], self.assignments[0][0]


def open_classroom(
    settings: Settings,
    learners: int = 1,
    assignments: int = 1,
    feedback: Feedback | None = None,
) -> Classroom:
    """Make a class, its learners and their assignments, of all quizzes in turn.

    Without `feedback`, answers are released now at once, now at the end, now after due.
    """
    library = read_questions()
    quizzes = [quiz for key, quiz in sorted(library.quizzes.items()) if key[2] == LANGUAGE]
    engine = open_engine(settings.database_url)
    now = datetime.now(UTC)
    with open_session(engine) as session, write(session):
        room = SchoolClass(name="3e B", created_at=now)
        session.add(room)
        session.flush()
        names = tuple(f"lynx-vif-{next(_numbers)}" for _ in range(learners))
        for name in names:
            _enrol(session, room.id, name, settings.hash_method)
        given = []
        for quiz in itertools.islice(itertools.cycle(quizzes), assignments):
            when = feedback or _feedback(len(given))
            terms = Terms(when, language=LANGUAGE, due_at=now + timedelta(days=1))
            key = (quiz.source.id, quiz.id, quiz.title)
            found = assign(session, [room.id], key, terms, created_by=None, now=now)
            given.append((found[0], quiz))
        classroom = Classroom(library, room.id, names, tuple(given))
    engine.dispose()
    return classroom


def _feedback(number: int) -> Feedback:
    return list(Feedback)[number // 2 % len(Feedback)]


def _enrol(session: Any, class_id: int, name: str, method: str) -> None:
    now = datetime.now(UTC)
    account = Account(
        login_name=name,
        login_key=fold_name(name),
        password_hash=generate_password_hash(PASSWORD, method),
        secret_kind=SecretKind.PASSWORD,
        created_at=now,
    )
    session.add(account)
    session.flush()
    session.add(
        Membership(class_id=class_id, account_id=account.id, role=Role.LEARNER, joined_at=now)
    )


def payloads(exercise: Any) -> Iterator[Mapping[str, Any]]:
    """Return different answers to an exercise: the right one, a wrong one, then many others."""
    samples = get_kind(exercise.kind).samples(exercise)
    seen: set[str] = set()
    for payload in itertools.chain([samples.right, samples.wrong], _others(exercise)):
        text = canonical_json(payload)
        if text not in seen:
            seen.add(text)
            yield payload


def _others(exercise: Any) -> Iterator[Mapping[str, Any]]:
    yield {"unsure": True}
    if exercise.kind == "loaded_language":
        for span in exercise.word_values.values():
            yield {"marks": [list(span)], "none": False}
    if exercise.kind == "fact_or_opinion":
        names = [segment.id for segment in exercise.segments]
        for labels in itertools.product(*([str(o) for o in s.options] for s in exercise.segments)):
            yield {"labels": dict(zip(names, labels, strict=True))}


def fields(exercise: Any, payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what a browser sends for an answer."""
    return list(get_kind(exercise.kind).formdata(exercise, payload))
