"""Puts the data of a person into an order that can be read; reads no table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizapp.store.own_export import Data, Row
from quizapp.web.permissions import ROLE_NAMES


@dataclass(frozen=True)
class OwnAnswer:
    """One answer; points 0–10,000, None before the release; confidence 1–3 where it was asked."""

    exercise: str
    step: int
    at: datetime
    unsure: bool
    points: int | None
    confidence: int | None


@dataclass(frozen=True)
class OwnAttempt:
    """One attempt with its answers; score 0–10,000, None before the release."""

    id: int
    title: str
    purpose: str
    started_at: datetime
    finished_at: datetime | None
    late: bool
    score: int | None
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True)
class Story:
    """The data of a person as the page tells them, moments as moments."""

    now: datetime
    account: Row
    roles: list[str]
    classes: list[Row]
    attempts: list[OwnAttempt]
    notes: list[Row]
    extensions: list[Row]
    contests: list[Row]
    cards: list[Row]
    sessions: list[Row]
    tries: list[Row]
    log: list[Row]


def tell_story(data: Data) -> Story:
    """Order the data of `export_account` as a person would: the latest attempts come first."""
    scores = {row["attempt_id"]: row["score"] for row in data["attempt_scores"]}
    answers: dict[int, list[OwnAnswer]] = {}
    for row in data["responses"]:
        answers.setdefault(row["attempt_id"], []).append(_answer(_timed(row)))
    attempts = [
        _attempt(_timed(row), scores.get(row["id"]), tuple(answers.get(row["id"], ())))
        for row in reversed(data["attempts"])
    ]
    account = _timed(data["accounts"][0])
    return Story(
        now=datetime.fromisoformat(data["exported_at"]),
        account=account,
        roles=[name for role, name in ROLE_NAMES.items() if account[f"is_{role}"]],
        classes=_all_timed(data["memberships"]),
        attempts=attempts,
        notes=_all_timed(data["notes"]),
        extensions=_all_timed(data["extensions"]),
        contests=_all_timed(data["contests"]),
        cards=_all_timed(data["cards"]),
        sessions=_all_timed(data["sessions"]),
        tries=_all_timed(data["refused_tries"]),
        log=_all_timed(data["log"]),
    )


def _answer(row: Row) -> OwnAnswer:
    return OwnAnswer(
        exercise=row["exercise_id"],
        step=row["step"],
        at=row["answered_at"],
        unsure=row["unsure"],
        points=row["points"],
        confidence=row["confidence"],
    )


def _attempt(row: Row, score: int | None, answers: tuple[OwnAnswer, ...]) -> OwnAttempt:
    return OwnAttempt(
        id=row["id"],
        title=row["title"] or row["quiz_id"],
        purpose=row["purpose"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        late=row["late"],
        score=score,
        answers=answers,
    )


def _all_timed(rows: list[Row]) -> list[Row]:
    return [_timed(row) for row in rows]


def _timed(row: Row) -> Row:
    """Return a row with its moments as moments: the columns that end in _at or are `at`."""
    return {name: _moment(name, value) for name, value in row.items()}


def _moment(name: str, value: Any) -> Any:
    if (name == "at" or name.endswith("_at")) and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value
