"""Starting an attempt, or coming back to the open one; knows limits, no answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, literal, select
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.store.attempts.context import (
    Actor,
    Columns,
    assignment_context,
    check_signed_in,
    is_closed,
)
from quizapp.store.attempts.refusals import (
    AssignmentClosed,
    AttemptsUsed,
    NotOpenYet,
    PracticeBlocked,
)
from quizapp.store.db import write
from quizapp.store.models import Attempt, CellState, Purpose
from quizapp.store.quizzes import (
    QuizMissing,
    ServedQuiz,
    choose_language,
    find_quiz,
    keep_revision,
    quiz_languages,
)
from quizapp.store.release import has_unreleased_assignment
from quizapp.store.set_asides import kept_list, set_aside_ids
from quizapp.store.statements import insert_ignoring, table

Values = dict[str, Any]


def start_assigned(
    session: Session,
    library: Library,
    actor: Actor,
    *,
    assignment_id: int,
    language: str | None,
    now: datetime,
) -> int:
    """Return the id of the learner's open attempt of an assignment, begun if there is none.

    `language` is that of the interface. One write transaction of its own. Raises an
    AttemptRefused, or QuizMissing when the quiz is not served any more.
    """
    with write(session):
        row = assignment_context(session, actor, assignment_id, now)
        mine = and_(Attempt.account_id == actor.account_id, Attempt.assignment_id == assignment_id)
        found = _find_open(session, mine)
        if found is not None:
            return found
        if is_closed(row, now):
            raise AssignmentClosed
        if row.opens_at is not None and now < row.opens_at:
            raise NotOpenYet
        quiz = _choose(session, library, row, language)
        values = _values(actor, quiz, row.excluded, now)
        aside = set_aside_ids(session, row.class_id, quiz.source_id)
        values |= {
            "assignment_id": assignment_id,
            "purpose": Purpose.ASSIGNED,
            "set_aside": kept_list(aside, (each.id for each in quiz.counted(row.excluded))),
        }
        attempt = _insert(session, quiz, values, _next_number(mine), row.attempts_limit)
        if attempt is None:
            attempt = _find_open(session, mine)
        if attempt is None:
            raise AttemptsUsed
        _ensure_cell(session, row.class_id, attempt, values)
        return attempt


def start_practice(
    session: Session,
    library: Library,
    actor: Actor,
    *,
    source_id: str,
    quiz_id: str,
    language: str | None,
    now: datetime,
) -> int:
    """Return the id of the learner's open practice attempt of a quiz, begun if there is none.

    One write transaction of its own. Raises PracticeBlocked while an assignment of the quiz is
    unreleased, SignedOut, QuizMissing.
    """
    with write(session):
        check_signed_in(session, actor, now)
        if has_unreleased_assignment(session, actor.account_id, source_id, quiz_id, now):
            raise PracticeBlocked
        mine = and_(
            Attempt.account_id == actor.account_id,
            Attempt.purpose == Purpose.PRACTICE,
            Attempt.source_id == source_id,
            Attempt.quiz_id == quiz_id,
        )
        found = _find_open(session, mine)
        if found is not None:
            return found
        quiz = _find(session, library, (source_id, quiz_id), (language,))
        values = _values(actor, quiz, [], now)
        values |= {"assignment_id": None, "purpose": Purpose.PRACTICE}
        attempt = _insert(session, quiz, values, _next_number(mine), None)
        attempt = attempt if attempt is not None else _find_open(session, mine)
        if attempt is None:
            raise AttemptsUsed
        return attempt


def start_one_exercise(
    session: Session, actor: Actor, quiz: ServedQuiz, exercise_id: str, now: datetime
) -> int | None:
    """Begin a review of one exercise of a quiz and return its id, None while another is open.

    Inside a write transaction, which has checked that the learner may see its key.
    """
    mine = and_(Attempt.account_id == actor.account_id, Attempt.purpose == Purpose.REVIEW)
    others = [each for each in quiz.by_id if each != exercise_id]
    values = _values(actor, quiz, others, now)
    values |= {"assignment_id": None, "purpose": Purpose.REVIEW}
    return _insert(session, quiz, values, _next_number(mine), None)


def _find_open(session: Session, mine: Any) -> int | None:
    return session.scalar(select(Attempt.id).where(mine, Attempt.finished_at.is_(None)))


def _next_number(mine: Any) -> Select[*tuple[Any, ...]]:
    return select((func.coalesce(func.max(Attempt.number), 0) + 1).label("number")).where(mine)


def _choose(
    session: Session, library: Library, assignment: Columns, language: str | None
) -> ServedQuiz:
    wishes = (assignment.language,) if assignment.language else (language,)
    return _find(session, library, (assignment.source_id, assignment.quiz_id), wishes)


def _find(
    session: Session, library: Library, quiz: tuple[str, str], wishes: tuple[str | None, ...]
) -> ServedQuiz:
    """Return the quiz in the first language wished, else in its source's, else in any."""
    languages = quiz_languages(session, library, *quiz)
    source = library.sources.get(quiz[0])
    original = source.language if source is not None else None
    found = find_quiz(session, library, *quiz, choose_language(languages, *wishes, original))
    if found is None:
        raise QuizMissing("/".join(quiz))
    return found


def _values(actor: Actor, quiz: ServedQuiz, excluded: list[str], now: datetime) -> Values:
    """Return the columns of a new attempt; QuizMissing when every exercise is left out."""
    counted = quiz.counted(excluded)
    if not counted:
        raise QuizMissing(quiz.id)
    return {
        "account_id": actor.account_id,
        "source_id": quiz.source_id,
        "quiz_id": quiz.id,
        "language": quiz.language,
        "quiz_revision": quiz.revision,
        "exercises": len(counted),
        "excluded": sorted(set(excluded) & set(quiz.by_id)),
        "started_at": now,
        "late": False,
    }


def _insert(
    session: Session,
    quiz: ServedQuiz,
    values: Values,
    number: Select[*tuple[Any, ...]],
    limit: int | None,
) -> int | None:
    """Insert the attempt with the next number up to the limit, and its score row.

    None when the database has it otherwise: another attempt is open, or the limit is reached.
    """
    keep_revision(session, quiz)
    columns = table("attempts").c
    following = number.subquery()
    rows = select(
        following.c.number,
        *(literal(value, columns[name].type).label(name) for name, value in values.items()),
    ).where(following.c.number <= limit if limit is not None else following.c.number > 0)
    attempt: int | None = session.scalar(
        insert_ignoring(session, "attempts", returning="id").from_select(["number", *values], rows)
    )
    if attempt is not None:
        zero = dict.fromkeys(_COUNTS, 0)
        session.execute(insert_ignoring(session, "attempt_scores"), {"attempt_id": attempt, **zero})
    return attempt


_COUNTS = (
    "answered",
    "points_sum",
    "score",
    "hits",
    "misses",
    "false_alarms",
    "correct_rejections",
    "version",
)


def _ensure_cell(session: Session, class_id: int, attempt: int, values: Values) -> None:
    """Give the matrix a cell at the first attempt; a later one leaves the first in place."""
    session.execute(
        insert_ignoring(session, "cells"),
        {
            "class_id": class_id,
            "account_id": values["account_id"],
            "assignment_id": values["assignment_id"],
            "state": CellState.IN_PROGRESS,
            "attempt_id": attempt,
            "score": 0,
            "answered": 0,
            "exercises": values["exercises"],
            "set_aside": len(values["set_aside"] or ()) or None,
            "tries": 0,
            "late": False,
            "version": 1,
        },
    )
