"""The start page of authors: packs, their quizzes, the problems of every file; changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, url_for

from quizapp.content.drafts import Draft, find_source, is_source, read_draft, source_folder
from quizapp.content.library import ReadFile
from quizapp.content.model import Library, Source
from quizapp.store.contests import list_contested
from quizapp.store.db import db
from quizapp.store.quizzes import quiz_languages
from quizapp.web.author import blueprint
from quizapp.web.author.files import ShownProblem, checked_files, show_problems, shown_folders
from quizapp.web.library import current_library
from quizapp.web.permissions import author_required


@dataclass(frozen=True)
class FileLine:
    """A file in a list; `href` is empty for one that is no quiz of a pack.

    `is_broken` keeps the file out of service, `is_kept` tells that its last good version is in.
    """

    path: str
    title: str
    language: str
    href: str
    exercises: int
    is_broken: bool
    is_kept: bool
    problems: list[ShownProblem]

    @property
    def errors(self) -> int:
        """How many errors it has."""
        return sum(problem.is_error for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many warnings it has."""
        return len(self.problems) - self.errors


@dataclass(frozen=True)
class Pack:
    """An article with its quizzes; `source` is None where its description cannot be read."""

    name: str
    source: Source | None
    quizzes: list[FileLine]


@blueprint.get("", endpoint="home")
@author_required
def show_home() -> str:
    """List packs and quizzes with the problems of every file."""
    files = checked_files()
    library = current_library()
    lines = [show_file(file, files, library) for file in files]
    return render_template(
        "author/home.html",
        folders=shown_folders(),
        packs=list_packs(files, lines, library),
        troubled=sorted((line for line in lines if line.problems), key=lambda line: -line.errors),
        errors=sum(line.errors for line in lines),
        contested=len(list_contested(db.session())),
        warnings=sum(line.warnings for line in lines),
    )


def show_file(file: ReadFile, files: Iterable[ReadFile], library: Library) -> FileLine:
    """Return a file as a line of the list."""
    draft = None if is_source(file) else read_draft(file, find_source(file, files, library.sources))
    is_broken = file.path in library.broken_paths
    name = _quiz_name(draft) if draft else None
    languages = quiz_languages(db.session(), library, *name) if name and is_broken else ()
    return FileLine(
        path=file.path,
        title=draft.title if draft else file.source.title if file.source else "",
        language=draft.language if draft else file.source.language if file.source else "",
        href=_address(draft) if draft else "",
        exercises=len(draft.exercises) if draft else 0,
        is_broken=is_broken,
        is_kept=draft is not None and draft.language in languages,
        problems=show_problems(file.path, file.problems),
    )


def list_packs(files: list[ReadFile], lines: list[FileLine], library: Library) -> list[Pack]:
    """Return the articles, each with the lines of its quizzes in the order of their files."""
    packs: dict[str, Pack] = {}
    for file, line in zip(files, lines, strict=True):
        folder = source_folder(file.path)
        if is_source(file):
            source = file.source or library.sources.get(folder)
            packs.setdefault(folder, Pack(folder, source, []))
        elif line.href:
            source = find_source(file, files, library.sources)
            packs.setdefault(folder, Pack(folder, source, [])).quizzes.append(line)
    return list(packs.values())


def _quiz_name(draft: Draft) -> tuple[str, str] | None:
    parts = draft.path.removesuffix(".yaml").split("/")
    return (parts[0], parts[2]) if len(parts) == 3 else None


def _address(draft: Draft) -> str:
    name = _quiz_name(draft)
    if name is None:
        return ""
    return url_for("author.quiz", source=name[0], quiz=name[1], language=draft.language)
