"""Marking words by keyboard, mouse and finger, as it looks and as it is counted."""

import pytest
from playwright.sync_api import expect

WORDS = "#marks input[name=marks]"
COUNT = "[data-count]"


@pytest.fixture
def person(begin):
    """Somebody with a mouse and a keyboard at an exercise with words to mark."""
    return begin()


@pytest.fixture
def words(person):
    """The checkboxes of the passage."""
    return person.find(WORDS)


@pytest.fixture
def press(person):
    """Presses keys, one after the other."""

    def press(*keys: str) -> None:
        for key in keys:
            person.page.keyboard.press(key)

    return press


def marked(words) -> list[int]:
    """Return the numbers of the ticked words, from 0."""
    return words.evaluate_all("boxes => boxes.flatMap((box, at) => (box.checked ? [at] : []))")


def middle(locator) -> tuple[float, float]:
    """Return the middle of a word on the screen."""
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_passage_is_one_tab_stop(person, words, press):
    words.first.focus()
    press("Tab")
    expect(person.find("#none")).to_be_focused()
    press("Shift+Tab")
    expect(words.first).to_be_focused()


def test_arrows_move_and_space_ticks(words, press):
    words.first.focus()
    press("ArrowRight", "ArrowRight", "Space", "ArrowLeft", "Space")

    expect(words.nth(1)).to_be_focused()
    assert marked(words) == [1, 2]


def test_shift_and_arrow_extend(words, press):
    words.nth(2).focus()
    press("Shift+ArrowRight", "Shift+ArrowRight")

    assert marked(words) == [2, 3, 4]


def test_what_is_extended_shrinks_again_and_is_undone_at_once(person, words, press):
    words.nth(2).check()
    words.nth(4).focus()
    person.page.keyboard.down("Shift")
    press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    person.page.keyboard.up("Shift")
    assert marked(words) == [2, 4, 5, 6]
    person.find("[data-undo]").click()
    assert marked(words) == [2]


def test_the_last_undo_leaves_the_focus_on_a_word(person, words, press):
    words.nth(2).focus()
    press("Space")
    person.find("[data-undo]").focus()
    press("Enter")
    assert marked(words) == []
    expect(words.nth(2)).to_be_focused()


def test_home_and_end_stay_within_the_sentence(person, words, press):
    sentence = person.find("[data-sentence]").first.locator("input")
    words.nth(3).focus()
    press("End")
    expect(sentence.last).to_be_focused()
    press("Home")
    expect(sentence.first).to_be_focused()


def test_the_arrow_down_goes_to_the_next_line(words, press):
    words.first.focus()
    top = words.first.bounding_box()["y"]
    press("ArrowDown")
    focused = words.page.locator(f"{WORDS}:focus")
    assert focused.bounding_box()["y"] > top
    press("ArrowUp")
    assert focused.bounding_box()["y"] == top


def test_a_drag_with_the_mouse_marks_from_word_to_word(person, words):
    mouse = person.page.mouse
    mouse.move(*middle(words.nth(1)))
    mouse.down()
    mouse.move(*middle(words.nth(2)))
    mouse.move(*middle(words.nth(3)))
    mouse.up()

    assert marked(words) == [1, 2, 3]
    words.nth(1).click()
    assert marked(words) == [2, 3]


def test_a_drag_that_goes_back_unmarks_what_it_leaves(person, words):
    mouse = person.page.mouse
    mouse.move(*middle(words.nth(1)))
    mouse.down()
    for number in (2, 3, 4, 3):
        mouse.move(*middle(words.nth(number)))
    mouse.up()

    assert marked(words) == [1, 2, 3]
    person.find("[data-undo]").click()
    assert marked(words) == []


def test_the_count_follows_and_all_can_be_unticked_and_undone(person, words):
    zero, one = (person.find(COUNT).get_attribute(f"data-{name}") for name in ("zero", "one"))
    expect(person.find(COUNT)).to_have_text(zero)
    words.nth(1).check()
    expect(person.find(COUNT)).to_have_text(one)
    words.nth(4).check()
    expect(person.find(COUNT)).to_contain_text("2")
    person.find("[data-clear]").click()
    assert marked(words) == []
    person.find("[data-undo]").click()
    assert marked(words) == [1, 4]
    person.find("[data-undo]").click()
    assert marked(words) == [1]


def test_the_box_for_nothing_and_marks_exclude_each_other(person, words):
    words.nth(1).check()
    person.find("#none").check()
    assert marked(words) == []
    words.nth(2).check()
    expect(person.find("#none")).not_to_be_checked()


def test_neighbours_merge_and_keep_their_width(person, words):
    joined = person.find(".marking-unit:not(.marking-joined) + .marking-joined input").first
    at = words.evaluate_all("(boxes, box) => boxes.indexOf(box)", joined.element_handle())
    before = words.nth(at).locator("..").bounding_box()
    for number in (at - 1, at):
        words.nth(number).check()

    bridge = "(box) => getComputedStyle(box.nextElementSibling, '::before').content"
    assert joined.evaluate(bridge) == '""'
    assert words.nth(at - 1).evaluate(bridge) == "none"
    assert words.nth(at).locator("..").bounding_box() == before


def test_words_with_a_comma_between_do_not_merge(person, words):
    apart = person.find(".marking-unit + .marking-unit:not(.marking-joined) input").first
    at = words.evaluate_all("(boxes, box) => boxes.indexOf(box)", apart.element_handle())
    for number in (at - 1, at):
        words.nth(number).check()

    bridge = "(box) => getComputedStyle(box.nextElementSibling, '::before').content"
    assert apart.evaluate(bridge) == "none"


@pytest.mark.parametrize(("width", "least"), [(1280, (24, 30)), (360, (24, 44))])
def test_words_are_large_enough_to_hit(begin, width, least):
    sizes = """boxes => boxes.map((box) => box.getBoundingClientRect())
        .map((box) => [box.width, box.height])"""
    for wide, high in begin(width=width).find(WORDS).evaluate_all(sizes):
        assert wide >= least[0]
        assert high >= least[1]


@pytest.mark.parametrize("held", [True, False])
def test_a_finger_marks_when_it_is_held_and_scrolls_when_it_is_not(begin, held):
    person = begin(width=360)
    words = person.find(WORDS)
    words.first.scroll_into_view_if_needed()
    touch = person.page.context.new_cdp_session(person.page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", middle(words.nth(1)))
    if held:
        expect(words.nth(1)).to_be_checked()
    send("touchMove", middle(words.nth(2)))
    send("touchMove", middle(words.nth(3)))
    send("touchEnd")
    assert marked(words) == ([1, 2, 3] if held else [])


def test_without_scripts_the_words_are_checkboxes_that_can_be_skipped(begin):
    person = begin(scripts=False)
    expect(person.find("[data-unscripted]")).to_be_visible()
    expect(person.find("[data-clear]")).to_be_hidden()
    person.find(".skip-words").click()
    person.page.keyboard.press("Space")
    expect(person.find("#none")).to_be_checked()
