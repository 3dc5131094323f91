"""Changed questions are stored while the server runs; what a broken file had last stays listed."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.content.live import LiveLibrary
from quizapp.content.model import Library
from quizapp.settings import Settings
from quizapp.store.db import db, writer_queue
from quizapp.store.publishing import publish
from quizapp.web.clock import read_clock
from quizapp.web.library import AGAIN_AFTER, EXTENSION, PUBLISHER, Publisher
from tests.client import PageClient
from tests.content.pack import QUIZ_PATH, change, write, write_pack
from tests.web.people import People


class Seconds:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "questions"
    folder.mkdir()
    return write_pack(folder)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def start(settings: Settings, root: Path, seconds: Seconds) -> Callable[[], Flask]:
    """Starts the app anew on the same folder and the same database."""

    def start() -> Flask:
        app = create_app(replace(settings, questions=(root,)))
        app.extensions[EXTENSION] = LiveLibrary([root], clock=seconds)
        return app

    return start


def listed(app: Flask) -> list[str]:
    page = PageClient(app).get("/quizzes")
    return [card.find("h3")[0].text for card in page.all("li", class_="quiz-card")]


def test_a_changed_quiz_is_stored_while_the_server_runs(
    start: Callable[[], Flask], root: Path, seconds: Seconds
) -> None:
    app = start()
    assert listed(app) == ["Bilan"]
    change(root, QUIZ_PATH, "title: Bilan", "title: Bilan mieux")
    seconds.now += 2
    assert listed(app) == ["Bilan mieux"]
    write(root, QUIZ_PATH, "a: b : c")
    again = start()
    assert listed(again) == ["Bilan mieux"]
    assert PageClient(again).get("/quizzes/mairie/bilan").h1 == "Bilan mieux"


def test_a_quiz_whose_file_broke_can_be_assigned_after_a_restart(
    start: Callable[[], Flask], root: Path
) -> None:
    listed(start())
    write(root, QUIZ_PATH, "a: b : c")
    app = start()
    people = People(app, read_clock)
    class_id, _ = people.make_class(people.make("prof", ["teacher"]))
    client = PageClient(app)
    people.sign_in(client, "prof")
    path = f"/teach/classes/{class_id}/assignments"
    boxes = client.get(path).all("input", name="quiz")
    assert [box.get("value") for box in boxes] == ["mairie/bilan"]
    client.submit({"quiz": "mairie/bilan"}, action=path)
    assert "Bilan" in client.get(path).text


def test_a_quiz_whose_file_is_gone_is_listed_no_more(
    start: Callable[[], Flask], root: Path, seconds: Seconds
) -> None:
    app = start()
    listed(app)
    (root / QUIZ_PATH).unlink()
    seconds.now += 2
    listed(app)
    assert listed(app) == []


def test_while_another_writes_the_page_comes_and_storing_is_tried_again(
    start: Callable[[], Flask], root: Path, seconds: Seconds
) -> None:
    app = start()
    with app.app_context():
        engine = db.engine
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_queue(engine):
            held.set()
            done.wait(30)

    writer = threading.Thread(target=hold)
    writer.start()
    assert held.wait(10)
    try:
        assert listed(app) == ["Bilan"]
    finally:
        done.set()
        writer.join()
    app.extensions[PUBLISHER] = Publisher()  # two seconds later
    listed(app)
    write(root, QUIZ_PATH, "a: b : c")
    assert listed(start()) == ["Bilan"]


class Stubborn:
    """A session of a database in trouble that counts who asks."""

    asked = 0

    def scalars(self, _statement: object) -> object:
        self.asked += 1
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))


def test_a_database_in_trouble_is_asked_again_only_after_a_while(app: Flask) -> None:
    seconds, session = Seconds(), Stubborn()
    publisher = Publisher(clock=seconds)
    with app.app_context():
        for moment in (0, AGAIN_AFTER / 2, AGAIN_AFTER):
            seconds.now = moment
            assert not publisher.store(session, Library())  # type: ignore[arg-type]
    assert session.asked == 2


def test_a_library_is_stored_once(app: Flask, root: Path) -> None:
    library, publisher = LiveLibrary([root]).current(), Publisher()
    with app.app_context():
        session: Session = db.session()
        assert publisher.store(session, library)
        assert publish(session, library, read_clock()) == []
        assert publisher.store(None, library)  # type: ignore[arg-type]
