"""What a class may see of its own answers on the wall: sums over five learners or more.

Learners come in groups of five, in the order in which they finished, so that two displays never
differ by fewer; what stands for fewer is hidden (`core/floor.py`). No name and no attempt is here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from quizapp.core.floor import FLOOR, HIDDEN, ShownCount, released, show_options, show_part
from quizapp.exercises.base import Choice
from quizapp.exercises.registry import get_kind
from quizapp.store.models import Assignment
from quizapp.store.quizzes import ServedExercise
from quizapp.store.results.item import GroupAnswers, read_groups
from quizapp.store.results.items import by_item, keyed_exercise
from quizapp.store.results.sittings import Sitting, class_sittings

NO_ANSWER = ""
"""Who did not know or did not answer, among the options of a group."""


@dataclass(frozen=True)
class Slide:
    """One exercise to project: the revision that most were asked, and its place in the quiz."""

    exercise: ServedExercise
    position: int
    set_aside: bool


@dataclass(frozen=True)
class ProjectedItem:
    """The answers of `total` learners to one exercise; `total` is 0 while they are too few.

    `counts` has every option that may be shown; `silent` counts who gave no answer. `picture` is
    what the kind draws; without the key unless that is revealed.
    """

    exercise: ServedExercise
    keyed: ServedExercise
    total: int
    counts: Mapping[Choice, ShownCount]
    silent: ShownCount
    picture: Any

    def group(self, name: str) -> dict[str, ShownCount]:
        """Return the counts of one group of options by option."""
        return {option: count for (of, option), count in self.counts.items() if of == name}


@dataclass(frozen=True)
class Projection:
    """The slides of an assignment, and how many have handed in as far as that may be shown."""

    slides: tuple[Slide, ...]
    handed_in: int


def project_assignment(session: Session, assignment: Assignment) -> Projection:
    """Return what there is to project, exercise by exercise in the author's order."""
    sittings = class_sittings(session, assignment)
    slides: dict[str, tuple[int, Slide]] = {}
    for (name, _), theirs in by_item(sittings).items():
        first = theirs[0]
        position = list(first.asked).index(name) + 1
        slide = Slide(first.asked[name], position, name in theirs[-1].set_aside)
        if name not in slides or slides[name][0] < len(theirs):
            slides[name] = (len(theirs), slide)
    ordered = sorted((slide for _, slide in slides.values()), key=lambda each: each.position)
    return Projection(tuple(ordered), released(len(sittings)))


def project_item(
    session: Session, assignment: Assignment, slide: Slide, *, reveal: bool
) -> ProjectedItem:
    """Return the answers to one slide as they may be shown, with the key only when revealed."""
    name = slide.exercise.id
    key = (name, slide.exercise.revision)
    everybody = by_item(class_sittings(session, assignment)).get(key, [])
    sittings = everybody[: released(len(everybody))]
    answers = [each.answers[name] for each in sittings if name in each.answers]
    keyed = keyed_exercise(session, slide.exercise, answers)
    silent = sum(name not in each.answers or each.answers[name].unsure for each in sittings)
    counts = _counts(keyed, name, sittings, silent) if sittings else {}
    kind = get_kind(keyed.kind)
    return ProjectedItem(
        exercise=slide.exercise,
        keyed=keyed,
        total=len(sittings),
        counts=counts,
        silent=show_part(silent, len(sittings)),
        picture=kind.picture(keyed.exercise, counts, len(sittings), with_key=reveal),
    )


def _counts(
    keyed: ServedExercise, name: str, sittings: Sequence[Sitting], silent: int
) -> dict[Choice, ShownCount]:
    found: dict[Choice, ShownCount] = {}
    for group in read_groups(keyed, name, sittings):
        shown = _group(group, len(sittings), silent)
        found |= {(group.id, option): count for option, count in shown.items()}
    return found


def _group(group: GroupAnswers, total: int, silent: int) -> dict[str, ShownCount]:
    """Return the counts of a group so that no count under FLOOR follows from the others.

    Who gave no answer is one number for all groups, so it must be as hidden in each of them.
    """
    counts = {each.option: each.n for each in group.counts}
    if not group.exclusive:
        return {option: show_part(n, total) for option, n in counts.items()}
    if show_part(silent, total).n is not None:
        return show_options(counts, total - silent)
    if total - silent < FLOOR:
        return dict.fromkeys(counts, HIDDEN)
    shown = show_options(counts | {NO_ANSWER: silent}, total)
    return {option: shown[option] for option in counts}
