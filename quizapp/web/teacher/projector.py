"""What a class sees of its own answers on the wall: sums only, never a name; live."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.core.floor import FLOOR
from quizapp.exercises.base import UNSURE
from quizapp.exercises.registry import get_kind
from quizapp.store.db import db
from quizapp.store.models import Assignment, SchoolClass
from quizapp.store.results import list_learners
from quizapp.store.results.projected import (
    ProjectedItem,
    Projection,
    Slide,
    project_assignment,
    project_item,
)
from quizapp.web.conditional import live_page
from quizapp.web.permissions import teacher_required
from quizapp.web.teacher import blueprint
from quizapp.web.teacher.assignment import ADDRESS
from quizapp.web.teacher.owned import get_assignment, get_taught_class
from quizapp.web.teacher.results import class_version
from quizapp.web.teacher.sharing import share_of

GROUNDS = ("dark", "light")
"""Grounds that a teacher may ask for; else that of the system."""


@dataclass(frozen=True)
class Wall:
    """Where the projector stands: at its start, or at one slide with or without its key."""

    place: dict[str, Any]
    slides: Sequence[Slide]
    slide: Slide | None
    reveal: bool
    ground: str

    def address(self, slide: Slide | None, *, reveal: bool = False, ground: str = "") -> str:
        """Return the address of a slide, or of the start, on the same ground or another."""
        query: dict[str, Any] = {"item": slide.exercise.id} if slide else {}
        query |= {"reveal": "1"} if reveal else {}
        shown = ground or self.ground
        query |= {"ground": shown} if shown else {}
        return url_for("teacher.project", **self.place, **query)

    @property
    def here(self) -> str:
        """The address of what is shown."""
        return self.address(self.slide, reveal=self.reveal)

    @property
    def previous(self) -> str | None:
        """The address of what comes before; None at the start."""
        if self.slide is None:
            return None
        at = self.slides.index(self.slide)
        return self.address(self.slides[at - 1] if at else None)

    @property
    def following(self) -> str | None:
        """The address of the next slide; None at the last."""
        at = -1 if self.slide is None else self.slides.index(self.slide)
        return self.address(self.slides[at + 1]) if at + 1 < len(self.slides) else None


@blueprint.get(f"{ADDRESS}/project", endpoint="project")
@teacher_required
def project(class_id: int, assignment: int) -> Response:
    """Show the door of the class, or what it answered to one exercise; the key when asked for."""
    school_class = get_taught_class(class_id)
    found = get_assignment(school_class, assignment)
    version = hashlib.sha256(f"{class_version(school_class)} {found.title}".encode()).hexdigest()
    return live_page(version, lambda: build(school_class, found))


def build(school_class: SchoolClass, assignment: Assignment) -> str:
    """Return the page of the address asked for; 404 for an exercise that nobody was asked."""
    projection = project_assignment(db.session(), assignment)
    wall = read_wall(school_class, assignment, projection)
    context: dict[str, Any] = {
        "school_class": school_class,
        "assignment": assignment,
        "wall": wall,
        "floor": FLOOR,
    }
    if wall.slide is None:
        return render_template(
            "teacher/project.html",
            **context,
            handed_in=projection.handed_in,
            learners=len(list_learners(db.session(), school_class.id)),
            share=share_of(school_class),
        )
    item = project_item(db.session(), assignment, wall.slide, reveal=wall.reveal)
    return render_template("teacher/project_item.html", **context, item=item, **asked(item, wall))


def read_wall(school_class: SchoolClass, assignment: Assignment, projection: Projection) -> Wall:
    """Return where the address stands; 404 for an exercise that is not among the slides."""
    wanted = request.args.get("item")
    slides = {slide.exercise.id: slide for slide in projection.slides}
    if wanted is not None and wanted not in slides:
        abort(404)
    ground = request.args.get("ground", "")
    return Wall(
        place={"class_id": school_class.id, "assignment": assignment.id},
        slides=projection.slides,
        slide=None if wanted is None else slides[wanted],
        reveal=wanted is not None and request.args.get("reveal") == "1",
        ground=ground if ground in GROUNDS else "",
    )


def asked(item: ProjectedItem, wall: Wall) -> dict[str, Any]:
    """Return the question and, only when revealed, the key with its reasons."""
    kind = get_kind(item.keyed.kind)
    question = kind.question(item.exercise.exercise)
    return {
        "kind": item.exercise.kind,
        "title": item.exercise.exercise.title,
        "question": question,
        "review": kind.review(item.keyed.exercise, UNSURE) if wall.reveal else None,
    }
