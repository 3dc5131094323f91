"""What learners and visitors do in the story: join, answer, read; knows no table of the app."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.quizzes import Answer, answers, find_exercise, get_quiz, percent, right
from tests.browser.wording import say

HOME = "Read an article the way a fact-checker does"
KINDS = {
    "loaded_language": "Loaded words",
    "fact_or_opinion": "Fact or opinion",
    "check_a_number": "Check a number",
}
SUBMIT = "#answer .answer-bar button:not([name]):not([type=button])"
NEXT = "a[data-next]"


def heading(person: Person, exercise: Any) -> str:
    """Return the h1 of an exercise: its author's title, else the name of its kind."""
    return exercise.title or say(person.look.language, KINDS[exercise.kind])


def join(learner: Person, code: str, class_name: str) -> str:
    """Join from the home page, in two screens and two submits; return the pseudonym."""
    language = learner.look.language
    submits: list[str] = []
    learner.page.on(
        "request", lambda request: submits.append(request.url) if request.method == "POST" else None
    )
    learner.open("/", say(language, HOME))
    learner.find("#code").fill(f" {code[:3].lower()}-{code[3:].lower()} ")
    learner.press(".code-form button", class_name)
    name = learner.find("input[name=name]").nth(1)
    name.check()
    pseudonym = name.input_value()
    learner.press("main form .actions button:not([name])", say(language, "To do"))
    assert len(submits) == 2, submits
    expect(learner.find(".site-tools a[href='/account']")).to_contain_text(pseudonym)
    return pseudonym


def do_quiz(learner: Person, name: str) -> int:
    """Do an assigned quiz from the start page to its results; return the score out of 100."""
    language = learner.look.language
    quiz = get_quiz(name, language)
    learner.open("/learn", say(language, "To do"))
    card = learner.find(".desk > li", has_text=quiz.title)
    given = answers(quiz)
    learner.press(card.locator("button"), heading(learner, quiz.exercises[0]))
    submit_nothing(learner, heading(learner, quiz.exercises[0]))
    for number, (exercise, answer) in enumerate(zip(quiz.exercises, given, strict=True)):
        if number:
            learner.press(NEXT, heading(learner, exercise))
        answer_exercise(learner, exercise, answer)
    learner.press(NEXT, say(language, "Your results", "pupil"))
    score = percent(given)
    expect(learner.find(".result-score")).to_have_text(f"{score} / 100")
    expect(learner.find(".mistake")).to_have_count(_mistakes(given))
    expect(learner.find(".exercise-list > li")).to_have_count(len(given))
    return score


def submit_nothing(person: Person, h1: str) -> None:
    """Submit an empty form: the summary has the focus, and its links lead to fields."""
    person.press(SUBMIT, h1)
    expect(person.find(".error-summary")).to_be_focused()
    for link in person.find(".error-summary a").all():
        target = link.get_attribute("href") or ""
        expect(person.find(f"{target}:is(input, fieldset, form)")).to_have_count(1)


def answer_exercise(person: Person, exercise: Any, answer: Answer) -> None:
    """Answer the exercise of the page; it is explained at once, where the answer was given."""
    person.press_through(fill_in(person, answer))
    if person.find("input[name=figure_reading]").count():
        person.press_through(fill_in(person, answer))
    person.inspect(heading(person, exercise))
    expect(person.find("#verdict")).to_be_focused()
    expect(person.find(".score-line")).to_contain_text(f"{(answer.points + 50) // 100}")
    assert " ".join(person.find(".why, .reasons").all_inner_texts()).strip()


def fill_in(person: Person, answer: Answer) -> str:
    """Fill in the form of an exercise with its own controls; return the button to press."""
    if answer.is_unsure:
        return "#answer button[name=unsure]"
    for name, value in answer.pairs:
        field = person.find(f"#answer [name='{name}']")
        if name == "figure":
            field.fill(value)
        elif name != "figure_reading" or field.count():
            person.find(f"#answer [name='{name}'][value='{value}']").check()
    return SUBMIT


def read_progress(learner: Person, quizzes: Sequence[str]) -> None:
    """Open the page of one's progress from the menu: three skills, the quizzes done."""
    language = learner.look.language
    learner.press(".site-nav a[href='/learn']", say(language, "To do"))
    expect(learner.find(".done-list > li")).to_have_count(len(quizzes))
    learner.press(".site-nav a[href='/progress']", say(language, "Your progress", "pupil"))
    expect(learner.find(".skill meter")).to_have_count(3)
    expect(learner.find("#history + .table-scroll tbody tr")).to_have_count(len(quizzes))


def look_around(person: Person, quiz: str, account: str) -> None:
    """Open the catalogue, a quiz, the account and the pages of the footer."""
    language = person.look.language
    person.press(".site-nav a[href='/quizzes']", say(language, "Quizzes"))
    person.press(f".cards a[href$='/{quiz}']", get_quiz(quiz, language).title)
    person.press(".site-tools a[href='/account']", account)
    for page in ("privacy", "accessibility"):
        person.press(f".site-footer a[href='/{page}']", say(language, page.capitalize()))


def try_one(visitor: Person) -> None:
    """Try one exercise, one click away from the home page."""
    visitor.open("/", say(visitor.look.language, HOME))
    visitor.press_through("main a[href='/try']")
    exercise = find_exercise(
        visitor.find("#answer input[name=exercise]").input_value(), visitor.look.language
    )
    visitor.inspect(heading(visitor, exercise))
    submit_nothing(visitor, heading(visitor, exercise))
    answer_exercise(visitor, exercise, right(exercise))


def sign_out(person: Person, private: str) -> None:
    """Sign out from the header; a page of one's own then asks who is there."""
    language = person.look.language
    person.press(".site-header form[action='/logout'] button", say(language, HOME))
    person.open(private, say(language, "Sign in"))


def _mistakes(given: Sequence[Answer]) -> int:
    return sum(answer.points < 10_000 for answer in given)
