"""Marked words: what authors may write, what learners may mark, what they are shown."""

from typing import Any

import pytest

from quizapp.exercises.base import FormPair
from quizapp.exercises.loaded_language import (
    State,
    Technique,
    form,
    formdata,
    grade,
    question,
    review,
    tally,
)
from tests.exercises.examples import data, exercise, problem_codes

KIND = "loaded_language"


@pytest.fixture
def one() -> Any:
    return exercise(KIND)


def marks(one: Any, *texts: str) -> dict[str, Any]:
    """Return the payload that marks the first word with each of these texts."""
    words = {word.text: word for word in reversed(one.marking_key.words)}
    spans = sorted(words[text].span for text in texts)
    return {"marks": [list(span) for span in spans], "none": False}


def test_tokens_of_the_question_joined_are_the_passage(one: Any) -> None:
    asked = question(one)
    tokens = [token for sentence in asked.sentences for token in sentence.tokens]
    assert "".join(t.before + t.text + t.after + t.space for t in tokens) == one.passage.text
    assert all(one.passage.text[t.span[0] : t.span[1]] == t.text for t in tokens)
    assert len(tokens) == asked.words
    assert [s.number for s in asked.sentences] == [1, 2, 3]


def test_punctuation_stays_with_its_word(one: Any) -> None:
    tokens = {t.text: t for s in question(one).sentences for t in s.tokens}
    assert (tokens["maire"].after, tokens["maire"].space) == (",", " ")
    assert (tokens["ville"].after, tokens["ville"].space) == (" :", " ")
    assert (tokens["juin"].after, tokens["juin"].space) == (".", "")


def test_neither_marks_nor_the_box_is_the_error(one: Any) -> None:
    assert [p.code for p in form(one, []).problems()] == ["nothing_chosen"]


def test_marks_together_with_the_box_are_refused(one: Any) -> None:
    problems = form(one, [("marks", "0-2"), ("none", "1")]).problems()
    assert [p.code for p in problems] == ["marks_and_none"]


def test_the_box_alone_is_an_answer(one: Any) -> None:
    assert form(one, [("none", "1")]).payload() == {"marks": [], "none": True}


@pytest.mark.parametrize("value", ["٠-٢", "0-3", "00-2", "2-0", "0", "-", "", "0-2 ", "0-2\0"])
def test_a_mark_that_is_no_word_of_the_passage_is_refused(one: Any, value: str) -> None:
    assert [p.code for p in form(one, [("marks", value)]).problems()] == ["unknown_mark"]


def test_the_same_mark_twice_is_refused(one: Any) -> None:
    pairs = [("marks", "0-2"), ("marks", "0-2")]
    assert [p.code for p in form(one, pairs).problems()] == ["repeated_mark"]


def test_marks_are_stored_in_the_order_of_the_text(one: Any) -> None:
    payload = marks(one, "mentir", "renard")
    pairs = [("marks", f"{s}-{e}") for s, e in reversed(payload["marks"])]
    assert form(one, pairs).payload() == payload


def test_a_false_alarm_costs_a_found_target(one: Any) -> None:
    result = grade(one, marks(one, "renard", "mentir", "bibliothèque"))
    assert result.points == 5_000
    assert result.marks["found"] == ["t1", "t2"]
    assert result.marks["false_alarms"] == 1
    assert 0 < result.marks["f1"] < 1


def test_the_passage_is_shown_in_pieces_with_their_state(one: Any) -> None:
    shown = review(one, marks(one, "renard", "vieux", "fermé", "ville"))
    pieces = [(p.text, p.state, p.number) for p in shown.pieces if p.state is not State.PLAIN]
    assert pieces == [
        ("ce vieux renard", State.FOUND, 1),
        ("fermé", State.ALARM, 2),
        ("osé mentir", State.MISSED, 3),
        ("toute la ville", State.OPTIONAL, 4),
    ]
    assert (shown.found, shown.targets, shown.false_alarms) == (1, 2, 1)


def test_what_was_ticked_inside_a_piece_is_told_apart(one: Any) -> None:
    shown = review(one, marks(one, "renard", "vieux"))
    piece = next(p for p in shown.pieces if p.state is State.FOUND)
    assert [(r.text, r.ticked) for r in piece.runs] == [("ce ", False), ("vieux renard", True)]


def test_every_reason_is_numbered_and_says_why(one: Any) -> None:
    shown = review(one, marks(one, "renard", "fermé", "bibliothèque", "juin"))
    reasons = [(r.number, r.state, r.id, r.why, r.code) for r in shown.reasons]
    assert reasons == [
        (1, State.FOUND, "t1", "Animal.", None),
        (2, State.ALARM, "n1", "Un fait.", None),
        (3, State.MISSED, "t2", "Intention.", None),
        (4, State.ALARM, None, None, "neutral_word"),
    ]
    assert shown.reasons[0].technique is Technique.NAME_CALLING
    assert [(r.number, r.id, r.ticked) for r in shown.optional] == [(5, "o1", False)]


def test_numbered_alarms_are_as_many_as_are_counted(one: Any) -> None:
    words = [w.text for w in one.marking_key.words if w.is_content]
    shown = review(one, marks(one, *words))
    numbers = {p.number for p in shown.pieces if p.state is State.ALARM}
    assert len(numbers) == shown.false_alarms > 1
    assert len([p for p in shown.pieces if p.state is State.ALARM and p.first]) == len(numbers)


def test_a_control_passage_is_right_without_marks_only() -> None:
    one = exercise(KIND, targets=None, optional=None, near_misses=None, why="Rien à marquer.")
    assert grade(one, {"marks": [], "none": True}).points == 10_000
    assert grade(one, marks(one, "renard")).points == 0
    assert review(one, {"marks": [], "none": True}).is_control


def test_marks_are_counted_per_word(one: Any) -> None:
    counts = tally(one, [marks(one, "renard"), marks(one, "renard", "ville"), {"unsure": True}])
    start, end = marks(one, "renard")["marks"][0]
    by_word = {c.option: c.n for c in counts.group("words").counts}
    assert by_word[f"{start}-{end}"] == 2
    assert sum(by_word.values()) == 3


def changed(name: str, **changes: Any) -> dict[str, Any]:
    """Return the example's list with keys of its first member replaced."""
    members = data(KIND)[name]
    return {name: [members[0] | changes, *members[1:]]}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (changed("targets", find="chat"), ("span_not_found", "targets[0].find")),
        (changed("targets", find=":"), ("span_without_word", "targets[0].find")),
        (changed("targets", id="t2"), ("repeated_id", "targets[1].id")),
        (changed("targets", technique="magic"), ("not_one_of", "targets[0].technique")),
        (changed("optional", find="mentir à toute"), ("spans_overlap", "optional[0].find")),
        (changed("optional", find="ment"), ("spans_overlap", "optional[0].find")),
        (changed("near_misses", find="vieux"), ("spans_overlap", "near_misses[0].find")),
        (changed("near_misses", id="o1"), ("repeated_id", "near_misses[0].id")),
        (changed("rewrites", verdict="nice"), ("not_one_of", "rewrites[0].verdict")),
        ({"targets": None}, ("control_without_why", "why")),
        ({"passages": ["p1", "p9"]}, ("unknown_passage", "passages[1]")),
        ({"passages": ["p1", "p1"]}, ("repeated_passage", "passages[1]")),
        ({"passages": []}, ("too_few_items", "passages")),
        ({"targetz": []}, ("unknown_key", "targetz")),
    ],
)
def test_a_slip_of_the_author_is_one_problem(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert problem_codes(KIND, **changes) == [expected]


LISTED = ["t1", "n1", "t2"]


def test_the_list_shows_places_and_never_the_ids_of_the_author() -> None:
    one = exercise("loaded_language", candidates=LISTED)
    candidates = question(one).candidates
    assert [c.text for c in candidates] == ["ce vieux renard", "a fermé", "osé mentir"]
    assert not [c.value for c in candidates if c.value in LISTED]
    other = exercise("loaded_language", candidates=LISTED[::-1])
    assert question(other).candidates == candidates


def test_an_answer_from_the_list_is_stored_as_such_and_marked_as_its_words() -> None:
    one = exercise("loaded_language", candidates=LISTED)
    words = {c.text: c for c in one.candidates}
    chosen = [words["ce vieux renard"], words["a fermé"]]
    listed = form(one, [("listed", "1"), *(("candidates", c.value) for c in chosen)])
    spans = sorted(span for c in chosen for span in c.words)
    payload = {"marks": [list(span) for span in spans], "none": False, "list": True}
    assert listed.payload() == payload
    by_words = {"marks": payload["marks"], "none": False}
    assert grade(one, payload) == grade(one, by_words)
    assert (review(one, payload).from_list, review(one, by_words).from_list) == (True, False)
    assert dict(formdata(one, payload))["listed"] == "1"


@pytest.mark.parametrize(
    ("pairs", "codes"),
    [
        ([], ["nothing_chosen"]),
        ([("candidates", "10-25"), ("none", "1")], ["marks_and_none"]),
        ([("candidates", "10-25"), ("candidates", "10-25")], ["repeated_mark"]),
        ([("candidates", "t1")], ["unknown_mark"]),
        ([("candidates", "10-25"), ("marks", "0-2")], ["unknown_mark"]),
        ([("listed", "1")], ["repeated_field"]),
    ],
)
def test_the_list_takes_its_expressions_alone(pairs: list[FormPair], codes: list[str]) -> None:
    one = exercise("loaded_language", candidates=LISTED)
    assert [p.code for p in form(one, [("listed", "1"), *pairs]).problems()] == codes


def test_without_a_list_the_words_are_read_as_ever() -> None:
    one = exercise("loaded_language")
    assert form(one, [("listed", "1"), ("none", "1")]).payload() == {"marks": [], "none": True}


@pytest.mark.parametrize(
    ("candidates", "code"),
    [
        (["t1", "t2", "o1"], "unknown_candidate"),
        (["t1", "n1", "n1", "t2"], "candidate_twice"),
        (["t1", "n1"], "target_not_listed"),
        (["t1", "t2"], "list_too_short"),
    ],
)
def test_a_list_that_does_not_fit_is_named(candidates: list[str], code: str) -> None:
    codes = [found for found, _ in problem_codes("loaded_language", candidates=candidates)]
    assert codes == [code]
