"""Numbers to check: verdict, kind of error, corrected figure, cards."""

from fractions import Fraction
from typing import Any

import pytest

from quizapp.exercises.check_a_number import form, grade, question, review, tally
from quizapp.exercises.check_a_number.figures import with_unit
from tests.exercises.examples import data, exercise, problem_codes

KIND = "check_a_number"
VERDICT = [("verdict", "inaccurate"), ("error", "magnitude")]
NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture
def one() -> Any:
    return exercise(KIND, "figure")


def figure(typed: str, **more: str) -> list[tuple[str, str]]:
    """Return an answer with this figure typed."""
    return [*VERDICT, ("figure", typed), *more.items()]


def with_key(value: str, unit: str, tolerance: str = "0") -> Any:
    """Return the example with another figure as the key."""
    key = {"value": value, "unit": unit, "tolerance": tolerance, "why": "Ainsi."}
    return exercise(KIND, "figure", figure=key)


def test_the_figure_is_asked_only_where_the_quiz_has_the_step(one: Any) -> None:
    plain = exercise(KIND)
    assert question(one).asks_figure
    assert not question(plain).asks_figure
    assert form(plain, VERDICT).payload() == {"verdict": "inaccurate", "error": "magnitude"}


@pytest.mark.parametrize(
    ("verdict", "error", "points"),
    [
        ("inaccurate", "magnitude", 10_000),
        ("mostly_inaccurate", "magnitude", 6_250),
        ("misleading", "magnitude", 2_500),
        ("unverifiable", "magnitude", 2_500),
        ("inaccurate", "none", 7_500),
        ("accurate", "none", 0),
    ],
)
def test_without_the_figure_verdict_and_error_weigh_three_to_one(
    verdict: str, error: str, points: int
) -> None:
    assert grade(exercise(KIND), {"verdict": verdict, "error": error}).points == points


def test_weights_of_the_author_are_brought_to_their_sum() -> None:
    one = exercise(KIND, weights={"verdict": 50, "error": 50})
    assert grade(one, {"verdict": "inaccurate", "error": "none"}).points == 5_000


@pytest.mark.parametrize("typed", ["20,8", "20.8", "20,8 %", "20,3", "21,3 %", f"20,8{NARROW}%"])
def test_a_figure_within_the_tolerance_is_right(one: Any, typed: str) -> None:
    assert grade(one, form(one, figure(typed)).payload()).points == 10_000


@pytest.mark.parametrize("typed", ["20,2", "21,31", "-20,8", "20,8 €", "20,8 millions", "0,208"])
def test_a_figure_outside_or_in_another_unit_is_wrong(one: Any, typed: str) -> None:
    assert grade(one, form(one, figure(typed)).payload()).points == 8_000


@pytest.mark.parametrize(
    "typed", ["14", "14 milliards", "14 Md€", "14000000000", "14 milliards de yuans"]
)
def test_a_scale_may_be_typed_or_left_to_the_unit(typed: str) -> None:
    one = with_key("14", "milliards de dollars")
    assert grade(one, form(one, figure(typed)).payload()).points == 10_000


@pytest.mark.parametrize("typed", ["14 millions", "14 %", "15"])
def test_another_scale_is_wrong(typed: str) -> None:
    one = with_key("14", "milliards USD")
    assert grade(one, form(one, figure(typed)).payload()).points == 8_000


def test_words_after_a_figure_need_not_be_known_units() -> None:
    one = with_key("320", "étudiants")
    assert grade(one, form(one, figure("320 étudiants chinois")).payload()).points == 10_000


def test_no_correction_is_an_answer(one: Any) -> None:
    payload = form(one, [*VERDICT, ("no_figure", "1")]).payload()
    assert payload["figure"] == "none"
    assert grade(one, payload).points == 8_000
    right = exercise(KIND, "figure", figure={"none": True, "why": "Rien à corriger."})
    assert grade(right, payload).points == 10_000


def test_an_ambiguous_figure_is_asked_back_with_its_readings(one: Any) -> None:
    (problem,) = form(one, figure("5,600")).problems()
    assert (problem.code, problem.path) == ("ambiguous_figure", "figure_reading")
    assert [r["value"] for r in problem.params["readings"]] == ["5.6", "5600"]
    assert "5,6" in problem.params["readings"][0]["text"]


def test_the_chosen_reading_is_stored_beside_what_was_typed(one: Any) -> None:
    payload = form(one, figure("20,800", figure_reading="20.8")).payload()
    assert payload["figure"] == {"typed": "20,800", "value": "20.8"}
    assert grade(one, payload).points == 10_000


def test_a_reading_of_something_else_is_asked_again(one: Any) -> None:
    problems = form(one, figure("20,800", figure_reading="7")).problems()
    assert [p.code for p in problems] == ["ambiguous_figure"]


@pytest.mark.parametrize("typed", ["abc", "1e999", "NaN", "٣", "5\0", "5\n6", "9" * 41, "%", "²"])
def test_what_is_no_number_is_refused(one: Any, typed: str) -> None:
    assert [p.code for p in form(one, figure(typed)).problems()] == ["invalid_figure"]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], ["verdict_missing", "error_missing", "figure_missing"]),
        ([("verdict", "true"), ("error", "typo")], ["unknown_verdict", "unknown_error"]),
        ([*VERDICT, ("figure", "1"), ("no_figure", "1")], ["figure_and_none"]),
        ([*VERDICT, ("figure", " ")], ["figure_missing"]),
    ],
)
def test_every_missing_or_made_up_part_is_named(
    one: Any, pairs: list[tuple[str, str]], expected: list[str]
) -> None:
    codes = [p.code for p in form(one, pairs).problems()]
    assert codes[: len(expected)] == expected


def test_a_number_called_wrong_is_a_hit_when_it_is() -> None:
    one = exercise(KIND)
    assert grade(one, {"verdict": "misleading", "error": "none"}).trials.hits == 1
    assert grade(one, {"verdict": "unverifiable", "error": "none"}).trials.misses == 1
    sound = exercise(KIND, verdict={"level": "accurate", "why": "Juste."})
    assert grade(sound, {"verdict": "inaccurate", "error": "none"}).trials.false_alarms == 1


def test_an_unverifiable_key_is_no_trial_and_right_only_if_equal() -> None:
    one = exercise(KIND, verdict={"level": "unverifiable", "why": "Sans source."})
    result = grade(one, {"verdict": "misleading", "error": "magnitude"})
    assert (result.points, result.trials.signal, result.trials.noise) == (2_500, 0, 0)


def test_cards_stand_in_an_order_that_does_not_depend_on_the_file() -> None:
    cards = data(KIND)["cards"]
    orders = {
        tuple(c.id for c in exercise(KIND, cards=list(c)).cards) for c in (cards, cards[::-1])
    }
    assert len(orders) == 1


def test_the_feedback_has_figure_gap_credits_and_weak_reasons(one: Any) -> None:
    shown = review(one, form(one, figure("21")).payload())
    assert shown.figure is not None
    assert (shown.figure.key, shown.figure.right) == ("20,8\N{NO-BREAK SPACE}%", True)
    assert shown.figure.claimed == "60 %"
    assert shown.figure.gap == "39,2\N{NO-BREAK SPACE}%"
    assert (shown.verdict.given, shown.verdict.credit) == ("inaccurate", Fraction(1))
    assert {c.id: c.why for c in shown.cards} == {"c1": None, "c2": "Trop ancien."}
    assert shown.as_of == "2024-06"


def test_the_feedback_tells_how_the_figure_was_understood() -> None:
    one = with_key("14", "milliards de dollars")
    shown = review(one, form(one, figure("14")).payload()).figure
    assert shown is not None
    assert shown.typed == "14"
    assert shown.understood == "14\N{NO-BREAK SPACE}milliards de dollars"
    shown = review(one, form(one, figure("14 Md$")).payload()).figure
    assert shown is not None
    assert shown.understood == "14\N{NO-BREAK SPACE}milliards\N{NO-BREAK SPACE}$"


def test_a_reading_chosen_by_the_learner_is_what_was_understood(one: Any) -> None:
    shown = review(one, form(one, figure("20,800 %", figure_reading="20.8")).payload()).figure
    assert shown is not None
    assert shown.right
    assert shown.understood == "20,8\N{NO-BREAK SPACE}%"


def test_answers_are_counted_by_part(one: Any) -> None:
    answers = [form(one, figure(typed)).payload() for typed in ("21", "21,0", "60")]
    counts = tally(one, answers)
    assert {c.option: c.n for c in counts.group("figure").counts} == {"21": 2, "60": 1}
    assert next(c.n for c in counts.group("verdict").counts if c.option == "inaccurate") == 3


def figure_key(**changes: Any) -> dict[str, Any]:
    """Return changes that give the example another figure; None takes a key away."""
    key = {"value": "1", "unit": "%", "tolerance": "0", "why": "Ainsi."} | changes
    return {"figure": {name: value for name, value in key.items() if value is not None}}


def cards(*changes: dict[str, Any]) -> dict[str, Any]:
    """Return changes that give the example one card for each."""
    made = [{"id": f"c{i}", "evidence": "e1"} | change for i, change in enumerate(changes)]
    return {"cards": made}


NO_FIGURE = {"unit": None, "tolerance": None, "none": True}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (figure_key(**NO_FIGURE), ("figure_and_no_figure", "figure.value")),
        (figure_key(tolerance=None), ("missing_key", "figure.tolerance")),
        (figure_key(value="5,576"), ("figure_ambiguous", "figure.value")),
        (figure_key(value="cinq"), ("figure_unreadable", "figure.value")),
        ({"weights": {"verdict": 0, "error": 0}}, ("weights_without_verdict", "weights")),
        (cards({"weak": True, "why": "Vieux."}), ("only_weak_cards", "cards")),
        (cards({}, {"weak": True}), ("weak_without_why", "cards[1].why")),
        (cards({"evidence": "e11"}), ("unknown_evidence", "cards[0].evidence")),
        (cards({}, {"id": "c0"}), ("repeated_id", "cards[1].id")),
        ({"claim": {"find": "61 %", "question": "Oui ?"}}, ("span_not_found", "claim.find")),
        ({"as_of": "bientôt"}, ("wrong_form", "as_of")),
        ({"verdict": {"level": "false", "why": "Non."}}, ("not_one_of", "verdict.level")),
        ({"error": {"kind": "typo", "why": "Non."}}, ("not_one_of", "error.kind")),
    ],
)
def test_a_slip_of_the_author_is_one_problem(
    changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert problem_codes(KIND, **changes) == [expected]


def test_a_quiz_that_asks_the_figure_needs_it() -> None:
    assert problem_codes(KIND, "figure", figure=None) == [("figure_required", "figure")]


@pytest.mark.parametrize(
    ("unit", "language", "expected"),
    [
        ("%", "en", "100%"),
        ("% of GDP", "en", "100% of GDP"),
        ("%", "fr", "100\u00a0%"),
        ("people", "en", "100\u00a0people"),
        ("", "en", "100"),
    ],
)
def test_a_percent_sign_stands_as_its_language_sets_it(
    unit: str, language: str, expected: str
) -> None:
    assert with_unit("100", unit, language) == expected
