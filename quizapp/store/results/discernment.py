"""How a class tells signal from noise, whom it trusts, and how that moved between two forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.core.change import Change, judge_change
from quizapp.core.detection import Firmness, Trials, criterion, d_prime, firmness
from quizapp.store.models import Assignment, Attempt, AttemptScore, Cell, CellState
from quizapp.store.quizzes import load_quiz_revision
from quizapp.store.results.matrix import Learner
from quizapp.store.results.skills import ClassSkills, LearnerSkills


@dataclass(frozen=True)
class Standing:
    """Trials with the d' and c that they bear."""

    trials: Trials

    @property
    def d_prime(self) -> float:
        """Discernment: 0 is guessing."""
        return d_prime(self.trials)

    @property
    def criterion(self) -> float:
        """Bias: below 0 suspicious, above 0 trusting."""
        return criterion(self.trials)


@dataclass(frozen=True)
class Shift:
    """The forms of a pair before and after, of one learner or (None) of the class.

    `letters` are the forms in the order in which most did them; the class's trials are those of
    the `n` learners who did both.
    """

    learner: Learner | None
    source_id: str
    pair: str
    letters: tuple[str, str]
    before: Standing
    after: Standing
    n: int = 1

    @property
    def bears(self) -> bool:
        """Whether both have at least 10 signal and 10 noise trials."""
        return Firmness.TOO_FEW not in (firmness(self.before.trials), firmness(self.after.trials))

    @property
    def change(self) -> Change:
        """What the change says."""
        return judge_change(self.before.trials, self.after.trials)


@dataclass(frozen=True)
class Discernment:
    """A class as points of (c, d'), over all skills: learners with enough trials, and the others.

    `pool` counts all answers together; `median` is (c, d') of the learners shown, each by itself,
    None without any. `class_shifts` has one entry for each pair of forms, `shifts` one for each
    learner who did both and whose trials bear it.
    """

    shown: tuple[LearnerSkills, ...]
    apart: tuple[LearnerSkills, ...]
    pool: Standing | None
    median: tuple[float, float] | None
    shifts: tuple[Shift, ...]
    class_shifts: tuple[Shift, ...]


def class_discernment(session: Session, class_id: int, skills: ClassSkills) -> Discernment:
    """Return the discernment of a class from its skills, and its moves between parallel forms."""
    shown = tuple(row for row in skills.learners if row.overall.d_prime is not None)
    apart = tuple(row for row in skills.learners if row.overall.d_prime is None)
    pooled = _sum(row.overall.trials for row in skills.learners)
    learners = {row.learner.id: row.learner for row in skills.learners}
    both = _shifts(session, class_id, learners)
    return Discernment(
        shown=shown,
        apart=apart,
        pool=Standing(pooled) if firmness(pooled) is not Firmness.TOO_FEW else None,
        median=_median(shown),
        shifts=tuple(shift for shift in both if shift.bears),
        class_shifts=tuple(shift for shift in _of_class(both) if shift.bears),
    )


def _median(shown: Sequence[LearnerSkills]) -> tuple[float, float] | None:
    if not shown:
        return None
    points = [(criterion(row.overall.trials), d_prime(row.overall.trials)) for row in shown]
    return median(c for c, _ in points), median(d for _, d in points)


def _shifts(session: Session, class_id: int, learners: Mapping[int, Learner]) -> list[Shift]:
    """Return each learner's first and last form of a pair, in the order in which they did them."""
    done: dict[tuple[int, str, str], dict[str, Trials]] = {}
    for row, (pair, letter) in _forms(session, class_id):
        if row.account_id in learners:
            trials = Trials(row.hits, row.misses, row.false_alarms, row.correct_rejections)
            mine = done.setdefault((row.account_id, row.source_id, pair), {})
            mine.setdefault(letter, trials)
    shifts = []
    for (account_id, source_id, pair), forms in done.items():
        if len(forms) > 1:
            letters = list(forms)
            before, after = Standing(forms[letters[0]]), Standing(forms[letters[-1]])
            ends = (letters[0], letters[-1])
            learner = learners[account_id]
            shifts.append(Shift(learner, source_id, pair, ends, before, after))
    return shifts


def _forms(session: Session, class_id: int) -> Iterable[tuple[Any, tuple[str, str]]]:
    """Yield the first finished attempts of the class on parallel forms, in order of time."""
    of_class = Assignment.class_id == class_id
    asked = select(Attempt.quiz_revision).join(Assignment, Assignment.id == Attempt.assignment_id)
    forms: dict[str, tuple[str, str]] = {}
    for revision in session.scalars(asked.where(of_class).distinct()):
        form = load_quiz_revision(session, revision).document.get("form")
        if form:
            forms[revision] = (form["pair"], form["letter"])
    columns = (AttemptScore.hits, AttemptScore.misses, AttemptScore.false_alarms)
    statement = (
        select(
            Attempt.account_id,
            Attempt.source_id,
            Attempt.quiz_revision,
            *columns,
            AttemptScore.correct_rejections,
        )
        .join(Cell, Cell.attempt_id == Attempt.id)
        .join(AttemptScore, AttemptScore.attempt_id == Attempt.id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            of_class,
            Assignment.removed_at.is_(None),
            Cell.state == CellState.FINISHED,
            Attempt.quiz_revision.in_(forms),
        )
        .order_by(Attempt.finished_at, Attempt.id)
    )
    for row in session.execute(statement) if forms else ():
        yield row, forms[row.quiz_revision]


def _of_class(shifts: Sequence[Shift]) -> list[Shift]:
    """Return one shift for each pair, with the trials of all who did both, whichever came first."""
    found: dict[tuple[str, str], list[Shift]] = {}
    for shift in shifts:
        found.setdefault((shift.source_id, shift.pair), []).append(shift)
    return [
        Shift(
            None,
            source_id,
            pair,
            max((each.letters for each in group), key=[s.letters for s in group].count),
            Standing(_sum(each.before.trials for each in group)),
            Standing(_sum(each.after.trials for each in group)),
            len(group),
        )
        for (source_id, pair), group in found.items()
    ]


def _sum(trials: Iterable[Trials]) -> Trials:
    return reduce(add, trials, Trials())
