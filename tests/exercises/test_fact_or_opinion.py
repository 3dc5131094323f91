"""Labels of segments: what authors may write, what learners may answer, what it is worth."""

from typing import Any

import pytest

from quizapp.exercises.fact_or_opinion import Label, Truth, form, grade, question, review, tally
from tests.exercises.examples import data, exercise, problem_codes

KIND = "fact_or_opinion"
RIGHT = {"a": "judgement", "b": "verifiable", "c": "mixed"}


@pytest.fixture
def one() -> Any:
    return exercise(KIND)


def segments(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the example's segments with keys of some replaced; None takes a key away."""
    changed = [s | changes.get(s["id"], {}) for s in data(KIND)["segments"]]
    return [{key: value for key, value in s.items() if value is not None} for s in changed]


def test_segments_are_numbered_in_the_order_of_the_text(one: Any) -> None:
    assert [(s.number, s.id) for s in one.segments] == [(1, "a"), (2, "b"), (3, "c")]


def test_mixed_is_offered_for_whole_sentences_only(one: Any) -> None:
    offered = {s.id: Label.MIXED in s.options for s in question(one).segments}
    assert offered == {"a": False, "b": False, "c": True}


def test_each_segment_counts_the_same(one: Any) -> None:
    result = grade(one, {"labels": RIGHT | {"a": "verifiable"}})
    assert (result.points, result.right) == (6667, False)
    assert result.marks == {"right": ["b", "c"], "of": 3}


def test_a_judgement_taken_for_verifiable_is_a_miss(one: Any) -> None:
    trials = grade(one, {"labels": {"a": "verifiable", "b": "judgement", "c": "mixed"}}).trials
    assert (trials.hits, trials.misses) == (0, 1)
    assert (trials.false_alarms, trials.correct_rejections) == (1, 0)


def test_the_feedback_holds_label_reason_truth_and_evidence(one: Any) -> None:
    shown = review(one, {"labels": RIGHT | {"b": "judgement"}})
    assert (shown.right, shown.total) == (2, 3)
    segment = shown.segment("b")
    assert (segment.given, segment.label, segment.right) == ("judgement", "verifiable", False)
    assert segment.truth is Truth.INACCURATE
    assert [item.publisher for item in segment.evidence] == ["Mairie"]
    assert [piece.name for piece in shown.pieces if piece.name] == ["a", "b", "c"]


def test_after_not_knowing_every_key_is_shown_and_nothing_is_right(one: Any) -> None:
    shown = review(one, {"unsure": True})
    assert [s.given for s in shown.segments] == [None, None, None]
    assert shown.right == 0


def test_a_segment_without_a_label_is_named(one: Any) -> None:
    problems = form(one, [("label-a", "judgement"), ("label-c", "")]).problems()
    assert [(p.code, p.path, p.params["number"]) for p in problems] == [
        ("label_missing", "label-b", 2),
        ("label_missing", "label-c", 3),
    ]


def test_a_label_that_the_segment_does_not_offer_is_refused(one: Any) -> None:
    pairs = [("label-a", "mixed"), ("label-b", "verifiable"), ("label-c", "mixed")]
    assert [(p.code, p.path) for p in form(one, pairs).problems()] == [("unknown_label", "label-a")]


def test_a_segment_that_does_not_exist_is_refused(one: Any) -> None:
    pairs = [(f"label-{name}", label) for name, label in RIGHT.items()] + [("label-z\0", "mixed")]
    assert [(p.code, p.path) for p in form(one, pairs).problems()] == [
        ("unknown_segment", "label-z")
    ]


def test_labels_are_counted_per_segment(one: Any) -> None:
    counts = tally(one, [{"labels": RIGHT}, {"labels": RIGHT | {"a": "verifiable"}}])
    assert {c.option: c.n for c in counts.group("a").counts} == {"verifiable": 1, "judgement": 1}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"b": {"truth": None}}, ("truth_missing", "segments[0].truth")),
        ({"b": {"evidence": None}}, ("evidence_missing", "segments[0].evidence")),
        ({"b": {"evidence": ["e9"]}}, ("unknown_evidence", "segments[0].evidence[0]")),
        ({"a": {"truth": "accurate"}}, ("truth_not_verifiable", "segments[1].truth")),
        ({"a": {"evidence": ["e1"]}}, ("evidence_not_verifiable", "segments[1].evidence")),
        ({"a": {"label": "mixed"}}, ("mixed_not_sentence", "segments[1].label")),
        ({"a": {"id": "b"}}, ("repeated_id", "segments[1].id")),
        ({"a": {"find": "ce jeune renard"}}, ("span_not_found", "segments[1].find")),
        ({"a": {"find": "vieux renard", "nth": 1}}, ("nth_not_needed", "segments[1].nth")),
        ({"a": {"find": "la"}}, ("span_found_twice", "segments[1].find")),
        ({"a": {"find": "la", "nth": 9}}, ("nth_too_high", "segments[1].nth")),
        ({"a": {"find": "lecteurs"}}, ("spans_overlap", "segments[1].find")),
        ({"a": {"why": None}}, ("missing_key", "segments[1].why")),
        ({"a": {"label": "opinion"}}, ("not_one_of", "segments[1].label")),
        ({"a": {"cue": "smell"}}, ("not_one_of", "segments[1].cue")),
    ],
)
def test_a_slip_of_the_author_is_one_problem(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert problem_codes(KIND, segments=segments(**changes)) == [expected]


def test_a_segment_may_not_go_from_one_passage_into_the_next() -> None:
    changed = segments(c={"find": "partis. La mairie", "label": "judgement"}, b={"find": "60 %"})
    assert problem_codes(KIND, segments=changed) == [("span_crosses_passages", "segments[2].find")]
