"""The further steps of check_a_number: none, since verdict, error and figure are one answer."""

from quizapp.exercises.check_a_number.authored import Exercise
from quizapp.exercises.further import FurtherStep


def further_steps(exercise: Exercise) -> tuple[FurtherStep, ...]:
    """Return no step."""
    del exercise
    return ()
