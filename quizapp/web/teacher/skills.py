"""The skills of a class and what they say; knows no rule, the figures come from below."""

from quizapp.core import mastery
from quizapp.core.detection import MINIMUM_TRIALS, Trials, criterion, d_prime, leaning
from quizapp.store.db import db
from quizapp.store.results import SkillPool, class_skills
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.class_page import class_page
from quizapp.web.teacher.owned import get_taught_class


@blueprint.get("/teach/classes/<id:class_id>/skills", endpoint="class_skills")
@teacher_required
def show_skills(class_id: int) -> str:
    """Show each learner's hold of each skill, and the class's."""
    school_class = get_taught_class(class_id)
    skills = class_skills(db.session(), school_class.id)
    return class_page(
        "class_skills", school_class, "class_skills", skills=skills, **skill_words(skills.pools)
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
