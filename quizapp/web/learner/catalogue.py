"""The quizzes there are, with filters, and the page that introduces one; starts nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from quizapp.content.model import Library
from quizapp.exercises.registry import KINDS
from quizapp.store.assignments import list_learner_assignments, list_open_practice
from quizapp.store.db import db
from quizapp.store.quizzes import (
    ServedQuiz,
    choose_language,
    find_quiz,
    list_quizzes,
    quiz_languages,
)
from quizapp.store.release import has_unreleased_assignment
from quizapp.web.clock import now
from quizapp.web.exercises import kind_name
from quizapp.web.i18n import LANGUAGES, current_language
from quizapp.web.learner import blueprint
from quizapp.web.library import current_library

LEVELS = ("1", "2", "3")
FILTERS = ("skill", "level", "language")


@dataclass(frozen=True)
class Entry:
    """A quiz in the list, in the language that suits; `skills` in the order of its exercises."""

    quiz: ServedQuiz
    languages: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """A value of a filter as a link; `current` tells that it is on."""

    href: str
    label: str
    current: bool


@dataclass(frozen=True)
class Start:
    """What the person signed in can do with a quiz: resume a practice, or not practise yet."""

    blocked: bool = False
    attempt: int | None = None
    assignment: int | None = None
    assigned_attempt: int | None = None


@blueprint.get("/quizzes", endpoint="quizzes")
def show_quizzes() -> str:
    """List the quizzes, fewer by filters that are links."""
    entries = list_entries(current_library(), request.args.get("language"))
    chosen = {name: request.args.get(name, "") for name in FILTERS}
    values = _filter_values(entries)
    shown = [entry for entry in entries if _matches(entry, chosen)]
    return render_template(
        "learner/quizzes.html",
        entries=shown,
        filters=[
            (label, _choices(name, values[name], chosen))
            for name, label in _filter_labels().items()
            if len(values[name]) > 1
        ],
    )


@blueprint.get("/quizzes/<slug:source>/<slug:quiz>", endpoint="quiz")
def show_quiz(source: str, quiz: str) -> str:
    """Introduce a quiz and offer to start it."""
    library = current_library()
    languages = quiz_languages(db.session(), library, source, quiz)
    if not languages:
        abort(404)
    original = library.sources[source].language if source in library.sources else None
    wishes = (request.args.get("language"), current_language(), original)
    served = find_quiz(
        db.session(), library, source, quiz, choose_language(languages, *wishes)
    ) or abort(404)
    return render_template(
        "learner/quiz.html",
        quiz=served,
        article=served.exercises[0].source,
        skills=tuple(dict.fromkeys(exercise.kind for exercise in served.exercises)),
        others=[code for code in languages if code != served.language],
        start=find_start(served) if current_user.is_authenticated else None,
        names=LANGUAGES,
    )


def list_entries(library: Library, wish: str | None = None) -> list[Entry]:
    """Return the quizzes by skill, level and title, each once, in the language that suits best.

    Whatever is served is there, also while its file is broken.
    """
    grouped: dict[tuple[str, str], dict[str, ServedQuiz]] = {}
    for found in list_quizzes(db.session(), library):
        grouped.setdefault((found.source_id, found.id), {})[found.language] = found
    entries = [_entry(quizzes, wish) for quizzes in grouped.values()]
    kinds = list(KINDS)
    return sorted(
        entries, key=lambda e: (kinds.index(e.skills[0]), e.quiz.level, e.quiz.title, e.quiz.id)
    )


def _entry(quizzes: Mapping[str, ServedQuiz], wish: str | None) -> Entry:
    languages = tuple(sorted(quizzes))
    original = quizzes[languages[0]].source["language"]
    quiz = quizzes[choose_language(languages, wish, current_language(), original)]
    skills = tuple(dict.fromkeys(exercise.kind for exercise in quiz.exercises))
    return Entry(quiz, languages, skills)


def _matches(entry: Entry, chosen: Mapping[str, str]) -> bool:
    return (
        (not chosen["skill"] or chosen["skill"] in entry.skills)
        and chosen["level"] in ("", str(entry.quiz.level))
        and (not chosen["language"] or chosen["language"] in entry.languages)
    )


def _filter_labels() -> dict[str, str]:
    return {"skill": gettext("Skill"), "level": gettext("Level"), "language": gettext("Language")}


def _filter_values(entries: list[Entry]) -> dict[str, dict[str, str]]:
    """Return the values of each filter that some quiz has, with their labels."""
    skills = {skill for entry in entries for skill in entry.skills}
    levels = {str(entry.quiz.level) for entry in entries}
    languages = {code for entry in entries for code in entry.languages}
    return {
        "skill": {kind: kind_name(kind) for kind in KINDS if kind in skills},
        "level": {level: level for level in LEVELS if level in levels},
        "language": {code: LANGUAGES.get(code, code) for code in sorted(languages)},
    }


def _choices(name: str, values: Mapping[str, str], chosen: Mapping[str, str]) -> list[Choice]:
    every = Choice(_address(chosen, name, ""), gettext("All"), not chosen[name])
    return [every] + [
        Choice(_address(chosen, name, value), label, chosen[name] == value)
        for value, label in values.items()
    ]


def _address(chosen: Mapping[str, str], name: str, value: str) -> str:
    """Return the address of the list with one filter changed and the others kept."""
    values = {key: kept for key, kept in {**chosen, name: value}.items() if kept}
    query = f"?{urlencode(values)}" if values else ""
    return url_for("learner.quizzes") + query


def find_start(quiz: ServedQuiz) -> Start:
    """Return what the person signed in can do with a quiz now."""
    session, account_id = db.session(), current_user.id
    blocked = has_unreleased_assignment(session, account_id, quiz.source_id, quiz.id, now())
    if not blocked:
        mine = (p.id for p in list_open_practice(session, account_id) if _is_of(p, quiz))
        return Start(attempt=next(mine, None))
    for assigned in list_learner_assignments(session, account_id, now()):
        if _is_of(assigned, quiz):
            attempt = assigned.open_attempt or assigned.first_attempt
            return Start(True, None, assigned.id, attempt)
    return Start(blocked=True)


def _is_of(item: object, quiz: ServedQuiz) -> bool:
    return (getattr(item, "source_id", ""), getattr(item, "quiz_id", "")) == (
        quiz.source_id,
        quiz.id,
    )
