"""Says why an attempt cannot be started, answered or finished; decides nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Response, make_response, render_template
from flask_babel import pgettext

from quizapp.store import sessions
from quizapp.store.attempts import AttemptMissing, AttemptRefused, SignedOut
from quizapp.store.quizzes import QuizMissing
from quizapp.web import errors
from quizapp.web.learner import blueprint


@dataclass(frozen=True)
class Words:
    """What happened, and what to do now."""

    title: str
    advice: str


def _finished() -> Words:
    return Words(
        pgettext("pupil", "This quiz is already handed in"),
        pgettext("pupil", "This answer came after the end and was not stored. Your results count."),
    )


def _closed() -> Words:
    return Words(
        pgettext("pupil", "This assignment takes no more answers"),
        pgettext(
            "pupil",
            "This answer was not stored; the earlier ones are safe. Ask your teacher if you need"
            " more time.",
        ),
    )


def closed_unanswered() -> Words:
    """Return the words for an exercise that stayed without an answer until it was too late."""
    return Words(
        _closed().title,
        pgettext(
            "pupil",
            "This exercise was left without an answer. What you answered before is safe.",
        ),
    )


def _not_open_yet() -> Words:
    return Words(
        pgettext("pupil", "This assignment is not open yet"),
        pgettext("pupil", "Its opening date is on your page “To do”."),
    )


def _attempts_used() -> Words:
    return Words(
        pgettext("pupil", "You have used every attempt of this assignment"),
        pgettext("pupil", "Your results stay on your page “To do”."),
    )


def _practice_blocked() -> Words:
    return Words(
        pgettext("pupil", "This quiz is one of your assignments"),
        pgettext(
            "pupil",
            "You can practise it once the answers of the assignment are shown. Until then, do it"
            " from your page “To do”, or practise another quiz.",
        ),
    )


def _too_early() -> Words:
    return Words(
        pgettext("pupil", "This step is not open yet"),
        pgettext(
            "pupil",
            "It comes after the exercise, and sometimes after its correction. Nothing was stored.",
        ),
    )


WORDS: Mapping[str, Callable[[], Words]] = {
    "finished": _finished,
    "closed": _closed,
    "not_open_yet": _not_open_yet,
    "attempts_used": _attempts_used,
    "practice_blocked": _practice_blocked,
    "too_early": _too_early,
}


def words_for(refusal: AttemptRefused) -> Words:
    """Return the words for a refusal, in the language of the page."""
    return WORDS[refusal.code]()


@blueprint.errorhandler(AttemptMissing)
@blueprint.errorhandler(QuizMissing)
def answer_missing(_error: Exception) -> Response:
    """Answer as for an address that never existed."""
    return errors.render_error(404)


@blueprint.errorhandler(SignedOut)
def answer_signed_out(_error: SignedOut) -> Response:
    """Answer a write whose session ended meanwhile with the log-in page that keeps the form."""
    return errors.answer_signed_out(sessions.SignedOut())


@blueprint.errorhandler(AttemptRefused)
def answer_refused(refusal: AttemptRefused) -> Response:
    """Say why nothing was started."""
    return make_response(render_template("learner/refused.html", refusal=words_for(refusal)), 409)
