"""Writes a folder of questions again with every key changed and nothing else; knows no page."""

import json
from pathlib import Path
from typing import Any

from quizapp.content.documents import read_document
from quizapp.content.library import load_library
from quizapp.content.model import Library
from quizapp.core.scores import Level
from quizapp.exercises.check_a_number.authored import ErrorKind

Authored = dict[str, Any]
WHY = "Cette raison de l’autre clé ne doit paraître nulle part avant la correction."
AS_OF = "1999"


def change_keys(root: Path, target: Path) -> Path:
    """Write the questions of a folder with other keys, and check that all of them load."""
    for file in root.rglob("*.yaml"):
        written = target / file.relative_to(root)
        written.parent.mkdir(parents=True, exist_ok=True)
        data = read_document(file.read_bytes()).data
        if file.name != "source.yaml":
            evidence = _first_evidence(file.parents[1])
            data["exercises"] = [_changed(each, evidence) for each in data["exercises"]]
        text = json.dumps(data, ensure_ascii=False, indent=1)
        written.write_text(text, encoding="utf-8")
    _check(load_library([root]), load_library([target]))
    return target


def change_later_keys(root: Path, target: Path, *, technique: bool) -> Path:
    """Write the questions with other keys of the further steps, other reasons, the same step 1.

    Only where a quiz asks them; with `technique`, that of each target is another one too.
    """
    for file in root.rglob("*.yaml"):
        written = target / file.relative_to(root)
        written.parent.mkdir(parents=True, exist_ok=True)
        data = read_document(file.read_bytes()).data
        if "technique" in data.get("steps", ()):
            data["exercises"] = [_other_steps(each, technique) for each in data["exercises"]]
        if "cue" in data.get("steps", ()):
            evidence = _first_evidence(file.parents[1])
            data["exercises"] = [_other_cues(each, evidence) for each in data["exercises"]]
        text = json.dumps(data, ensure_ascii=False, indent=1)
        written.write_text(text, encoding="utf-8")
    new = load_library([target])
    assert new.broken_paths == frozenset(), new.problems
    for key, quiz in load_library([root]).quizzes.items():
        for name, before in quiz.exercise_hashes.items():
            after = new.quizzes[key].exercise_hashes[name]
            assert (after.text, after.key) == (before.text, before.key), name
    return target


def _other_steps(exercise: Authored, technique: bool) -> Authored:
    targets = exercise.get("targets") or []
    if not targets:
        return exercise
    return exercise | {
        "targets": [
            each | {"neutral": "autre", "why": WHY} | (_other_technique(each) if technique else {})
            for each in targets
        ],
        "optional": [each | {"why": WHY} for each in exercise.get("optional") or []],
        "rewrites": _other_rewrites(exercise),
    }


def _other_technique(target: Authored) -> Authored:
    return {"technique": "ridicule" if target["technique"] != "ridicule" else "doubt"}


def _other_cues(exercise: Authored, evidence: str) -> Authored:
    return exercise | {"segments": [_other_cue(each, evidence) for each in exercise["segments"]]}


def _other_cue(segment: Authored, evidence: str) -> Authored:
    cue = "prediction" if segment["cue"] != "prediction" else "date"
    changed = segment | {"cue": cue, "why": WHY}
    if segment["label"] == "verifiable":
        truth = "unsettled" if segment["truth"] != "unsettled" else "accurate"
        changed |= {"truth": truth, "evidence": [evidence]}
    return changed


def _check(old: Library, new: Library) -> None:
    """Check that each exercise looks the same and has another key."""
    assert new.broken_paths == frozenset(), new.problems
    assert new.quizzes.keys() == old.quizzes.keys() != set()
    for key, quiz in new.quizzes.items():
        for name, hashes in quiz.exercise_hashes.items():
            before = old.quizzes[key].exercise_hashes[name]
            assert hashes.text == before.text, name
            assert hashes.key != before.key, name


def _first_evidence(folder: Path) -> str:
    source = read_document((folder / "source.yaml").read_bytes()).data
    return str(source["evidence"][0]["id"])


def _changed(exercise: Authored, evidence: str) -> Authored:
    if exercise["kind"] == "loaded_language":
        return _other_words(exercise)
    if exercise["kind"] == "fact_or_opinion":
        segments = [_other_label(segment, evidence) for segment in exercise["segments"]]
        return exercise | {"segments": segments}
    assert exercise["kind"] == "check_a_number", "write the other key of this kind"
    return _other_verdict(exercise)


def _other_words(exercise: Authored) -> Authored:
    """Make targets of the near misses and near misses of the targets; never as many as before.

    One near miss stays where that is so, since a list of candidates holds more than targets.
    """
    old, near = exercise.get("targets") or [], exercise.get("near_misses") or []
    first = 1 if len(near) - 1 != len(old) else 0
    targets = [_span(each) | {"technique": "ridicule", "neutral": "autre"} for each in near[first:]]
    return exercise | {
        "targets": targets,
        "optional": [],
        "near_misses": [_span(each) for each in (*near[:first], *old)],
        "rewrites": _other_rewrites(exercise),
        "why": WHY,
    }


def _other_rewrites(exercise: Authored) -> list[Authored]:
    """Make another one of the rewrites the neutral one."""
    written = exercise.get("rewrites") or []
    verdicts = [each["verdict"] for each in written[-1:] + written[:-1]]
    return [
        each | {"verdict": verdict, "why": WHY}
        for each, verdict in zip(written, verdicts, strict=True)
    ]


def _span(entry: Authored) -> Authored:
    kept = {name: entry[name] for name in ("id", "find", "nth") if name in entry}
    return kept | {"why": WHY}


def _other_label(segment: Authored, evidence: str) -> Authored:
    changed = _span(segment)
    if segment["label"] == "verifiable":
        return changed | {"label": "judgement", "cue": "prediction"}
    return changed | {
        "label": "verifiable",
        "cue": "named_event",
        "truth": "unsettled",
        "evidence": [evidence],
    }


def _other_verdict(exercise: Authored) -> Authored:
    """Take the next level and kind of error; weak cards become strong and the others weak."""
    levels, errors = list(Level), list(ErrorKind)
    level = levels[levels.index(exercise["verdict"]["level"]) - 1]
    error = errors[errors.index(exercise["error"]["kind"]) - 1]
    strong_before = [not card.get("weak") for card in exercise["cards"]]
    cards = [
        {"id": card["id"], "evidence": card["evidence"]}
        | ({"weak": True, "why": WHY} if weak and not (all(strong_before) and not place) else {})
        for place, (card, weak) in enumerate(zip(exercise["cards"], strong_before, strict=True))
    ]
    changed = exercise | {
        "cards": cards,
        "verdict": {"level": str(level), "why": WHY},
        "error": {"kind": str(error), "why": WHY},
        "weights": {"verdict": 40, "error": 30, "figure": 30},
        "as_of": AS_OF,
    }
    figure = exercise.get("figure")
    if figure is None:
        return changed
    other: Authored = {"value": "77", "unit": "millions d’euros", "tolerance": "1"}
    other = other if figure.get("none") else {"none": True}
    return changed | {"figure": other | {"why": WHY}}
