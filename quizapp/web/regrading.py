"""Regrading one exercise, for authors and teachers alike; knows no address of either."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, flash
from flask_babel import gettext, ngettext
from flask_login import current_user
from wtforms import Form, StringField

from quizapp.content.revisions import InvalidDocument
from quizapp.core.messages import N_
from quizapp.core.scores import percent
from quizapp.exercises.base import Grade
from quizapp.exercises.registry import get_kind
from quizapp.store.db import db
from quizapp.store.models import RegradeChoice
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade import (
    PRACTICE,
    Decision,
    DryRun,
    ExerciseKey,
    LiveExercise,
    NothingToRegrade,
    RegradeRefused,
    RegradeUnderWay,
    Scope,
    check_choice,
    dry_run,
    find_open_regrade,
    list_decisions,
    live_exercises,
    load_exercise,
    open_regrade,
    run_regrade,
)
from quizapp.web.acting import acting
from quizapp.web.clock import now
from quizapp.web.library import current_library

BATCHES = 10
"""Transactions in one request; a regrade that needs more goes on with the next."""

FEWEST = 5
"""Answers below which authors see no marks of other people."""

CHOICES: Mapping[RegradeChoice, str] = {
    RegradeChoice.CURRENT: N_("Mark with the current key"),
    RegradeChoice.EITHER: N_("Keep the better of the former and the current marks"),
    RegradeChoice.FULL: N_("Give every answer full credit"),
    RegradeChoice.LEAVE: N_("Leave the marks as they are"),
}


class ChoiceForm(Form):
    """What is to become of the marks."""

    choice = StringField()


@dataclass(frozen=True)
class FormerKey:
    """A key that gave marks before, as the review of an answer right by it; `n` answers have it."""

    served: ServedExercise
    review: Any
    n: int


@dataclass(frozen=True)
class RegradePage:
    """What the page of a regrade shows; `current_key` is the review of a right answer.

    `former_keys` are those that gave the marks of now, the most used first. `interrupted` is the
    choice that was begun and must be finished first; `author_choice` what the authors decided for
    practice.
    """

    key: ExerciseKey
    live: LiveExercise
    run: DryRun
    title: str | None
    current_key: Any
    former_keys: Sequence[FormerKey]
    decisions: Sequence[Decision]
    interrupted: RegradeChoice | None
    author_choice: RegradeChoice | None


def get_live(source: str, language: str, exercise: str) -> LiveExercise:
    """Return an exercise as it is served now; 404 for any other."""
    found = live_exercises(db.session(), current_library(), source)
    return found.get(ExerciseKey(source, language, exercise)) or abort(404)


def regrade_page(live: LiveExercise, scope: Scope) -> RegradePage:
    """Return the dry run of a regrade with what was decided before."""
    session, served = db.session(), live.exercise
    kind = get_kind(served.kind)
    key = ExerciseKey(live.quiz.source_id, live.quiz.language, served.id)
    run = dry_run(session, key, served, scope)
    return RegradePage(
        key=key,
        live=live,
        run=run,
        title=served.exercise.title,
        current_key=kind.review(served.exercise, kind.samples(served.exercise).right),
        former_keys=list_former_keys(run),
        decisions=list_decisions(session, key, scope),
        interrupted=_interrupted(key, live, scope),
        author_choice=_author_choice(key, live) if scope != PRACTICE else None,
    )


def list_former_keys(run: DryRun) -> list[FormerKey]:
    """Return the keys by which the answers of a dry run are marked now, each as a right answer.

    One that cannot be read any more is left out; revisions that differ in their words are one key.
    """
    counted = Counter(line.marked_by for line in run.lines)
    found: dict[str, FormerKey] = {}
    for revision, n in counted.most_common():
        try:
            served = load_exercise(db.session(), revision)
        except InvalidDocument:
            continue
        kind, known = get_kind(served.kind), found.get(served.hashes.key)
        review = kind.review(served.exercise, kind.samples(served.exercise).right)
        total = n + (known.n if known else 0)
        found[served.hashes.key] = (
            FormerKey(served, review, total) if known is None else replace(known, n=total)
        )
    return list(found.values())


def read_choice(form: ChoiceForm, page: RegradePage) -> RegradeChoice | None:
    """Return a choice that can be made; None, with the reason on the field, for any other."""
    try:
        choice = RegradeChoice(form.choice.data or "")
        check_choice(page.run, choice)
    except NothingToRegrade:
        return choice
    except RegradeRefused:
        fault = gettext("These answers were given to another question: leave or full credit.")
    except ValueError:
        fault = gettext("Choose what is to become of the marks.")
    else:
        if page.interrupted in (None, choice):
            return choice
        fault = gettext("What was begun has to be finished first.")
    form.choice.errors = [*form.choice.errors, fault]
    return None


def commit(page: RegradePage, scope: Scope, choice: RegradeChoice) -> bool:
    """Change the marks, and say how far that came; False when another request has to go on."""
    if not page.run.lines:
        flash(gettext("There is nothing to mark again."))
        return True
    target = f"exercise:{'/'.join(page.key)}"
    try:
        with acting("regrade.commit", target, choice=choice, class_id=scope.class_id) as session:
            regrade_id = open_regrade(
                session, page.live, scope, choice, account_id=current_user.id, now=now()
            )
    except RegradeUnderWay:
        return False
    done = run_regrade(session, regrade_id, now(), batches=BATCHES)
    if done:
        n = len(page.run.lines)
        flash(ngettext("%(num)s answer is decided.", "%(num)s answers are decided.", n), "good")
    return done


def choices_of(page: RegradePage) -> list[tuple[str, str, str]]:
    """Return value, label and consequence of each choice, for the radio buttons."""
    offered = [page.interrupted] if page.interrupted else list(CHOICES)
    return [(each.value, gettext(CHOICES[each]), _consequence(page.run, each)) for each in offered]


def count_marks(run: DryRun) -> list[tuple[int, int | None, int]]:
    """Return how many answers go from which mark to which (0–100, None = to another question).

    Nothing for fewer answers than say nothing of a single learner.
    """
    if len(run.lines) < FEWEST:
        return []
    counted = Counter(
        (
            percent(line.before.points),
            percent(line.current.points) if isinstance(line.current, Grade) else None,
        )
        for line in run.lines
    )
    ordered = sorted(counted.items(), key=lambda item: (-item[1], str(item[0])))
    return [(before, after, n) for (before, after), n in ordered]


def _consequence(run: DryRun, choice: RegradeChoice) -> str:
    gain, lose = run.changes[choice]
    if not gain and not lose:
        return gettext("no mark changes")
    return gettext("higher: %(gain)s, lower: %(lose)s", gain=gain, lose=lose)


def _interrupted(key: ExerciseKey, live: LiveExercise, scope: Scope) -> RegradeChoice | None:
    begun = find_open_regrade(db.session(), key, scope)
    same = begun is not None and begun.to_revision == live.exercise.revision
    return begun.choice if begun is not None and same else None


def _author_choice(key: ExerciseKey, live: LiveExercise) -> RegradeChoice | None:
    latest = next(iter(list_decisions(db.session(), key, PRACTICE)), None)
    same = latest is not None and latest.to_revision == live.exercise.revision
    return latest.choice if latest is not None and same else None
