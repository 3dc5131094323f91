"""Where a log-in may lead: to pages of this app and nowhere else."""

import pytest

from quizapp.web.next_page import is_own_path
from tests.client import PageClient
from tests.web.people import PASSWORD, People

EVASIONS = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "///evil.example",
    "//%09/evil.example",
    "/%09//evil.example",
    "\x08//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/x//evil.example",
    "/é",
    "/" + "a" * 600,
    "",
]


@pytest.mark.parametrize("path", EVASIONS)
def test_no_evasion_is_an_own_path(path: str) -> None:
    assert not is_own_path(path)


@pytest.mark.parametrize("path", ["/", "/teach", "/teach/classes/12/", "/quizzes?skill=a&level=2"])
def test_pages_of_the_app_are(path: str) -> None:
    assert is_own_path(path)


def test_a_hostile_path_is_judged_quickly() -> None:
    assert not is_own_path("/" + "a" * 498 + "\\")


def test_after_the_log_in_one_is_where_one_wanted_to_be(page: PageClient, people: People) -> None:
    people.make("ada")
    login = page.follow(page.get("/account", 303))
    assert login.form("/login").find("input", name="next")[0].get("value") == "/account"
    page.follow(page.submit({"name": "ada", "password": PASSWORD}, action="/login"))
    assert page.last.h1 == "ada"


@pytest.mark.parametrize("path", EVASIONS[:6])
def test_a_log_in_never_leads_to_another_site(page: PageClient, people: People, path: str) -> None:
    people.make("ada")
    page.get("/login")
    data = {"name": "ada", "password": PASSWORD, "next": path}
    answer = page.submit(data, action="/login")
    assert answer.response.headers["Location"] == "/learn"


def test_the_language_button_stays_on_the_page(page: PageClient) -> None:
    page.get("/join")
    answer = page.submit({"language": "fr"}, action="/language")
    assert answer.response.headers["Location"] == "/join"
