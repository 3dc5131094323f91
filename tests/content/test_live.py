"""The library of a running server: what was last good stays in service."""

from pathlib import Path

import pytest

from quizapp.content.live import LiveLibrary
from tests.content.pack import QUIZ, QUIZ_PATH, SOURCE_PATH, change, write

KEY = ("mairie", "bilan", "fr")


class Clock:
    """Seconds that pass when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def live(root: Path, clock: Clock) -> LiveLibrary:
    library = LiveLibrary([root], every=2.0, clock=clock)
    library.current()
    clock.now += 3
    return library


def test_files_are_looked_at_no_more_often_than_told(
    root: Path, live: LiveLibrary, clock: Clock
) -> None:
    first = live.current()
    change(root, QUIZ_PATH, "title: Bilan", "title: Bilan neuf")
    clock.now += 1.9
    assert live.current() is first
    clock.now += 0.1
    assert live.current().quizzes[KEY].title == "Bilan neuf"


def test_without_a_change_the_library_is_the_same_object(live: LiveLibrary, clock: Clock) -> None:
    first = live.current()
    clock.now += 60
    assert live.current() is first


@pytest.mark.parametrize("path", [QUIZ_PATH, SOURCE_PATH])
def test_a_broken_file_keeps_its_last_good_quiz(root: Path, live: LiveLibrary, path: str) -> None:
    good = LiveLibrary([root]).current().quizzes[KEY]
    write(root, path, "a: b : c")
    library = live.current()
    assert library.quizzes[KEY].revision == good.revision
    assert library.sources["mairie"].title == "La mairie"
    assert QUIZ_PATH in library.broken_paths
    assert "colon_in_text" in [problem.code for problem in library.problems]


def test_it_stays_while_the_file_breaks_again_and_goes_on_when_mended(
    root: Path, live: LiveLibrary, clock: Clock
) -> None:
    for text in ("a: b : c", "schema: 1", ""):
        write(root, QUIZ_PATH, text)
        assert KEY in live.current().quizzes
        clock.now += 3
    write(root, QUIZ_PATH, QUIZ.replace("title: Bilan", "title: Mieux"))
    library = live.current()
    assert library.quizzes[KEY].title == "Mieux"
    assert library.broken_paths == frozenset()


def test_a_file_that_is_gone_takes_its_quiz_with_it(root: Path, live: LiveLibrary) -> None:
    (root / QUIZ_PATH).unlink()
    assert live.current().quizzes == {}


def test_a_new_file_comes_in_while_another_is_broken(root: Path, live: LiveLibrary) -> None:
    write(root, QUIZ_PATH, "a: b : c")
    new = QUIZ.replace("id: bilan", "id: bilan-2").replace("- id: ", "- id: n-")
    write(root, "mairie/fr/bilan-2.yaml", new.replace("evidence: n-", "evidence: "))
    assert {key[1] for key in live.current().quizzes} == {"bilan", "bilan-2"}


def test_a_server_that_starts_on_a_broken_file_serves_the_rest(root: Path) -> None:
    write(root, "mairie/fr/autre.yaml", "a: b : c")
    library = LiveLibrary([root]).current()
    assert list(library.quizzes) == [KEY]
    assert library.broken_paths == {"mairie/fr/autre.yaml"}
