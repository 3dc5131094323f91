"""The least that a stored form costs: the yardstick of the answer, in the same server.

Flask, a signed session, a CSRF token, one INSERT with the same durability and a page of 2 kB.
"""

import sqlite3
import threading
from typing import Any

from flask import Flask, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf

from quizapp.settings import Settings
from quizapp.store.db import sqlite_path
from tests.durability.worker import main

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
<form method="post"><input type="hidden" name="csrf_token" value="{{ token }}"></form>
{% for line in lines %}<p>{{ line }}</p>
{% endfor %}</body></html>
"""
LINES = ["Une phrase de la page, comme il y en a beaucoup, et qui ne dit rien de plus."] * 20


def create_floor(settings: Settings, _order: dict[str, Any]) -> Flask:
    """Return the app; its table is made on the database of the settings."""
    app = Flask("floor")
    app.config.update(SECRET_KEY=settings.secret_key, WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    page = app.jinja_env.from_string(PAGE)
    path = str(sqlite_path(settings.database_url))
    own = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(path, isolation_level=None, timeout=15)
            own.connection.execute("PRAGMA journal_mode=WAL")
            own.connection.execute("PRAGMA synchronous=FULL")
        found: sqlite3.Connection = own.connection
        return found

    @app.route("/answer", methods=["GET", "POST"])
    def answer() -> str:
        if request.method == "POST":
            database = connection()
            database.execute("BEGIN IMMEDIATE")
            database.execute(
                "INSERT INTO floor (account, answer) VALUES (?, ?)",
                (session["account"], request.form["answer"]),
            )
            database.execute("COMMIT")
        session["account"] = 1
        return page.render(title="Question", token=generate_csrf(), lines=LINES)

    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, account INTEGER, answer TEXT)")
    made.close()
    return app


if __name__ == "__main__":
    main(create_floor)
