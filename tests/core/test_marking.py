"""Marks scored against a key: the values of the design and the properties that must hold."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.detection import Trials
from quizapp.core.marking import MarkingKey, Zone, score_marks
from quizapp.core.text import Span, find_spans

L01 = (
    "Il se comporte comme un petit poulet qui ne peut pas rivaliser, gagner honnêtement et qui "
    "a peur."
)


def spans(text: str, *quotations: str) -> tuple[Span, ...]:
    return tuple(find_spans(text, quotation)[0] for quotation in quotations)


def key_of(text: str, *targets: str, optional: Iterable[str] = ()) -> MarkingKey:
    return MarkingKey(text, "fr", spans(text, *targets), spans(text, *optional))


def marks_of(key: MarkingKey, *words: str) -> list[Span]:
    return [next(word.span for word in key.words if word.text == spelt) for spelt in words]


@pytest.fixture
def poulet() -> MarkingKey:
    return key_of(L01, "un petit poulet", "qui a peur", optional=["gagner honnêtement"])


def test_half_of_the_content_words_finds_a_target(poulet: MarkingKey) -> None:
    result = score_marks(poulet, marks_of(poulet, "poulet", "peur"))
    assert result.found == (True, True)
    assert (result.false_alarms, result.score) == (0, Fraction(1))
    assert (result.precision, result.recall) == (1.0, pytest.approx(0.4))
    assert result.f1 == pytest.approx(4 / 7)
    assert result.trials == Trials(2, 0, 0, 2)


def test_a_false_alarm_takes_a_found_target_away(poulet: MarkingKey) -> None:
    result = score_marks(poulet, marks_of(poulet, "petit", "poulet", "rivaliser"))
    assert result.found == (True, False)
    assert [word.text for word in result.alarmed_words] == ["rivaliser"]
    assert (result.false_alarms, result.score) == (1, 0)
    assert (result.precision, result.recall) == (0.5, pytest.approx(0.4))
    assert result.trials == Trials(1, 1, 1, 1)


def test_marking_everything_is_worth_nothing(poulet: MarkingKey) -> None:
    result = score_marks(poulet, [word.span for word in poulet.words])
    assert (sum(result.found), result.false_alarms, result.score) == (2, 2, 0)
    assert result.stretches_hit == (True, True)


def test_marking_nothing_is_worth_nothing_when_there_are_targets(poulet: MarkingKey) -> None:
    result = score_marks(poulet, [])
    assert (result.score, result.precision, result.recall, result.f1) == (0, 0, 0, 0)
    assert result.trials == Trials(0, 2, 0, 2)


def test_stretches_are_cut_by_key_and_punctuation_but_not_by_commas() -> None:
    key = key_of(
        "Le pays vend, achète : la région produit – le chef odieux parle. Fin du discours etc.",
        "odieux",
    )
    words = [[key.words[at].text for at in stretch] for stretch in key.stretches]
    assert words == [
        ["Le", "pays", "vend", "achète"],
        ["la", "région", "produit"],
        ["le", "chef"],
        ["parle"],
        ["Fin", "du", "discours", "etc"],
    ]


def test_a_stop_inside_a_number_does_not_cut_a_stretch() -> None:
    key = key_of("Le PIB gagne 5.6 % à 12:30 selon la source.")
    assert len(key.stretches) == 1


def test_every_three_words_of_a_stretch_are_one_false_alarm() -> None:
    key = key_of("Un navire rouge transporte quatre caisses.", "Un")
    counts = [
        score_marks(key, [word.span for word in key.words[1 : 1 + marked]]).false_alarms
        for marked in range(6)
    ]
    assert counts == [0, 1, 1, 1, 2, 2]


def test_function_words_alone_are_no_false_alarm() -> None:
    key = key_of("Il est dans la ville. Et lui ?", "ville")
    result = score_marks(key, marks_of(key, "Il", "est", "dans", "la", "Et", "lui"))
    assert (result.false_alarms, result.stretches_hit, key.stretches) == (0, (), ())


def test_a_target_without_content_words_counts_all_its_words() -> None:
    key = key_of("Eux et nous, voilà.", "Eux et nous")
    assert not score_marks(key, marks_of(key, "Eux")).found[0]
    assert score_marks(key, marks_of(key, "Eux", "et")).found[0]


def test_a_span_over_part_of_a_word_covers_the_word() -> None:
    key = key_of("Il sent l’odeur de la peur.", "odeur")
    result = score_marks(key, marks_of(key, "l’odeur"))
    assert (result.score, result.f1) == (1, 1.0)


def test_a_word_both_optional_and_in_a_target_is_core() -> None:
    key = key_of(L01, "petit poulet", optional=["un petit"])
    assert [key.zones[at] for at in (4, 5, 6)] == [Zone.OPTIONAL, Zone.CORE, Zone.CORE]


def test_a_control_passage_is_full_without_false_alarms_and_nothing_with_one() -> None:
    key = key_of("Le gouvernement publie un rapport.")
    calm, alarmed = score_marks(key, []), score_marks(key, marks_of(key, "rapport"))
    assert (calm.score, calm.f1, calm.trials) == (1, 1.0, Trials(0, 0, 0, 1))
    assert (alarmed.score, alarmed.f1, alarmed.trials) == (0, 0.0, Trials(0, 0, 1, 0))
    assert score_marks(key, marks_of(key, "Le", "un")).score == 1


def test_runs_of_marks_are_parted_by_punctuation_and_by_optional_words() -> None:
    key = key_of(L01, "rivaliser", optional=["honnêtement"])
    marks = marks_of(key, "pas", "rivaliser", "gagner", "honnêtement", "et")
    result = score_marks(key, marks)
    assert result.precision == pytest.approx((9 / 13 + 0 + 0) / 3)
    assert result.recall == 1.0


@pytest.mark.parametrize("mark", [(0, 3), (1, 2), (0, 1), (5, 5), (-2, 0), (900, 910), (2, 0)])
def test_a_mark_that_is_no_word_is_refused(poulet: MarkingKey, mark: Span) -> None:
    with pytest.raises(ValueError, match="no word"):
        score_marks(poulet, [mark])


@pytest.mark.parametrize("span", [(0, 0), (-1, 2), (5, 3), (90, 200), (62, 64), (96, 97)])
def test_a_key_refuses_spans_that_hold_no_word_of_the_text(span: Span) -> None:
    with pytest.raises(ValueError, match="span"):
        MarkingKey(L01, "fr", (span,), ())
    with pytest.raises(ValueError, match="span"):
        MarkingKey(L01, "fr", (), (span,))


def test_a_key_refuses_a_text_that_is_not_in_its_stored_form() -> None:
    with pytest.raises(ValueError, match="NFC"):
        MarkingKey("e\u0301te", "fr", (), ())


VOCABULARY = ["le", "pays", "de", "odieux", "régime", "qui", "l'odeur", "5 600", "a", "panique"]


@st.composite
def marking_keys(draw: st.DrawFn) -> MarkingKey:
    """A text of a few words with disjoint targets and optional spans."""
    words = draw(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=16))
    zones = draw(st.lists(st.sampled_from("ttonnn"), min_size=len(words), max_size=len(words)))
    text, placed = "", []
    for word, zone in zip(words, zones, strict=True):
        placed.append((zone, (len(text), len(text) + len(word))))
        text += word + draw(st.sampled_from([" ", " ", " ", ", ", ". ", " – ", " » : "]))
    return MarkingKey(
        text,
        "fr",
        tuple(span for zone, span in placed if zone == "t"),
        tuple(span for zone, span in placed if zone == "o"),
    )


@st.composite
def keys_with_marks(draw: st.DrawFn) -> tuple[MarkingKey, list[Span]]:
    key = draw(marking_keys())
    marks = draw(st.lists(st.sampled_from([word.span for word in key.words]), unique=True))
    return key, marks


def zone_spans(key: MarkingKey, zone: Zone) -> list[Span]:
    return [word.span for word, its in zip(key.words, key.zones, strict=True) if its is zone]


@given(marking_keys())
def test_the_key_itself_scores_one(key: MarkingKey) -> None:
    result = score_marks(key, zone_spans(key, Zone.CORE))
    assert (result.score, result.false_alarms, all(result.found)) == (1, 0, True)


@given(keys_with_marks(), st.data())
def test_marking_a_neutral_word_never_raises_the_score(
    case: tuple[MarkingKey, list[Span]], data: st.DataObject
) -> None:
    key, marks = case
    neutral = zone_spans(key, Zone.NEUTRAL)
    if neutral:
        more = [*marks, data.draw(st.sampled_from(neutral))]
        assert score_marks(key, more).score <= score_marks(key, marks).score


@given(keys_with_marks())
def test_optional_words_never_change_anything(case: tuple[MarkingKey, list[Span]]) -> None:
    key, marks = case
    optional = set(zone_spans(key, Zone.OPTIONAL))
    without = score_marks(key, [mark for mark in marks if mark not in optional])
    assert score_marks(key, [*marks, *optional]) == without


@given(keys_with_marks())
def test_the_order_of_spans_and_marks_does_not_matter(
    case: tuple[MarkingKey, list[Span]],
) -> None:
    key, marks = case
    targets = key.targets[::-1]
    turned = MarkingKey(key.text, key.language, targets, key.optional[::-1])
    one, other = score_marks(key, marks), score_marks(turned, [*marks[::-1], *marks])
    assert one.found == other.found[::-1]
    assert (one.score, one.stretches_hit) == (other.score, other.stretches_hit)
    assert (one.precision, one.recall) == pytest.approx((other.precision, other.recall))


@given(keys_with_marks())
def test_figures_stay_in_their_ranges_and_trials_add_up(
    case: tuple[MarkingKey, list[Span]],
) -> None:
    key, marks = case
    result = score_marks(key, marks)
    assert 0 <= result.score <= 1
    assert all(0 <= figure <= 1 for figure in (result.precision, result.recall, result.f1))
    assert result.trials.signal == len(key.targets)
    assert result.trials.noise == len(key.stretches) == len(result.stretches_hit)
    assert result.trials.false_alarms <= result.false_alarms <= len(result.alarmed_words)


@given(keys_with_marks())
def test_stretches_hold_each_neutral_content_word_once(
    case: tuple[MarkingKey, list[Span]],
) -> None:
    key, _ = case
    held = [at for stretch in key.stretches for at in stretch if key.words[at].is_content]
    neutral = [at for at, zone in enumerate(key.zones) if zone is Zone.NEUTRAL]
    assert held == [at for at in neutral if key.words[at].is_content]
