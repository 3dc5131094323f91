"""One exercise as a class answered it, option by option: how many, how able, who."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

from sqlalchemy.orm import Session

from quizapp.core.floor import ShownCount
from quizapp.core.items import OptionFigures, option_figures
from quizapp.core.scores import FULL
from quizapp.exercises.base import Choice
from quizapp.exercises.registry import get_kind
from quizapp.store.models import Assignment
from quizapp.store.quizzes import ServedExercise
from quizapp.store.results.items import ItemKey, by_item, keyed_exercise
from quizapp.store.results.sittings import Sitting, class_sittings


@dataclass(frozen=True)
class OptionAnswers:
    """The answers that chose one option.

    `share` 0–1 of all who were asked; `rest` is the mean of the others' exercises of those who
    chose it, 0–1 of what can be had there, None where nobody did or nothing else counts. `is_key`
    is None for what never counts.
    """

    option: str
    n: int
    share: float
    rest: float | None
    is_key: bool | None
    who: tuple[Sitting, ...]


@dataclass(frozen=True)
class GroupAnswers:
    """The options of one question of the exercise, in the order in which they are shown."""

    id: str
    exclusive: bool
    counts: tuple[OptionAnswers, ...]

    def option(self, name: str) -> OptionAnswers:
        """Return one option; KeyError if there is none."""
        return {count.option: count for count in self.counts}[name]


@dataclass(frozen=True)
class ItemAnswers:
    """One revision of an exercise: `n` were asked; `sure` answered, `unsure` did not know.

    `silent` said nothing. `picture` is what the kind draws of it, None where the counts say all.
    """

    exercise: ServedExercise
    keyed: ServedExercise
    n: int
    groups: tuple[GroupAnswers, ...]
    sure: tuple[Sitting, ...]
    unsure: tuple[Sitting, ...]
    silent: tuple[Sitting, ...]
    picture: Any

    def group(self, name: str) -> GroupAnswers:
        """Return the group with this id; KeyError if the kind has none."""
        return {group.id: group for group in self.groups}[name]

    def without(self, option: OptionAnswers) -> tuple[Sitting, ...]:
        """Return who answered and did not choose an option."""
        return tuple(each for each in self.sure if each not in option.who)


def item_answers(session: Session, assignment: Assignment, key: ItemKey) -> ItemAnswers | None:
    """Return how the class answered an exercise; None when nobody was asked this revision."""
    sittings = by_item(class_sittings(session, assignment)).get(key, [])
    if not sittings:
        return None
    name = key[0]
    served = sittings[0].asked[name]
    answers = [each.answers[name] for each in sittings if name in each.answers]
    keyed = keyed_exercise(session, served, answers)
    groups = read_groups(keyed, name, sittings)
    counts = {
        (group.id, count.option): ShownCount(count.n) for group in groups for count in group.counts
    }
    return ItemAnswers(
        exercise=served,
        keyed=keyed,
        n=len(sittings),
        groups=groups,
        sure=tuple(e for e in sittings if name in e.answers and not e.answers[name].unsure),
        unsure=tuple(e for e in sittings if name in e.answers and e.answers[name].unsure),
        silent=tuple(each for each in sittings if name not in each.answers),
        picture=get_kind(keyed.kind).picture(keyed.exercise, counts, len(sittings)),
    )


def read_groups(
    keyed: ServedExercise, name: str, sittings: Sequence[Sitting]
) -> tuple[GroupAnswers, ...]:
    """Return the options of an exercise with who chose them; typed ones come last, by text."""
    kind, exercise = get_kind(keyed.kind), keyed.exercise
    chosen = [
        frozenset(kind.chosen(exercise, each.answers[name].payload))
        if name in each.answers
        else frozenset[Choice]()
        for each in sittings
    ]
    typed = sorted(set().union(*chosen))
    groups = []
    for group in kind.option_groups(exercise):
        more = [option for of, option in typed if of == group.id and option not in group.options]
        given = [{option for of, option in choices if of == group.id} for choices in chosen]
        options = [
            _option(figures, given, sittings, kind.is_key(exercise, (group.id, figures.option)))
            for figures in option_figures((*group.options, *more), given, _rests(sittings, name))
        ]
        groups.append(GroupAnswers(group.id, group.exclusive, tuple(options)))
    return tuple(groups)


def _option(
    figures: OptionFigures,
    given: Sequence[Collection[str]],
    sittings: Sequence[Sitting],
    is_key: bool | None,
) -> OptionAnswers:
    known = figures.rest is not None and not isnan(figures.rest)
    return OptionAnswers(
        option=figures.option,
        n=figures.n,
        share=figures.share or 0.0,
        rest=figures.rest if known else None,
        is_key=is_key,
        who=tuple(s for s, names in zip(sittings, given, strict=True) if figures.option in names),
    )


def _rests(sittings: Sequence[Sitting], name: str) -> list[float]:
    """Return the rest scores in 0–1 of what can be had, no number where nothing else counts."""
    others = [sum(each != name for each in sitting.counted) for sitting in sittings]
    return [
        sitting.rest(name) / (FULL * n) if n else nan
        for sitting, n in zip(sittings, others, strict=True)
    ]
