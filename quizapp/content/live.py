"""The library of a running server: looks for changes now and then, keeps what was last good."""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from quizapp.content.library import is_question_file, load_library
from quizapp.content.model import Library, QuizKey, Source

Stamp = tuple[str, int, int]


class LiveLibrary:
    """Gives the library as it is now, looking at the files at most every `every` seconds.

    A quiz whose file broke stays as it was last good; one whose file is gone is no longer there.
    Safe to share between threads.
    """

    def __init__(
        self,
        roots: Iterable[Path],
        every: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._roots = tuple(roots)
        self._every = every
        self._clock = clock
        self._lock = threading.Lock()
        self._stamps: frozenset[Stamp] | None = None
        self._looked = float("-inf")
        self._library = Library()

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders of questions, in the order in which they are read."""
        return self._roots

    def current(self) -> Library:
        """Return the library; the same object for as long as no file changed."""
        with self._lock:
            if self._clock() - self._looked >= self._every:
                stamps = stamps_of(self._roots)
                if stamps != self._stamps:
                    self._library = keep_last_good(load_library(self._roots), self._library)
                    self._stamps = stamps
                self._looked = self._clock()
            return self._library


def keep_last_good(new: Library, old: Library) -> Library:
    """Return the new library with the quizzes of the old one whose files are broken now."""
    kept: dict[QuizKey, object] = {
        key: quiz
        for key, quiz in old.quizzes.items()
        if key not in new.quizzes and quiz.path in new.broken_paths
    }
    if not kept:
        return new
    quizzes = {key: quiz for key, quiz in old.quizzes.items() if key in kept} | dict(new.quizzes)
    sources: dict[str, Source] = {quiz.source.id: quiz.source for quiz in quizzes.values()}
    return replace(new, quizzes=quizzes, sources=sources | dict(new.sources))


def stamps_of(roots: Iterable[Path]) -> frozenset[Stamp]:
    """Return path, time of change and size of every file of questions."""
    stamps = set()
    for root in roots:
        for path in root.rglob("*"):
            if is_question_file(path, root):
                try:
                    status = path.stat()
                except OSError:
                    continue  # deleted while we looked
                stamps.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(stamps)
