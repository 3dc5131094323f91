"""What a learner's own released answers say: skills, how sure they were, before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.core.calibration import (
    PROBABILITIES,
    Bar,
    Decomposition,
    decompose,
    reliability_bars,
)
from quizapp.core.detection import Firmness, d_prime, d_prime_interval, firmness
from quizapp.core.mastery import Mastery
from quizapp.core.rates import wilson_interval
from quizapp.store.attempts import AttemptState
from quizapp.store.models import Assignment, Attempt, Purpose, Response
from quizapp.store.release import answers_released
from quizapp.store.results.history import AttemptLine
from quizapp.store.results.skills import (
    FirstResponse,
    SkillFigures,
    figures_by_skill,
    first_steps,
    only_first,
    read_responses,
)
from quizapp.store.set_asides import is_set_aside


@dataclass(frozen=True)
class Calibration:
    """How sure a learner was beside how often they were right, over `n` answers that said so."""

    bars: tuple[Bar, ...]
    parts: Decomposition | None

    @property
    def n(self) -> int:
        """How many answers said how sure they were."""
        return sum(bar.n for bar in self.bars)

    @property
    def shown(self) -> tuple[Bar, ...]:
        """The levels with answers enough."""
        return tuple(bar for bar in self.bars if bar.is_shown)


@dataclass(frozen=True)
class Progress:
    """A learner's figures for every skill, in the order of the kinds, and their calibration."""

    skills: tuple[SkillFigures, ...]
    calibration: Calibration


@dataclass(frozen=True)
class SkillMove:
    """The word for a skill before an attempt, and the figures after it."""

    before: Mastery
    after: SkillFigures

    @property
    def has_moved(self) -> bool:
        """Whether the word is another one."""
        return self.before is not self.after.mastery


@dataclass(frozen=True)
class FormResult:
    """The first attempt of one form of a pair: `right` of the exercises asked, and its score."""

    letter: str
    line: AttemptLine
    right: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """The Wilson 95 % interval of the share right."""
        return wilson_interval(self.right, self.line.counted)

    @property
    def d_prime(self) -> float | None:
        """Discernment d', None below 10 signal or 10 noise trials."""
        return None if self.firmness is Firmness.TOO_FEW else d_prime(self.line.trials)

    @property
    def d_prime_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of d', None where d' is."""
        return None if self.firmness is Firmness.TOO_FEW else d_prime_interval(self.line.trials)

    @property
    def firmness(self) -> Firmness:
        """How much the trials bear."""
        return firmness(self.line.trials)


@dataclass(frozen=True)
class BeforeAfter:
    """The forms of a pair that a learner has done, the earlier first."""

    source_id: str
    pair: str
    forms: tuple[FormResult, ...]

    @property
    def is_complete(self) -> bool:
        """Whether there is a before and an after."""
        return len(self.forms) > 1

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the intervals of the first and the last form lie apart."""
        first, last = self.forms[0].interval, self.forms[-1].interval
        return bool(first and last and (first[1] < last[0] or last[1] < first[0]))


def learner_progress(session: Session, account_id: int, now: datetime) -> tuple[SkillFigures, ...]:
    """Return a learner's own figures for every skill: all attempts, released answers only."""
    return figures_by_skill(only_first(_own_responses(session, account_id, now)))


def read_progress(session: Session, account_id: int, now: datetime) -> Progress:
    """Return `learner_progress` and the calibration, from the same first responses."""
    responses = only_first(_own_responses(session, account_id, now))
    return Progress(figures_by_skill(responses), _calibrate(responses))


def skill_moves(session: Session, attempt: AttemptState, now: datetime) -> list[SkillMove]:
    """Return what a finished attempt did to the skills that it asks, as it stood at its end."""
    kinds = {served.kind for served in attempt.exercises}
    end = attempt.finished_at or now
    responses = [
        response
        for response in _own_responses(session, attempt.account_id, now)
        if response.answered_at <= end
    ]
    before = figures_by_skill(only_first(r for r in responses if r.attempt_id != attempt.id))
    after = figures_by_skill(only_first(responses))
    return [
        SkillMove(old.mastery, new)
        for old, new in zip(before, after, strict=True)
        if new.skill in kinds
    ]


def before_and_after(session: Session, history: Iterable[AttemptLine]) -> list[BeforeAfter]:
    """Return the pairs of parallel forms in a history: of each form the first attempt, if shown.

    What was handed in without any answer is no attempt.
    """
    firsts: dict[tuple[str, str], dict[str, AttemptLine]] = {}
    for line in sorted(history, key=lambda each: (each.finished_at or each.started_at, each.id)):
        if line.form is not None and line.answered:
            pair, letter = line.form
            firsts.setdefault((line.source_id, pair), {}).setdefault(letter, line)
    shown = [line for forms in firsts.values() for line in forms.values() if line.score is not None]
    right = _count_right(session, [line.id for line in shown])
    pairs = []
    for (source_id, pair), forms in firsts.items():
        results = [
            FormResult(letter, line, right.get(line.id, 0))
            for letter, line in forms.items()
            if line in shown
        ]
        if results:
            pairs.append(BeforeAfter(source_id, pair, tuple(results)))
    return pairs


def _count_right(session: Session, attempt_ids: Sequence[int]) -> dict[int, int]:
    if not attempt_ids:
        return {}
    rows = session.execute(
        select(Response.attempt_id, func.count())
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(
            Response.attempt_id.in_(attempt_ids),
            Response.step == 1,
            Response.right.is_(True),
            ~is_set_aside(),
        )
        .group_by(Response.attempt_id)
    )
    return {row[0]: row[1] for row in rows}


def _own_responses(session: Session, account_id: int, now: datetime) -> list[FirstResponse]:
    """Return a learner's released first steps in order of time, what is set aside left out."""
    statement: Select[*tuple[Any, ...]] = (
        first_steps()
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            Attempt.account_id == account_id,
            Attempt.purpose != Purpose.REVIEW,
            answers_released(now),
            ~is_set_aside(),
        )
    )
    return read_responses(session, statement)


def _calibrate(responses: Iterable[FirstResponse]) -> Calibration:
    said = [(r.confidence, r.right) for r in responses if r.confidence is not None]
    return Calibration(
        reliability_bars(said), decompose([(PROBABILITIES[level], right) for level, right in said])
    )
