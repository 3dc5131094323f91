"""What the answers to check_a_number chose: a verdict, a kind of error, perhaps a figure."""

from collections.abc import Mapping
from typing import Any

from quizapp.core.floor import ShownCount
from quizapp.core.scores import Level
from quizapp.exercises.base import Choice, OptionGroup, is_unsure
from quizapp.exercises.check_a_number.authored import ErrorKind, Exercise

NONE = "none"


def option_groups(exercise: Exercise) -> tuple[OptionGroup, ...]:
    """Return the groups `verdict`, `error` and, where it is asked, `figure`.

    A figure is an option by its value; only "nothing to correct" is there before any answer.
    """
    groups = (
        OptionGroup("verdict", tuple(map(str, Level))),
        OptionGroup("error", tuple(map(str, ErrorKind))),
    )
    return groups if exercise.figure is None else (*groups, OptionGroup("figure", (NONE,)))


def chosen(exercise: Exercise, payload: Mapping[str, Any]) -> list[Choice]:
    """Return what was chosen of each group; nothing after "I do not know"."""
    if is_unsure(payload):
        return []
    found = [("verdict", payload["verdict"]), ("error", payload["error"])]
    if exercise.figure is not None:
        figure = payload.get("figure", NONE)
        found.append(("figure", figure if isinstance(figure, str) else figure["value"]))
    return found


def is_key(exercise: Exercise, choice: Choice) -> bool | None:
    """Tell whether an option is that of the key; a figure is read as if typed without a unit."""
    group, option = choice
    if group == "verdict":
        return option == exercise.verdict.level
    if group == "error":
        return option == exercise.error.kind
    if group != "figure" or exercise.figure is None:
        return None
    return exercise.figure.accepts(option if option == NONE else {"value": option, "typed": option})


def picture(
    exercise: Exercise, counts: Mapping[Choice, ShownCount], total: int, *, with_key: bool = True
) -> None:
    """Return nothing: the counts of the options say all."""
