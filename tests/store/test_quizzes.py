"""Publishing, and finding what was last good."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.content.model import Library
from quizapp.store import quizzes
from quizapp.store.models import ExerciseRevision, Publication, QuizRevision
from quizapp.store.publishing import publish
from quizapp.store.quizzes import (
    QuizMissing,
    choose_language,
    find_quiz,
    load_quiz_revision,
    quiz_languages,
    serve,
)
from tests.store.school import HOUR, NOW


@pytest.fixture
def key(library: Library) -> tuple[str, str, str]:
    return sorted(library.quizzes)[0]


def without(library: Library, key: tuple[str, str, str], *, broken: bool) -> Library:
    path = library.quizzes[key].path
    return replace(
        library,
        quizzes={k: quiz for k, quiz in library.quizzes.items() if k != key},
        broken_paths=frozenset({path} if broken else ()),
    )


def test_publishing_stores_every_revision_once(session: Session, library: Library) -> None:
    assert sorted(publish(session, library, NOW)) == sorted(library.quizzes)
    assert publish(session, library, NOW + HOUR) == []
    exercises = {name for quiz in library.quizzes.values() for name in quiz.exercise_documents}
    assert set(session.scalars(select(ExerciseRevision.hash))) == exercises
    assert len(session.scalars(select(QuizRevision.hash)).all()) == len(library.quizzes)


def test_a_quiz_comes_back_from_the_database_as_it_was(
    session: Session, library: Library, key: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(session, library, NOW)
    served = serve(library.quizzes[key])
    monkeypatch.setattr(quizzes, "_revisions", {})
    stored = load_quiz_revision(session, served.revision)
    assert stored is not served
    assert stored == served
    assert [e.shown for e in stored.exercises] == [e.shown for e in served.exercises]
    assert load_quiz_revision(session, served.revision) is stored


def test_a_broken_file_keeps_its_last_good_revision(
    session: Session, library: Library, key: tuple[str, str, str]
) -> None:
    publish(session, library, NOW)
    broken = without(library, key, broken=True)
    assert publish(session, broken, NOW + HOUR) == []
    assert find_quiz(session, broken, *key) == serve(library.quizzes[key])
    assert key[2] in quiz_languages(session, broken, *key[:2])


def test_a_file_that_is_gone_retires_its_quiz_and_comes_back(
    session: Session, library: Library, key: tuple[str, str, str]
) -> None:
    publish(session, library, NOW)
    gone = without(library, key, broken=False)
    assert publish(session, gone, NOW + HOUR) == [key]
    assert find_quiz(session, gone, *key) is None
    assert load_quiz_revision(session, library.quizzes[key].revision)
    assert publish(session, library, NOW + HOUR) == [key]
    session.expire_all()
    rows = session.scalars(select(Publication.retired_at)).all()
    assert rows == [None] * len(library.quizzes)


def test_an_unknown_revision_or_exercise_is_missing(
    session: Session, library: Library, key: tuple[str, str, str]
) -> None:
    with pytest.raises(QuizMissing):
        load_quiz_revision(session, "0" * 64)
    with pytest.raises(QuizMissing):
        serve(library.quizzes[key]).get_exercise("nothing")
    assert find_quiz(session, library, "no", "such", "quiz") is None


def test_the_first_wish_that_exists_is_the_language() -> None:
    assert choose_language(("en", "fr"), None, "de", "fr") == "fr"
    assert choose_language(("en", "fr"), "de") == "en"
    with pytest.raises(QuizMissing):
        choose_language(())
