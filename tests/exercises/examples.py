"""An exercise of each kind on a text of our own, for tests of the exercises layer."""

from copy import deepcopy
from typing import Any

from quizapp.exercises.base import Evidence, Material, PassageText
from quizapp.exercises.registry import get_kind

TEXT = (
    "Le maire, ce vieux renard, a fermé la bibliothèque le 3 mai. "
    "Il a osé mentir à toute la ville : 60 % des lecteurs sont partis."
)
SECOND = "La mairie a ouvert une salle de lecture en juin."

PASSAGES = {
    "p1": PassageText("p1", TEXT),
    "p2": PassageText("p2", SECOND),
}
EVIDENCE = {
    "e1": Evidence(
        "e1", "Mairie", "Rapport annuel", "2024-06", "https://example.org/1", "20.8", "%"
    ),
    "e2": Evidence("e2", "Journal", "Courrier des lecteurs", "2019", "https://example.org/2"),
}

DATA: dict[str, dict[str, Any]] = {
    "loaded_language": {
        "id": "renard",
        "kind": "loaded_language",
        "passages": ["p1", "p2"],
        "targets": [
            {"id": "t1", "find": "ce vieux renard", "technique": "name_calling", "why": "Animal."},
            {"id": "t2", "find": "osé mentir", "technique": "doubt", "why": "Intention."},
        ],
        "optional": [{"id": "o1", "find": "toute la ville", "why": "Les deux."}],
        "near_misses": [{"id": "n1", "find": "a fermé", "why": "Un fait."}],
        "rewrites": [{"id": "r1", "text": "Le maire.", "verdict": "neutral", "why": "Sobre."}],
    },
    "fact_or_opinion": {
        "id": "tri",
        "kind": "fact_or_opinion",
        "passages": ["p1", "p2"],
        "segments": [
            {
                "id": "b",
                "find": "60 % des lecteurs sont partis",
                "label": "verifiable",
                "truth": "inaccurate",
                "evidence": ["e1"],
                "cue": "number",
                "why": "Un rapport le dit.",
            },
            {"id": "a", "find": "ce vieux renard", "label": "judgement", "why": "Une image."},
            {"id": "c", "find": SECOND, "label": "mixed", "why": "Les deux à la fois."},
        ],
    },
    "check_a_number": {
        "id": "lecteurs",
        "kind": "check_a_number",
        "passages": ["p1"],
        "claim": {"find": "60 %", "question": "Combien de lecteurs sont partis ?"},
        "cards": [
            {"id": "c1", "evidence": "e1"},
            {"id": "c2", "evidence": "e2", "weak": True, "why": "Trop ancien."},
        ],
        "verdict": {"level": "inaccurate", "why": "Trois fois trop."},
        "error": {"kind": "magnitude", "why": "Le nombre est trop grand."},
        "figure": {"value": "20,8", "unit": "%", "tolerance": "0,5", "why": "Selon le rapport."},
        "as_of": "2024-06",
    },
}


def material(*steps: str, language: str = "fr") -> Material:
    """Return the passages and the evidence, with the steps that the quiz asks."""
    return Material(language, "fr", PASSAGES, EVIDENCE, frozenset(steps))


def data(kind: str, **changes: Any) -> dict[str, Any]:
    """Return the authored data of a kind with some keys replaced; None takes a key away."""
    result = deepcopy(DATA[kind]) | changes
    return {key: value for key, value in result.items() if value is not None}


def exercise(kind: str, *steps: str, **changes: Any) -> Any:
    """Return a compiled exercise; fails with its problems if there are any."""
    parsed = get_kind(kind).parse(data(kind, **changes), material(*steps))
    assert parsed.exercise is not None, parsed.problems
    return parsed.exercise


def problem_codes(kind: str, *steps: str, **changes: Any) -> list[tuple[str, str]]:
    """Return code and path of each problem of changed data."""
    parsed = get_kind(kind).parse(data(kind, **changes), material(*steps))
    assert parsed.exercise is None
    return [(problem.code, problem.path) for problem in parsed.problems]
