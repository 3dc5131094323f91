"""The further step of fact_or_opinion: which cue tells the label of each segment.

Every segment is asked and every cue is offered for each, whatever its label and whatever the
answer, so the step shows nothing of the key of the first one.
"""

from quizapp.exercises.fact_or_opinion.authored import CUE_STEP, Cue, Exercise
from quizapp.exercises.further import FurtherStep, Item, numbered, plain_options


def further_steps(exercise: Exercise) -> tuple[FurtherStep, ...]:
    """Return the step that asks for the cues, where the quiz has it."""
    items = tuple(
        Item(segment.id, segment.number, segment.text, plain_options(Cue), str(segment.cue))
        for segment in exercise.segments
        if CUE_STEP in exercise.steps
    )
    return numbered([(CUE_STEP, items, False)], exercise.passage.language)
