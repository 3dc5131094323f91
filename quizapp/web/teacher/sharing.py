"""How a class is entered: code, link and QR code as paths of an inline SVG; knows no table."""

from collections.abc import Iterator
from dataclasses import dataclass

import segno
from flask import current_app, request

from quizapp.core.codes import show_code
from quizapp.settings import LOOPBACK_HOSTS
from quizapp.store import classes
from quizapp.store.db import db
from quizapp.store.models import SchoolClass
from quizapp.web.addresses import absolute_url

QUIET_ZONE = 4


@dataclass(frozen=True)
class QrCode:
    """A QR code to draw: a square of `size` modules with its quiet zone, black along `path`."""

    size: int
    path: str


@dataclass(frozen=True)
class Share:
    """What a teacher shows to the class; `only_here` = no other machine reaches the link."""

    code: str
    shown_code: str
    link: str
    qr: QrCode
    is_open: bool
    only_here: bool


def share_of(school_class: SchoolClass) -> Share | None:
    """Return code, link and QR code of a class; None for one that nobody can join."""
    code = classes.find_code(db.session(), school_class.id)
    if code is None or school_class.is_demo:
        return None
    link = absolute_url("auth.join_class", code=code)
    return Share(
        code=code,
        shown_code=show_code(code),
        link=link,
        qr=draw_qr(link),
        is_open=school_class.join_open,
        only_here=current_app.config["BASE_URL"] is None and _host() in LOOPBACK_HOSTS,
    )


def draw_qr(text: str) -> QrCode:
    """Return the QR code of a text, with medium error correction."""
    code = segno.make_qr(text, error="m")
    rows = [list(row) for row in code.matrix_iter(border=QUIET_ZONE)]
    return QrCode(len(rows), "".join(_runs(rows)))


def _runs(rows: list[list[int]]) -> Iterator[str]:
    """Yield a path of one-module-high rectangles for each run of dark modules."""
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                yield f"M{start} {y}h{x - start}v1h-{x - start}z"
            x += 1


def _host() -> str:
    host = request.host
    return host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
