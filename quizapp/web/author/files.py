"""The authors' files as the checker sees them now; knows no page and no answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from flask_babel import gettext

from quizapp.content.check import check_roots, describe_problem
from quizapp.content.library import ReadFile
from quizapp.content.model import Library, LocatedProblem
from quizapp.exercises.base import Severity
from quizapp.web.library import current_library, question_folders

CHECKED = "quizapp-checked-files"


@dataclass(frozen=True)
class ShownProblem:
    """A problem in the words of the page; `place` is file:line:column, `line` as written."""

    place: str
    is_error: bool
    number: str
    message: str
    advice: str
    line: str


def checked_files() -> list[ReadFile]:
    """Return every file with all its problems; checked anew when one of them has changed."""
    library = current_library()
    seen: tuple[Library, list[ReadFile]] | None = current_app.extensions.get(CHECKED)
    if seen is None or seen[0] is not library:
        seen = current_app.extensions[CHECKED] = (library, check_roots(question_folders()))
    return seen[1]


def show_problems(path: str, problems: Iterable[LocatedProblem]) -> list[ShownProblem]:
    """Put the problems of one file into words, errors first."""
    ordered = sorted(problems, key=lambda each: (each.severity is not Severity.ERROR, each.line))
    return [_show(path, problem) for problem in ordered]


def _show(path: str, problem: LocatedProblem) -> ShownProblem:
    number, message, advice = describe_problem(problem, gettext)
    return ShownProblem(
        place=f"{path}:{problem.line}:{problem.column}",
        is_error=problem.severity is Severity.ERROR,
        number=number,
        message=message,
        advice=advice,
        line=problem.source_line.strip(),
    )


def shown_folders() -> list[Path]:
    """Return the folders into which authors copy their files."""
    return [folder.absolute() for folder in question_folders()]
