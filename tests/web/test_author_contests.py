"""Contested keys: the reasons without names, the way to the exercise, closing them."""

from tests.markup import parse
from tests.web.routes_world import SOURCE, World

CONTESTS = "/author/contests"


def contests_of(world: World) -> str:
    return world.send("author", "GET", CONTESTS).text


def test_reasons_are_listed_without_who_gave_them(world: World) -> None:
    page, _ = parse(contests_of(world))
    (card,) = page.find("section", class_="contest")
    assert "Ce mot décrit." in card.text
    assert "1 reason" in card.text
    assert "learner" not in card.text
    assert "changed since" not in card.text


def test_a_contest_leads_to_its_exercise(world: World) -> None:
    page, _ = parse(contests_of(world))
    (card,) = page.find("section", class_="contest")
    address, _, place = card.find("a")[0].get("href").partition("#")
    exercise, _ = parse(world.send("author", "GET", address).text)
    assert world.ids["tried"] in exercise.find("section", aria_labelledby=place)[0].text


def test_the_start_page_counts_them(world: World) -> None:
    page, _ = parse(world.send("author", "GET", "/author").text)
    (link,) = page.find("a", href=CONTESTS)
    assert link.parent is not None
    assert link.parent.text == "Contested keys 1"


def test_a_closed_contest_is_gone_and_cannot_be_closed_again(world: World) -> None:
    path = f"{CONTESTS}/{SOURCE}/fr/{world.ids['tried']}"
    for state, status in (("corrected", 303), ("kept", 404)):
        assert world.send("author", "POST", path, {"state": state}).status_code == status
    assert "No key is contested" in contests_of(world)
