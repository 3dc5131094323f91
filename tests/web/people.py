"""Makes accounts and classes for web tests through the functions of the store."""

from collections.abc import Callable, Collection
from datetime import datetime

from flask import Flask

from quizapp.store import accounts, classes, installation
from quizapp.store.accounts import Secret
from quizapp.store.db import db, write
from quizapp.store.models import SecretKind
from quizapp.web.passwords import hash_secret
from tests.client import PageClient

PASSWORD = "correct horse battery"


class People:
    """The people of one app."""

    def __init__(self, app: Flask, clock: Callable[[], datetime]) -> None:
        self.app = app
        self.clock = clock

    def make(self, name: str, roles: Collection[str] = (), password: str = PASSWORD) -> int:
        """Make an account and return its id."""
        hashed = hash_secret(password, self.app.config["HASH_METHOD"])
        with self.app.app_context():
            session = db.session()
            with write(session):
                return accounts.create_account(
                    session, name, Secret(SecretKind.PASSWORD, hashed), self.clock(), roles=roles
                )

    def make_class(self, teacher_id: int, name: str = "3e B") -> tuple[int, str]:
        """Make a class and return its id and code."""
        with self.app.app_context():
            session = db.session()
            with write(session):
                class_id = classes.create_class(session, name, teacher_id, self.clock())
            code = classes.find_code(session, class_id)
        assert code is not None
        return class_id, code

    def setup_link(self) -> str | None:
        """Issue a set-up link and return its path."""
        with self.app.app_context():
            session = db.session()
            with write(session):
                token = installation.issue_setup_link(session, self.clock())
        return token and f"/setup/{token}"

    def sign_in(
        self, client: PageClient, name: str, password: str = PASSWORD, status: int = 303
    ) -> None:
        """Send the log-in form."""
        client.get("/login")
        client.submit({"name": name, "password": password}, action="/login", status=status)
