"""Results of learners and classes, computed when read; knows no page and no wording."""

from quizapp.store.results.authors import ExerciseFigures, QuizFigures, quiz_figures
from quizapp.store.results.grid import Handed, MatrixCell
from quizapp.store.results.history import (
    AttemptLine,
    class_learner_attempts,
    find_class_attempt,
    learner_history,
)
from quizapp.store.results.item import GroupAnswers, ItemAnswers, OptionAnswers, item_answers
from quizapp.store.results.items import AssignmentSummary, ExerciseSummary, assignment_summary
from quizapp.store.results.matrix import (
    Average,
    Learner,
    LongRow,
    Matrix,
    MatrixRow,
    class_matrix,
    list_learners,
    long_rows,
    matrix_version,
)
from quizapp.store.results.progress import (
    BeforeAfter,
    Calibration,
    FormResult,
    Progress,
    SkillMove,
    before_and_after,
    learner_progress,
    read_progress,
    skill_moves,
)
from quizapp.store.results.skills import (
    ClassSkills,
    LearnerSkills,
    SkillFigures,
    SkillPool,
    class_learner_skills,
    class_skills,
)

__all__ = [
    "AssignmentSummary",
    "AttemptLine",
    "Average",
    "BeforeAfter",
    "Calibration",
    "ClassSkills",
    "ExerciseFigures",
    "ExerciseSummary",
    "FormResult",
    "GroupAnswers",
    "Handed",
    "ItemAnswers",
    "Learner",
    "LearnerSkills",
    "LongRow",
    "Matrix",
    "MatrixCell",
    "MatrixRow",
    "OptionAnswers",
    "Progress",
    "QuizFigures",
    "SkillFigures",
    "SkillMove",
    "SkillPool",
    "assignment_summary",
    "before_and_after",
    "class_learner_attempts",
    "class_learner_skills",
    "class_matrix",
    "class_skills",
    "find_class_attempt",
    "item_answers",
    "learner_history",
    "learner_progress",
    "list_learners",
    "long_rows",
    "matrix_version",
    "quiz_figures",
    "read_progress",
    "skill_moves",
]
