"""Compares the passages of a source with the whole article; knows no quizzes.

White space of any kind, hard line breaks and the dashes of lists are taken as equal; a word, an
apostrophe or a sign that differs is told, with the nearest place of the article.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quizapp.content.guard import without_unsafe
from quizapp.content.model import Source
from quizapp.core.text import normalise
from quizapp.exercises.base import Problem

_LIST_DASH = re.compile(r"^[ \t]*(?:[-–—•*·]|\d{1,2}[.)])[ \t\u00a0]+", re.MULTILINE)
_TOKEN = re.compile(r"\S+")
SHOWN = 120


@dataclass(frozen=True)
class Article:
    """The full text of an article, as its file has it."""

    text: str

    @cached_property
    def variants(self) -> tuple[str, ...]:
        """The text with single spaces, with the dashes of its lists and without."""
        text = normalise(without_unsafe(self.text))
        return tuple(f" {' '.join(t.split())} " for t in (text, _LIST_DASH.sub("", text)))

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """What stands between spaces, each with its line from 1."""
        lines = normalise(self.text).splitlines()
        return [(token, at) for at, line in enumerate(lines, 1) for token in _TOKEN.findall(line)]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where in `words` each stands."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, (word, _) in enumerate(self.words):
            places[word].append(at)
        return places

    def holds(self, passage: str) -> bool:
        """Whether a passage stands in the article, whole words only."""
        text = normalise(passage)
        wanted = {f" {' '.join(t.split())} " for t in (text, _LIST_DASH.sub("", text))}
        return any(one in variant for one in wanted for variant in self.variants)

    def nearest(self, passage: str) -> tuple[int, str] | None:
        """Return line and text of the place that shares most words in the same order."""
        tokens = normalise(passage).split()
        votes: Counter[int] = Counter()
        for at, token in enumerate(tokens):
            for place in self.places.get(token, ())[:200]:
                votes[max(place - at, 0)] += 1
        if not votes:
            return None
        start = max(votes, key=lambda place: (votes[place] + votes[place + 1], -place))
        found = self.words[start : start + len(tokens)]
        return (found[0][1], " ".join(word for word, _ in found)) if found else None


def verbatim_problems(source: Source, article: Article) -> Iterator[Problem]:
    """Yield a problem for each passage that does not stand in the article word for word."""
    for i, passage in enumerate(source.passages.values()):
        if article.holds(passage.text):
            continue
        path = f"passages[{i}].text"
        nearest = article.nearest(passage.text)
        if nearest is None:
            yield Problem("not_in_article", path, {"id": passage.id})
            continue
        params = {"id": passage.id, "line": nearest[0]}
        yield Problem("not_verbatim", path, params | _difference(passage.text, nearest[1]))


def _difference(passage: str, there: str) -> dict[str, str]:
    """Return the first words in which passage and article part, with some around."""
    mine, its = normalise(passage).split(), there.split()
    at = next((i for i, (a, b) in enumerate(zip(mine, its, strict=False)) if a != b), 0)
    return {"passage": _some(mine, at), "article": _some(its, at)}


def _some(words: list[str], at: int) -> str:
    return " ".join(words[max(0, at - 2) : at + 4])[:SHOWN]
