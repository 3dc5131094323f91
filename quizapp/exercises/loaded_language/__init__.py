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

__all__ = [
    "KIND",
    "Entry",
    "Exercise",
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
    "constant_answers",
    "display",
    "form",
    "formdata",
    "grade",
    "key",
    "parse",
    "question",
    "review",
    "samples",
    "shown",
    "tally",
    "trials_key",
]
