"""Which kinds of exercise there are: every module of this package that is not a helper."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, cast

from quizapp import exercises
from quizapp.core.floor import ShownCount
from quizapp.exercises.answers import AnswerForm, FormSource
from quizapp.exercises.base import (
    JSON,
    Choice,
    FormPair,
    Grade,
    Material,
    OptionGroup,
    Parsed,
    Payload,
    Samples,
    Tally,
)
from quizapp.exercises.further import FurtherStep

HELPERS = frozenset(
    {"answers", "base", "evidence", "further", "json_schema", "passages", "registry", "schema"}
)


class Kind(Protocol):
    """What the module of a kind offers; see CONTRIBUTING for how to add one."""

    KIND: str
    Entry: type
    Exercise: type

    def parse(self, data: Any, material: Material) -> Parsed: ...
    def form(
        self, exercise: Any, formdata: FormSource | Iterable[FormPair] | None = None
    ) -> AnswerForm: ...
    def formdata(self, exercise: Any, payload: Mapping[str, Any]) -> list[FormPair]: ...
    def grade(self, exercise: Any, payload: Mapping[str, Any]) -> Grade: ...
    def question(self, exercise: Any) -> Any: ...
    def review(self, exercise: Any, payload: Mapping[str, Any]) -> Any: ...
    def shown(self, exercise: Any) -> list[dict[str, JSON]]: ...
    def asked(self, exercise: Any) -> dict[str, str]: ...
    def tally(self, exercise: Any, payloads: Iterable[Mapping[str, Any]]) -> Tally: ...
    def option_groups(self, exercise: Any) -> tuple[OptionGroup, ...]: ...
    def chosen(self, exercise: Any, payload: Mapping[str, Any]) -> list[Choice]: ...
    def is_key(self, exercise: Any, choice: Choice) -> bool | None: ...
    def picture(
        self,
        exercise: Any,
        counts: Mapping[Choice, ShownCount],
        total: int,
        *,
        with_key: bool = True,
    ) -> Any: ...
    def further_steps(self, exercise: Any) -> tuple[FurtherStep, ...]: ...
    def constant_answers(self, exercise: Any) -> dict[str, Payload]: ...
    def samples(self, exercise: Any) -> Samples: ...
    def display(self, exercise: Any) -> JSON: ...
    def key(self, exercise: Any) -> JSON: ...
    def trials_key(self, exercise: Any) -> tuple[int, int]: ...


SURFACE = (
    *("KIND", "Entry", "Exercise"),
    *(name for name, part in vars(Kind).items() if callable(part) and not name.startswith("_")),
)


class KindMismatch(Exception):
    """A module of this package is neither a helper nor a complete kind."""


def check_kind(name: str, module: Any) -> Kind:
    """Return the module as a kind; KindMismatch if its name differs or a part is missing."""
    missing = [part for part in SURFACE if not hasattr(module, part)]
    if missing:
        raise KindMismatch(f"kind {name} has no {', '.join(missing)}")
    if name != module.KIND:
        raise KindMismatch(f"module {name} calls its kind {module.KIND}")
    return cast("Kind", module)


def _load() -> Mapping[str, Kind]:
    names = [m.name for m in pkgutil.iter_modules(exercises.__path__) if m.name not in HELPERS]
    modules = {name: importlib.import_module(f"{exercises.__name__}.{name}") for name in names}
    return MappingProxyType({name: check_kind(name, modules[name]) for name in sorted(names)})


KINDS: Mapping[str, Kind] = _load()


def get_kind(name: str) -> Kind:
    """Return the kind with this name; KeyError if there is none."""
    return KINDS[name]
