"""A learner contests a key that is released to them, once, with a reason; changes no mark."""

from dataclasses import dataclass

from flask import abort, redirect, url_for
from flask_babel import pgettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Form, StringField
from wtforms.validators import ValidationError

from quizapp.store.attempts import AttemptState
from quizapp.store.contests import OwnContest, contest_key, find_own_contest
from quizapp.store.db import db, write
from quizapp.store.models import LONGEST_REASON
from quizapp.store.quizzes import ServedExercise
from quizapp.store.regrade import graded_exercise
from quizapp.store.sessions import check_signed_in
from quizapp.web.clock import now
from quizapp.web.typed_text import tidy


class ContestForm(Form):
    """Why a key is wrong."""

    reason = StringField()

    def validate_reason(self, field: StringField) -> None:
        """Ask for a reason of 1 to 500 signs."""
        reason = tidy(field.data)
        if not reason:
            raise ValidationError(
                pgettext("pupil", "Say in a sentence why you read it differently.")
            )
        if len(reason) > LONGEST_REASON:
            raise ValidationError(
                pgettext(
                    "pupil",
                    "This reason has %(count)s characters; %(longest)s at most.",
                    count=len(reason),
                    longest=LONGEST_REASON,
                )
            )


@dataclass(frozen=True)
class Contesting:
    """The part of a page where a key can be contested, or what was said before."""

    url: str
    form: ContestForm
    sent: OwnContest | None
    in_class: bool
    longest: int = LONGEST_REASON


def contesting(
    attempt: AttemptState, served: ServedExercise, form: ContestForm | None = None
) -> Contesting:
    """Return the part for an exercise whose key is released."""
    session, keyed = db.session(), _keyed(attempt, served)
    return Contesting(
        url=url_for("learner.contest", attempt=attempt.id, exercise=served.id),
        form=form or ContestForm(),
        sent=find_own_contest(session, attempt.account_id, keyed.revision),
        in_class=attempt.class_id is not None,
    )


def send_contest(attempt: AttemptState, served: ServedExercise, form: ContestForm) -> Response:
    """Store the reason unless there is one, and go back; 404 before the release of the key."""
    if not attempt.shows_key(served.id):
        abort(404)
    session, keyed = db.session(), _keyed(attempt, served)
    with write(session):
        check_signed_in(session, current_user.session_id, now())
        contest_key(
            session,
            keyed,
            tidy(form.reason.data),
            account_id=attempt.account_id,
            class_id=attempt.class_id,
            now=now(),
        )
    address = url_for("learner.exercise", attempt=attempt.id, exercise=served.id)
    return redirect(f"{address}#contest", 303)


def _keyed(attempt: AttemptState, served: ServedExercise) -> ServedExercise:
    """Return the revision whose key the page shows: that of a regrade, if there was one."""
    return graded_exercise(db.session(), served, attempt.response(served.id))
