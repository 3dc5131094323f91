"""Knows which object names an address may hold; anything else is a page not found."""

from flask import Flask
from werkzeug.routing import BaseConverter


class IdConverter(BaseConverter):
    """A row's id: ASCII digits without a leading zero, small enough for every database."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Read the number; the expression has left nothing to refuse."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """Write the number."""
        return str(int(value))


class SlugConverter(BaseConverter):
    """The id of a source, quiz or exercise."""

    regex = "[a-z0-9-]{1,40}"


def init_converters(app: Flask) -> None:
    """Make `<id:…>` and `<slug:…>` known; call before a blueprint is registered."""
    app.url_map.converters["id"] = IdConverter
    app.url_map.converters["slug"] = SlugConverter
