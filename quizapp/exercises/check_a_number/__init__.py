"""Check a number: a claim, evidence cards, a verdict, the kind of error, a corrected figure."""

from quizapp.exercises.check_a_number.answer import NumberForm, form, formdata
from quizapp.exercises.check_a_number.authored import (
    KIND,
    Card,
    Entry,
    ErrorKind,
    Exercise,
    Weights,
    parse,
)
from quizapp.exercises.check_a_number.grading import (
    constant_answers,
    constant_points,
    grade,
    samples,
    tally,
    trials_key,
)
from quizapp.exercises.check_a_number.options import chosen, is_key, option_groups, picture
from quizapp.exercises.check_a_number.steps import further_steps
from quizapp.exercises.check_a_number.views import (
    FigureReview,
    PartReview,
    Question,
    QuestionCard,
    Review,
    ReviewCard,
    asked,
    display,
    key,
    question,
    review,
    shown,
)

__all__ = [
    "KIND",
    "Card",
    "Entry",
    "ErrorKind",
    "Exercise",
    "FigureReview",
    "NumberForm",
    "PartReview",
    "Question",
    "QuestionCard",
    "Review",
    "ReviewCard",
    "Weights",
    "asked",
    "chosen",
    "constant_answers",
    "constant_points",
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
