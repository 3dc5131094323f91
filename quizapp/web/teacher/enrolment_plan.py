"""What a list of learners would do to a class, in words and signed; changes nothing."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import current_app
from flask_babel import gettext, pgettext
from itsdangerous import BadSignature, URLSafeTimedSerializer

from quizapp.core.messages import N_
from quizapp.core.names import fold_name
from quizapp.core.rosters import MOST_ROWS, Fault, Row, check_rows, read_list
from quizapp.store import enrolment
from quizapp.store.db import db
from quizapp.store.enrolment import Newcomer, Taken
from quizapp.store.models import SchoolClass
from quizapp.web.i18n import current_language
from quizapp.web.pseudonyms import suggest_pseudonyms

VALID_SECONDS = 12 * 3600


class Clash(StrEnum):
    """Why a row cannot be taken, as the class, the accounts and the clock say."""

    IN_CLASS = "in_class"
    LOGIN_IN_CLASS = "login_in_class"
    LOGIN_TAKEN = "login_taken"
    TOO_OLD = "too_old"


WORDS: dict[Fault | Clash, str] = {
    Fault.NO_NAME: N_("There is no name in it."),
    Fault.LONG_NAME: N_("This name is too long: 60 characters at most."),
    Fault.NO_WORD: N_("This is no name: there is no letter in it."),
    Fault.EMAIL: N_("This looks like an e-mail address, which is not kept here."),
    Fault.PHONE: N_("This looks like a telephone number, which is not kept here."),
    Fault.BAD_LOGIN: N_(
        "A name to sign in with has 3 to 40 letters, digits, dots or hyphens, without spaces."
    ),
    Fault.SAME_NAME: N_("The same name stands in line %(line)s. Tell the two apart."),
    Fault.SAME_LOGIN: N_("The same name to sign in with stands in line %(line)s."),
    Clash.IN_CLASS: N_("Somebody in the class is called this already."),
    Clash.LOGIN_IN_CLASS: N_("Somebody in the class signs in with this name already."),
    Clash.LOGIN_TAKEN: N_("This name to sign in with is taken. Choose another, or leave it out."),
    Clash.TOO_OLD: N_("This page had been open for too long. Send it again."),
}
LOGIN_FAULTS = frozenset(
    {Fault.BAD_LOGIN, Fault.SAME_LOGIN, Clash.LOGIN_IN_CLASS, Clash.LOGIN_TAKEN}
)


@dataclass(frozen=True)
class Line:
    """A row of the list with the name to sign in with that it gets, or why it cannot be taken."""

    row: Row
    login: str
    given: bool
    fault: Fault | Clash | None

    @property
    def words(self) -> str:
        """What is wrong with the row; nothing when it can be taken."""
        return words_of(self.fault, self.row.other) if self.fault else ""


@dataclass(frozen=True)
class Plan:
    """The lines of a list in their order, with the text that they were read from."""

    class_id: int
    text: str
    lines: tuple[Line, ...]
    left_out: tuple[str, ...] = ()

    @property
    def faulty(self) -> list[Line]:
        """The lines that cannot be taken."""
        return [line for line in self.lines if line.fault is not None]

    @property
    def message(self) -> str:
        """Why the list as a whole cannot be taken; nothing when only its lines matter."""
        if not self.lines:
            return pgettext("adult", "Paste a list or choose a file with at least one learner.")
        if len(self.lines) > MOST_ROWS:
            return pgettext(
                "adult", "This list is too long: at most %(num)s learners at once.", num=MOST_ROWS
            )
        return ""

    @property
    def can_be_taken(self) -> bool:
        """Whether every line can be taken; nothing is ever taken in by halves."""
        return not self.message and not self.faulty

    @property
    def newcomers(self) -> list[Newcomer]:
        """The learners of the list."""
        return [Newcomer(line.row.label, line.login) for line in self.lines]

    def text_without_faults(self) -> str:
        """Return the list without the lines that cannot be taken, as name and log-in name."""
        kept = [line for line in self.lines if line.fault is None]
        return "\n".join(
            f"{line.row.label};{line.row.login}" if line.row.login else line.row.label
            for line in kept
        )

    @property
    def sealed(self) -> str:
        """The learners, signed, so that the second click takes in exactly what was shown."""
        return seal(self.class_id, self.newcomers)


def seal(class_id: int, newcomers: Iterable[Newcomer]) -> str:
    """Sign learners for a form of this class; no two seals are the same."""
    pairs = [(each.label, each.login) for each in newcomers]
    return _signer().dumps([class_id, secrets.token_urlsafe(9), pairs])


def unseal(sealed: str, school_class: SchoolClass) -> list[Newcomer]:
    """Return the learners that were sealed for this class; nobody for anything else."""
    try:
        class_id, _, pairs = _signer().loads(sealed, max_age=VALID_SECONDS)
    except BadSignature:
        return []
    return [Newcomer(*pair) for pair in pairs] if class_id == school_class.id else []


def make_plan(school_class: SchoolClass, text: str) -> Plan:
    """Read a list and compare it with the class; rows without a log-in name are given one."""
    roster = read_list(text)
    lines = plan_rows(school_class, roster.rows[: MOST_ROWS + 1])
    return Plan(school_class.id, text, lines, roster.left_out)


def plan_rows(school_class: SchoolClass, rows: Sequence[Row]) -> tuple[Line, ...]:
    """Return the rows with what the class and the accounts say to them."""
    session = db.session()
    taken = enrolment.find_taken(session, school_class.id, [row.login for row in rows])
    faults = [row.fault or find_clash(row, taken) for row in rows]
    unnamed = sum(not row.login for row in rows)
    listed = {fold_name(row.login) for row in rows}
    drawn = suggest_pseudonyms(session, current_language(), unnamed + len(listed))
    free = iter([name for name in drawn if name not in listed])
    return tuple(
        Line(row, row.login or next(free), bool(row.login), fault)
        for row, fault in zip(rows, faults, strict=True)
    )


def find_fault_of_one(school_class: SchoolClass, label: str, login: str) -> Fault | Clash | None:
    """Return why one learner cannot be taken in, None when they can."""
    return plan_rows(school_class, list(check_rows([Row(1, label, login)])))[0].fault


def find_clash(row: Row, taken: Taken) -> Clash | None:
    """Return what a row that is right in itself clashes with."""
    login = fold_name(row.login)
    if login in taken.members:
        return Clash.LOGIN_IN_CLASS
    if fold_name(row.label) in taken.labels:
        return Clash.IN_CLASS
    return Clash.LOGIN_TAKEN if login in taken.others else None


def words_of(fault: Fault | Clash, other: int | None = None) -> str:
    """Return in words why a row cannot be taken; `other` is the line that it repeats."""
    return gettext(WORDS[fault], line=other)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="enrolment")
