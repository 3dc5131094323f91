"""Why an attempt cannot be started, answered or finished; knows no wording."""


class AttemptRefused(Exception):
    """Nothing was written; `code` names the reason for the page."""

    code = "refused"


class AttemptMissing(AttemptRefused):
    """There is no such attempt, assignment or exercise for this learner: a 404."""

    code = "missing"


class SignedOut(AttemptRefused):
    """The session ended or the account was deactivated meanwhile: a 401."""

    code = "signed_out"


class NotAMember(AttemptMissing):
    """The learner is not, or no longer, in the class: a 404."""

    code = "not_a_member"


class AttemptFinished(AttemptRefused):
    """The attempt is finished: no further answer counts."""

    code = "finished"


class AssignmentClosed(AttemptRefused):
    """The closing time has passed, or the assignment was removed or its class archived."""

    code = "closed"


class NotOpenYet(AttemptRefused):
    """The assignment opens later."""

    code = "not_open_yet"


class AttemptsUsed(AttemptRefused):
    """The learner has used all attempts of the assignment."""

    code = "attempts_used"


class StepTooEarly(AttemptRefused):
    """The step before has no answer, or the step would show a key that is not released."""

    code = "too_early"


class PracticeBlocked(AttemptRefused):
    """The learner has an unreleased assignment of the quiz, whose keys practice would show."""

    code = "practice_blocked"
