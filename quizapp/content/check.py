"""Checks authors' files, with the teaching rules, and writes the report; knows no command line."""

import gc
import gettext
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quizapp import paths as places
from quizapp.content.forms import compare_forms
from quizapp.content.languages import compare_languages
from quizapp.content.library import SOURCE_NAME, ReadFile, add_repeated, read_root
from quizapp.content.messages import MESSAGES, Message, answer_in_words
from quizapp.content.model import LocatedProblem
from quizapp.content.reasons import typography_problems
from quizapp.content.teaching import quiz_problems, source_problems
from quizapp.content.verbatim import Article, verbatim_problems
from quizapp.core.messages import N_
from quizapp.exercises.base import Severity

FORMATS = ("text", "json", "github")
DID_YOU_MEAN = N_("did you mean “%(suggestion)s”?")


class NoSingleSource(Exception):
    """An article is to be compared, but the paths name none or several sources: `ids`."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__(", ".join(ids))
        self.ids = ids


def check(paths: Sequence[Path], article: Article | None = None) -> list[LocatedProblem]:
    """Return every problem of the files at or under the paths, in order of file and line.

    A file is read with all files of its root, since ids and quotations are counted over them.
    With an article, the passages of the one source asked for are compared with it; raises
    NoSingleSource.
    """
    wanted = [path.resolve() for path in paths]
    with _collector_paused():
        files = check_roots(dict.fromkeys(find_root(path) for path in wanted))
    asked = [file for file in files if _is_under(Path(file.shown), wanted)]
    if article is not None:
        _compare_article(asked, files, article)
    problems = [problem for file in asked for problem in file.problems]
    return sorted(_relative(problem) for problem in problems)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Look for no garbage meanwhile: all that is read is kept, and looking takes a third more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compare_article(asked: list[ReadFile], files: list[ReadFile], article: Article) -> None:
    named = {file.path.partition("/")[0] for file in asked}
    sources = [file for file in files if file.source and file.path.partition("/")[0] in named]
    if len(sources) != 1:
        raise NoSingleSource([file.source.id for file in sources if file.source])
    for file in sources:
        if file.source is not None:
            file.add(verbatim_problems(file.source, article))
            asked += [file] if file not in asked else []


def find_root(path: Path) -> Path:
    """Return the folder of questions that a file or folder is in: the one above source.yaml."""
    for folder in (path, *path.parents):
        if (folder / SOURCE_NAME).is_file():
            return folder.parent
    return path if path.is_dir() else path.parent


def check_roots(roots: Iterable[Path]) -> list[ReadFile]:
    """Read folders of questions and add what only the whole shows."""
    files = [file for root in roots for file in read_root(root)]
    add_repeated(files)
    compare_languages(files)
    compare_forms(files)
    for file in files:
        if file.quiz is not None:
            file.add(quiz_problems(file.quiz, file.document.data))
        if file.source is not None:
            _check_source(file, files)
    return files


def _check_source(file: ReadFile, files: Iterable[ReadFile]) -> None:
    source = file.source
    if source is None:
        return
    of_source = [(f.quiz, f.document.data) for f in files if f.quiz and f.quiz.source is source]
    file.add(source_problems(source, of_source))
    for i, item in enumerate(file.document.data.get("evidence") or ()):
        for name in ("says", "period"):
            text = (item.get(name) or {}).get("fr", "")
            file.add(typography_problems(text, f"evidence[{i}].{name}.fr"))


def _is_under(path: Path, wanted: Iterable[Path]) -> bool:
    if any(path.is_relative_to(place) for place in wanted):
        return True
    here = path.resolve()
    return any(here == place or place in here.parents for place in wanted)


def _relative(problem: LocatedProblem) -> LocatedProblem:
    """Name a file as seen from the working folder, if it is under it."""
    path = Path(problem.path)
    here = Path.cwd()
    shown = str(path.relative_to(here)) if here in path.parents else problem.path
    return LocatedProblem(**{**vars(problem), "path": shown})


# --- the report ------------------------------------------------------------------------------


def render(
    problems: Sequence[LocatedProblem],
    format: str,  # noqa: A002
    language: str,
    catalogues: Path = places.TRANSLATIONS,
) -> str:
    """Return the report: "text" for people, "json" for programs, "github" for annotations.

    `catalogues` is the folder of compiled catalogues. Ends with a line break unless it is empty.
    Raises ValueError for another format.
    """
    writers: dict[str, Callable[[Sequence[LocatedProblem], Translate], Iterator[str]]] = {
        "text": _text,
        "json": _json,
        "github": _github,
    }
    if format not in writers:
        raise ValueError(f"no such format: {format}")
    translate = translation(language, catalogues)
    return "".join(f"{line}\n" for line in writers[format](problems, translate))


Translate = Callable[[str], str]


def translation(language: str, catalogues: Path = places.TRANSLATIONS) -> Translate:
    """Return the function that translates msgids; English where there is no catalogue."""
    catalogue = gettext.translation(
        "messages", localedir=catalogues, languages=[language], fallback=True
    )
    return catalogue.gettext


def describe_problem(problem: LocatedProblem, translate: Translate) -> tuple[str, str, str]:
    """Return number, message and advice of a problem in words, "did you mean" included."""
    message = MESSAGES.get(problem.code) or Message("Q000", problem.code, "")
    params = {name: _shown(value) for name, value in problem.params.items()}
    if problem.code == "constant_answer":
        params["answer"] = answer_in_words(problem.params["answer"], translate)
    advice = _filled(translate(message.advice), params) if message.advice else ""
    suggestion = problem.params.get("suggestion")
    if suggestion:
        meant = translate(DID_YOU_MEAN) % {"suggestion": suggestion}
        advice = f"{meant}; {advice}" if advice else meant
    return message.number, _filled(translate(message.text), params), advice


def _filled(text: str, params: dict[str, str]) -> str:
    try:
        return text % params
    except (KeyError, ValueError, TypeError):  # a slip of a translation must not hide the problem
        return text


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _text(problems: Sequence[LocatedProblem], translate: Translate) -> Iterator[str]:
    for problem in problems:
        number, message, advice = describe_problem(problem, translate)
        place = f"{problem.path}:{problem.line}:{problem.column}"
        yield f"{place}: {problem.severity}[{number}]: {message}" + (f" — {advice}" * bool(advice))
        if problem.source_line.strip():
            yield f"    {problem.source_line.rstrip()}"
            yield f"    {' ' * (problem.column - 1)}^"


def _json(problems: Sequence[LocatedProblem], translate: Translate) -> Iterator[str]:
    rows = []
    for problem in problems:
        number, message, advice = describe_problem(problem, translate)
        row = {**vars(problem), "severity": str(problem.severity), "params": dict(problem.params)}
        rows.append(row | {"number": number, "message": message, "advice": advice})
    yield json.dumps(rows, ensure_ascii=False, indent=2)


def _github(problems: Sequence[LocatedProblem], translate: Translate) -> Iterator[str]:
    for problem in problems:
        number, message, advice = describe_problem(problem, translate)
        level = "error" if problem.severity is Severity.ERROR else "warning"
        place = f"file={_property(problem.path)},line={problem.line},col={problem.column}"
        yield f"::{level} {place},title={number}::{_data(f'{message} — {advice}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
