"""What a screen reader is told, from the tree that Chromium hands it: names once, and states."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.learning import SUBMIT, fill_in
from tests.browser.quizzes import LABELS, MARKING, NUMBERS, QUIZZES, wrong
from tests.browser.test_answering import exercise_of

SIGNS = re.compile("[✓✕○~½→]")
GROUP = re.compile(r"""^- '?group "(.+?)"'?:\n((?:  .*\n?)*)""", re.MULTILINE)
STATE = {LABELS: "(not the key)", NUMBERS: "(not the key)", MARKING: "Missed"}


def groups_of(heard: str) -> dict[str, list[str]]:
    """Return the names of the radios of each group of a tree."""
    return {name: re.findall(r'- radio "(.+?)"', inside) for name, inside in GROUP.findall(heard)}


@pytest.mark.parametrize("quiz", [LABELS, NUMBERS])
def test_each_choice_is_heard_once_under_its_question_and_with_its_state(begin, quiz):
    person = begin(quiz)
    groups = groups_of(person.find("#answer").aria_snapshot())
    legends = person.find("#answer legend").all_inner_texts()
    assert len(groups) == len(legends) > 1
    for names in groups.values():
        assert len(names) > 1
        assert Counter(names).most_common(1)[0][1] == 1
        assert all(name == " ".join(name.split()) for name in names)
    person.find("#answer input[type=radio]").first.check()
    heard = person.find("#answer").aria_snapshot()
    assert heard.count("[checked]") == 1
    assert re.search(rf'radio "{re.escape(next(iter(groups.values()))[0])}" \[checked\]', heard)


@pytest.mark.parametrize("quiz", QUIZZES)
def test_the_verdict_is_heard_first_then_what_was_answered_beside_the_key(begin, quiz):
    person = begin(quiz)
    person.press_through(fill_in(person, wrong(exercise_of(person))))
    expect(person.find("#verdict")).to_be_focused()

    heard = person.find("main").aria_snapshot()
    first, second = re.findall(r"heading \"(.+?)\" \[level=(\d)\]", heard)[:2]
    assert first == (person.find("h1").inner_text(), "1")
    assert second == (person.find("#verdict").inner_text(), "2")
    assert heard.count(second[0]) == 1
    assert STATE[quiz] in heard
    assert not SIGNS.search(heard.replace("½ ×", ""))
    if quiz != MARKING:
        assert heard.count("- term: Key") == heard.count("- term: Your answer") > 0


@pytest.mark.parametrize("quiz", QUIZZES)
def test_a_complaint_is_heard_where_it_belongs(begin, quiz):
    person = begin(quiz)
    person.press_through(SUBMIT)
    expect(person.find(".error-summary")).to_be_focused()

    for link in person.find(".error-summary a").all():
        target = person.find(link.get_attribute("href") or "")
        described = target.evaluate(
            """(element) => {
                const field = element.closest("[aria-describedby]")
                    ?? element.querySelector("[aria-describedby]");
                return field.getAttribute("aria-describedby").split(" ")
                    .map((id) => document.getElementById(id).textContent.trim());
            }"""
        )
        assert link.inner_text().strip() in described
