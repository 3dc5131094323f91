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
    grade,
    samples,
    tally,
    trials_key,
)
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
