"""A small class for tests and the steps of a learner in it; knows what the tests need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.exercises.registry import get_kind
from quizapp.store.assignments import Terms, assign
from quizapp.store.attempts import Actor, Recorded, record_answer, start_assigned, start_practice
from quizapp.store.db import write
from quizapp.store.models import Account, AccountSession, Attempt, Membership, Role, SchoolClass
from quizapp.store.quizzes import ServedExercise, ServedQuiz, load_quiz_revision

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNSURE: Mapping[str, Any] = {"unsure": True}


@dataclass
class School:
    """A class with its first learner and first assignment; times count from NOW."""

    session: Session
    library: Library
    class_id: int
    learner: Actor
    quiz_key: tuple[str, str, str]
    assignments: list[int] = field(default_factory=list)

    @property
    def assignment(self) -> int:
        return self.assignments[0]

    def assign(self, terms: Terms | None = None, quiz: tuple[str, str, str] | None = None) -> int:
        source, name, _ = quiz or self.quiz_key
        with write(self.session):
            found = assign(
                self.session,
                [self.class_id],
                (source, name, name),
                terms or Terms(),
                created_by=None,
                now=NOW,
            )
        self.assignments += found
        return found[0]

    def add_learner(self, name: str, label: str | None = None) -> Actor:
        with write(self.session):
            return add_learner(self.session, self.class_id, name, label)

    def start(self, assignment: int | None = None, actor: Actor | None = None) -> int:
        return start_assigned(
            self.session,
            self.library,
            actor or self.learner,
            assignment_id=assignment or self.assignment,
            language="fr",
            now=NOW,
        )

    def practise(self, quiz: tuple[str, str, str] | None = None, now: datetime = NOW) -> int:
        source, name, language = quiz or self.quiz_key
        return start_practice(
            self.session,
            self.library,
            self.learner,
            source_id=source,
            quiz_id=name,
            language=language,
            now=now,
        )

    def quiz(self, attempt: int) -> ServedQuiz:
        row = self.session.get_one(Attempt, attempt)
        return load_quiz_revision(self.session, row.quiz_revision)

    def exercises(self, attempt: int) -> tuple[ServedExercise, ...]:
        row = self.session.get_one(Attempt, attempt)
        return self.quiz(attempt).counted(row.excluded)

    def answer(
        self,
        attempt: int,
        exercise: ServedExercise,
        payload: Mapping[str, Any] | None = None,
        *,
        actor: Actor | None = None,
        now: datetime = NOW,
    ) -> Recorded:
        return record_answer(
            self.session,
            actor or self.learner,
            attempt_id=attempt,
            exercise=exercise,
            payload=payload if payload is not None else right(exercise),
            now=now,
        )

    def answer_all(self, attempt: int, actor: Actor | None = None, now: datetime = NOW) -> None:
        for exercise in self.exercises(attempt):
            self.answer(attempt, exercise, actor=actor, now=now)


def right(exercise: ServedExercise) -> Mapping[str, Any]:
    return get_kind(exercise.kind).samples(exercise.exercise).right


def wrong(exercise: ServedExercise) -> Mapping[str, Any]:
    return get_kind(exercise.kind).samples(exercise.exercise).wrong


def open_school(session: Session, library: Library) -> School:
    with write(session):
        room = SchoolClass(name="3e B", created_at=NOW)
        session.add(room)
        session.flush()
        learner = add_learner(session, room.id, "lynx-vif-12", signed_in=True)
    school = School(session, library, room.id, learner, sorted(library.quizzes)[0])
    school.assign(Terms(due_at=NOW + 24 * HOUR))
    return school


def add_learner(
    session: Session, class_id: int, name: str, label: str | None = None, signed_in: bool = False
) -> Actor:
    account = Account(login_name=name, login_key=name.casefold(), created_at=NOW)
    session.add(account)
    session.flush()
    session.add(
        Membership(
            class_id=class_id,
            account_id=account.id,
            role=Role.LEARNER,
            label=label,
            joined_at=NOW,
        )
    )
    if not signed_in:
        session.flush()
        return Actor(account.id)
    token = f"{account.id:064x}"
    session.add(
        AccountSession(id=token, account_id=account.id, created_at=NOW, expires_at=NOW + 240 * HOUR)
    )
    session.flush()
    return Actor(account.id, token)
