"""Joins style sheets and script modules into one file each, so that a page asks for few.

It knows which files belong together and how modules refer to one another; it serves nothing.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "bundle/learner.css": ("css/base.css", "css/exercise.css"),
    "bundle/learner.js": (
        "js/replace.js",
        "js/outbox.js",
        "js/sending.js",
        "js/leaving.js",
        "js/marking.js",
        "js/shortcuts.js",
    ),
}
"""The files of each bundle; a module comes after those that it imports."""

_IMPORT = re.compile(r'^import (\{[\w, ]+\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function (\w+)\()", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def join(name: str, parts: Sequence[Path]) -> str:
    """Return the text of a bundle; ValueError for a module that cannot be joined."""
    if not name.endswith(".js"):
        return "\n".join(part.read_text("utf-8") for part in parts)
    joined: list[str] = []
    known: set[str] = set()
    for part in parts:
        joined.append(_enclose(part, known))
        known.add(part.stem)
    return "\n".join(joined)


def _enclose(part: Path, known: set[str]) -> str:
    """Return a module as a function that runs at once and returns what the module exports."""
    text = part.read_text("utf-8")
    missing = {found[2] for found in _IMPORT.finditer(text)} - known
    if missing:
        raise ValueError(f"{part.name} imports {', '.join(sorted(missing))}, which comes later")
    exported = ", ".join(found[1] for found in _EXPORT.finditer(text))
    text = _EXPORT.sub("", _IMPORT.sub(r"const \1 = from_\2;", text))
    left = _LEFT.search(text)
    if left:
        raise ValueError(f"{part.name} cannot be joined: {left[0]}")
    return f"const from_{part.stem} = (() => {{\n{text}return {{ {exported} }};\n}})();\n"
