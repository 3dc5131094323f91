"""Reads folders of questions into a library; knows where files belong, not what is in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from quizapp.content.documents import Document, read_document
from quizapp.content.guard import MAX_BYTES
from quizapp.content.model import Library, LocatedProblem, Quiz, QuizKey, Source
from quizapp.content.quizzes import QuizPlace, read_quiz
from quizapp.content.sources import read_source
from quizapp.exercises.base import Problem, Severity

SOURCE_NAME = "source.yaml"
SUFFIXES = (".yaml", ".yml")


@dataclass
class ReadFile:
    """One file as read: its path from the root, its problems, and what it compiled to."""

    path: str
    shown: str
    document: Document
    problems: list[LocatedProblem] = field(default_factory=list)
    source: Source | None = None
    quiz: Quiz | None = None

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems, each at the place where its path stands in the file."""
        for problem in problems:
            self._add(problem, self.document.place(problem))

    def add_placed(self) -> None:
        """Add the problems of YAML itself."""
        for problem, place in self.document.placed:
            self._add(problem, place)

    def _add(self, problem: Problem, place: tuple[int, int]) -> None:
        located = LocatedProblem(
            path=self.shown,
            line=place[0],
            column=place[1],
            code=problem.code,
            params=problem.params,
            severity=problem.severity,
            source_line=self.document.line(place[0]),
        )
        self.problems.append(located)

    @property
    def is_broken(self) -> bool:
        """Whether an error keeps it out of service."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def load_library(roots: Iterable[Path]) -> Library:
    """Read every file under the roots; never raises for what is in them."""
    files = [file for root in roots for file in read_root(root)]
    return assemble(files)


def assemble(files: Iterable[ReadFile]) -> Library:
    """Make a library of read files; an error in one file keeps only that file out."""
    files = list(files)
    add_repeated(files)
    sources = {f.source.id: f.source for f in files if f.source and not f.is_broken}
    quizzes = {
        file.quiz.key: file.quiz
        for file in files
        if file.quiz and not file.is_broken and sources.get(file.quiz.source.id) is file.quiz.source
    }
    return Library(
        sources=sources,
        quizzes=quizzes,
        problems=tuple(sorted(problem for file in files for problem in file.problems)),
        broken_paths=frozenset(file.path for file in files if file.is_broken),
    )


def read_root(root: Path) -> Iterator[ReadFile]:
    """Read the files of one folder of questions, source by source."""
    for path in _yaml_files(root):
        depth = len(path.relative_to(root).parts)
        if depth != (2 if path.name == SOURCE_NAME else 3):
            yield _refused(path, root, "wrong_place")
    for folder in sorted(path for path in root.glob("*") if path.is_dir()):
        if _leads_out(folder, root):
            yield _refused(folder, root, "outside_folder")
        else:
            yield from read_source_folder(folder)


def read_source_folder(folder: Path) -> Iterator[ReadFile]:
    """Read source.yaml and the quizzes of one article; without a source its quizzes are broken."""
    quizzes = sorted(path for path in _yaml_files(folder) if path.parent.parent == folder)
    source_path = folder / SOURCE_NAME
    if not source_path.is_file():
        for path in quizzes:
            file = _open(path, folder.parent)
            file.add([Problem("source_missing", "", {"folder": folder.name})])
            yield file
        return
    file = _open(source_path, folder.parent)
    if file.document.is_read:
        file.source, problems = read_source(file.document, folder.name, file.path)
        file.add(problems)
    yield file
    for path in quizzes:
        yield _read_quiz_file(path, folder, file)


def _read_quiz_file(path: Path, folder: Path, source: ReadFile) -> ReadFile:
    """Read a quiz; where its source is broken it is broken too, but its own problems are told."""
    file = _open(path, folder.parent)
    if path.suffix != ".yaml":
        file.add([Problem("wrong_suffix", "")])
    if source.is_broken:
        file.add([Problem("source_broken", "", {"folder": folder.name})])
    if source.source is not None and file.document.is_read:
        place = QuizPlace(path.stem, path.parent.name, file.path)
        file.quiz, problems = read_quiz(file.document, source.source, place)
        file.add(problems)
    return file


def _open(path: Path, root: Path) -> ReadFile:
    relative = path.relative_to(root).as_posix()
    if _leads_out(path, root):
        return _refused(path, root, "outside_folder")
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        document = read_document(raw, path.stat().st_size)
    except OSError as error:
        document = Document()
        problem = Problem("unreadable_file", "", {"detail": error.strerror or ""})
        document.placed.append((problem, (1, 1)))
    file = ReadFile(relative, str(path), document)
    file.add_placed()
    return file


def _leads_out(path: Path, root: Path) -> bool:
    """Whether a path under the root is, or goes through, a link to somewhere else."""
    if not any(part.is_symlink() for part in (path, *path.parents[: _depth(path, root)])):
        return False
    return root.resolve() not in path.resolve().parents


def _depth(path: Path, root: Path) -> int:
    """Return how many folders there are between a path and the root above it."""
    return len(path.parts) - len(root.parts) - 1


def _refused(path: Path, root: Path, code: str) -> ReadFile:
    file = ReadFile(path.relative_to(root).as_posix(), str(path), Document())
    file.add([Problem(code, "")])
    return file


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if is_question_file(path, folder))


def is_question_file(path: Path, root: Path) -> bool:
    """Return whether a path under a root is an author's file; hidden folders are not looked at."""
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return path.suffix in SUFFIXES and not hidden and path.is_file()


def add_repeated(files: Iterable[ReadFile]) -> None:
    """Add problems for ids that only all files together show to be used twice or to differ."""
    sources: dict[str, str] = {}
    owners: dict[tuple[str, str], Quiz] = {}
    quizzes: dict[QuizKey, Quiz] = {}
    for file in files:
        if file.source is not None:
            first = sources.setdefault(file.source.id, file.shown)
            if first != file.shown:
                file.add([Problem("repeated_source", "id", {"id": file.source.id, "first": first})])
                file.source = None
        if file.quiz is not None:
            file.add(_shared_exercises(file.quiz, owners))
            if file.quiz.key in quizzes:
                file.add([Problem("repeated_quiz", "id", {"id": file.quiz.id})])
            quizzes.setdefault(file.quiz.key, file.quiz)


def _shared_exercises(quiz: Quiz, owners: dict[tuple[str, str], Quiz]) -> Iterator[Problem]:
    """Yield a problem for each exercise id that another quiz of the source has."""
    for i, exercise in enumerate(quiz.exercises):
        owner = owners.setdefault((quiz.source.id, exercise.id), quiz)
        if owner.id != quiz.id:
            params = {"id": exercise.id, "first": owner.path}
            yield Problem("repeated_exercise", f"exercises[{i}].id", params)
