"""Writes what happened as JSON lines in UTC; knows accounts by id and no secret of anybody."""

import json
import logging
from pathlib import Path

from flask import Flask, current_app, has_request_context, request

from quizapp.web.clock import now

FILE = "events.jsonl"
logger = logging.getLogger("quizapp.events")


def init_events(app: Flask, data: Path) -> None:
    """Append events to a file of the data folder."""
    app.config["EVENTS"] = data / FILE


def log_event(event: str, **fields: object) -> None:
    """Append one line: log-ins, refusals, limits, role changes, exports, deletions.

    JSON escapes every line break, so that a name cannot forge a line. A folder that cannot be
    written to loses the line to the server's own log, not the request.
    """
    line: dict[str, object] = {"at": now().isoformat(timespec="milliseconds"), "event": event}
    if has_request_context():
        line["address"] = request.remote_addr
    text = json.dumps(line | fields, ensure_ascii=True)
    path: Path = current_app.config["EVENTS"]
    try:
        with path.open("a", encoding="ascii") as file:
            file.write(text + "\n")
    except OSError:
        logger.warning("%s", text)
