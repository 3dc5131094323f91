"""What the answers to fact_or_opinion chose: one label for each segment."""

from collections.abc import Mapping
from typing import Any

from quizapp.core.floor import ShownCount
from quizapp.exercises.base import Choice, OptionGroup, is_unsure
from quizapp.exercises.fact_or_opinion.authored import Exercise


def option_groups(exercise: Exercise) -> tuple[OptionGroup, ...]:
    """Return a group for each segment, named by its id, with the labels it offers."""
    return tuple(OptionGroup(s.id, tuple(map(str, s.options))) for s in exercise.segments)


def chosen(exercise: Exercise, payload: Mapping[str, Any]) -> list[Choice]:
    """Return the label given to each segment; nothing after "I do not know"."""
    return [] if is_unsure(payload) else list(payload["labels"].items())


def is_key(exercise: Exercise, choice: Choice) -> bool | None:
    """Tell whether a label is that of the key; None for a segment that is not there."""
    labels = {segment.id: segment.label for segment in exercise.segments}
    label = labels.get(choice[0])
    return None if label is None else choice[1] == label


def picture(
    exercise: Exercise, counts: Mapping[Choice, ShownCount], total: int, *, with_key: bool = True
) -> None:
    """Return nothing: the counts of the labels say all."""
