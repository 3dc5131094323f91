"""A small folder of questions on a text of our own, for tests to break."""

from collections.abc import Sequence
from pathlib import Path

from quizapp.content.library import load_library
from quizapp.content.model import LocatedProblem

SOURCE = """\
schema: 1
id: mairie
title: "La mairie"
author: Une élève
date: "2024-06"
genre: opinion
language: fr
rights: "Écrit pour les essais."
words: 500
passages:
  - id: p1
    text: "Le maire, ce vieux renard, a fermé la bibliothèque le 3 mai."
    translations:
      en: "The mayor, that old fox, closed the library on 3 May."
    sha256: "b7dbcfc91ed00039b71253b62d912084df9a92fb14d2ee61bb0878caa15d3879"
  - id: p2
    text: "Il dit que 60 % des lecteurs sont partis, mais personne ne le croit."
evidence:
  - id: e1
    publisher: Mairie
    title: Rapport annuel
    date: "2024-06"
    url: "https://example.org/1"
    figure: "20.8"
    unit: "%"
    says: {fr: "20,8 % des lecteurs sont partis."}
  - id: e2
    publisher: Journal
    title: Courrier des lecteurs
    date: "2019"
    url: "https://example.org/2"
    says: {fr: "Des lecteurs sont partis."}
"""
QUIZ = """\
schema: 1
id: bilan
language: fr
title: Bilan
intro: "Trois exercices."
level: 1
steps: [figure]
exercises:
  - id: renard
    kind: loaded_language
    passages: [p1, p2]
    targets:
      - id: t1
        find: ce vieux renard
        technique: name_calling
        why: "L’image d’un animal rusé prête au maire une intention."
    near_misses:
      - {id: n1, find: a fermé, why: "Le verbe dit ce qui est arrivé, sans le juger."}
  - id: tri
    kind: fact_or_opinion
    passages: [p2]
    segments:
      - id: a
        find: 60 % des lecteurs sont partis
        label: verifiable
        truth: inaccurate
        evidence: [e1]
        why: "Un nombre de lecteurs se compare avec le rapport."
      - id: b
        find: personne ne le croit
        label: judgement
        why: "Nul ne peut compter ce que chacun croit."
  - id: lecteurs
    kind: check_a_number
    passages: [p2]
    claim: {find: "60 %", question: "Combien de lecteurs sont partis\u202f?"}
    cards:
      - {id: c1, evidence: e1}
      - {id: c2, evidence: e2, weak: true, why: "La lettre est ancienne et ne compte rien."}
    verdict: {level: inaccurate, why: "Le rapport donne trois fois moins."}
    error: {kind: magnitude, why: "Le nombre est bien trop grand."}
    figure: {value: "20,8", unit: "%", tolerance: "0,5", why: "C’est le nombre du rapport."}
    as_of: "2024-06"
"""
SOURCE_PATH = "mairie/source.yaml"
QUIZ_PATH = "mairie/fr/bilan.yaml"


def write(root: Path, path: str, text: str) -> Path:
    """Write a file below the root, its folders made."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def write_pack(root: Path) -> Path:
    """Write the pack, without any problem, and return its root."""
    write(root, SOURCE_PATH, SOURCE)
    write(root, QUIZ_PATH, QUIZ)
    return root


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace one text in a file; fails if it does not stand there exactly once."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(root: Path) -> Sequence[LocatedProblem]:
    """Return the problems that keep files out of service."""
    return load_library([root]).problems
