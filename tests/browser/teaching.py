"""What the teacher does in the story: set up, assign, share, read; knows no table of the app."""

import csv
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.quizzes import SOURCE, get_quiz
from tests.browser.wording import say

NAME = "mme.durand"
PASSWORD = "lire entre les lignes"
CLASS = "3e B"


def set_up(teacher: Person, link: str, *, demonstration: bool) -> None:
    """Make the first account, and the demonstration class if it is wanted."""
    language = teacher.look.language
    teacher.open(link, say(language, "Welcome"))
    teacher.press("main form .button", say(language, "Welcome"))
    expect(teacher.find(".error-summary")).to_be_focused()
    teacher.find("#name").fill(NAME)
    teacher.find("#password").fill(PASSWORD)
    teacher.find("#demonstration").set_checked(demonstration)
    # With scripts a page of the load goes on to the next one before it is there.
    hurries = demonstration and teacher.look.scripts
    teacher.press_through("main form .button", "commit" if hurries else "load")
    if demonstration:
        await_demonstration(teacher)
    else:
        teacher.inspect(say(language, "Classes"))


def await_demonstration(teacher: Person) -> None:
    """See the simulated learners do their quizzes, then their class, then one's own classes."""
    language = teacher.look.language
    title = say(language, "Demonstration class")
    go_on = "[data-module=continue] button"
    if not teacher.look.scripts and teacher.find(go_on).count():
        teacher.inspect(title)
    while not teacher.look.scripts and teacher.find(go_on).count():
        teacher.press_through(go_on)
    teacher.page.wait_for_url("**/teach/classes/*", timeout=60_000)
    teacher.inspect(f"{title} – {say(language, 'Results')}")
    expect(teacher.find(".matrix tbody tr")).to_have_count(24)
    open_tab(teacher, "skills", "Skills", title)
    assert teacher.find(".skills tbody .badge").count() >= 24
    teacher.press(".site-nav a[href='/teach']", say(language, "Classes"))


def heading(teacher: Person, section: str, class_name: str = CLASS) -> str:
    """Return the h1 of a page of the class."""
    return f"{class_name} – {section}"


def open_tab(teacher: Person, page: str, text: str, class_name: str = CLASS) -> None:
    """Open a page of the class from its tabs; an empty `page` is that of the results."""
    links = teacher.find(".tabs a")
    link = teacher.find(f".tabs a[href$='/{page}']") if page else links.first
    teacher.press(link, heading(teacher, say(teacher.look.language, text), class_name))


def create_class(teacher: Person) -> None:
    """Make a class; what it will work on comes next."""
    teacher.find(".class-form #name").fill(CLASS)
    assignments = say(teacher.look.language, "Assignments")
    teacher.press(".class-form button", heading(teacher, assignments))


def assign(teacher: Person, quizzes: tuple[str, ...]) -> None:
    """Assign quizzes, with the terms that the form proposes."""
    results = heading(teacher, say(teacher.look.language, "Results"))
    for name in quizzes:
        teacher.find(f"input[name=quiz][value='{SOURCE}/{name}']").check()
    teacher.press(".assign-form .terms .button", results)


def read_code(teacher: Person) -> str:
    """Return the code of the class as the page shows it, without its space."""
    return "".join(teacher.find(".code-display").inner_text().split())


def read_matrix(teacher: Person, learner: str, scores: Mapping[str, int]) -> None:
    """Find the learner's scores in the matrix, on the page and in the file; open an attempt."""
    language = teacher.look.language
    teacher.press(".site-nav a[href='/teach']", say(language, "Classes"))
    results = heading(teacher, say(language, "Results"))
    teacher.press(teacher.find(".class-card h2 a", has_text=CLASS), results)
    heads = [" ".join(text.split()) for text in teacher.find("thead a.head").all_inner_texts()]
    row = teacher.find(".matrix tbody tr", has_text=learner).locator("td:not(.average)")
    shown = dict(zip(heads, row.all_inner_texts(), strict=True))
    assert shown == by_title(scores, language) == export(teacher, learner)
    quiz = get_quiz(min(scores), language)
    title = quiz.title
    attempt = say(language, "%(name)s, “%(title)s”", name=learner, title=title)
    cell = row.nth(heads.index(" ".join(title.split())))
    teacher.press(cell.locator("a"), heading(teacher, attempt))
    expect(teacher.find(".answered")).to_have_count(len(quiz.exercises))


def by_title(scores: Mapping[str, int], language: str) -> dict[str, str]:
    """Return scores as shown by the titles of their quizzes, with plain spaces."""
    titles = {name: get_quiz(name, language).title for name in scores}
    return {" ".join(titles[name].split()): str(score) for name, score in scores.items()}


def export(teacher: Person, learner: str) -> dict[str, str]:
    """Download the matrix; return the learner's cells by the titles of the quizzes."""
    with teacher.page.expect_download() as download:
        teacher.find(".matrix-links a[href*='export.csv']:not([href*='table='])").click()
    assert CLASS.replace(" ", "-") in download.value.suggested_filename
    text = Path(download.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    delimiter = ";" if teacher.look.language == "fr" else ","
    head, line = list(csv.reader(text[1:].splitlines(), delimiter=delimiter))[:2]
    assert line[0] == learner
    assert head[-3] == say(teacher.look.language, "Average", "adult")
    return {
        " ".join(title.split()): value for title, value in zip(head[1:-3], line[1:-3], strict=True)
    }


def read_class(teacher: Person, learner: str, quiz: str) -> None:
    """Open an assignment, the learner, and the other pages of the class."""
    open_tab(teacher, "", "Results")
    assigned = get_quiz(quiz, teacher.look.language)
    title = assigned.title
    teacher.press(teacher.find("thead a.head", has_text=title), heading(teacher, title))
    expect(teacher.find(".items > li")).to_have_count(len(assigned.exercises))
    open_tab(teacher, "skills", "Skills")
    open_tab(teacher, "assignments", "Assignments")
    open_tab(teacher, "roster", "Learners and code")
    teacher.press(teacher.find(".roster th a", has_text=learner), heading(teacher, learner))
    administration = say(teacher.look.language, "Administration")
    teacher.press(".site-nav a[href='/admin']", administration)
