"""The demonstration class is loaded in slices: progress is shown, nothing is done twice."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.client import PageClient
from tests.web.people import People

pytestmark = pytest.mark.slow


def test_a_load_in_slices_shows_how_far_it_came_and_ends_in_the_class(
    app: Flask, people: People, client_of: Callable[[str], PageClient]
) -> None:
    people.make("prof", ["teacher"])
    page = client_of("prof")
    app.config["DEMONSTRATION_SLICE"] = 0.3
    page.get("/teach")
    answer = page.submit(action="/teach/demonstration", status=None)
    shown = []
    while answer.status == 200:
        shown.append(int(answer.one("progress").get("value")))
        assert len(shown) < 144
        answer = page.submit(action="/teach/demonstration", status=None)
    assert shown == sorted(set(shown))
    assert shown
    assert len(page.follow(answer).one("tbody").find("tr")) == 24
