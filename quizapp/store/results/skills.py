"""What answers say of a skill: rates, discernment, bias, mastery; pages choose the words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from quizapp.core.detection import (
    Firmness,
    Leaning,
    Trials,
    criterion,
    criterion_interval,
    d_prime,
    d_prime_interval,
    firmness,
    leaning,
)
from quizapp.core.mastery import WINDOW, Mastery, judge
from quizapp.core.rates import wilson_interval
from quizapp.exercises.registry import KINDS
from quizapp.store.models import (
    Assignment,
    Attempt,
    Membership,
    Purpose,
    Response,
    Role,
)
from quizapp.store.results.matrix import Learner, list_learners
from quizapp.store.set_asides import is_set_aside


class FirstResponse(NamedTuple):
    """A learner's first answer to one exercise, whatever its language."""

    account_id: int
    source_id: str
    exercise_id: str
    kind: str
    points: int
    right: bool
    unsure: bool
    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int
    answered_at: datetime
    confidence: int | None
    attempt_id: int

    @property
    def trials(self) -> Trials:
        """Its signal-detection trials."""
        return Trials(self.hits, self.misses, self.false_alarms, self.correct_rejections)


@dataclass(frozen=True)
class SkillFigures:
    """One learner's figures for one skill, from first responses to distinct exercises.

    `right` of `n` with its Wilson 95 % `interval` and `trials` are over all of them; `mastery`
    and the `window_…` figures over the last WINDOW, of which `window_criterion` decides on bias.
    """

    skill: str
    n: int
    right: int
    unsure: int
    interval: tuple[float, float] | None
    trials: Trials
    window_n: int
    window_right: int
    window_trials: Trials
    mastery: Mastery

    @property
    def d_prime(self) -> float | None:
        """Discernment d', None below 10 signal or 10 noise trials."""
        return None if self.firmness is Firmness.TOO_FEW else d_prime(self.trials)

    @property
    def criterion(self) -> float | None:
        """Bias c (below 0 suspicious, above 0 trusting), None where d' is."""
        return None if self.firmness is Firmness.TOO_FEW else criterion(self.trials)

    @property
    def d_prime_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of d', None where d' is."""
        return None if self.firmness is Firmness.TOO_FEW else d_prime_interval(self.trials)

    @property
    def criterion_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of c, None where c is."""
        return None if self.firmness is Firmness.TOO_FEW else criterion_interval(self.trials)

    @property
    def firmness(self) -> Firmness:
        """How much the trials bear."""
        return firmness(self.trials)

    @property
    def leaning(self) -> Leaning | None:
        """The bias in a word, None below 10 signal or 10 noise trials."""
        return None if self.firmness is Firmness.TOO_FEW else leaning(self.trials)

    @property
    def window_criterion(self) -> float:
        """Bias c over the last WINDOW exercises, as the mastery rule uses it."""
        return criterion(self.window_trials)


@dataclass(frozen=True)
class LearnerSkills:
    """A learner of a class with the figures of each skill, in the order of the kinds."""

    learner: Learner
    skills: tuple[SkillFigures, ...]
    overall: SkillFigures


@dataclass(frozen=True)
class SkillPool:
    """A skill over a class: pooled answers, the median learner's d' and c, and mastery counts.

    Medians are over the `firm` learners whose trials bear a figure, None without any.
    """

    skill: str
    n: int
    right: int
    interval: tuple[float, float] | None
    trials: Trials
    firm: int
    median_d_prime: float | None
    median_criterion: float | None
    mastery: dict[Mastery, int]


@dataclass(frozen=True)
class ClassSkills:
    """The skills table of a class."""

    learners: tuple[LearnerSkills, ...]
    pools: tuple[SkillPool, ...]


def class_responses(session: Session, class_id: int) -> list[FirstResponse]:
    """Return the first responses of a class, of finished attempts on its assignments."""
    return only_first(read_responses(session, _of_class(class_id)))


def class_skills(
    session: Session, class_id: int, responses: Sequence[FirstResponse] | None = None
) -> ClassSkills:
    """Return the skills of a class's learners, from its `class_responses`."""
    found: dict[int, list[FirstResponse]] = {}
    for response in class_responses(session, class_id) if responses is None else responses:
        found.setdefault(response.account_id, []).append(response)
    learners = tuple(
        LearnerSkills(
            learner,
            figures_by_skill(found.get(learner.id, ())),
            figures("overall", found.get(learner.id, ())),
        )
        for learner in list_learners(session, class_id)
    )
    pools = tuple(_pool([row.skills[i] for row in learners], s) for i, s in enumerate(KINDS))
    return ClassSkills(learners, pools)


def class_learner_skills(
    session: Session, class_id: int, account_id: int
) -> tuple[SkillFigures, ...]:
    """Return one learner's figures as their teacher sees them: this class's assignments only."""
    statement = _of_class(class_id).where(Attempt.account_id == account_id)
    return figures_by_skill(only_first(read_responses(session, statement)))


def figures(skill: str, responses: Sequence[FirstResponse]) -> SkillFigures:
    """Return the figures of first responses to distinct exercises, given in order of time."""
    window = responses[-WINDOW:]
    window_right = sum(response.right for response in window)
    window_trials = _sum(response.trials for response in window)
    right = sum(response.right for response in responses)
    return SkillFigures(
        skill=skill,
        n=len(responses),
        right=right,
        unsure=sum(response.unsure for response in responses),
        interval=wilson_interval(right, len(responses)),
        trials=_sum(response.trials for response in responses),
        window_n=len(window),
        window_right=window_right,
        window_trials=window_trials,
        mastery=judge(window_right, len(window), window_trials),
    )


def first_steps() -> Select[*tuple[Any, ...]]:
    """Return the first steps of all answers, in order of time, as FirstResponse has them."""
    return (
        select(
            Attempt.account_id,
            Attempt.source_id,
            Response.exercise_id,
            Response.kind,
            Response.points,
            Response.right,
            Response.unsure,
            Response.hits,
            Response.misses,
            Response.false_alarms,
            Response.correct_rejections,
            Response.answered_at,
            Response.confidence,
            Attempt.id,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Response.step == 1)
        .order_by(Response.answered_at, Response.id)
    )


def _of_class(class_id: int) -> Select[*tuple[Any, ...]]:
    return (
        first_steps()
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(
            Membership,
            and_(
                Membership.class_id == Assignment.class_id,
                Membership.account_id == Attempt.account_id,
            ),
        )
        .where(
            Assignment.class_id == class_id,
            Assignment.removed_at.is_(None),
            Attempt.purpose == Purpose.ASSIGNED,
            Attempt.finished_at.is_not(None),
            Membership.role == Role.LEARNER,
            Membership.ended_at.is_(None),
            ~is_set_aside(),
        )
    )


def read_responses(session: Session, statement: Select[*tuple[Any, ...]]) -> list[FirstResponse]:
    """Return the rows of `first_steps`."""
    return [FirstResponse(*row) for row in session.execute(statement)]


def only_first(responses: Iterable[FirstResponse]) -> list[FirstResponse]:
    """Return the first of each learner to each exercise, of responses in order of time."""
    found: dict[tuple[int, str, str], FirstResponse] = {}
    for response in responses:
        found.setdefault(response[:3], response)
    return list(found.values())


def figures_by_skill(responses: Iterable[FirstResponse]) -> tuple[SkillFigures, ...]:
    """Return the figures of every skill, from first responses in order of time."""
    found: dict[str, list[FirstResponse]] = {kind: [] for kind in KINDS}
    for response in responses:
        found.setdefault(response.kind, []).append(response)
    return tuple(figures(kind, found[kind]) for kind in KINDS)


def _pool(learners: Sequence[SkillFigures], skill: str) -> SkillPool:
    n = sum(figure.n for figure in learners)
    right = sum(figure.right for figure in learners)
    discernment = [f.d_prime for f in learners if f.d_prime is not None]
    bias = [f.criterion for f in learners if f.criterion is not None]
    return SkillPool(
        skill=skill,
        n=n,
        right=right,
        interval=wilson_interval(right, n),
        trials=_sum(figure.trials for figure in learners),
        firm=len(discernment),
        median_d_prime=median(discernment) if discernment else None,
        median_criterion=median(bias) if bias else None,
        mastery={word: sum(f.mastery is word for f in learners) for word in Mastery},
    )


def _sum(trials: Iterable[Trials]) -> Trials:
    return reduce(add, trials, Trials())
