"""One pass over the events of a YAML text: plain data, the place of each value, what is refused.

Knows YAML and nothing of quizzes. Nothing here recurses, so that nesting can be bounded first.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import CSafeLoader

from quizapp.content.guard import Placed, find_unsafe, place_of, syntax_problem, trap_code
from quizapp.exercises.base import Problem

MAX_DEPTH = 12
MAX_NODES = 20_000
LONGEST_TYPED = 16

_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_TYPED = {"true": True, "false": False, "null": None, "~": None, "": None}
_COMMENT = re.compile(r"[ \t]+#(?P<joined>\S?)")
_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_NO_KEY = object()


@dataclass
class Branch:
    """A list or mapping being read: its data, and where it and what it holds stand.

    `places` are by key or index: the mark of the key (None in a list), that of the value, and the
    branch that the value is, if it is one.
    """

    mark: Any
    data: Any
    places: dict[str | int, tuple[Any, Any, "Branch | None"]] = field(default_factory=dict)
    key: Any = _NO_KEY
    key_mark: Any = None
    is_skipped: bool = False


@dataclass
class Composed:
    """What a text holds: data, the branch it is (None for a single value), slips with places.

    `traps` leave no structure to read; `is_empty` says that there is no value at all.
    """

    data: Any = None
    root: Branch | None = None
    mark: Any = None
    traps: list[Placed] = field(default_factory=list)
    slips: list[Placed] = field(default_factory=list)
    is_empty: bool = True


class Composer:
    """Reads one text."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self._text = text
        self._lines = lines
        self._stack: list[Branch] = []
        self._nodes = self._documents = 0
        self.result = Composed()

    def compose(self) -> Composed:
        """Return what the text holds; never raises for what is in it."""
        result = self.result
        try:
            self._read_events()
        except yaml.MarkedYAMLError as error:
            result.traps = [syntax_problem(error)]
        except yaml.YAMLError:
            result.traps = [(Problem("syntax", "", {"detail": ""}), (1, 1))]
        return result

    def _read_events(self) -> None:
        next_event = CSafeLoader(self._text).get_event
        while (event := next_event()) is not None:
            sort = type(event)
            if sort is yaml.ScalarEvent:
                if self._is_refused(event):
                    return
                self._add_scalar(event)
            elif sort in _STARTS:
                if self._is_refused(event):
                    return
                self._open(event, sort is yaml.MappingStartEvent)
            elif sort in _ENDS:
                self._stack.pop()
            elif self._is_refused_otherwise(event):
                return

    def _is_refused(self, event: Any) -> bool:
        """Note what a value may not be; whether reading has to stop."""
        self._nodes += 1
        if event.anchor is not None or event.tag is not None:
            self._trap(trap_code(event) or "", event)
        if self._nodes > MAX_NODES:
            return self._trap("too_many_values", event)
        if len(self._stack) >= MAX_DEPTH and type(event) in _STARTS:
            return self._trap("too_deep", event)
        return False

    def _is_refused_otherwise(self, event: Any) -> bool:
        if type(event) is yaml.AliasEvent:
            self._trap("alias", event)
            self._put(None, event.start_mark, None)
        elif type(event) is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                return self._trap("several_documents", event)
        return False

    def _trap(self, code: str, event: Any) -> bool:
        self.result.traps.append((Problem(code, ""), place_of(event.start_mark)))
        return True

    # --- values ------------------------------------------------------------------------------

    def _open(self, event: Any, is_mapping: bool) -> None:
        branch = Branch(event.start_mark, {} if is_mapping else [])
        if self._stack:
            around = self._stack[-1]
            waits_for_key = isinstance(around.data, dict) and around.key is _NO_KEY
            branch.is_skipped = around.is_skipped or waits_for_key or around.key is None
        self._put(branch.data, event.start_mark, branch)
        self._stack.append(branch)

    def _put(self, value: Any, mark: Any, branch: Branch | None) -> None:
        """Add a value, or a key, to what is being read."""
        if not self._stack:
            result = self.result
            result.data, result.root, result.mark, result.is_empty = value, branch, mark, False
            return
        around = self._stack[-1]
        if isinstance(around.data, list):
            around.places[len(around.data)] = (None, mark, branch)
            around.data.append(value)
        elif around.key is _NO_KEY:
            self._slip(around, "key_not_text", mark)
            around.key = None
        else:
            if around.key is not None:
                around.data[around.key] = value
                around.places[around.key] = (around.key_mark, mark, branch)
            around.key = _NO_KEY

    def _slip(self, around: Branch, code: str, mark: Any, **params: Any) -> None:
        if not around.is_skipped:
            self.result.slips.append((Problem(code, "", params), place_of(mark)))

    def _add_key(self, around: Branch, key: str, mark: Any) -> None:
        """Take a key; the value of one that stands there before is left out."""
        before = around.places.get(key)
        if before is None:
            around.key, around.key_mark = key, mark
            return
        first, second = before[0].line + 1, mark.line + 1
        self._slip(around, "repeated_key", mark, key=key, first=first, second=second)
        around.key = None

    def _add_scalar(self, event: Any) -> None:
        around = self._stack[-1] if self._stack else None
        value = event.value
        if around is not None and around.key is _NO_KEY and type(around.data) is dict:
            self._add_key(around, value, event.start_mark)
            return
        if around is None or not (around.is_skipped or around.key is None):
            self._note_slips(event, value)
        if not event.style and len(value) <= LONGEST_TYPED:
            value = int(value) if _WHOLE_NUMBER.fullmatch(value) else _TYPED.get(value, value)
        self._put(value, event.start_mark, None)

    def _note_slips(self, event: Any, value: str) -> None:
        """Note an escape that hides a sign, and ` #` after text: YAML drops the rest."""
        # Escapes stand between double quotation marks alone; lines are looked at as they are.
        unsafe = find_unsafe(value) if event.style == '"' else None
        if unsafe is not None:
            params = {"character": f"U+{ord(unsafe[0]):04X}"}
            problem = Problem("unsafe_character", "", params)
            self.result.slips.append((problem, place_of(event.start_mark)))
        end = event.end_mark
        if event.style or end.line >= len(self._lines):
            return
        line = self._lines[end.line]
        comment = _COMMENT.match(line, end.column)
        if comment and (comment["joined"] or " " in value):
            params = {"rest": line[end.column :].strip()}
            place = (end.line + 1, end.column + 1)
            self.result.slips.append((Problem("text_cut", "", params), place))
