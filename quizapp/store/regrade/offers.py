"""Which exercises have answers that were marked with another key than the one served now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.store.regrade.live import ExerciseKey, LiveExercise, changed_revisions, live_exercises
from quizapp.store.regrade.scope import SETTLED, Scope, answers, attempts, responses


@dataclass(frozen=True)
class Offer:
    """An exercise whose key changed after `n` answers were marked, and its live revision."""

    key: ExerciseKey
    live: LiveExercise
    n: int


def find_offers(
    session: Session,
    library: Library,
    scope: Scope,
    quiz: tuple[str, str] | None = None,
) -> list[Offer]:
    """Return the offers of a scope, by source, language and exercise; perhaps of one quiz only.

    A change of feedback or of the display is none; nor is an exercise that is not served.
    """
    source_id, quiz_id = quiz or (None, None)
    live = live_exercises(session, library, source_id)
    keys = {key: found.exercise.hashes.key for key, found in live.items()}
    changed = changed_revisions(session, keys, quiz_id)
    if not changed:
        return []
    counted = _count(session, scope, changed)
    return [Offer(key, live[key], counted[key]) for key in sorted(counted)]


def _count(
    session: Session, scope: Scope, changed: Mapping[ExerciseKey, Iterable[str]]
) -> dict[ExerciseKey, int]:
    place = (attempts.c.source_id, attempts.c.language, responses.c.exercise_id)
    revisions = {revision for found in changed.values() for revision in found}
    columns = select(*place, SETTLED.label("settled"), func.count().label("n"))
    statement = answers(columns, scope, revisions).group_by(*place, SETTLED)
    counted: dict[ExerciseKey, int] = {}
    for source_id, language, exercise_id, settled, n in session.execute(statement):
        key = ExerciseKey(source_id, language, exercise_id)
        if settled in changed.get(key, ()):
            counted[key] = counted.get(key, 0) + n
    return counted
