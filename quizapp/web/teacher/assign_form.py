"""The form with which quizzes are assigned: which ones, to whom; stores nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from werkzeug.datastructures import MultiDict

from quizapp.content.model import Library
from quizapp.core.messages import N_
from quizapp.store.classes import TaughtClass
from quizapp.store.models import Assignment, Feedback
from quizapp.web.clock import now
from quizapp.web.i18n import school_zone
from quizapp.web.learner.catalogue import Entry, list_entries
from quizapp.web.refill import typed
from quizapp.web.teacher.terms_form import Askable, ChosenValues, TermsForm, local_text, refuse

DUE_IN = timedelta(days=7)
DUE_TIME = time(23, 59)
QuizName = tuple[str, str]
"""Source id and quiz id."""


class AssignForm(TermsForm):
    """Which quizzes, to which classes, on which terms."""

    quiz = ChosenValues(default=[])
    classes = ChosenValues(default=[])


@dataclass(frozen=True)
class Offer:
    """A quiz of the catalogue as a box to tick; `assigned` = this class has it."""

    entry: Entry
    assigned: bool = False

    @property
    def name(self) -> QuizName:
        """Source id and quiz id."""
        return self.entry.quiz.source_id, self.entry.quiz.id

    @property
    def value(self) -> str:
        """What the form sends for it."""
        return "/".join(self.name)


def list_offers(library: Library, given: Iterable[Assignment]) -> list[Offer]:
    """Return each quiz of the library once, in the order of the catalogue."""
    assigned = {(each.source_id, each.quiz_id) for each in given}
    return [
        Offer(entry, (entry.quiz.source_id, entry.quiz.id) in assigned)
        for entry in list_entries(library)
    ]


def languages_of(offers: Iterable[Offer]) -> Askable:
    """Return the languages in which some of the quizzes are there."""
    return Askable(tuple(sorted({code for each in offers for code in each.entry.languages})))


def new_assign_form(
    *, quiz: str = "", classes: Sequence[int] = (), asked: Sequence[str] = ()
) -> AssignForm:
    """Return the form as it was typed, else with the defaults and what is ticked from the start."""
    fields: MultiDict[str, str] = typed()
    due = datetime.combine(now().astimezone(school_zone()).date() + DUE_IN, DUE_TIME)
    defaults = {
        "due": local_text(due),
        "feedback": Feedback.AT_ONCE.value,
        "attempts": "1",
        "quiz": [quiz] if quiz else [],
        "classes": [str(each) for each in classes],
        "asked": list(asked),
    }
    return AssignForm(fields or None, data=defaults)


def chosen_offers(form: AssignForm, offers: Iterable[Offer]) -> list[Offer]:
    """Return the quizzes ticked; none, with the reason on the field, when they cannot be had."""
    by_value = {offer.value: offer for offer in offers}
    found = [by_value[value] for value in form.quiz.data if value in by_value]
    if not form.quiz.data:
        refuse(form.quiz, N_("Choose at least one quiz."))
    elif len(found) < len(form.quiz.data):
        refuse(form.quiz, N_("One of the quizzes is not there any more. Choose again."))
    elif any(offer.assigned for offer in found):
        refuse(form.quiz, N_("One of the quizzes is assigned to this class already."))
    wanted = form.language.data
    for offer in found:
        if wanted and wanted not in offer.entry.languages:
            title = offer.entry.quiz.title
            refuse(form.language, N_("“%(title)s” is not there in this language."), title=title)
    return [] if form.quiz.errors else found


def chosen_classes(
    form: AssignForm, taught: Collection[TaughtClass], *, needed: bool
) -> list[TaughtClass]:
    """Return the classes ticked; the reason is on the field when one is not the teacher's."""
    found = [each for each in taught if str(each.id) in form.classes.data]
    if len(found) < len(form.classes.data):
        refuse(form.classes, N_("One of the classes is not there any more. Choose again."))
    elif needed and not found:
        refuse(form.classes, N_("Choose at least one class."))
    return found
