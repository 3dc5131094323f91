"""Results of learners and classes, computed when read; knows no page and no wording."""

from quizapp.store.results.authors import ExerciseFigures, QuizFigures, quiz_figures
from quizapp.store.results.history import (
    AttemptLine,
    class_learner_attempts,
    find_class_attempt,
    learner_history,
)
from quizapp.store.results.items import AssignmentSummary, ExerciseSummary, assignment_summary
from quizapp.store.results.matrix import (
    Average,
    Handed,
    Learner,
    LongRow,
    Matrix,
    MatrixCell,
    MatrixRow,
    class_matrix,
    list_learners,
    long_rows,
    matrix_version,
)
from quizapp.store.results.skills import (
    ClassSkills,
    LearnerSkills,
    SkillFigures,
    SkillPool,
    class_learner_skills,
    class_skills,
    learner_progress,
)

__all__ = [
    "AssignmentSummary",
    "AttemptLine",
    "Average",
    "ClassSkills",
    "ExerciseFigures",
    "ExerciseSummary",
    "Handed",
    "Learner",
    "LearnerSkills",
    "LongRow",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "QuizFigures",
    "SkillFigures",
    "SkillPool",
    "assignment_summary",
    "class_learner_attempts",
    "class_learner_skills",
    "class_matrix",
    "class_skills",
    "find_class_attempt",
    "learner_history",
    "learner_progress",
    "list_learners",
    "long_rows",
    "matrix_version",
    "quiz_figures",
]
