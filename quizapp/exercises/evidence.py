"""References from exercises to evidence of the source."""

from collections.abc import Sequence

from quizapp.exercises.base import Evidence, Material, Problem
from quizapp.exercises.schema import closest, join_path


def find_evidence(
    ids: Sequence[str], path: str, material: Material
) -> tuple[tuple[Evidence, ...], list[Problem]]:
    """Resolve the list `evidence` at a path; a problem for each id that the source has not."""
    items = tuple(material.evidence[name] for name in ids if name in material.evidence)
    problems = [
        unknown_evidence(name, join_path(join_path(path, "evidence"), i), material)
        for i, name in enumerate(ids)
        if name not in material.evidence
    ]
    return items, problems


def unknown_evidence(name: str, path: str, material: Material) -> Problem:
    """Return the problem of an id that names no evidence."""
    params = {"id": name, "suggestion": closest(name, list(material.evidence))}
    return Problem("unknown_evidence", path, params)
