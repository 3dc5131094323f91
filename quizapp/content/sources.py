"""Reads source.yaml into a Source; knows no quizzes."""

from collections.abc import Iterable

from quizapp.content.authored import EvidenceEntry, PassageEntry, SourceFile
from quizapp.content.documents import Document
from quizapp.content.model import Source, SourceEvidence, SourcePassage
from quizapp.core.text import normalise, text_hash
from quizapp.exercises.base import Problem
from quizapp.exercises.passages import repeated_id_problems
from quizapp.exercises.schema import join_path, read


def read_source(document: Document, folder: str, path: str) -> tuple[Source | None, list[Problem]]:
    """Read the source that stands in a folder of this name; None if anything is wrong."""
    entry, problems = read(SourceFile, document.data)
    if entry is None:
        return None, problems
    problems = [*_file_problems(entry, folder), *_passage_problems(entry.passages)]
    problems += _evidence_problems(entry.evidence)
    if problems:
        return None, problems
    return _compiled(entry, path), []


def _file_problems(entry: SourceFile, folder: str) -> list[Problem]:
    if entry.id == folder:
        return []
    return [Problem("wrong_folder", "id", {"id": entry.id, "folder": folder})]


def _passage_problems(passages: Iterable[PassageEntry]) -> list[Problem]:
    paths = {join_path("passages", i): passage for i, passage in enumerate(passages)}
    problems = repeated_id_problems((path, passage.id) for path, passage in paths.items())
    for path, passage in paths.items():
        actual = text_hash(passage.text)
        if passage.sha256 is not None and passage.sha256 != actual:
            params = {"id": passage.id, "actual": actual}
            problems.append(Problem("hash_mismatch", join_path(path, "sha256"), params))
    return problems


def _evidence_problems(evidence: Iterable[EvidenceEntry]) -> list[Problem]:
    paths = {join_path("evidence", i): item for i, item in enumerate(evidence)}
    problems = repeated_id_problems((path, item.id) for path, item in paths.items())
    for path, item in paths.items():
        if item.figure is not None and not item.unit:
            problems.append(
                Problem("figure_without_unit", join_path(path, "unit"), {"id": item.id})
            )
        for name in ("publisher", "says"):
            if not getattr(item, name):
                problems.append(Problem("empty_value", join_path(path, name)))
    return problems


def _compiled(entry: SourceFile, path: str) -> Source:
    passages = [
        SourcePassage(
            id=passage.id,
            text=normalise(passage.text).strip(),
            translations={
                language: normalise(text).strip()
                for language, text in (passage.translations or {}).items()
            },
        )
        for passage in entry.passages
    ]
    evidence = [
        SourceEvidence(
            **{name: getattr(item, name) for name in _EVIDENCE_FIELDS},
            publisher=_by_language(item.publisher, entry),
            unit=_by_language(item.unit, entry),
            period=item.period or {},
            says=item.says,
        )
        for item in entry.evidence
    ]
    return Source(
        **{name: getattr(entry, name) for name in _SOURCE_FIELDS},
        language=str(entry.language),
        passages={passage.id: passage for passage in passages},
        evidence={item.id: item for item in evidence},
        path=path,
    )


def _by_language(text: str | dict[str, str] | None, entry: SourceFile) -> dict[str, str]:
    return {str(entry.language): text} if isinstance(text, str) else text or {}


_EVIDENCE_FIELDS = ("id", "title", "date", "url", "figure")
_SOURCE_FIELDS = ("id", "title", "author", "date", "genre", "rights", "age", "words")
