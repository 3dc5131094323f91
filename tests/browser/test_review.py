"""A mistake comes back: from the start page to the review, its answer and back, in a browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from quizapp.store.db import db, write
from quizapp.store.models import Attempt, Response
from tests.browser.learning import NEXT, answer_exercise, heading
from tests.browser.quizzes import MARKING, get_quiz, right
from tests.browser.test_answering import WITH_AND_WITHOUT
from tests.browser.wording import say

START = "main form[action='/review'] button"


def put_back(site, attempt_url: str, days: int) -> None:
    """Let the answers of an attempt have been given so many days earlier."""
    attempt = int(attempt_url.split("/attempts/")[1].split("/")[0])
    with site.app.app_context(), write(db.session()):
        account = db.session.get_one(Attempt, attempt).account_id
        for answer in db.session.scalars(
            select(Response)
            .join(Attempt, Attempt.id == Response.attempt_id)
            .where(Attempt.account_id == account)
        ):
            answer.answered_at -= timedelta(days=days)


def hand_in_unsure(person) -> str:
    """Say "I do not know" to the first exercise and hand in; return the address of the results."""
    person.press_through("#answer button[name=unsure]")
    person.page.goto(person.page.url.split("/exercises/")[0] + "/finish")
    person.press_through("main form[action$='/finish'] button:not([value])")
    return person.page.url


@pytest.mark.timeout(120)
@WITH_AND_WITHOUT
@pytest.mark.parametrize(
    "look",
    [
        {"language": "fr", "width": 360, "scheme": "dark"},
        {"language": "en", "width": 1280, "scheme": "light"},
    ],
    ids=["fr-phone-dark", "en-wide-light"],
)
def test_a_mistake_comes_back_and_is_answered(begin, site, look, scripts):
    person = begin(**look, scripts=scripts)
    language = person.look.language
    review = say(language, "Your review", "pupil")
    results = hand_in_unsure(person)
    person.open("/review", review)
    expect(person.find(START)).to_have_count(0)
    expect(person.find(".review-rest")).to_be_visible()

    put_back(site, results, days=2)
    person.open("/learn", say(language, "To do"))
    person.press("main a[href='/review']", review)
    expect(person.find(".review-number")).to_have_text("1")
    exercise = get_quiz(MARKING, language).exercises[0]
    person.press(START, heading(person, exercise))
    answer_exercise(person, exercise, right(exercise))
    person.press(NEXT, review)
    expect(person.find(START)).to_have_count(0)
    expect(person.find(".tally dd")).to_have_text(["0", "1", "0"])
    person.open(results.removeprefix(site.url), say(language, "Your results", "pupil"))
    expect(person.find(".result-score")).to_have_text("0 / 100")
    person.open("/progress", say(language, "Your progress", "pupil"))


def test_the_line_of_scores_is_a_picture_with_words_and_keeps_forced_colours(begin, site):
    person = begin()
    hand_in_unsure(person)
    for name in ("fait-ou-opinion-1", "verifier-un-nombre-1"):
        person.page.goto(f"/quizzes/hua-bin-2025/{name}")
        person.press_through("main form.actions button")
        hand_in_unsure(person)
    person.open("/progress", "Your progress")
    picture = person.page.get_by_role("img", name="Your scores over time")
    expect(picture).to_have_count(1)
    assert "first 0, last 0" in (picture.locator("desc").text_content() or "")
    stroke = "(svg) => getComputedStyle(svg.querySelector('path')).stroke"
    person.page.emulate_media(forced_colors="active", color_scheme="dark")
    line, ground = (
        picture.evaluate(stroke),
        person.page.evaluate("getComputedStyle(document.body).backgroundColor"),
    )
    assert line != ground
    assert line not in ("none", "")
