"""What the answers to loaded_language chose: words, the box, and so which targets they found."""

from collections.abc import Mapping
from typing import Any

from quizapp.exercises.base import Choice, OptionGroup, is_unsure
from quizapp.exercises.loaded_language.authored import Exercise

WORDS, NONE, TARGETS = "words", "none", "targets"


def option_groups(exercise: Exercise) -> tuple[OptionGroup, ...]:
    """Return the groups `targets` (found, by id), `words` (marked, `start-end`) and `none`."""
    return (
        OptionGroup(TARGETS, tuple(target.id for target in exercise.targets), exclusive=False),
        OptionGroup(WORDS, tuple(exercise.word_values), exclusive=False),
        OptionGroup(NONE, (NONE,), exclusive=False),
    )


def chosen(exercise: Exercise, payload: Mapping[str, Any]) -> list[Choice]:
    """Return the targets found, the words marked and the box; nothing after "I do not know"."""
    if is_unsure(payload):
        return []
    marked = {f"{start}-{end}" for start, end in payload["marks"]}
    found = [
        (TARGETS, name)
        for name, words in exercise.target_values
        if 2 * len(words & marked) >= len(words)
    ]
    box = [(NONE, NONE)] if payload["none"] else []
    return [*found, *((WORDS, value) for value in marked), *box]


def is_key(exercise: Exercise, choice: Choice) -> bool | None:
    """Tell whether marking a word was right; None for what never counts.

    Optional words and words without content of their own never count. The box is right in a
    control passage.
    """
    group, option = choice
    if group == TARGETS:
        return True
    if group == NONE:
        return not exercise.targets
    return exercise.word_keys.get(option)
