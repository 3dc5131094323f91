"""The story that the app exists for, from the set-up link to the last sign-out, in a browser."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import learning, teaching
from tests.browser.person import Look, people
from tests.browser.quizzes import QUIZZES
from tests.command import Served

Visits = list[tuple[str, str]]


def story(
    browser: Browser,
    server: Served,
    *,
    look: Look,
    demonstration: bool = False,
    shots: Path | None = None,
) -> Visits:
    """Tell the whole story on a fresh installation; return each page seen with its h1.

    AssertionError where a step does not work or a page has a fault.
    """
    with people(browser, server.url, look, shots) as meet:
        teacher, learner, visitor = meet(), meet(), meet()
        teaching.set_up(teacher, server.setup_link, demonstration=demonstration)
        teaching.create_class(teacher)
        teaching.assign(teacher, QUIZZES)
        pseudonym = learning.join(learner, teaching.read_code(teacher), teaching.CLASS)
        scores = {quiz: learning.do_quiz(learner, quiz) for quiz in QUIZZES}
        learning.read_progress(learner, QUIZZES)
        learning.look_around(learner, QUIZZES[0], pseudonym)
        teaching.read_matrix(teacher, pseudonym, scores)
        teaching.read_class(teacher, pseudonym, QUIZZES[0])
        learning.try_one(visitor)
        learning.sign_out(learner, "/learn")
        learning.sign_out(teacher, "/teach")
    return [*teacher.visits, *learner.visits, *visitor.visits]
