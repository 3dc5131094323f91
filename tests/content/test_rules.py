"""Each rule broken alone: exactly its code is told, and no rule is without such a test."""

import re
from pathlib import Path

import pytest

from quizapp.content.check import check
from quizapp.content.messages import MESSAGES
from tests.content.pack import QUIZ, QUIZ_PATH, SOURCE_PATH, change, problems_of, write

RULES = [
    ("        truth: inaccurate\n", "", "truth_missing"),
    ("label: judgement", "label: judgement\n        truth: accurate", "truth_not_verifiable"),
    ("label: judgement", "label: judgement\n        evidence: [e1]", "evidence_not_verifiable"),
    ("label: judgement", "label: mixed", "mixed_not_sentence"),
    (", weak: true, why: \"La lettre est ancienne et ne compte rien.\"", ", weak: true",
     "weak_without_why"),
    ("{id: c1, evidence: e1}", "{id: c1, evidence: e1, weak: true, why: Non.}", "only_weak_cards"),
    ("    figure: {value: \"20,8\", unit: \"%\", tolerance: \"0,5\", why: \"C’est le nombre du"
     " rapport.\"}\n", "", "figure_required"),
    (', unit: "%", tolerance: "0,5"', ", none: true", "figure_and_no_figure"),
    ('value: "20,8"', 'value: "5,600"', "figure_ambiguous"),
    ('value: "20,8"', 'value: "vingt"', "figure_unreadable"),
    ("    as_of:", "    weights: {verdict: 0, error: 0}\n    as_of:", "weights_without_verdict"),
    ("find: ce vieux renard", "find: ce vieux renard\n        nth: 1", "nth_not_needed"),
    ("find: personne ne le croit", "find: le\n        nth: 9", "nth_too_high"),
    ("find: ce vieux renard", 'find: ","\n        nth: 1', "span_without_word"),
    ("level: 1", "level: 1\nform: A", "expected_mapping"),
    ("    passages: [p1, p2]", "    passages: []", "too_few_items"),
    ("weak: true", "weak: oui", "expected_true_false"),
    ("title: Bilan", 'title: "\\q"', "syntax"),
    ("title: Bilan", "title: 5 : 6", "colon_in_text"),
    ("title: Bilan", "title: À REMPLIR", "to_fill_in"),
    ("title: Bilan", "title: 12:30", None),
    ("title: Bilan", "title: no", None),
    ("title: Bilan", "title: 010", None),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), RULES)
def test_a_rule_broken_alone_is_told_alone(
    root: Path, old: str, new: str, code: str | None
) -> None:
    change(root, QUIZ_PATH, old, new)
    assert [problem.code for problem in problems_of(root)] == ([code] if code else [])


PASSAGE = "Il dit que 60 % des lecteurs sont partis, mais personne ne le croit."
CONTROL = """\
schema: 1
id: bilan
language: fr
title: Bilan
intro: Voici.
level: 1
exercises:
  - id: rien
    kind: loaded_language
    passages: [p2]
"""


def test_a_control_passage_says_why_nothing_is_loaded(root: Path) -> None:
    write(root, QUIZ_PATH, CONTROL)
    assert [problem.code for problem in problems_of(root)] == ["control_without_why"]


def test_a_passage_without_a_content_word_cannot_be_marked(root: Path) -> None:
    change(root, SOURCE_PATH, PASSAGE, "Il est avec elle.")
    write(root, QUIZ_PATH, CONTROL + "    why: Rien.\n")
    assert [problem.code for problem in problems_of(root)] == ["nothing_to_mark"]


def test_a_file_that_may_not_be_read_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert {p.code for p in problems_of(root)} == {"unreadable_file", "source_broken"}


def test_a_quiz_is_in_one_file(root: Path) -> None:
    write(root, "mairie/fr/bilan.yml", QUIZ)
    told = {p.code for p in problems_of(root)}
    assert told == {"wrong_suffix", "repeated_quiz"}


def test_a_language_without_words_is_told(root: Path) -> None:
    write(root, "mairie/de/bilan.yaml", CONTROL.replace("language: fr", "language: de"))
    assert "unknown_language" in {p.code for p in problems_of(root)}


REWRITES = """\
    rewrites:
      - {id: r1, text: "Le maire a fermé la bibliothèque le 3 mai.", verdict: neutral, why: Oui.}
      - {id: r2, text: "Ce renard l’a fermée.", verdict: keeps_charge, why: Non.}
"""


def added(root: Path, path: str, old: str, new: str) -> set[str]:
    """Return the codes of the whole check that a change brings."""
    before = {p.code for p in check([root])}
    change(root, path, old, new)
    return {p.code for p in check([root])} - before


@pytest.mark.parametrize(("verdict", "told"), [("neutral", True), ("changes_fact", False)])
def test_the_longest_rewrite_is_not_always_the_neutral_one(
    root: Path, verdict: str, told: bool
) -> None:
    text = REWRITES.replace("verdict: neutral", f"verdict: {verdict}")
    codes = added(root, QUIZ_PATH, "    near_misses:", f"{text}    near_misses:")
    assert codes == ({"longest_pays"} if told else set())


def test_who_marks_adjectives_finds_half_at_most(root: Path) -> None:
    change(root, SOURCE_PATH, "ce vieux renard", "ce rusé personnage honteux")
    lines = (root / SOURCE_PATH).read_text().splitlines(keepends=True)
    write(root, SOURCE_PATH, "".join(line for line in lines if "sha256" not in line))
    change(root, QUIZ_PATH, "find: ce vieux renard", "find: honteux")
    answers = [p.params["answer"] for p in check([root]) if p.code == "constant_answer"]
    assert "mark_adjectives" in answers


@pytest.mark.parametrize(
    ("truth", "code"), [("accurate", "no_false_claim"), ("inaccurate", "no_true_claim")]
)
def test_verifiable_claims_are_some_true_and_some_false(root: Path, truth: str, code: str) -> None:
    segment = "{id: a, find: 60 % des lecteurs sont partis, label: verifiable, truth: "
    rest = ", evidence: [e1], why: Oui.}"
    more = f"  - id: tri-2\n    kind: fact_or_opinion\n    passages: [p2]\n    segments: [{segment}"
    change(root, QUIZ_PATH, "truth: inaccurate", f"truth: {truth}")
    change(root, QUIZ_PATH, "  - id: lecteurs", f"{more}{truth}{rest}]\n  - id: lecteurs")
    codes = {p.code for p in check([root])} & {"no_false_claim", "no_true_claim"}
    assert codes == {code}


# --- over several files ----------------------------------------------------------------------

FORM = """\
schema: 1
id: bilan-{letter}
language: fr
title: Bilan
intro: Voici.
level: 1
form: {{pair: bilan, letter: {upper}}}
exercises:
  - id: x-{letter}
    kind: loaded_language
    passages: [{passage}]
    why: Rien ne juge ici, tout est dit comme dans un rapport.
"""


def forms(root: Path, *files: tuple[str, str]) -> set[str]:
    """Write forms, each with its passage; return the codes about forms."""
    for letter, passage in files:
        text = FORM.format(letter=letter, upper=letter[0].upper(), passage=passage)
        write(root, f"mairie/fr/bilan-{letter}.yaml", text)
    return {p.code for p in check([root]) if p.code.startswith("form")}


def test_parallel_forms_are_no_problem(root: Path) -> None:
    assert forms(root, ("a", "p1"), ("b", "p2")) == set()


def test_a_form_needs_its_counterpart(root: Path) -> None:
    assert forms(root, ("a", "p1")) == {"form_alone"}


def test_a_letter_is_given_once(root: Path) -> None:
    assert forms(root, ("a", "p1"), ("b", "p2"), ("bb", "p2")) == {"form_twice"}


def test_forms_have_no_sentence_in_common(root: Path) -> None:
    assert forms(root, ("a", "p1"), ("b", "p1")) == {"forms_share"}


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("level: 1", "level: 2", "level 1/2"),
        (
            "    why: Rien",
            "    targets: [{id: t, find: partis, technique: doubt, why: Non.}]\n    why: Rien",
            "loaded_language control 1/0, loaded_language targets 0/1",
        ),
    ],
)
def test_forms_have_as_many_keys_of_each_sort(
    root: Path, old: str, new: str, difference: str
) -> None:
    forms(root, ("a", "p1"), ("b", "p2"))
    change(root, "mairie/fr/bilan-b.yaml", old, new)
    (problem,) = [p for p in check([root]) if p.code.startswith("form")]
    assert (problem.code, problem.params["difference"]) == ("forms_differ", difference)


TRANSLATED = 'ne le croit."\n    translations: {en: "He says that nobody believes it."}\n#'
ENGLISH = "schema: 1\nid: {id}\nlanguage: en\ntitle: A\nintro: B\nlevel: {level}\nexercises:\n" + (
    "  - {{id: {id}-1, kind: loaded_language, passages: [p2], why: Plain.}}\n"
)


def test_a_quiz_is_in_all_languages_of_its_source(root: Path) -> None:
    change(root, SOURCE_PATH, "ne le croit.", TRANSLATED)
    write(root, "mairie/en/autre.yaml", ENGLISH.format(id="autre", level=1))
    told = {(p.code, Path(p.path).name) for p in check([root]) if p.code == "not_translated"}
    assert told == {("not_translated", "bilan.yaml"), ("not_translated", "autre.yaml")}


@pytest.mark.parametrize(("level", "told"), [(1, False), (2, True)])
def test_translations_have_the_same_frame(root: Path, level: int, told: bool) -> None:
    change(root, SOURCE_PATH, "ne le croit.", TRANSLATED)
    write(root, "mairie/en/autre.yaml", ENGLISH.format(id="autre", level=1))
    french = ENGLISH.format(id="autre", level=level).replace("language: en", "language: fr")
    write(root, "mairie/fr/autre.yaml", french)
    assert ("languages_differ" in {p.code for p in check([root])}) is told


def test_every_code_has_a_test() -> None:
    texts = [file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("*.py")]
    tested = set(re.findall(r'"(\w+)"', "".join(texts)))
    assert sorted(set(MESSAGES) - tested) == []
