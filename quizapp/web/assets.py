"""Knows the static files: their hash, their gzipped form and how long they may be kept."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, g, request, url_for
from werkzeug.wrappers import Response as WSGIResponse

from quizapp.web.bundles import BUNDLES, join

COMPRESSIBLE = ("text/", "image/svg", "application/json", "application/javascript")
SMALLEST_GZIPPED = 400
"""Bytes under which a response is sent as it is."""
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """A static file as it is in memory; `written` are the times of change in nanoseconds."""

    body: bytes
    gzipped: bytes | None
    media_type: str
    version: str
    written: tuple[int, ...]


class Assets:
    """The static files of a folder and their bundles, read once, and again when they changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._assets: dict[str, Asset] = {}
        self._paths = {
            path.relative_to(folder).as_posix(): (path,)
            for path in folder.rglob("*")
            if path.is_file() and not path.name.startswith(".")
        } | {name: tuple(folder / part for part in parts) for name, parts in BUNDLES.items()}
        for name in self._paths:
            self.find(name)

    def find(self, name: str) -> Asset | None:
        """Return the file of that name, relative to the folder; None when there is none."""
        paths = self._paths.get(name)
        if paths is None:
            return None
        written = tuple(path.stat().st_mtime_ns for path in paths)
        asset = self._assets.get(name)
        if asset is None or asset.written != written:
            asset = self._assets[name] = _read(name, paths, written)
        return asset


def _read(name: str, paths: tuple[Path, ...], written: tuple[int, ...]) -> Asset:
    body = join(name, paths).encode() if name in BUNDLES else paths[0].read_bytes()
    media_type = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0]
    media_type = media_type or "application/octet-stream"
    gzipped = gzip.compress(body, 9, mtime=0) if media_type.startswith(COMPRESSIBLE) else None
    version = hashlib.sha256(body).hexdigest()[:12]
    return Asset(body, gzipped, media_type, version, written)


def init_assets(app: Flask, folder: Path) -> None:
    """Serve the folder under /static/, give templates `asset()`, gzip what is worth it."""
    assets = Assets(folder)

    def asset(name: str) -> str:
        """Return the address of a static file with its version; KeyError for an unknown one."""
        found = assets.find(name)
        if found is None:
            raise KeyError(f"no static file {name}")
        return url_for("static", filename=name, v=found.version)

    def static(filename: str) -> WSGIResponse:
        found = assets.find(filename)
        if found is None:
            abort(404)
        return _answer(found)

    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=static)
    app.jinja_env.globals["asset"] = asset
    app.after_request(gzip_page)


def _answer(asset: Asset) -> WSGIResponse:
    gzipped = asset.gzipped is not None and accepts_gzip()
    response = Response(asset.gzipped if gzipped else asset.body, content_type=asset.media_type)
    if asset.media_type.startswith("text/"):
        response.content_type = f"{asset.media_type}; charset=utf-8"
    if gzipped:
        response.content_encoding = "gzip"
    if asset.gzipped is not None:
        response.vary.add("Accept-Encoding")
    response.set_etag(asset.version + ("-gzip" if gzipped else ""))
    response.headers["Cache-Control"] = (
        FOR_EVER if request.args.get("v") == asset.version else "no-cache"
    )
    return response.make_conditional(request)


def accepts_gzip() -> bool:
    """Tell whether the browser of this request reads gzip."""
    return request.accept_encodings["gzip"] > 0


def gzip_page(response: Response) -> WSGIResponse:
    """Compress a page or a file of text; what is streamed or already encoded stays as it is.

    A view may ask for another `g.gzip_level`, where a page is sent often and made of repetition.
    """
    if (
        response.status_code == 303  # a redirect is a hundred bytes, and every answer is one
        or response.direct_passthrough
        or response.is_streamed
        or response.content_encoding
        or not (response.mimetype or "").startswith(COMPRESSIBLE)
    ):
        return response
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    if len(body) >= SMALLEST_GZIPPED and accepts_gzip():
        response.set_data(gzip.compress(body, g.get("gzip_level", 5), mtime=0))
        response.content_encoding = "gzip"
    return response
