"""What the check says of further steps, of lists to answer from, and of a mistyped kind."""

from pathlib import Path

import pytest

from quizapp import paths
from quizapp.content.check import check, describe_problem
from quizapp.content.library import load_library
from quizapp.content.messages import answer_in_words
from quizapp.exercises.registry import get_kind
from tests.content.pack import QUIZ_PATH, change

WHY = "Le mot décrit ce qui est arrivé ce jour-là sans le juger."
CONTROL = "  - {id: tri, kind: loaded_language, passages: [p2], why: Rien ici.}\n  - id: tri-2"


def codes(root: Path) -> list[str]:
    return [problem.code for problem in check([root])]


def test_who_asks_for_cues_gives_one_to_each_segment(root: Path) -> None:
    change(root, QUIZ_PATH, "steps: [figure]", "steps: [figure, cue]")
    found = [p for p in check([root]) if p.code == "cue_required"]
    assert [problem.params["id"] for problem in found] == ["a", "b"]


@pytest.mark.parametrize(
    ("verdicts", "fits"),
    [
        (["neutral", "changes_fact"], True),
        (["neutral"], False),
        (["neutral", "neutral"], False),
        (["keeps_charge", "changes_fact"], False),
    ],
)
def test_who_asks_for_the_neutral_rewrite_has_exactly_one(
    root: Path, verdicts: list[str], fits: bool
) -> None:
    rewrites = "".join(
        f"      - {{id: r{i}, text: Le maire a fermé., verdict: {verdict}, why: '{WHY}'}}\n"
        for i, verdict in enumerate(verdicts)
    )
    change(root, QUIZ_PATH, "    near_misses:", f"    rewrites:\n{rewrites}    near_misses:")
    assert "rewrites_unfit" not in codes(root)
    change(root, QUIZ_PATH, "steps: [figure]", "steps: [figure, rewrite]")
    assert ("rewrites_unfit" not in codes(root)) is fits


@pytest.mark.parametrize(
    ("candidates", "code"),
    [
        ("t1, n1, a", "unknown_candidate"),
        ("t1, n1, n1", "candidate_twice"),
        ("n1", "target_not_listed"),
        ("t1, n1", "list_too_short"),
    ],
)
def test_a_list_that_does_not_fit_is_named(root: Path, candidates: str, code: str) -> None:
    change(root, QUIZ_PATH, "    near_misses:", f"    candidates: [{candidates}]\n    near_misses:")
    assert [found for found in codes(root) if found.split("_")[-1] != "missing"][:1] == [code]


def test_a_quiz_has_a_list_for_all_of_its_passages_or_for_none(root: Path) -> None:
    near = f"      - {{id: n2, find: le 3 mai, why: '{WHY}'}}\n    candidates: [t1, n1, n2]\n"
    change(
        root, QUIZ_PATH, "    near_misses:\n", f"    near_misses:\n{near.partition('    cand')[0]}"
    )
    change(
        root, QUIZ_PATH, "    near_misses:\n", "    candidates: [t1, n1, n2]\n    near_misses:\n"
    )
    assert "list_missing" not in codes(root)
    change(root, QUIZ_PATH, "  - id: tri", CONTROL)
    assert "list_missing" in codes(root)


def test_a_mistyped_kind_is_named_with_what_else_is_wrong(root: Path) -> None:
    change(root, QUIZ_PATH, "    kind: fact_or_opinion", "    knid: fact_or_opinion")
    change(root, QUIZ_PATH, "label: judgement", "label: jugement")
    found = {problem.code: problem for problem in check([root])}
    assert "missing_key" not in found
    assert found["unknown_key"].params["suggestion"] == "kind"
    assert found["not_one_of"].params["suggestion"] == "judgement"


def test_a_constant_answer_is_told_in_words(root: Path) -> None:
    for quiz in load_library([paths.QUESTIONS]).quizzes.values():
        for exercise in quiz.exercises:
            for name in get_kind(exercise.kind).constant_answers(exercise):
                assert answer_in_words(name, lambda text: f"<{text}>").startswith("<")
    verifiable = "label: verifiable\n        truth: accurate\n        evidence: [e1]"
    change(root, QUIZ_PATH, "label: judgement", verifiable)
    told = [p for p in check([root]) if p.code == "constant_answer"]
    assert any("“verifiable claim”" in describe_problem(p, str)[1] for p in told)
