"""Asks one exercise and takes its answer; knows no rule of grading and none of release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quizapp.exercises.further import FurtherStep
from quizapp.exercises.registry import get_kind
from quizapp.store.attempts import (
    AttemptMissing,
    AttemptRefused,
    AttemptState,
    Outcome,
    SignedOut,
    check_step,
    record_answer,
    record_step,
)
from quizapp.store.db import db
from quizapp.store.quizzes import ServedExercise
from quizapp.web.clock import now
from quizapp.web.learner import blueprint
from quizapp.web.learner.attempts import list_lines
from quizapp.web.learner.contesting import ContestForm, contesting, send_contest
from quizapp.web.learner.exercise_page import (
    Part,
    Stage,
    ask_part,
    asked_for,
    next_step,
    place_of,
    progress_text,
    saved_part,
    stored_part,
    verdict,
)
from quizapp.web.learner.own import actor, get_attempt, get_exercise, get_own_exercise
from quizapp.web.learner.refusals import closed_unanswered, words_for
from quizapp.web.learner.steps import find_step, show_steps
from quizapp.web.permissions import learner_required
from quizapp.web.refill import is_refill, refillable, submitted, typed

STEPS = ("2", "3")
Answer = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Here:
    """The exercise of an attempt that a request is about."""

    attempt: AttemptState
    served: ServedExercise


@blueprint.route(
    "/attempts/<id:attempt>/exercises/<slug:exercise>",
    methods=["GET", "POST"],
    endpoint="exercise",
)
@refillable
@learner_required
def show_exercise(attempt: int, exercise: str) -> Answer:
    """Ask an exercise, take its answer, show what may be shown of an answered one."""
    if submitted():
        served = get_own_exercise(attempt, exercise)
        is_step = typed().get("step", "1") != "1"
        return _take_step(attempt, served) if is_step else _take_answer(attempt, served)
    here = _find(attempt, exercise)
    if here.attempt.response(exercise) is not None or here.attempt.is_finished:
        return _show_answered(here)
    if not here.attempt.is_open:
        return _show_closed(here)
    return _ask(here, ask_part(here.served, typed() if is_refill() else asked_for()))


@blueprint.post("/attempts/<id:attempt>/exercises/<slug:exercise>/contest", endpoint="contest")
@refillable
@learner_required
def contest(attempt: int, exercise: str) -> Answer:
    """Take a reason against a key that is shown; 404 while it is not."""
    here = _find(attempt, exercise)
    if not here.attempt.shows_key(exercise):
        abort(404)
    form = ContestForm(typed())
    if submitted() and form.validate():
        return send_contest(here.attempt, here.served, form)
    page, _ = _show_answered(here, contest=form)
    return page, 422 if submitted() else 200


def _find(attempt: int, exercise: str) -> Here:
    state = get_attempt(attempt)
    return Here(state, get_exercise(state, exercise))


def _take_answer(attempt: int, served: ServedExercise) -> Answer:
    """Store an answer; the attempt as a whole is read only where its page is shown at once."""
    form = get_kind(served.kind).form(served.exercise, typed())
    if not form.validate():
        return _show_invalid(_find(attempt, served.id))
    try:
        recorded = record_answer(
            db.session(),
            actor(),
            attempt_id=attempt,
            exercise=served,
            payload=form.payload(),
            now=now(),
        )
    except (AttemptMissing, SignedOut):
        raise
    except AttemptRefused as refusal:
        return _show_refused(_find(attempt, served.id), refusal)
    if recorded.outcome is Outcome.DIFFERENT:
        return _show_answered(_find(attempt, served.id), conflict=True)
    return redirect(_address(attempt, served.id) + "#verdict", 303)


def _take_step(attempt: int, served: ServedExercise) -> Answer:
    """Store the answer to a further step; 404 for a step that the exercise has not."""
    step = find_step(served, typed().get("step"))
    try:
        if step is None:
            return _refuse_step(_find(attempt, served.id), str(typed().get("step")))
        form = step.form(typed())
        if not form.validate():
            return _show_invalid_step(_find(attempt, served.id), step)
        recorded = record_step(
            db.session(),
            actor(),
            attempt_id=attempt,
            exercise=served,
            step=step,
            payload=form.payload(),
            now=now(),
        )
    except (AttemptMissing, SignedOut):
        raise
    except AttemptRefused as refusal:
        return _show_refused_step(_find(attempt, served.id), refusal)
    if recorded.outcome is Outcome.DIFFERENT:
        return _show_answered(_find(attempt, served.id), conflict=True)
    return redirect(_address(attempt, served.id) + "#verdict", 303)


def _refuse_step(here: Here, sent: str) -> NoReturn:
    """Refuse a step that the exercise has not: while its key is hidden, as one not asked yet."""
    if sent not in STEPS or here.attempt.shows_key(here.served.id):
        abort(404)
    check_step(here.attempt, here.served, int(sent))
    abort(404)


def _show_invalid_step(here: Here, step: FurtherStep) -> tuple[str, int]:
    """Name what is wrong; raises an AttemptRefused where the step is not asked."""
    if here.attempt.response(here.served.id, step.number) is not None:
        return _show_answered(here, conflict=True)
    check_step(here.attempt, here.served, step.number)
    page, _ = _show_answered(here, check=True)
    return page, 422


def _show_refused_step(here: Here, refusal: AttemptRefused) -> tuple[str, int]:
    part = ask_part(here.served, None)
    return _render(here, part, Stage.REFUSED, refusal=words_for(refusal), sent=False), 409


def _address(attempt: int, exercise: str) -> str:
    """Return the address of an exercise, which is also where its form is sent."""
    return url_for("learner.exercise", attempt=attempt, exercise=exercise)


def _show_invalid(here: Here) -> tuple[str, int]:
    if here.attempt.response(here.served.id) is not None:
        return _show_answered(here, conflict=True)
    if here.attempt.is_open and not here.attempt.is_finished:
        return _ask(here, ask_part(here.served, typed(), check=True)), 422
    return _show_closed(here), 409


def _ask(here: Here, part: Part) -> str:
    return _render(here, part, Stage.ASK)


def _show_answered(
    here: Here,
    *,
    conflict: bool = False,
    check: bool = False,
    contest: ContestForm | None = None,
) -> tuple[str, int]:
    """Show the stored answer: with its correction where it is released, else without.

    The reasons come when no further step is open, since they tell its answers. `check` names what
    is wrong with the open step.
    """
    stored = here.attempt.response(here.served.id)
    status = 409 if conflict else 200
    sent = typed() if (check or is_refill()) and "step" in typed() else None
    steps = show_steps(here.attempt, here.served, sent, check=check)
    explained = all(step.stored for step in steps)
    shown: dict[str, object] = {
        "steps": steps,
        "step_verdict": any(step.stored for step in steps),
        "explained": explained,
    }
    if here.attempt.shows_key(here.served.id):
        part = stored_part(here.served, stored)
        grade, answered = part.review.grade, stored is not None
        title = verdict(grade.points, unsure=grade.unsure, answered=answered, explained=explained)
        shown |= {"contesting": contesting(here.attempt, here.served, contest)}
        page = _render(here, part, Stage.REVIEW, **shown, verdict=title, conflict=conflict)
        return page, status
    part = saved_part(here.served, stored.payload) if stored else ask_part(here.served, None)
    return _render(here, part, Stage.SAVED, **shown, conflict=conflict, stored=stored), status


def _show_closed(here: Here) -> str:
    """Say that it is too late, with the answer that was to be stored if there was a whole one."""
    part = ask_part(here.served, typed() if is_refill() else None)
    return _render(
        here,
        part,
        Stage.REFUSED,
        refusal=closed_unanswered(),
        sent=is_refill() and part.form.validate(),
        lines=list_lines(here.attempt),
    )


def _show_refused(here: Here, refusal: AttemptRefused) -> tuple[str, int]:
    """Show what came in, which cannot be stored any more, and why."""
    part = ask_part(here.served, typed())
    return _render(here, part, Stage.REFUSED, refusal=words_for(refusal)), 409


_NOTHING_ELSE: Mapping[str, object] = {
    "verdict": "",
    "conflict": False,
    "stored": None,
    "refusal": None,
    "sent": True,
    "lines": (),
    "steps": (),
    "step_verdict": False,
    "explained": True,
    "contesting": None,
}


def _render(here: Here, part: Part, stage: Stage, **context: object) -> str:
    place = place_of(here.attempt, here.served)
    steps = [step for exercise, step in here.attempt.responses if exercise == here.served.id]
    return render_template(
        "learner/exercise.html",
        **{**_NOTHING_ELSE, **context},
        exercise_id=here.served.id,
        attempt=here.attempt,
        not_counted=here.served.id in here.attempt.set_aside,
        part=part,
        stage=stage,
        stored_steps=steps,
        is_saved=1 in steps,
        done=place - (stage is Stage.ASK),
        progress=progress_text(here.attempt, here.served),
        following=next_step(here.attempt, here.served),
        answer_url=_address(here.attempt.id, here.served.id),
    )
