"""The skills of a class and what they say; knows no rule, the figures come from below."""

from types import MappingProxyType
from typing import Any

from flask import current_app, url_for

from quizapp.core import mastery
from quizapp.core.detection import (
    MINIMUM_TRIALS,
    Trials,
    criterion,
    criterion_interval,
    d_prime,
    d_prime_interval,
    leaning,
)
from quizapp.store.asked_exercises import AskedExercise
from quizapp.store.db import db
from quizapp.store.results import SkillPool, class_skills
from quizapp.store.results.discernment import class_discernment
from quizapp.store.results.needs import class_needs
from quizapp.store.results.skills import class_responses
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint, discernment_picture
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.contests import list_asked
from quizapp.web.teacher.discernment_picture import draw, draw_arrows
from quizapp.web.teacher.owned import get_taught_class

FRAME = MappingProxyType(
    {
        name: getattr(discernment_picture, name.upper())
        for name in ("width", "height", "left", "right", "top", "bottom")
    }
)
"""The frame of the pictures, for templates."""


@blueprint.get("/teach/classes/<id:class_id>/skills", endpoint="class_skills")
@teacher_required
def show_skills(class_id: int) -> str:
    """Show each learner's hold of each skill, and the class's."""
    school_class = get_taught_class(class_id)
    session = db.session()
    responses = class_responses(session, class_id)
    skills = class_skills(session, class_id, responses)
    found = class_discernment(session, class_id, skills)
    return class_page(
        "class_skills",
        school_class,
        "class_skills",
        skills=skills,
        needs=class_needs(skills, responses),
        asked=list_asked(school_class),
        exercise_url=exercise_url,
        found=found,
        drawn=draw(found),
        arrows=draw_arrows(found.shifts, numbered=True),
        class_arrows=draw_arrows(found.class_shifts, numbered=False),
        frame=FRAME,
        place=discernment_picture.place,
        d_range=d_prime_interval,
        c_range=criterion_interval,
        **skill_words(skills.pools),
    )


def skill_words(pools: tuple[SkillPool, ...] = ()) -> dict[str, object]:
    """Return the names and rules that the templates of skills rely on."""
    return {
        "rule": mastery,
        "least_trials": MINIMUM_TRIALS,
        "pooled": [pooled_figures(pool.trials) for pool in pools],
    }


def pooled_figures(trials: Trials) -> dict[str, object]:
    """Return discernment and bias over the pooled trials of a class."""
    return {"d_prime": d_prime(trials), "c": criterion(trials), "leaning": leaning(trials)}


def exercise_url(asked: AskedExercise) -> str:
    """Return the address at which a class's answers to an exercise are looked at."""
    given = asked.assignment
    place: dict[str, Any] = {"class_id": given.class_id, "assignment": given.id}
    if "teacher.item" in current_app.view_functions:
        return url_for("teacher.item", **place, exercise=asked.served.id)
    return url_for("teacher.assignment", **place)
