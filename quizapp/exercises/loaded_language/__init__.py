"""Identify loaded language: the learner marks words in a passage."""

from quizapp.exercises.loaded_language.answer import MarkForm, form, formdata
from quizapp.exercises.loaded_language.authored import (
    KIND,
    Entry,
    Exercise,
    Remark,
    RewriteVerdict,
    Target,
    Technique,
    parse,
)
from quizapp.exercises.loaded_language.grading import (
    constant_answers,
    grade,
    samples,
    tally,
    trials_key,
)
from quizapp.exercises.loaded_language.heat import HeatMap, picture
from quizapp.exercises.loaded_language.options import chosen, is_key, option_groups
from quizapp.exercises.loaded_language.questions import (
    Question,
    Sentence,
    Token,
    asked,
    display,
    key,
    question,
    shown,
)
from quizapp.exercises.loaded_language.reviews import (
    Reason,
    Review,
    ReviewPiece,
    Run,
    State,
    review,
)
from quizapp.exercises.loaded_language.steps import further_steps

__all__ = [
    "KIND",
    "Entry",
    "Exercise",
    "HeatMap",
    "MarkForm",
    "Question",
    "Reason",
    "Remark",
    "Review",
    "ReviewPiece",
    "RewriteVerdict",
    "Run",
    "Sentence",
    "State",
    "Target",
    "Technique",
    "Token",
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
