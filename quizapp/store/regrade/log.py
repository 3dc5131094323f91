"""What was decided about marks, by whom and when; changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.store.models import Account, Regrade, RegradeChoice, RegradedResponse
from quizapp.store.regrade.live import ExerciseKey
from quizapp.store.regrade.scope import Scope


@dataclass(frozen=True)
class Decision:
    """A regrade as it was committed; `by` is None after the account is gone, or for a command."""

    id: int
    by: str | None
    at: datetime
    finished_at: datetime | None
    choice: RegradeChoice
    to_revision: str
    answers: int


def list_decisions(session: Session, key: ExerciseKey, scope: Scope) -> list[Decision]:
    """Return what was decided in a scope about an exercise, the latest first."""
    count = func.count(RegradedResponse.response_id)
    statement = (
        select(
            Regrade.id,
            Account.login_name,
            Regrade.started_at,
            Regrade.finished_at,
            Regrade.choice,
            Regrade.to_revision,
            count,
        )
        .outerjoin(Account, Account.id == Regrade.account_id)
        .outerjoin(RegradedResponse, RegradedResponse.regrade_id == Regrade.id)
        .where(
            Regrade.class_id.is_not_distinct_from(scope.class_id),
            Regrade.source_id == key.source_id,
            Regrade.language == key.language,
            Regrade.exercise_id == key.exercise_id,
        )
        .group_by(Regrade.id, Account.login_name)
        .order_by(Regrade.id.desc())
    )
    return [Decision(*row) for row in session.execute(statement)]
