"""Mistakes that come back when they are due: the only module that knows the scheduler `fsrs`.

Cards follow from answers that are released to their learner and from nothing else. Reading takes
in what the stored cards do not know yet; only beginning a review writes it down. Time counts in
days of the school, so that a card is due from the morning on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, time, tzinfo
from itertools import groupby
from typing import Any, NamedTuple

import fsrs
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.core.scores import FULL
from quizapp.store.attempts import Actor
from quizapp.store.attempts.context import check_signed_in
from quizapp.store.attempts.start import start_one_exercise
from quizapp.store.db import write
from quizapp.store.models import Assignment, Attempt, Card, Purpose, Response
from quizapp.store.quizzes import ServedQuiz, choose_language, list_quizzes
from quizapp.store.release import answers_released, has_holding_assignment, list_unreleased
from quizapp.store.set_asides import is_set_aside
from quizapp.store.statements import insert

SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
NOON = time(12, tzinfo=UTC)
_TAKEN_IN = "response"
_NOT_KEPT = ("language", "is_kept")

Key = tuple[str, str]
"""The ids of a source and of an exercise in it."""


class Answer(NamedTuple):
    """A released first step, whatever the attempt was for."""

    id: int
    source_id: str
    exercise_id: str
    language: str
    points: int
    right: bool
    answered_at: datetime

    @property
    def key(self) -> Key:
        """What it is an answer to."""
        return (self.source_id, self.exercise_id)


@dataclass(frozen=True)
class Mistake:
    """A card as it stands now; `right_on` and `learnt_at` are as in the table.

    `card` is the scheduler's state, with the id of the last answer that it took in. `language` is
    that of the last answer, `is_kept` whether the database has it so.
    """

    source_id: str
    exercise_id: str
    card: Mapping[str, Any]
    due_at: datetime
    right_on: str | None
    created_at: datetime
    learnt_at: datetime | None
    language: str = ""
    is_kept: bool = True


@dataclass(frozen=True)
class Reviews:
    """What a learner has to review; nothing of a quiz whose answers are not released yet.

    `due` counts what can be reviewed now, `resting` what comes back later, first at `next_due`;
    `learnt` was right on two days, `gone` is no longer offered. `open_attempt` is under way.
    """

    due: int
    resting: int
    learnt: int
    gone: int
    next_due: datetime | None
    open_attempt: int | None

    @property
    def is_empty(self) -> bool:
        """Whether there never was a mistake to review."""
        return not (self.due or self.resting or self.learnt or self.gone or self.open_attempt)


def read_reviews(
    session: Session, library: Library, account_id: int, now: datetime, zone: tzinfo
) -> Reviews:
    """Return what a learner has to review now, at a school of this time zone."""
    shelf = _Shelf(session, library, account_id, now)
    mistakes = [card for card in _mistakes(session, account_id, now, zone) if shelf.may_show(card)]
    waiting = [card for card in mistakes if card.learnt_at is None and shelf.has(card)]
    later = [card.due_at for card in waiting if card.due_at > now]
    return Reviews(
        due=len(waiting) - len(later),
        resting=len(later),
        learnt=sum(card.learnt_at is not None for card in mistakes),
        gone=sum(card.learnt_at is None and not shelf.has(card) for card in mistakes),
        next_due=min(later, default=None),
        open_attempt=_find_open(session, account_id, now),
    )


def start_review(
    session: Session,
    library: Library,
    actor: Actor,
    *,
    language: str,
    now: datetime,
    zone: tzinfo,
) -> int | None:
    """Return the learner's open review, else one begun with the mistake due first, None without.

    It is asked in the language of the last answer, else in that of the interface. What is no
    longer offered is skipped. One write transaction of its own, which also writes the cards
    down. Raises SignedOut.
    """
    with write(session):
        check_signed_in(session, actor, now)
        found = _find_open(session, actor.account_id, now)
        if found is not None:
            return found
        _close_open(session, actor.account_id, now)
        mistakes = _mistakes(session, actor.account_id, now, zone)
        _keep(session, actor.account_id, mistakes)
        shelf = _Shelf(session, library, actor.account_id, now)
        for card in sorted(mistakes, key=lambda each: (each.due_at, each.created_at)):
            if card.learnt_at is None and card.due_at <= now and shelf.may_show(card):
                quiz = shelf.find(card, language)
                if quiz is not None:
                    return start_one_exercise(session, actor, quiz, card.exercise_id, now)
        return None


class _Shelf:
    """Which quiz holds an exercise now, and whether the learner may see its key."""

    def __init__(self, session: Session, library: Library, account_id: int, now: datetime) -> None:
        self._unreleased = list_unreleased(session, account_id, now)
        self._quizzes: dict[Key, dict[str, ServedQuiz]] = {}
        for quiz in list_quizzes(session, library):
            for exercise_id in quiz.by_id:
                key = (quiz.source_id, exercise_id)
                self._quizzes.setdefault(key, {})[quiz.language] = quiz

    def has(self, card: Mistake) -> bool:
        return (card.source_id, card.exercise_id) in self._quizzes

    def may_show(self, card: Mistake) -> bool:
        quizzes = self._quizzes.get((card.source_id, card.exercise_id), {})
        return not any((q.source_id, q.id) in self._unreleased for q in quizzes.values())

    def find(self, card: Mistake, language: str) -> ServedQuiz | None:
        quizzes = self._quizzes.get((card.source_id, card.exercise_id))
        if quizzes is None:
            return None
        return quizzes[choose_language(tuple(sorted(quizzes)), card.language, language)]


def fold(stored: Mistake | None, answers: Iterable[Answer], zone: tzinfo) -> Mistake | None:
    """Return the card after answers to one exercise, in order of time; None without a mistake.

    The first answer below full marks makes a card, and so does one after it was learnt. Wrong is
    "again" to the scheduler, right "good". Right on two different days is learnt.
    """
    card = stored
    for answer in answers:
        if card is not None and answer.id <= card.card[_TAKEN_IN]:
            continue
        if card is not None and card.learnt_at is None:
            card = _advance(card, answer, zone)
        elif answer.points < FULL:
            card = _open(answer, zone)
    return card


def _open(answer: Answer, zone: tzinfo) -> Mistake:
    state, due_at = _schedule(fsrs.Card(card_id=answer.id), answer, zone)
    return Mistake(*answer.key, state, due_at, None, answer.answered_at, None, is_kept=False)


def _advance(card: Mistake, answer: Answer, zone: tzinfo) -> Mistake:
    before: Any = {**card.card}
    state, due_at = _schedule(fsrs.Card.from_dict(before), answer, zone)
    day = answer.answered_at.astimezone(zone).date().isoformat()
    right_on = card.right_on or (day if answer.right else None)
    learnt = answer.right and right_on != day
    return replace(
        card,
        card=state,
        due_at=due_at,
        right_on=right_on,
        learnt_at=answer.answered_at if learnt else None,
        is_kept=False,
    )


def _schedule(card: fsrs.Card, answer: Answer, zone: tzinfo) -> tuple[dict[str, Any], datetime]:
    """Return the state after an answer, and the morning of the school day on which it is due."""
    rating = fsrs.Rating.Good if answer.right else fsrs.Rating.Again
    noon = datetime.combine(answer.answered_at.astimezone(zone).date(), NOON)
    after, _ = SCHEDULER.review_card(card, rating, review_datetime=noon)
    morning = datetime.combine(after.due.date(), time(tzinfo=zone))
    return {**after.to_dict(), _TAKEN_IN: answer.id}, morning.astimezone(UTC)


def _mistakes(session: Session, account_id: int, now: datetime, zone: tzinfo) -> list[Mistake]:
    """Return a learner's cards with all released answers taken in.

    What a corrected key has made right everywhere is no mistake, and a card of which no answer
    is released is not there.
    """
    names = [each.name for each in fields(Mistake) if each.name not in _NOT_KEPT]
    rows = session.execute(
        select(*(Card.__table__.c[name] for name in names)).where(Card.account_id == account_id)
    )
    stored = {row[:2]: Mistake(*row) for row in rows}
    found = []
    for key, answers in _answers(session, account_id, now):
        if any(answer.points < FULL for answer in answers):
            card = fold(stored.get(key), answers, zone)
            if card is not None:
                found.append(replace(card, language=answers[-1].language))
    return found


def _answers(session: Session, account_id: int, now: datetime) -> list[tuple[Key, list[Answer]]]:
    """Return a learner's released answers by exercise, each in order of time."""
    rows = session.execute(
        select(
            Response.id,
            Attempt.source_id,
            Response.exercise_id,
            Attempt.language,
            Response.points,
            Response.right,
            Response.answered_at,
        )
        .join(Attempt, Attempt.id == Response.attempt_id)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            Attempt.account_id == account_id,
            Response.step == 1,
            answers_released(now),
            ~is_set_aside(),
        )
        .order_by(Attempt.source_id, Response.exercise_id, Response.id)
    )
    answers = [Answer(*row) for row in rows]
    return [(key, list(group)) for key, group in groupby(answers, key=lambda each: each.key)]


def _keep(session: Session, account_id: int, mistakes: Sequence[Mistake]) -> None:
    """Write the cards down as they stand; inside a write transaction."""
    rows = [{"account_id": account_id, **_columns(card)} for card in mistakes if not card.is_kept]
    if rows:
        statement = insert(session, "cards")
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["account_id", "source_id", "exercise_id"],
                set_={name: statement.excluded[name] for name in _columns(mistakes[0])},
            ),
            rows,
        )


def _columns(card: Mistake) -> dict[str, Any]:
    return {name: value for name, value in asdict(card).items() if name not in _NOT_KEPT}


def _find_open(session: Session, account_id: int, now: datetime) -> int | None:
    """Return the review under way, None without one and while an assignment holds it back."""
    row = session.scalar(select(Attempt).where(*_under_way(account_id)))
    if row is None or has_holding_assignment(session, row, now):
        return None
    return row.id


def _close_open(session: Session, account_id: int, now: datetime) -> None:
    """End a review that is held back, so that others can be done; it has no answer."""
    session.execute(update(Attempt).where(*_under_way(account_id)).values(finished_at=now))


def _under_way(account_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Attempt.account_id == account_id,
        Attempt.purpose == Purpose.REVIEW,
        Attempt.finished_at.is_(None),
    )
