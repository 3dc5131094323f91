"""A process that changes the marks of a class, two attempts at a time, and says when it has.

Arguments: the URL of the database, the folder of the questions, `regrade` or `set_aside`.
"""

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from quizapp.content.library import load_library
from quizapp.store import set_asides
from quizapp.store.db import open_engine, open_session, write
from quizapp.store.models import RegradeChoice, SchoolClass
from quizapp.store.regrade import Scope, live_exercises, open_regrade, run, run_regrade
from tests.store.keys import LABELS, QUIZ, SOURCE
from tests.store.school import NOW

BATCH = 2


def say(word: str) -> None:
    """Tell the other process how far this one is."""
    print(word, flush=True)


def regrade(session: Any, root: Path, class_id: int) -> None:
    """Mark the answers of the class with the current key, or go on with that."""
    library = load_library([root])
    assert (SOURCE, QUIZ, "fr") in library.quizzes
    found = live_exercises(session, library)
    live = next(each for key, each in found.items() if key.exercise_id == LABELS)
    with write(session):
        opened = open_regrade(
            session, live, Scope(class_id), RegradeChoice.CURRENT, account_id=None, now=NOW
        )
    assert run_regrade(session, opened, NOW, progress=lambda *_: say("batch"))


def set_aside(session: Any, class_id: int) -> None:
    """Set the exercise aside, or go on with that."""
    with write(session):
        place = (SOURCE, LABELS)
        set_asides.set_aside(session, class_id, place, "Discutable.", set_by=1, now=NOW)
    event.listen(session, "after_commit", lambda _: say("batch"))
    assert set_asides.follow(session, class_id).is_done


def main() -> None:
    """Do what the arguments say."""
    url, root, what = sys.argv[1:]
    run.BATCH = set_asides.BATCH = BATCH  # type: ignore[attr-defined]
    engine = open_engine(url)
    with open_session(engine) as session:
        class_id = session.query(SchoolClass.id).scalar()
        say("ready")
        if what == "regrade":
            regrade(session, Path(root), class_id)
        else:
            set_aside(session, class_id)
    say("done")


if __name__ == "__main__":
    main()
