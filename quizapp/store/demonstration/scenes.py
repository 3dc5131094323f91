"""What happens in the demonstration class besides answering: dates, a note, keys in doubt.

Learners and assignments are named by their numbers from 0; a class with fewer of them has fewer
scenes. The texts are about form alone: where a sentence begins, what an instruction says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.store import set_asides
from quizapp.store.attempts import find_attempt
from quizapp.store.contests import contest_key
from quizapp.store.extensions import Granted, grant
from quizapp.store.models import Assignment, Attempt
from quizapp.store.notes import write_note
from quizapp.store.quizzes import ServedExercise

RETRIED = 1
"""The assignment that may be done twice."""
RETRIES = frozenset({3, 10, 12})
EXCUSED = (8, 1)
EXTENDED = (9, 2)
EXTENSION = timedelta(days=3)
NOTED = (5, 0)
CONTESTED = (2, 1)
"""The assignment and, from 0, its exercise whose key two learners contest."""
CONTESTING = (2, 4)
SET_ASIDE = (3, 1)

NOTE = {
    "fr": "Rendu après la date, mais complet. Relis l’explication de la première question avant le "
    "prochain quiz.",
    "en": "Handed in late, but complete. Read the explanation of the first question again before "
    "the next quiz.",
}
REASONS = {
    "fr": (
        "La consigne ne dit pas s’il faut cocher tout le groupe de mots ou un seul mot.",
        "Lue seule, la phrase se comprend autrement que dans l’article\u00a0: citez celle d’avant.",
    ),
    "en": (
        "The instruction does not say whether to tick the whole group of words or one word.",
        "Read alone, the sentence means something else than in the article: quote the one before.",
    ),
}
UNCLEAR = {
    "fr": "Deux lectures de la consigne ont été défendues en classe\u00a0: nous en débattrons.",
    "en": "Two readings of the instruction were defended in class: we will debate it.",
}
T = TypeVar("T")
Exercises = Callable[[Assignment], Sequence[str]]
"""Returns the ids of the exercises of an assignment, in their order."""


@dataclass(frozen=True)
class Stage:
    """The class with its teacher, its assignments and learners in the order of their making."""

    class_id: int
    teacher_id: int
    language: str
    assignments: Sequence[Assignment]
    learners: Sequence[int]

    def find(self, place: tuple[int, int]) -> tuple[int, Assignment] | None:
        """Return learner and assignment of a pair of numbers, None where one is not there."""
        learner, number = place
        if learner >= len(self.learners) or number >= len(self.assignments):
            return None
        return self.learners[learner], self.assignments[number]

    def words(self, texts: Mapping[str, T]) -> T:
        """Return a text in the language of the class."""
        return texts.get(self.language, texts["en"])


def prepare(session: Session, stage: Stage, exercises: Exercises, now: datetime) -> None:
    """Excuse one learner, give one more time, write a note, set an exercise aside.

    Before anybody answers, inside the write transaction that makes the class.
    """
    if excused := stage.find(EXCUSED):
        grant(session, excused[1].id, excused[0], Granted(excused=True))
    if (extended := stage.find(EXTENDED)) and extended[1].due_at:
        later = Granted(due_at=extended[1].due_at + EXTENSION)
        grant(session, extended[1].id, extended[0], later)
    if noted := stage.find(NOTED):
        text = stage.words(NOTE)
        at = (noted[1].due_at or now) + timedelta(days=1)
        write_note(session, noted[1].id, noted[0], text, written_by=stage.teacher_id, now=at)
    number, place = SET_ASIDE
    if number < len(stage.assignments):
        given = stage.assignments[number]
        names = exercises(given)
        set_asides.set_aside(
            session,
            stage.class_id,
            (given.source_id, names[min(place, len(names) - 1)]),
            stage.words(UNCLEAR),
            set_by=stage.teacher_id,
            now=given.due_at or now,
        )


def contest(session: Session, stage: Stage, now: datetime) -> None:
    """Let two learners say why a key is wrong, once; inside a write transaction."""
    number, place = CONTESTED
    for learner, reason in zip(CONTESTING, stage.words(REASONS), strict=True):
        found = stage.find((learner, number))
        exercise = found and _answered(session, *found, place, now)
        if found and exercise:
            contest_key(
                session,
                exercise,
                reason,
                account_id=found[0],
                class_id=stage.class_id,
                now=(found[1].due_at or now) + timedelta(hours=learner),
            )


def _answered(
    session: Session, account_id: int, given: Assignment, place: int, now: datetime
) -> ServedExercise | None:
    attempt_id = session.scalar(
        select(Attempt.id)
        .where(Attempt.account_id == account_id, Attempt.assignment_id == given.id)
        .order_by(Attempt.number)
        .limit(1)
    )
    state = find_attempt(session, attempt_id, account_id, now) if attempt_id else None
    return state.exercises[min(place, len(state.exercises) - 1)] if state else None
