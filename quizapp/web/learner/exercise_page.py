"""Prepares the page of one exercise: asked, saved, corrected or refused; stores nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from flask import request, url_for
from flask_babel import gettext, pgettext

from quizapp.core.scores import FULL
from quizapp.exercises.answers import AnswerForm, FormSource
from quizapp.exercises.base import UNANSWERED, FormPair, confidence_of
from quizapp.exercises.registry import get_kind
from quizapp.store.attempts import AttemptState, StoredResponse
from quizapp.store.quizzes import ServedExercise
from quizapp.web.exercises import Complaint, complaints, errors_by_field, kind_name
from quizapp.web.reviews import is_regraded, stored_review


class Stage(StrEnum):
    """What the page of an exercise is for."""

    ASK = "ask"
    SAVED = "saved"
    REVIEW = "review"
    REFUSED = "refused"


@dataclass(frozen=True)
class Part:
    """An exercise as its template needs it: the question or, where it may be seen, the review.

    `title_language` is empty for a title of our own. `form` is filled with what came in or what is
    stored. `review` is None before release; `regraded` marks follow a corrected key. `confidence`
    is how sure the learner was, 1–3.
    """

    kind: str
    title: str
    title_language: str
    source: Mapping[str, Any]
    question: Any
    form: AnswerForm
    errors: Mapping[str, str] = field(default_factory=dict)
    complaints: Sequence[Complaint] = ()
    review: Any = None
    regraded: bool = False
    confidence: int | None = None


@dataclass(frozen=True)
class Step:
    """Where the one button of an answered exercise leads."""

    href: str
    label: str


def title_of(served: ServedExercise) -> str:
    """Return the author's title of an exercise, else the name of its kind."""
    return str(served.exercise.title or kind_name(served.kind))


def title_language(served: ServedExercise) -> str:
    """Return the language of the author's title, empty where the title is the kind's name."""
    return str(served.exercise.passage.language) if served.exercise.title else ""


def ask_part(
    served: ServedExercise, data: FormSource | Iterable[FormPair] | None, *, check: bool = False
) -> Part:
    """Return the exercise as asked, its form filled with `data`; `check` names what is wrong."""
    kind = get_kind(served.kind)
    form = kind.form(served.exercise, data)
    problems = form.problems() if check else []
    return Part(
        kind=served.kind,
        title=title_of(served),
        title_language=title_language(served),
        source=served.source,
        question=kind.question(served.exercise),
        form=form,
        errors=errors_by_field(problems),
        complaints=complaints(form, problems),
    )


def asked_for() -> list[FormPair]:
    """Return the form pair that asks for the list of expressions, if the address does."""
    return [("listed", "1")] if request.args.get("list") == "1" else []


def saved_part(served: ServedExercise, payload: Mapping[str, Any]) -> Part:
    """Return the exercise with the stored answer and nothing of the key."""
    part = ask_part(served, get_kind(served.kind).formdata(served.exercise, payload))
    return replace(part, confidence=confidence_of(payload))


def review_part(served: ServedExercise, payload: Mapping[str, Any] | None) -> Part:
    """Return the exercise with its correction; `payload` None = it was left out."""
    kind = get_kind(served.kind)
    return _reviewed(
        served, kind.review(served.exercise, UNANSWERED if payload is None else payload)
    )


def stored_part(served: ServedExercise, stored: StoredResponse | None) -> Part:
    """Return the exercise with the correction of what is stored, as it was marked last."""
    if stored is None:
        return review_part(served, None)
    part = _reviewed(served, stored_review(served, stored), is_regraded(stored))
    return replace(part, confidence=confidence_of(stored.payload))


def _reviewed(served: ServedExercise, review: Any, regraded: bool = False) -> Part:
    kind = get_kind(served.kind)
    return Part(
        kind=served.kind,
        title=title_of(served),
        title_language=title_language(served),
        source=served.source,
        question=None,
        form=kind.form(served.exercise, None),
        review=review,
        regraded=regraded,
    )


def place_of(attempt: AttemptState, served: ServedExercise) -> int:
    """Return the number of an exercise in its attempt, from 1."""
    return [each.id for each in attempt.exercises].index(served.id) + 1


def next_step(attempt: AttemptState, served: ServedExercise) -> Step:
    """Return what follows: the next exercise without an answer, going round, else the end."""
    place = place_of(attempt, served)
    later = (*attempt.exercises[place:], *attempt.exercises[: place - 1])
    if attempt.is_review and attempt.is_finished:
        return Step(url_for("learner.review"), pgettext("pupil", "Back to your review"))
    if attempt.is_finished:
        return Step(
            url_for("learner.results", attempt=attempt.id), pgettext("pupil", "See the results")
        )
    for other in later:
        if attempt.response(other.id) is None:
            href = url_for("learner.exercise", attempt=attempt.id, exercise=other.id)
            return Step(href, pgettext("pupil", "Next exercise"))
    return Step(url_for("learner.finish", attempt=attempt.id), pgettext("pupil", "Finish the quiz"))


def verdict(points: int, *, unsure: bool, answered: bool = True, explained: bool = True) -> str:
    """Return words about the thinking, never about the person; points 0–10,000.

    `explained` tells that the reasons are on the page.
    """
    if not answered:
        return pgettext("pupil", "Left without an answer: here is one way to think it through")
    if unsure and not explained:
        return pgettext("pupil", "Not sure? Here is the key; its reasons come after the next step")
    if unsure:
        return pgettext("pupil", "Not sure? Here is one way to think it through")
    if points == FULL:
        return pgettext("pupil", "This reading holds: every part agrees with the key")
    if points >= FULL // 2:
        return pgettext("pupil", "Much of this reading holds; one point deserves a second look")
    if not explained:
        return pgettext("pupil", "Part of this passage reads differently: see where")
    if points > 0:
        return pgettext("pupil", "Some of this reading holds; the reasons below show the rest")
    return pgettext("pupil", "This passage reads differently: the reasons below show how")


def progress_text(attempt: AttemptState, served: ServedExercise) -> str:
    """Return "Exercise 4 of 8", or that it is a review."""
    if attempt.is_review:
        return gettext("Review")
    return gettext(
        "Exercise %(number)s of %(total)s",
        number=place_of(attempt, served),
        total=len(attempt.exercises),
    )
