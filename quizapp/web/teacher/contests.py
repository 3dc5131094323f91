"""The contested keys of a class, what is set aside in it, and keys corrected since: one queue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.store.asked_exercises import AskedExercise, Place, asked_exercises_of
from quizapp.store.class_contests import ClassContest, list_class_contests
from quizapp.store.db import db
from quizapp.store.models import Assignment, SchoolClass
from quizapp.store.regrade import Offer, Scope, find_offers
from quizapp.store.set_asides import AsideExercise, count_behind, list_set_asides
from quizapp.web.i18n import current_language
from quizapp.web.library import current_library
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_taught_class

Asked = Mapping[Place, AskedExercise]


@dataclass(frozen=True)
class ContestLine:
    """A contested key with where the class was asked it; None when no assignment asks it now."""

    contest: ClassContest
    asked: AskedExercise | None


@dataclass(frozen=True)
class AsideLine:
    """An exercise that does not count, with where the class was asked it."""

    aside: AsideExercise
    asked: AskedExercise | None


@dataclass(frozen=True)
class OfferLine:
    """A corrected key with the assignment from which its marks can follow."""

    offer: Offer
    assignment: Assignment


@blueprint.get("/teach/classes/<id:class_id>/contests", endpoint="class_contests")
@teacher_required
def show_contests(class_id: int) -> str:
    """List what the class contests, what is set aside, and which keys were corrected since."""
    school_class = get_taught_class(class_id)
    session = db.session()
    asked = list_asked(school_class)
    contests = list_class_contests(session, class_id)
    lines = [ContestLine(each, asked.get(each.place)) for each in contests]
    aside = list_set_asides(session, class_id)
    return class_page(
        "contests",
        school_class,
        "class_contests",
        open_contests=[each for each in lines if each.contest.is_open],
        decided=[each for each in lines if not each.contest.is_open],
        aside=[AsideLine(each, asked.get((each.source_id, each.exercise_id))) for each in aside],
        behind=count_behind(session, class_id),
        offers=list_offers(school_class, asked),
    )


def list_asked(school_class: SchoolClass) -> Asked:
    """Return every exercise that the class is asked, in the language of the page if it can be."""
    return asked_exercises_of(db.session(), current_library(), school_class.id, current_language())


def list_offers(school_class: SchoolClass, asked: Asked) -> Sequence[OfferLine]:
    """Return the keys that were corrected after the class was marked."""
    found = find_offers(db.session(), current_library(), Scope(school_class.id))
    places = [(offer, (offer.key.source_id, offer.key.exercise_id)) for offer in found]
    return [OfferLine(offer, asked[place].assignment) for offer, place in places if place in asked]
