"""Spot the opinion vs. the fact: segments of a passage, each labelled by the learner."""

from quizapp.exercises.fact_or_opinion.answer import LabelForm, form, formdata
from quizapp.exercises.fact_or_opinion.authored import (
    KIND,
    Cue,
    Entry,
    Exercise,
    Label,
    Segment,
    Truth,
    parse,
)
from quizapp.exercises.fact_or_opinion.grading import (
    constant_answers,
    grade,
    samples,
    tally,
    trials_key,
)
from quizapp.exercises.fact_or_opinion.options import chosen, is_key, option_groups, picture
from quizapp.exercises.fact_or_opinion.steps import further_steps
from quizapp.exercises.fact_or_opinion.views import (
    Question,
    QuestionSegment,
    Review,
    ReviewSegment,
    asked,
    display,
    key,
    question,
    review,
    shown,
)

__all__ = [
    "KIND",
    "Cue",
    "Entry",
    "Exercise",
    "Label",
    "LabelForm",
    "Question",
    "QuestionSegment",
    "Review",
    "ReviewSegment",
    "Segment",
    "Truth",
    "asked",
    "chosen",
    "constant_answers",
    "display",
    "form",
    "formdata",
    "further_steps",
    "grade",
    "is_key",
    "key",
    "option_groups",
    "parse",
    "picture",
    "question",
    "review",
    "samples",
    "shown",
    "tally",
    "trials_key",
]
