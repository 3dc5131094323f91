"""How a class answered each exercise of an assignment, on first finished attempts only.

The figures are those of `core/items.py`; an exercise set aside has its own and is in no total.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.core.items import (
    ItemFigures,
    TotalFigures,
    discrimination_index,
    discriminative_efficiency,
    effective_weights,
    total_figures,
)
from quizapp.core.rates import wilson_interval
from quizapp.core.scores import FULL
from quizapp.exercises.base import Choice
from quizapp.exercises.registry import get_kind
from quizapp.store.models import Assignment
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade.live import load_exercise
from quizapp.store.results.sittings import Answer, Sitting, class_sittings

ItemKey = tuple[str, str]
"""The id of an exercise and the revision of it that was asked."""


@dataclass(frozen=True)
class ExerciseSummary:
    """An exercise as it was asked (one revision) and how `n` learners answered it.

    `keyed` is the revision whose key gives the marks: another one after a regrade. `facility` =
    mean of points over all n, unanswered 0, in 0–1; None for n = 0. `right` of n with its Wilson
    95 % interval; `unsure` said that they do not know. `wrong` is the wrong option that most
    chose, and how many. `figures` compare it with the rest of the quiz over `compared` learners.
    `revisions` = in how many versions, languages too, the class was asked it.
    """

    exercise: ServedExercise
    keyed: ServedExercise
    position: int
    n: int
    answered: int
    facility: float | None
    right: int
    interval: tuple[float, float] | None
    unsure: int
    wrong: tuple[Choice, int] | None
    figures: ItemFigures
    compared: int
    set_aside: bool
    revisions: int

    @property
    def key(self) -> ItemKey:
        """What tells it from the other exercises and revisions."""
        return self.exercise.id, self.exercise.revision


@dataclass(frozen=True)
class AssignmentSummary:
    """The exercises of an assignment in the author's order, over `n` first finished attempts.

    `total` is over the `compared` of them who were asked the same exercises, `counted` many; its
    marks are points, 10,000 for each exercise.
    """

    assignment: Assignment
    n: int
    exercises: tuple[ExerciseSummary, ...]
    total: TotalFigures
    compared: int
    counted: int


@dataclass(frozen=True)
class _Table:
    """The attempts with the same counted exercises, the most that there are."""

    sittings: Sequence[Sitting]
    names: tuple[str, ...]

    @property
    def rows(self) -> list[list[int]]:
        return [[each.points(name) for name in self.names] for each in self.sittings]


def assignment_summary(session: Session, assignment: Assignment) -> AssignmentSummary:
    """Return how the learners who are in the class now answered an assignment of it."""
    sittings = class_sittings(session, assignment)
    asked = by_item(sittings)
    table = _common_table(sittings)
    rows = table.rows
    weights = dict(zip(table.names, effective_weights(rows), strict=True)) if rows else {}
    revisions = Counter(name for name, _ in asked)
    summaries = [
        summarise(session, key, theirs, table=table, weights=weights, revisions=revisions[key[0]])
        for key, theirs in asked.items()
    ]
    return AssignmentSummary(
        assignment=assignment,
        n=len(sittings),
        exercises=tuple(sorted(summaries, key=lambda each: (each.position, -each.n, each.key))),
        total=total_figures(rows),
        compared=len(rows),
        counted=len(table.names),
    )


def by_item(sittings: Sequence[Sitting]) -> dict[ItemKey, list[Sitting]]:
    """Return who was asked each exercise, revision by revision."""
    asked: dict[ItemKey, list[Sitting]] = {}
    for sitting in sittings:
        for name, served in sitting.asked.items():
            asked.setdefault((name, served.revision), []).append(sitting)
    return asked


def summarise(
    session: Session,
    key: ItemKey,
    sittings: Sequence[Sitting],
    *,
    table: _Table,
    weights: Mapping[str, float | None],
    revisions: int,
) -> ExerciseSummary:
    """Return how those who were asked one revision of an exercise answered it."""
    name, n = key[0], len(sittings)
    served = sittings[0].asked[name]
    answers = [each.answers[name] for each in sittings if name in each.answers]
    right = sum(answer.right for answer in answers)
    keyed = keyed_exercise(session, served, answers)
    compared = [each for each in sittings if each.counted == table.names]
    return ExerciseSummary(
        exercise=served,
        keyed=keyed,
        position=list(sittings[0].asked).index(name) + 1,
        n=n,
        answered=len(answers),
        facility=sum(answer.points for answer in answers) / (FULL * n) if n else None,
        right=right,
        interval=wilson_interval(right, n),
        unsure=sum(answer.unsure for answer in answers),
        wrong=most_chosen_wrong(keyed, answers),
        figures=_figures(name, compared, weights.get(name)),
        compared=len(compared),
        set_aside=name in sittings[-1].set_aside,
        revisions=revisions,
    )


def keyed_exercise(
    session: Session, served: ServedExercise, answers: Sequence[Answer]
) -> ServedExercise:
    """Return the revision whose key marked most of the answers: the one asked, until a regrade."""
    counts = Counter(answer.graded_revision or served.revision for answer in answers)
    revision = counts.most_common(1)[0][0] if counts else served.revision
    return served if revision == served.revision else load_exercise(session, revision)


def most_chosen_wrong(
    keyed: ServedExercise, answers: Sequence[Answer]
) -> tuple[Choice, int] | None:
    """Return the wrong option that most answers chose, the first of equals; None without any."""
    kind, exercise = get_kind(keyed.kind), keyed.exercise
    given = Counter(answer.text for answer in answers)
    payloads = {answer.text: answer.payload for answer in answers}
    counts: Counter[Choice] = Counter()
    for text, n in given.items():
        for choice in kind.chosen(exercise, payloads[text]):
            counts[choice] += n
    shown = [(group.id, name) for group in kind.option_groups(exercise) for name in group.options]
    wrong = [
        choice
        for choice in dict.fromkeys([*shown, *sorted(counts)])
        if counts[choice] and kind.is_key(exercise, choice) is False
    ]
    most = max(wrong, key=counts.__getitem__, default=None)
    return None if most is None else (most, counts[most])


def _common_table(sittings: Sequence[Sitting]) -> _Table:
    counts = Counter(each.counted for each in sittings)
    names = counts.most_common(1)[0][0] if counts else ()
    return _Table([each for each in sittings if each.counted == names], names)


def _figures(name: str, sittings: Sequence[Sitting], weight: float | None) -> ItemFigures:
    marks = [each.points(name) for each in sittings]
    rest = [each.rest(name) for each in sittings]
    return ItemFigures(
        facility=sum(marks) / (FULL * len(marks)) if marks else None,
        discrimination=discrimination_index(marks, rest),
        efficiency=discriminative_efficiency(marks, rest),
        weight=weight,
    )
