"""The report: where, what and what to do, in three formats."""

import ast
import json
import re
from pathlib import Path

import pytest

from quizapp import content, exercises
from quizapp.content.check import FORMATS, check, describe_problem, render, translation
from quizapp.content.messages import MESSAGES
from quizapp.content.model import LocatedProblem
from quizapp.exercises.answers import FORM_PROBLEMS
from tests.content.pack import QUIZ, QUIZ_PATH, SOURCE_PATH, change, write


def told(root: Path, form: str = "text") -> str:
    """Return the report on a folder, errors of the format only."""
    return render([p for p in check([root]) if p.code < "r"], form, "en")


def test_a_problem_names_file_line_column_number_message_and_advice(root: Path) -> None:
    change(root, QUIZ_PATH, "    passages: [p1, p2]", "    pasages: [p1, p2]")
    problem = next(p for p in check([root]) if p.code == "unknown_key")
    first, line, mark = render([problem], "text", "en").splitlines()
    assert first.startswith(f"{root / QUIZ_PATH}:11:5: error[Q201]: “pasages” is not known here — ")
    assert "did you mean “passages”?" in first
    assert (line, mark) == ("        pasages: [p1, p2]", "        ^")


def test_the_json_report_has_every_field(root: Path) -> None:
    change(root, QUIZ_PATH, "level: 1", "level: 4")
    rows = json.loads(render(check([root]), "json", "en"))
    row = next(row for row in rows if row["code"] == "out_of_range")
    assert (row["line"], row["column"], row["number"]) == (6, 8, "Q211")
    assert (row["severity"], row["source_line"]) == ("error", "level: 4")


def test_the_github_report_escapes_what_would_end_it(root: Path) -> None:
    file = write(root, "mairie/fr/a,b.yaml", "a: 50 % # c\n")
    problems = [p for p in check([file]) if p.code == "text_cut"]
    report = render(problems, "github", "en")
    assert report.count("\n") == 1
    assert report.startswith("::error file=")
    assert "a%2Cb.yaml,line=1,col=8,title=Q120::" in report


def test_no_problem_is_no_report() -> None:
    assert [render([], form, "en") for form in FORMATS] == ["", "[]\n", ""]
    with pytest.raises(ValueError, match="xml"):
        render([], "xml", "en")


def test_one_file_is_checked_within_its_source(root: Path) -> None:
    write(root, "mairie/fr/autre.yaml", QUIZ.replace("id: bilan", "id: autre"))
    change(root, SOURCE_PATH, "words: 500\n", "")
    codes = {problem.code for problem in check([root / "mairie/fr/bilan.yaml"])}
    assert "repeated_exercise" in codes
    assert "words_missing" not in codes


def test_paths_are_as_seen_from_the_working_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(root, QUIZ_PATH, "level: 1", "level: 4")
    monkeypatch.chdir(root.parent)
    assert {problem.path for problem in check([Path("questions")])} == {
        "questions/mairie/fr/bilan.yaml"
    }


def test_languages_of_a_quiz_must_have_the_same_ids(root: Path) -> None:
    change(
        root, SOURCE_PATH, "ne le croit.", 'ne le croit."\n    translations: {en: "He says."}\n#'
    )
    quiz = "schema: 1\nid: bilan\nlanguage: en\ntitle: A\nintro: B\nlevel: 1\nexercises:\n"
    exercise = "  - {id: fox, kind: loaded_language, passages: [p2], why: Plain.}\n"
    write(root, "mairie/en/bilan.yaml", quiz + exercise)
    (problem,) = [p for p in check([root]) if p.code == "languages_differ"]
    assert problem.path.endswith("en/bilan.yaml")
    assert problem.params["difference"] == "fox, lecteurs, renard, tri"


def _codes_in_sources() -> set[str]:
    """Return every code that a Problem is made with, as written in the sources."""
    found = set()
    for package in (content, exercises):
        for file in Path(package.__path__[0]).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                    code = node.args[0]
                    found |= (
                        {code.value} if isinstance(code, ast.Constant) and code.value else set()
                    )
    return found


def test_every_code_has_words() -> None:
    assert _codes_in_sources() - set(MESSAGES) - set(FORM_PROBLEMS) == set()


def test_numbers_are_given_once() -> None:
    numbers = [message.number for message in MESSAGES.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"Q[1-6]\d\d", number) for number in numbers)


@pytest.mark.parametrize("code", MESSAGES)
def test_words_of_a_problem_need_no_parameter_that_may_be_missing(code: str) -> None:
    message = MESSAGES[code]
    names = re.findall(r"%\((\w+)\)s", message.text + message.advice)
    problem = LocatedProblem("x", 1, 1, code, dict.fromkeys(names, "5 %"))
    number, text, advice = describe_problem(problem, translation("en"))
    assert number == message.number
    assert "%(" not in text + advice
    assert "%%" not in text + advice
