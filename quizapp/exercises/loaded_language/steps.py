"""The further steps of loaded_language: the technique of each target, and the neutral rewrite.

Both show the key of the first step: the first names the targets, and a rewrite leaves them out. So
both wait for the release of that key.
"""

from quizapp.exercises.base import in_shown_order
from quizapp.exercises.further import FurtherStep, Item, Option, numbered, plain_options
from quizapp.exercises.loaded_language.authored import (
    REWRITE_STEP,
    TECHNIQUE_STEP,
    Exercise,
    RewriteVerdict,
    Technique,
)


def further_steps(exercise: Exercise) -> tuple[FurtherStep, ...]:
    """Return the steps that the quiz has and for which the exercise has what is asked."""
    steps = [
        (TECHNIQUE_STEP, _techniques(exercise) if TECHNIQUE_STEP in exercise.steps else (), True),
        (REWRITE_STEP, _rewrites(exercise) if REWRITE_STEP in exercise.steps else (), True),
    ]
    return numbered(steps, exercise.passage.language)


def _techniques(exercise: Exercise) -> tuple[Item, ...]:
    options = plain_options(Technique)
    return tuple(
        Item(target.id, number, target.text, options, str(target.technique))
        for number, target in enumerate(exercise.targets, 1)
    )


def _rewrites(exercise: Exercise) -> tuple[Item, ...]:
    by_id = {rewrite.id: rewrite for rewrite in exercise.rewrites}
    if not by_id:
        return ()
    # An author's id often says which rewrite it is, so the form sends its place.
    options = tuple(
        Option(name, str(place), by_id[name].text, str(by_id[name].verdict), by_id[name].why)
        for place, name in enumerate(in_shown_order(exercise.id, by_id), 1)
    )
    key = next(o.id for o in options if o.verdict == RewriteVerdict.NEUTRAL)
    return (Item("rewrite", 1, "", options, key),)
