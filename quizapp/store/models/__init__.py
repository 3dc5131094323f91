"""All tables, by one import; knows columns and constraints, no queries."""

from quizapp.store.models.answers import (
    Attempt,
    AttemptScore,
    Cell,
    CellState,
    Purpose,
    Response,
)
from quizapp.store.models.base import Base, CanonicalJSON, UTCDateTime, canonical_json
from quizapp.store.models.classes import (
    Assignment,
    ClassCode,
    Extension,
    Feedback,
    Joining,
    Membership,
    Role,
    SchoolClass,
)
from quizapp.store.models.corrections import (
    LONGEST_REASON,
    Contest,
    ContestState,
    Regrade,
    RegradeChoice,
    RegradedResponse,
)
from quizapp.store.models.people import (
    Account,
    AccountSession,
    AuditEntry,
    InstallationValue,
    LinkPurpose,
    LoginFailure,
    OneTimeLink,
    SecretKind,
)
from quizapp.store.models.revisions import ExerciseRevision, Publication, QuizRevision

__all__ = [
    "LONGEST_REASON",
    "Account",
    "AccountSession",
    "Assignment",
    "Attempt",
    "AttemptScore",
    "AuditEntry",
    "Base",
    "CanonicalJSON",
    "Cell",
    "CellState",
    "ClassCode",
    "Contest",
    "ContestState",
    "ExerciseRevision",
    "Extension",
    "Feedback",
    "InstallationValue",
    "Joining",
    "LinkPurpose",
    "LoginFailure",
    "Membership",
    "OneTimeLink",
    "Publication",
    "Purpose",
    "QuizRevision",
    "Regrade",
    "RegradeChoice",
    "RegradedResponse",
    "Response",
    "Role",
    "SchoolClass",
    "SecretKind",
    "UTCDateTime",
    "canonical_json",
]
