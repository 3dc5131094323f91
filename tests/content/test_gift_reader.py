"""Our GIFT files as another program reads them: a parser of GIFT from npm.

Where there is no npm these tests are left out; what our own reader of Moodle's rules says about
the same files is in test_exports.py.
"""

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from quizapp.content.exports import export
from tests.content.gift import GiftQuestion, read_gift
from tests.content.test_exports import VOICE, nasty_sheet, quizzes, sheet_of

READER = Path(__file__).with_name("gift-reader")
NPM = shutil.which("npm")
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NPM is None or NODE is None, reason="needs node and npm"),
]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Read many texts with the parser, which is installed as the lock file has it."""
    folder = tmp_path_factory.mktemp("gift-reader")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(READER / name, folder)
    install = [NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(install, cwd=folder, check=True, timeout=300)

    def read_all(texts: list[str]) -> list[list[dict]]:
        command = [NODE, READER / "read.cjs", folder / "package.json"]
        done = subprocess.run(
            command, input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=60
        )
        return json.loads(done.stdout)

    return read_all


def test_another_program_reads_the_questions_that_ours_reads(read):
    texts = [export(sheet_of(quiz), "gift", VOICE) for quiz in quizzes().values()]

    for text, (first, *questions) in zip(texts, read(texts), strict=True):
        category, ours = read_gift(text)
        assert (first["type"], first["title"]) == ("Category", category)
        assert [as_read(each) for each in questions] == [expected(each) for each in ours]


def test_signs_that_steer_a_reader_stay_text_for_another_program(read):
    text = export(nasty_sheet(), "gift", VOICE)

    [(_, *questions)] = read([text])

    assert [as_read(each) for each in questions] == [expected(each) for each in read_gift(text)[1]]


def as_read(question: dict) -> tuple:
    """Return what the parser says: name, text, answers with their percentage, feedback."""
    numerical = question["type"] == "Numerical"
    answers = []
    for choice in question["choices"]:
        weight = choice.get("weight")
        fraction = (100 if choice["isCorrect"] else 0) if weight is None else weight
        feedback = choice["feedback"]["text"]
        answers.append((wording(choice, numerical), Decimal(str(fraction)), feedback))
    return (
        question["title"],
        question["stem"]["text"],
        answers,
        question["globalFeedback"]["text"],
    )


def wording(choice: dict, numerical: bool) -> object:
    if not numerical:
        return choice["text"]["text"]
    answer = choice["text"]
    return Decimal(str(answer["number"])), Decimal(str(answer["range"]))


def expected(question: GiftQuestion) -> tuple:
    answers = []
    for option in question.options:
        text: object = option.text
        if question.numerical:
            number, _, margin = option.text.partition(":")
            text = Decimal(number), Decimal(margin)
        answers.append((text, option.fraction, option.feedback))
    return question.name, question.text, answers, question.feedback
