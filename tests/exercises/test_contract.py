"""What every kind of exercise promises to the layers above, on examples and on the real pack."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from quizapp import paths
from quizapp.content.library import load_library
from quizapp.exercises.answers import FORM_PROBLEMS
from quizapp.exercises.base import canonical_json
from quizapp.exercises.registry import KINDS, get_kind
from tests.exercises.examples import DATA, exercise

LIBRARY = load_library([paths.QUESTIONS])
REAL = [e for quiz in LIBRARY.quizzes.values() for e in quiz.exercises]
EXAMPLES = [
    *(exercise(kind) for kind in DATA),
    exercise("check_a_number", "figure"),
    *(exercise(kind, "confidence") for kind in DATA),
    exercise("loaded_language", candidates=["t1", "n1", "t2"]),
]
ALL = [
    pytest.param(e, id=f"{e.kind}-{e.id}-{len(e.steps)}", marks=[pytest.mark.slow] * (e in REAL))
    for e in (*EXAMPLES, *REAL)
]
each = pytest.mark.parametrize("one", ALL)
example = pytest.mark.parametrize("one", ALL[: len(EXAMPLES)])

NAMES = st.sampled_from(
    [
        *(
            "marks",
            "none",
            "unsure",
            "listed",
            "candidates",
            "label-a",
            "label-b",
            "label-c",
            "label-zz",
            "verdict",
        ),
        *("error", "figure", "no_figure", "figure_reading", "csrf_token", "confidence"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["1", "0", "2", "", "0-2", "3-8", "٣-٤", "-", "verifiable", "judgement", "mixed"]
    ),
    st.sampled_from(
        ["accurate", "none", "magnitude", "20,8", "5,600", "3 billions", "1e999", "NaN"]
    ),
    st.sampled_from(["x" * 10_000, "\0", "\ud800", "1-\0", "9" * 400, "−5,6", "1 000 000 €"]),
)
MULTIDICTS = st.lists(st.tuples(NAMES, VALUES), max_size=8)


def test_every_kind_has_an_example() -> None:
    assert set(DATA) == set(KINDS)


@each
def test_the_right_sample_scores_everything_and_the_wrong_one_less(one: Any) -> None:
    kind = get_kind(one.kind)
    samples = kind.samples(one)
    assert kind.grade(one, samples.right).points == 10_000
    assert kind.grade(one, samples.right).right
    assert kind.grade(one, samples.wrong).points < 7_500
    assert not kind.grade(one, samples.wrong).right


@each
def test_samples_come_through_the_form_unchanged(one: Any) -> None:
    kind = get_kind(one.kind)
    samples = kind.samples(one)
    for payload in (samples.right, samples.wrong, {"unsure": True}):
        form = kind.form(one, MultiDict(kind.formdata(one, payload)))
        assert form.validate()
        assert canonical_json(form.payload()) == canonical_json(payload)


@each
def test_the_invalid_sample_is_refused_with_a_known_code(one: Any) -> None:
    kind = get_kind(one.kind)
    form = kind.form(one, kind.samples(one).invalid)
    assert not form.validate()
    assert {problem.code for problem in form.problems()} <= set(FORM_PROBLEMS)
    with pytest.raises(ValueError, match="problems"):
        form.payload()


@each
def test_not_knowing_is_no_point_and_no_trial(one: Any) -> None:
    kind = get_kind(one.kind)
    grade = kind.grade(one, kind.form(one, [("unsure", "1"), ("marks", "x")]).payload())
    assert (grade.points, grade.right, grade.unsure) == (0, False, True)
    assert grade.trials.signal == grade.trials.noise == 0


@each
def test_trials_of_every_sure_answer_are_those_of_the_key(one: Any) -> None:
    kind = get_kind(one.kind)
    answers = [kind.samples(one).right, kind.samples(one).wrong]
    for payload in [*answers, *kind.constant_answers(one).values()]:
        trials = kind.grade(one, payload).trials
        assert (trials.signal, trials.noise) == kind.trials_key(one)


@each
def test_what_templates_and_tables_get_holds_for_every_answer(one: Any) -> None:
    kind = get_kind(one.kind)
    samples = kind.samples(one)
    answers = [samples.right, samples.wrong, {"unsure": True}]
    for payload in answers:
        review = kind.review(one, payload)
        assert review.grade == kind.grade(one, payload)
        assert "".join(piece.text for piece in review.pieces) == one.passage.text
        json.dumps(review.grade.marks)
    tally = kind.tally(one, answers)
    assert (tally.n, tally.unsure) == (3, 1)
    assert json.dumps([kind.shown(one), kind.display(one), kind.key(one)])


@each
def test_a_question_says_nothing_of_the_key(one: Any) -> None:
    kind = get_kind(one.kind)
    asked = f"{kind.question(one)!r} {kind.shown(one)!r} {kind.display(one)!r}"
    reasons = [text for text in _texts_of(one) if len(text) > 5]
    assert reasons
    assert not [text for text in reasons if text in asked]


def _texts_of(one: Any) -> list[str]:
    """Return every reason in an exercise."""
    found = [getattr(one, "why", None)]
    for name in ("targets", "optional", "near_misses", "segments", "cards"):
        found += [part.why for part in getattr(one, name, ())]
    found += [getattr(getattr(one, name, None), "why", None) for name in ("verdict", "error")]
    return [text for text in found if text]


@example
@given(pairs=MULTIDICTS)
@settings(max_examples=150, deadline=None)
def test_no_form_data_raises_and_what_is_accepted_can_be_graded(
    one: Any, pairs: list[tuple[str, str]]
) -> None:
    kind = get_kind(one.kind)
    form = kind.form(one, MultiDict(pairs))
    if not form.validate():
        assert {problem.code for problem in form.problems()} <= set(FORM_PROBLEMS)
        return
    payload = form.payload()
    json.dumps(payload).encode("ascii")
    assert 0 <= kind.grade(one, payload).points <= 10_000
    kind.review(one, payload)
    kind.tally(one, [payload])
    assert kind.form(one, kind.formdata(one, payload)).payload() == payload


@example
def test_how_sure_one_is_goes_beside_the_answer_and_changes_no_mark(one: Any) -> None:
    kind = get_kind(one.kind)
    payload = kind.samples(one).right
    pairs = [pair for pair in kind.formdata(one, payload) if pair[0] != "confidence"]
    forms = {level: kind.form(one, [*pairs, ("confidence", level)]) for level in "123"}
    for level, form in forms.items():
        asked = {"confidence": int(level)} if form.asks_confidence else {}
        assert form.payload() == {k: v for k, v in payload.items() if k != "confidence"} | asked
        assert kind.grade(one, form.payload()) == kind.grade(one, payload)
    codes = [problem.code for problem in kind.form(one, pairs).problems()]
    assert codes == (["confidence_missing"] if form.asks_confidence else [])
    for level in ("0", "4", "2.0", "٢"):
        codes = [p.code for p in kind.form(one, [*pairs, ("confidence", level)]).problems()]
        assert codes == (["unknown_confidence"] if form.asks_confidence else [])
    assert kind.form(one, [*pairs, ("unsure", "1")]).payload() == {"unsure": True}


@example
def test_a_file_sent_in_place_of_text_is_refused(one: Any) -> None:
    names = ["marks", "none", "unsure", "label-a", "verdict", "error", "figure"]
    form = get_kind(one.kind).form(one, MultiDict([(name, object()) for name in names]))
    assert form.problems()


@example
def test_a_field_sent_twice_is_refused(one: Any) -> None:
    kind = get_kind(one.kind)
    pairs = kind.formdata(one, kind.samples(one).right)
    assert not kind.form(one, pairs + pairs).validate()


@each
def test_what_is_asked_is_text_by_id_without_the_key(one: Any) -> None:
    asked = get_kind(one.kind).asked(one)
    assert asked
    assert all(isinstance(part, str) for pair in asked.items() for part in pair)
    passage = one.passage.text
    assert all(text in passage for name, text in asked.items() if name != "question")
