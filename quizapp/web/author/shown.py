"""A quiz file as its author looks at it: asked and explained, problems beside; stores nothing."""

import re
from dataclasses import dataclass

from flask import Flask
from markupsafe import Markup

from quizapp.content.drafts import Draft, DraftExercise
from quizapp.exercises.registry import get_kind
from quizapp.store.quizzes import ServedExercise
from quizapp.web.author.files import ShownProblem, show_problems
from quizapp.web.learner.exercise_page import Part, ask_part, review_part

_IDS = re.compile(r'(\s(?:id|for|aria-describedby|aria-labelledby)=")([^"]*)(")')
_ANCHORS = re.compile(r'(\shref="#)([^"]*")')


@dataclass(frozen=True)
class ShownExercise:
    """An exercise on its author's page; without `asked` it has errors and cannot be shown."""

    number: int
    name: str
    place: str
    problems: list[ShownProblem]
    served: ServedExercise | None
    asked: Part | None
    explained: Part | None

    @property
    def prefix(self) -> str:
        """What keeps the ids of several exercises on one page apart."""
        return f"e{self.number}-"


@dataclass(frozen=True)
class ShownQuiz:
    """A quiz file on its author's page; `problems` are those outside the exercises."""

    draft: Draft
    problems: list[ShownProblem]
    exercises: list[ShownExercise]


def show_draft(draft: Draft) -> ShownQuiz:
    """Return a quiz file as its page needs it."""
    return ShownQuiz(
        draft=draft,
        problems=show_problems(draft.path, draft.problems),
        exercises=[show_exercise(draft.path, each) for each in draft.exercises],
    )


def show_exercise(path: str, draft: DraftExercise) -> ShownExercise:
    """Return an exercise as learners see it and as its feedback shows it to the right answer."""
    served = None
    if draft.exercise is not None and draft.document is not None:
        served = ServedExercise("", draft.exercise, draft.document)
    return ShownExercise(
        number=draft.number,
        name=draft.name,
        place=f"{path}:{draft.line}",
        problems=show_problems(path, draft.problems),
        served=served,
        asked=ask_part(served, None) if served else None,
        explained=explain(served) if served else None,
    )


def explain(served: ServedExercise) -> Part:
    """Return the feedback to the right answer: the whole key."""
    return review_part(served, get_kind(served.kind).samples(served.exercise).right)


def prefix_ids(markup: str, prefix: str) -> Markup:
    """Put a prefix before every id of rendered markup and before what refers to one.

    Text cannot be taken for an attribute: the templates that made it have escaped its quotes.
    """

    def prefixed(match: re.Match[str]) -> str:
        names = " ".join(prefix + name for name in match[2].split())
        return f"{match[1]}{names}{match[3]}"

    text = _IDS.sub(prefixed, str(markup))
    return Markup(_ANCHORS.sub(rf"\g<1>{prefix}\g<2>", text))  # noqa: S704  it was markup before


def init_shown(app: Flask) -> None:
    """Give templates the filter that keeps ids apart."""
    app.jinja_env.filters["prefix_ids"] = prefix_ids
