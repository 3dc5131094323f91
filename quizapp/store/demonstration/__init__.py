"""The demonstration class: simulated learners who answer through the function of the web form.

It knows who answers what and when; the answers themselves are stored, scored and counted as those
of any learner. The same seed gives the same rows; what was interrupted goes on where it stopped.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.content.model import Library, QuizKey
from quizapp.store.assignments import Terms, assign, list_assignments
from quizapp.store.db import write
from quizapp.store.demonstration.choosing import choose_quizzes
from quizapp.store.demonstration.people import DAY, NAMES, Habit, mind, plan
from quizapp.store.demonstration.scenes import EXCUSED, RETRIED, RETRIES, Stage, contest, prepare
from quizapp.store.demonstration.work import Worker
from quizapp.store.models import (
    Account,
    Assignment,
    Attempt,
    Feedback,
    Membership,
    Role,
    SchoolClass,
)

__all__ = ["choose_quizzes", "load_demonstration"]

SEED = 2025
CLASS_AGE = 30 * DAY

Progress = Callable[[int, int], None]


def load_demonstration(
    session: Session,
    library: Library,
    teacher_id: int,
    now: datetime,
    *,
    language: str = "fr",
    name: str = "Demonstration",
    seed: int = SEED,
    progress: Progress = lambda done, total: None,
) -> int:
    """Give a teacher the demonstration class, complete, and return its id.

    One write transaction for the class and one for each learner and assignment, so that other
    writers come between and an interrupted load goes on where it stopped; a complete class is
    left as it is. `language` is preferred where the library has it. `progress` hears of the steps
    done and of all. Raises LookupError when the library has no quiz.
    """
    class_id = _find_class(session, teacher_id)
    if class_id is None:
        quizzes = choose_quizzes(library, language)
        with write(session):
            class_id = _make_class(session, teacher_id, name, now)
            _assign_all(session, class_id, quizzes, library)
            stage = _stage(session, class_id, teacher_id)
            prepare(session, stage, lambda given: _exercises(library, given), now)
    stage = _stage(session, class_id, teacher_id)
    _answer_all(session, library, stage, seed, progress)
    with write(session):
        contest(session, stage, now)
    return class_id


def _find_class(session: Session, teacher_id: int) -> int | None:
    return session.scalar(
        select(SchoolClass.id)
        .join(Membership, Membership.class_id == SchoolClass.id)
        .where(
            SchoolClass.is_demo.is_(True),
            SchoolClass.archived_at.is_(None),
            Membership.account_id == teacher_id,
            Membership.role == Role.TEACHER,
            Membership.ended_at.is_(None),
        )
        .order_by(SchoolClass.id)
        .limit(1)
    )


def _make_class(session: Session, teacher_id: int, name: str, now: datetime) -> int:
    """Make the class with its teacher and its learners, who have no secret and cannot sign in."""
    began = now.replace(microsecond=0) - CLASS_AGE
    room = SchoolClass(name=name, is_demo=True, join_open=False, created_at=began)
    session.add(room)
    session.flush()
    session.add(
        Membership(class_id=room.id, account_id=teacher_id, role=Role.TEACHER, joined_at=began)
    )
    for number, label in enumerate(NAMES, 1):
        login_name = f"demo-{room.id}-{number:02}"
        account = Account(
            login_name=login_name, login_key=login_name, is_demo=True, created_at=began
        )
        session.add(account)
        session.flush()
        session.add(
            Membership(class_id=room.id, account_id=account.id, label=label, joined_at=began)
        )
    session.flush()
    return room.id


def _assign_all(session: Session, class_id: int, quizzes: list[QuizKey], library: Library) -> None:
    """Assign the quizzes four days apart, the last due in two days; one allows retries."""
    began = session.get_one(SchoolClass, class_id).created_at
    for number, key in enumerate(quizzes):
        due = began + CLASS_AGE + 2 * DAY - 4 * DAY * (len(quizzes) - 1 - number)
        retried = number == RETRIED
        terms = Terms(
            feedback=Feedback.AT_END if retried else Feedback.AT_ONCE,
            language=key[2],
            due_at=due,
            attempts_limit=2 if retried else 1,
        )
        title = library.quizzes[key].title
        assign(
            session,
            [class_id],
            (key[0], key[1], title),
            terms,
            created_by=None,
            now=max(began, due - 7 * DAY),
        )


def _learners(session: Session, class_id: int) -> list[int]:
    """Return the simulated learners in the order in which they were made."""
    return list(
        session.scalars(
            select(Membership.account_id)
            .where(Membership.class_id == class_id, Membership.role == Role.LEARNER)
            .order_by(Membership.id)
        )
    )


def _stage(session: Session, class_id: int, teacher_id: int) -> Stage:
    assignments = list_assignments(session, class_id)
    language = next((each.language for each in assignments if each.language), "en")
    return Stage(class_id, teacher_id, language, assignments, _learners(session, class_id))


def _exercises(library: Library, given: Assignment) -> list[str]:
    quiz = library.quizzes[given.source_id, given.quiz_id, given.language or ""]
    return [exercise.id for exercise in quiz.exercises]


def _answer_all(
    session: Session, library: Library, stage: Stage, seed: int, progress: Progress
) -> None:
    now = session.get_one(SchoolClass, stage.class_id).created_at + CLASS_AGE
    done = {
        (row.account_id, row.assignment_id)
        for row in session.execute(
            select(Attempt.account_id, Attempt.assignment_id)
            .join(Assignment, Assignment.id == Attempt.assignment_id)
            .where(Assignment.class_id == stage.class_id)
        )
    }
    total, steps = len(stage.learners) * len(stage.assignments), 0
    for number, assignment in enumerate(stage.assignments):
        for learner, account_id in enumerate(stage.learners):
            steps += 1
            wanted = plan(seed, learner, number, assignment.due_at or now, now)
            absent = wanted.habit is Habit.ABSENT or (learner, number) == EXCUSED
            if not absent and (account_id, assignment.id) not in done:
                worker = Worker(session, library, account_id, mind(seed, learner, number))
                with write(session):
                    worker.do(assignment.id, wanted, number == RETRIED and learner in RETRIES)
            progress(steps, total)
