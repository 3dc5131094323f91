"""Reads GIFT as Moodle's importer does, for tests; knows nothing of how we write it.

A parser from npm reads the same files in test_gift_reader.py; PyPI has none that will do. The
rules are those of Moodle's question/format/gift: an empty line ends a question, a line that begins
with // is a comment, a backslash takes the meaning from ~ = # { } : and itself.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")


@dataclass(frozen=True)
class Option:
    """One answer: its text, its percentage, its feedback."""

    text: str
    fraction: Decimal
    feedback: str


@dataclass(frozen=True)
class GiftQuestion:
    """A question as it would be imported."""

    name: str
    text: str
    options: tuple[Option, ...]
    feedback: str
    numerical: bool
    single: bool


def read_gift(text: str) -> tuple[str, list[GiftQuestion]]:
    """Return the category and the questions; ValueError for what Moodle would refuse."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.split("\n") if not line.strip().startswith("//")]
        blocks += ["\n".join(lines)] if lines else []
    category = blocks[0].removeprefix("$CATEGORY:").strip()
    return category, [_question(_hidden(block)) for block in blocks[1:]]


def _hidden(text: str) -> str:
    """Put signs after a backslash out of the way, one private sign for each."""
    return re.sub(r"\\([~=#{}:\\])", lambda m: chr(0xE000 + ord(m[1])), text)


def _shown(text: str) -> str:
    back = re.sub(r"[\ue000-\ue07f]", lambda m: chr(ord(m[0]) - 0xE000), text.strip())
    return back.removeprefix("[html]")


def _question(block: str) -> GiftQuestion:
    match = re.fullmatch(r"::(.*?)::(.*?)\{(.*?)\}", block.strip(), re.DOTALL)
    if match is None or match[2].count("{") or re.search(r"[~=#{}]", match[1] + match[2]):
        raise ValueError(block[:200])
    answers, _, feedback = match[3].rpartition("####")
    numerical = answers.strip().startswith("#")
    parts = re.split(r"(?=[~=])", answers.strip().lstrip("#").strip())
    return GiftQuestion(
        name=_shown(match[1]),
        text=_shown(match[2]),
        options=tuple(_option(part.strip()) for part in parts if part.strip()),
        feedback=_shown(feedback),
        numerical=numerical,
        single="=" in answers,
    )


def _option(part: str) -> Option:
    mark, rest = part[0], part[1:]
    weight = WEIGHT.match(rest)
    if mark not in "~=" or rest.count("#") != 1:
        raise ValueError(part[:200])
    given = Decimal(weight[1]) if weight else Decimal(100 if mark == "=" else 0)
    text, _, feedback = (rest[weight.end() :] if weight else rest).partition("#")
    return Option(_shown(text), given, _shown(feedback))
