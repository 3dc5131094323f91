"""Teaching rules: each broken once, and a quiz that obeys them all."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp import paths
from quizapp.content.check import check
from quizapp.content.library import load_library
from quizapp.content.reasons import SENTENCE_WORDS, reason_problems, word_bounds
from quizapp.content.teaching import constant_points, constant_scores
from quizapp.content.typography import find_slips
from quizapp.core.words import split_sentences, split_words
from quizapp.exercises.base import Severity
from quizapp.exercises.registry import get_kind
from tests.content.pack import QUIZ_PATH, SOURCE_PATH, change, write

N = "\N{NARROW NO-BREAK SPACE}"
B = "\N{NO-BREAK SPACE}"


def codes(root: Path, path: str = "") -> list[str]:
    """Return the codes that the check gives for a file, warnings included."""
    return [problem.code for problem in check([root]) if problem.path.endswith(path)]


def quiz(root: Path, exercises: str) -> None:
    """Put these exercises in place of the pack's."""
    head = "schema: 1\nid: bilan\nlanguage: fr\ntitle: Bilan\nintro: Voici.\nlevel: 1\nexercises:\n"
    write(root, QUIZ_PATH, head + exercises)


WHY = "Le mot juge au lieu de dire ce qui est arrivé ce jour-là."


def marking(name: str, target: str | None, passages: str = "p1, p2") -> str:
    """Return an exercise with one target or none."""
    lines = [f"  - id: {name}", "    kind: loaded_language", f"    passages: [{passages}]"]
    if target is None:
        return "\n".join([*lines, f"    why: {WHY}", ""])
    parts = f"id: t1, find: {target}, technique: name_calling, why: {WHY}"
    return "\n".join([*lines, "    targets:", f"      - {{{parts}}}", ""])


def test_the_pack_breaks_no_rule_but_those_of_larger_quizzes(root: Path) -> None:
    assert set(codes(root)) <= {"constant_answer", "too_little_own", "reason_short"}


def test_a_quiz_with_nothing_to_find_is_told(root: Path) -> None:
    assert "signal_share" not in codes(root)
    quiz(root, marking("a", None))
    assert "signal_share" in codes(root)


def _hash_line(root: Path) -> str:
    lines = (root / SOURCE_PATH).read_text().splitlines(keepends=True)
    return next(line for line in lines if "sha256" in line)


def test_a_label_that_always_pays_is_told(root: Path) -> None:
    change(root, QUIZ_PATH, "label: judgement", "label: verifiable")
    change(
        root, QUIZ_PATH, 'why: "Nul', 'truth: accurate\n        evidence: [e2]\n        why: "Nul'
    )
    problems = {p.params["answer"] for p in check([root]) if p.code == "constant_answer"}
    assert "verifiable" in problems


@pytest.mark.parametrize(("controls", "told"), [(0, True), (1, False)])
def test_one_marking_exercise_in_four_has_nothing_to_mark(
    root: Path, controls: int, told: bool
) -> None:
    targets = [None] * controls + ["renard"] * (4 - controls)
    quiz(root, "".join(marking(f"m{i}", target) for i, target in enumerate(targets)))
    assert ("too_few_controls" in codes(root)) is told


def test_marking_everything_must_score_nothing(root: Path) -> None:
    change(root, QUIZ_PATH, "passages: [p1, p2]", "passages: [p1]")
    change(root, SOURCE_PATH, "a fermé la bibliothèque le 3 mai", "y est")
    change(root, SOURCE_PATH, _hash_line(root), "")
    change(root, QUIZ_PATH, "    near_misses:\n", "")
    lines = (root / QUIZ_PATH).read_text().splitlines(keepends=True)
    write(root, QUIZ_PATH, "".join(line for line in lines if "id: n1" not in line))
    change(root, QUIZ_PATH, "find: ce vieux renard", "find: Le maire, ce vieux renard")
    assert "marking_all_pays" in codes(root)


@pytest.mark.parametrize(
    ("words", "expected"),
    [(9, "reason_short"), (10, None), (60, "sentence_long"), (61, "reason_long")],
)
def test_a_reason_has_ten_to_sixty_words(root: Path, words: int, expected: str | None) -> None:
    text = " ".join(["mot"] * words)
    change(root, QUIZ_PATH, "Nul ne peut compter ce que chacun croit.", text)
    line = _line(root, text)
    told = [p.code for p in check([root]) if p.line == line and p.code != "typography"]
    assert (expected in told) if expected else told == []


def _line(root: Path, text: str) -> int:
    lines = (root / QUIZ_PATH).read_text().splitlines()
    return next(i for i, line in enumerate(lines, 1) if text in line)


def test_an_excerpt_has_three_sentences_at_most(root: Path) -> None:
    change(root, SOURCE_PATH, "Il dit que", "Oui. Non. Peut-être. Il dit que")
    assert codes(root).count("passage_long") == 3


@pytest.mark.parametrize(("words", "told"), [(72, False), (60, True)])
def test_what_is_quoted_stays_within_a_third_of_the_article(
    root: Path, words: int, told: bool
) -> None:
    change(root, SOURCE_PATH, "words: 500", f"words: {words}")
    assert ("over_budget" in codes(root, SOURCE_PATH)) is told


def test_a_source_that_does_not_say_its_length_is_a_warning(root: Path) -> None:
    change(root, SOURCE_PATH, "words: 500\n", "")
    (problem,) = [p for p in check([root]) if p.code == "words_missing"]
    assert problem.severity is Severity.WARNING


def test_we_write_three_words_for_each_one_quoted(root: Path) -> None:
    quiz(root, marking("a", None))
    assert "too_little_own" in codes(root, SOURCE_PATH)
    quiz(root, marking("a", None).replace(WHY, " ".join([WHY] * 7)))
    assert "too_little_own" not in codes(root, SOURCE_PATH)


def test_every_number_comes_with_a_card_that_does_not_help(root: Path) -> None:
    change(root, QUIZ_PATH, "weak: true, ", "")
    assert "no_weak_card" in codes(root)


RIGHT = [
    *(f"Vrai{N}!", f"Quoi{N}?!", f"A{N}; b{B}: c", f"«{N}mot{N}»", f"«{N}pays : fort !{N}»"),
    *("12:30", "https://x.org", "(!)"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_french_typography_that_is_right_is_left_alone(text: str) -> None:
    assert list(find_slips(text)) == []


@pytest.mark.parametrize(
    "text", ["Vrai !", "Vrai!", "a ; b", "a : b", f"a{N}: b", "« mot »", "«mot»"]
)
def test_french_typography_that_is_wrong_is_found(text: str) -> None:
    assert list(find_slips(text))


def test_typography_is_looked_at_in_our_own_text_only(root: Path) -> None:
    change(root, SOURCE_PATH, "Il dit que 60", "Il « dit » que 60")
    assert "typography" not in codes(root)
    change(root, QUIZ_PATH, "Trois exercices.", "Trois : exercices.")
    assert "typography" in codes(root, QUIZ_PATH)


def real(kind: str) -> list[list[Any]]:
    """Return the exercises of each real quiz that has some of a kind."""
    library = load_library([paths.QUESTIONS])
    found = [[e for e in q.exercises if e.kind == kind] for q in library.quizzes.values()]
    return [exercises for exercises in found if exercises]


@pytest.mark.parametrize("kind", ["loaded_language", "fact_or_opinion", "check_a_number"])
def test_constant_answers_pay_half_at_most_in_the_questions_shipped(kind: str) -> None:
    for exercises in real(kind):
        scores = constant_scores([constant_points(exercise) for exercise in exercises])
        assert 0 < max(points for name, points in scores.items() if "/" not in name) <= 5_000


def test_the_questions_shipped_have_no_error() -> None:
    errors = [p for p in check([paths.QUESTIONS]) if p.severity is Severity.ERROR]
    assert errors == []


@pytest.mark.parametrize("exercises", real("check_a_number"))
def test_points_worked_out_sooner_are_those_of_the_grade(exercises: list[Any]) -> None:
    for exercise in exercises:
        kind = get_kind(exercise.kind)
        graded = {
            name: kind.grade(exercise, payload).points
            for name, payload in kind.constant_answers(exercise).items()
        }
        assert constant_points(exercise) == graded


NUMBERS = ["12", "500", "60 %", "600 Md€", "pour cent", "l'", "« odeur »", "pays", "$5", "3e", "€"]
PARTS = ["mot", "l'odeur", "extraordinaire", "5,6 millions", "M.", "etc.", "« oui »", "fin.", "Il"]


@given(
    st.lists(st.sampled_from([*PARTS, "terminaison.", "terminaison !", "—", "vit-il", *NUMBERS]))
)
@settings(max_examples=300, deadline=None)
def test_words_and_long_sentences_counted_sooner_are_the_same(parts: list[str]) -> None:
    text = " ".join(parts)
    words = split_words(text, "fr")
    least, most = word_bounds(text)
    assert least <= len(words) <= most
    longest = max((len(sentence) for sentence in split_sentences(text, words)), default=0)
    codes = {p.code for p in reason_problems(text, "", "fr")}
    assert ("sentence_long" in codes) is (longest > SENTENCE_WORDS)
