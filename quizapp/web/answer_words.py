"""Answers and keys in words on one line, for files; what a kind says is in its template."""

from collections.abc import Mapping
from html import unescape
from typing import Any

from flask import current_app
from flask_babel import pgettext

from quizapp.exercises.base import is_unsure
from quizapp.exercises.registry import get_kind
from quizapp.store.models import canonical_json
from quizapp.store.quizzes import ServedExercise
from quizapp.web.exercises import kind_template

KEPT = 4_096
"""Answers whose words are remembered: those to labels repeat, marked words hardly do."""


class AnswerWords:
    """Writes answers of one file in the language of the page; remembers what it has written."""

    def __init__(self) -> None:
        self._written: dict[tuple[str, int, str], str] = {}
        self._questions: dict[str, Any] = {}

    def say(self, served: ServedExercise, step: int, payload: Mapping[str, Any]) -> str:
        """Return an answer in words; nothing for a step that the exercise has not."""
        place = (served.revision, step, canonical_json(payload))
        if place not in self._written:
            if len(self._written) >= KEPT:
                self._written.clear()
            self._written[place] = self._say(served, step, payload)
        return self._written[place]

    def say_key(self, served: ServedExercise, step: int) -> str:
        """Return the key of a step in the words of an answer that is right."""
        kind = get_kind(served.kind)
        if step == 1:
            return self.say(served, 1, kind.samples(served.exercise).right)
        found = [each for each in kind.further_steps(served.exercise) if each.number == step]
        return self.say(served, step, found[0].samples.right) if found else ""

    def _say(self, served: ServedExercise, step: int, payload: Mapping[str, Any]) -> str:
        if is_unsure(payload):
            return pgettext("adult", "I do not know")
        if step > 1:
            return _say_step(served, step, payload)
        if served.revision not in self._questions:
            question = get_kind(served.kind).question(served.exercise)
            self._questions[served.revision] = question
        macro = _module(f"exports/{served.kind}.html").in_words
        return _plain(macro(self._questions[served.revision], payload))


def _say_step(served: ServedExercise, step: int, payload: Mapping[str, Any]) -> str:
    words, parts = _module(kind_template(served.kind)), []
    for found in get_kind(served.kind).further_steps(served.exercise):
        for item in found.items if found.number == step else ():
            chosen = payload["choices"].get(item.id)
            option = next((each for each in item.options if each.id == chosen), None)
            if option is not None:
                said = option.text or _plain(words.step_option(found.name, option.id))
                parts.append(f"“{item.text}” – {said}" if item.text else said)
    return "; ".join(parts)


def _module(template: str) -> Any:
    return current_app.jinja_env.get_template(template).module


def _plain(text: object) -> str:
    return " ".join(unescape(str(text)).split())
