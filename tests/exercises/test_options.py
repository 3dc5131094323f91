"""What answers chose, for every kind: agrees with the marks, and what a class's marks look like."""

from collections import Counter
from typing import Any

import pytest

from quizapp.core.floor import ShownCount, show_part
from quizapp.exercises.base import Choice
from quizapp.exercises.loaded_language import HeatMap
from quizapp.exercises.registry import get_kind
from tests.exercises.examples import exercise
from tests.exercises.test_contract import ALL

each = pytest.mark.parametrize("one", ALL)


@each
def test_the_right_answer_chooses_the_key_and_the_wrong_one_does_not(one: Any) -> None:
    kind = get_kind(one.kind)
    samples = kind.samples(one)
    right = {kind.is_key(one, choice) for choice in kind.chosen(one, samples.right)}
    assert True in right
    assert False not in right
    assert False in {kind.is_key(one, choice) for choice in kind.chosen(one, samples.wrong)}


@each
def test_who_does_not_know_chooses_nothing(one: Any) -> None:
    assert get_kind(one.kind).chosen(one, {"unsure": True}) == []


@each
def test_what_is_chosen_is_counted_as_the_tally_does(one: Any) -> None:
    kind = get_kind(one.kind)
    samples = kind.samples(one)
    answers = [samples.right, samples.wrong, samples.wrong, {"unsure": True}]
    counts = Counter(choice for payload in answers for choice in kind.chosen(one, payload))
    for group in kind.tally(one, answers).groups:
        for count in group.counts:
            assert counts[group.id, count.option] == count.n


@each
def test_every_option_belongs_to_a_group(one: Any) -> None:
    kind = get_kind(one.kind)
    groups = {group.id: group for group in kind.option_groups(one)}
    for payload in (kind.samples(one).right, kind.samples(one).wrong):
        chosen = kind.chosen(one, payload)
        assert {group for group, _ in chosen} <= set(groups)
        for group in groups.values():
            mine = [option for name, option in chosen if name == group.id]
            assert not group.exclusive or len(mine) == 1
    assert kind.is_key(one, ("no-such-group", "no-such-option")) is None


@each
def test_targets_found_are_those_that_are_marked(one: Any) -> None:
    kind = get_kind(one.kind)
    for payload in kind.constant_answers(one).values():
        found = [option for group, option in kind.chosen(one, payload) if group == "targets"]
        assert found == kind.grade(one, payload).marks.get("found", [])


def heat_of(one: Any, payloads: list[Any], floor: bool = False) -> HeatMap:
    kind = get_kind(one.kind)
    counts: Counter[Choice] = Counter(c for p in payloads for c in kind.chosen(one, p))
    counts.update({(g.id, option): 0 for g in kind.option_groups(one) for option in g.options})
    total = len(payloads)
    shown = {c: show_part(n, total) if floor else ShownCount(n) for c, n in counts.items()}
    picture: HeatMap = kind.picture(one, shown, total)
    return picture


def word(heat: HeatMap, text: str) -> Any:
    return next(w for line in heat.sentences for w in line if w.token.text == text)


def marked(one: Any, *texts: str) -> dict[str, Any]:
    tokens = [t for s in get_kind(one.kind).question(one).sentences for t in s.tokens]
    return {"marks": [list(t.span) for t in tokens if t.text in texts], "none": not texts}


@pytest.mark.parametrize(
    ("n", "step"),
    [(9, 0), (10, 1), (19, 1), (20, 2), (39, 2), (40, 3), (59, 3), (60, 4), (79, 4), (80, 5)],
)
def test_the_ground_grows_darker_in_six_steps(n: int, step: int) -> None:
    one = exercise("loaded_language")
    text = next(iter(get_kind(one.kind).question(one).sentences)).tokens[0].text
    heat = heat_of(one, [marked(one, text)] * n + [marked(one)] * (100 - n))
    found = word(heat, text).heat
    assert (found.percent, found.step) == (n, step)


def test_a_word_has_its_number_from_ten_percent_or_in_the_key() -> None:
    one = exercise("loaded_language")
    heat = heat_of(one, [marked(one)] * 20)
    numbered = [w for line in heat.sentences for w in line if w.is_numbered]
    assert numbered
    assert all(w.in_key and w.heat.percent == 0 for w in numbered)
    assert sum(w.opens for w in numbered) == sum(w.closes for w in numbered) == len(one.targets)


def test_expressions_go_up_and_false_alarms_down() -> None:
    one = exercise("loaded_language")
    kind = get_kind(one.kind)
    answers = [kind.samples(one).right] * 2 + [kind.constant_answers(one)["mark_all"]] * 3
    heat = heat_of(one, [*answers, kind.samples(one).wrong])
    found = [each.heat.percent for each in heat.expressions]
    alarms = [each.heat.percent for each in heat.alarms]
    assert found == sorted(found)
    assert alarms == [50] * len(alarms) != []
    assert all(one.word_keys[each.choice[1]] is False for each in heat.alarms)


def test_under_the_floor_a_word_has_no_figure_and_no_ground() -> None:
    one = exercise("loaded_language")
    kind = get_kind(one.kind)
    heat = heat_of(one, [kind.samples(one).right] * 4 + [marked(one)] * 26, floor=True)
    assert {w.heat.step for line in heat.sentences for w in line} == {0}
    assert {w.heat.percent for line in heat.sentences for w in line} == {None}
    nearly_all = heat_of(one, [kind.samples(one).right] * 28 + [marked(one)] * 2, floor=True)
    assert {e.heat.percent for e in nearly_all.expressions} == {87}
    assert all(e.heat.is_least for e in nearly_all.expressions)
