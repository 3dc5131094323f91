"""Questions of our own whose keys change, and a class that answers them; knows no page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.content.library import load_library
from quizapp.store.attempts import Actor
from quizapp.store.db import write
from quizapp.store.models import AttemptScore, Cell, RegradeChoice, Response
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade import (
    PRACTICE,
    DryRun,
    ExerciseKey,
    Offer,
    Scope,
    dry_run,
    find_offers,
    live_exercises,
    open_regrade,
    run_regrade,
)
from tests.content.pack import QUIZ_PATH, change, write_pack
from tests.store.school import NOW, School, open_school

SOURCE, QUIZ = "mairie", "bilan"
LABELS, MARKING, NUMBER = "tri", "renard", "lecteurs"
TRUE = "\n        truth: accurate\n        evidence: [e2]"
NEW_KEYS = {
    LABELS: ("label: judgement", f"label: verifiable{TRUE}"),
    MARKING: ("find: ce vieux renard", "find: Le maire, ce vieux renard"),
    NUMBER: ("level: inaccurate", "level: misleading"),
}
"""A change of the key of each exercise of the pack, as `change` takes it."""
CURRENT, EITHER, FULL, LEAVE = RegradeChoice


class Lesson:
    """A class on questions that can be edited; `learner` is the first of it."""

    def __init__(self, session: Session, root: Path) -> None:
        self.session = session
        self.root = write_pack(root)
        self.school: School = open_school(session, load_library([root]))
        self.scope = Scope(self.school.class_id)

    def edit(self, old: str, new: str, path: str = QUIZ_PATH) -> None:
        """Replace a text of a file and load the questions again."""
        change(self.root, path, old, new)
        self.reload()

    def reload(self) -> None:
        self.school.library = load_library([self.root])
        assert self.school.library.problems == ()

    def change_key(self, exercise: str) -> None:
        self.edit(*NEW_KEYS[exercise])

    def restore_key(self) -> None:
        """Give the exercise with labels its first key again."""
        self.edit(*reversed(NEW_KEYS[LABELS]))

    def hand_in(self, payloads: Mapping[str, Any] | None = None, actor: Actor | None = None) -> int:
        """Answer everything, right where nothing else is given; return the attempt."""
        attempt = self.school.start(actor=actor)
        self.answer_all(attempt, payloads, actor)
        return attempt

    def answer_all(
        self, attempt: int, payloads: Mapping[str, Any] | None = None, actor: Actor | None = None
    ) -> None:
        for exercise in self.school.exercises(attempt):
            given = (payloads or {}).get(exercise.id)
            self.school.answer(attempt, exercise, given, actor=actor)

    def key(self, exercise: str, language: str = "fr") -> ExerciseKey:
        return ExerciseKey(SOURCE, language, exercise)

    def live(self, exercise: str) -> ServedExercise:
        found = live_exercises(self.session, self.school.library)
        return found[self.key(exercise)].exercise

    def offers(self, scope: Scope | None = None) -> list[Offer]:
        return find_offers(self.session, self.school.library, scope or self.scope)

    def dry_run(self, exercise: str = LABELS, scope: Scope | None = None) -> DryRun:
        return dry_run(self.session, self.key(exercise), self.live(exercise), scope or self.scope)

    def open(
        self,
        choice: RegradeChoice = CURRENT,
        exercise: str = LABELS,
        scope: Scope | None = None,
        by: int | None = None,
    ) -> int:
        live = live_exercises(self.session, self.school.library)[self.key(exercise)]
        with write(self.session):
            return open_regrade(
                self.session, live, scope or self.scope, choice, account_id=by, now=NOW
            )

    def regrade(
        self, choice: RegradeChoice = CURRENT, exercise: str = LABELS, scope: Scope | None = None
    ) -> None:
        assert run_regrade(self.session, self.open(choice, exercise, scope), NOW)

    def response(self, attempt: int, exercise: str = LABELS) -> Response:
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(
            select(Response).where(Response.attempt_id == attempt, Response.exercise_id == exercise)
        ).one()

    def points(self, attempt: int) -> dict[str, int]:
        self.session.rollback()
        self.session.expire_all()
        rows = select(Response).where(Response.attempt_id == attempt)
        return {row.exercise_id: row.points for row in self.session.scalars(rows)}

    def score(self, attempt: int) -> AttemptScore:
        self.session.rollback()
        self.session.expire_all()
        return self.session.get_one(AttemptScore, attempt)

    def cell(self, attempt: int) -> Cell:
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(Cell).where(Cell.attempt_id == attempt)).one()


__all__ = [
    "CURRENT",
    "EITHER",
    "FULL",
    "LABELS",
    "LEAVE",
    "MARKING",
    "NUMBER",
    "PRACTICE",
    "Lesson",
]
