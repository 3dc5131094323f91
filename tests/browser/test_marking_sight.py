"""What the words to mark look like and are heard as: measures, zoom, scripts, colours, feedback."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.learning import SUBMIT
from tests.browser.quizzes import MARKING, get_quiz

WORDS = "#marks input[name=marks]"
STYLE = """(element, names) => {
    const style = getComputedStyle(element);
    return names.map((name) => style.getPropertyValue(name));
}"""
# What WCAG 1.4.12 asks a page to bear, as a sheet that the policy of the page lets in.
SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
# Words and controls of which a part is cut off or lies beside the window.
CUT_OFF = """(wide) => [
        ...document.querySelectorAll("main label, main button, main p, main legend"),
    ]
    .filter((element) => element.getClientRects().length && !element.closest(".visually-hidden"))
    .filter((element) => {
        const box = element.getBoundingClientRect();
        const cut = element.scrollWidth > element.clientWidth + 1
            && getComputedStyle(element).display !== "inline";
        return cut || box.left < 0 || box.right > wide + 0.5;
    })
    .map((element) => element.outerHTML.slice(0, 120))"""
YELLOW, BROWN = ("rgb(255, 224, 138)", "rgb(122, 82, 0)")
DARK_YELLOW, LIGHT_YELLOW = ("rgb(92, 71, 0)", "rgb(255, 215, 102)")


def style(locator, *names: str) -> list[str]:
    return locator.evaluate(STYLE, list(names))


def label_of(words, number: int):
    return words.nth(number).locator("+ label")


@pytest.fixture
def corrected(begin):
    """Returns somebody who found one expression, missed another and had a false alarm."""

    def corrected(**look: object):
        person = begin(**look)
        key = get_quiz(MARKING, person.look.language).exercises[0].marking_key
        found, *_ = key.targets
        counted = [*key.targets, *key.optional]
        for word in key.words:
            if found[0] <= word.start < found[1]:
                person.find(f"{WORDS}[value='{word.start}-{word.end}']").check()
        free = [
            w for w in key.words if w.is_content and not any(a <= w.start < b for a, b in counted)
        ]
        person.find(f"{WORDS}[value='{free[0].start}-{free[0].end}']").check()
        person.press_through(SUBMIT)
        return person

    return corrected


@pytest.mark.parametrize(
    ("scheme", "ground", "line"),
    [("light", YELLOW, BROWN), ("dark", DARK_YELLOW, LIGHT_YELLOW)],
)
def test_words_have_the_measures_of_the_design(begin, scheme, ground, line):
    words = begin(scheme=scheme).find(WORDS)
    passage = words.page.locator("#marks")
    label = label_of(words, 1)
    assert style(passage, "font-size", "line-height") == ["18px", "44px"]
    assert style(label, "border-bottom-width", "border-bottom-style") == ["2px", "dotted"]
    assert style(label, "padding-left", "padding-right") == ["2.16px", "2.16px"]
    before = label.bounding_box()
    weight = style(label, "font-weight")
    words.nth(1).check()

    assert style(label, "background-color", "border-bottom-color") == [ground, line]
    assert style(label, "border-bottom-width", "border-bottom-style") == ["4px", "solid"]
    assert style(label, "font-weight") == weight
    assert label.bounding_box()["width"] == before["width"]


def test_the_ring_of_the_focus_is_three_pixels_wide_and_two_away(begin):
    words = begin().find(WORDS)
    words.first.focus()
    words.page.keyboard.press("ArrowRight")

    ring = style(label_of(words, 1), "outline-style", "outline-width", "outline-offset")
    assert ring == ["solid", "3px", "2px"]


def test_no_line_moves_when_words_are_ticked(begin):
    words = begin().find(WORDS)
    tops = "boxes => boxes.map((box) => box.getBoundingClientRect().top)"
    before = words.evaluate_all(tops)
    for number in range(0, words.count(), 3):
        words.nth(number).check()

    assert words.evaluate_all(tops) == before


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_instruction_is_short(begin, language):
    text = begin(language=language).find(".instruction").inner_text()
    assert 0 < len(text.split()) <= 25


def test_the_hint_on_the_keyboard_is_for_those_who_have_scripts_and_a_keyboard(begin):
    hint = ".hint[data-scripted]"
    expect(begin().find(hint)).to_be_visible()
    expect(begin(scripts=False).find(hint)).to_be_hidden()
    phone = begin(width=360)
    assert phone.page.evaluate("matchMedia('(hover: none) and (pointer: coarse)').matches")
    expect(phone.find(hint)).to_be_hidden()


@pytest.mark.parametrize("corrects", [False, True])
def test_nothing_is_lost_at_four_hundred_percent(begin, corrected, corrects):
    person = (corrected if corrects else begin)(width=320, height=256)
    assert person.page.evaluate("document.documentElement.scrollWidth") == 320
    assert person.page.evaluate(CUT_OFF, 320) == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("corrects", [False, True])
def test_nothing_is_lost_with_wide_spacing(begin, corrected, width, corrects):
    person = (corrected if corrects else begin)(width=width)
    person.page.evaluate(SPACING)

    assert person.page.evaluate("document.documentElement.scrollWidth") <= width
    assert person.page.evaluate(CUT_OFF, width) == []


def test_a_text_from_right_to_left_is_walked_and_merged_the_other_way(begin):
    person = begin()
    person.page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    words = person.find(WORDS)
    words.first.focus()
    person.page.keyboard.press("ArrowLeft")
    expect(words.nth(1)).to_be_focused()
    person.page.keyboard.press("ArrowRight")
    expect(words.first).to_be_focused()
    first, second = (words.nth(number).bounding_box() for number in (0, 1))
    assert second["x"] < first["x"]
    joined = person.find(".marking-unit:not(.marking-joined) + .marking-joined input").first
    at = words.evaluate_all("(boxes, box) => boxes.indexOf(box)", joined.element_handle())
    for number in (at - 1, at):
        words.nth(number).check()
    bridge = """(box) => {
        const style = getComputedStyle(box.nextElementSibling, "::before");
        return [style.content, parseFloat(style.left) > 0];
    }"""
    assert joined.evaluate(bridge) == ['""', True]


def test_forced_colours_show_what_is_ticked_and_where_the_focus_is(begin):
    person = begin()
    person.page.emulate_media(forced_colors="active")
    words = person.find(WORDS)
    words.nth(1).check()
    words.first.focus()
    person.page.keyboard.press("ArrowRight")

    names = ("background-color", "border-bottom-style", "border-bottom-width")
    ticked, plain = (style(label_of(words, number), *names) for number in (1, 4))
    assert ticked[0] != plain[0]
    assert ticked[1:] == ["solid", "4px"]
    assert plain[1:] == ["dotted", "2px"]
    assert style(label_of(words, 1), "outline-style", "outline-width") == ["solid", "3px"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_feedback_needs_no_colour(corrected, scheme):
    person = corrected(scheme=scheme)
    drawn = {}
    for state in ("found", "missed", "alarm"):
        span = person.find(f".corrected .{state}").first
        expect(span).to_be_visible()
        drawn[state] = tuple(
            style(span, "border-bottom-style", "border-top-style", "text-decoration-style")
        )
        shown = span.evaluate("span => [...span.querySelectorAll('.sign')].map(s => s.innerText)")
        assert len(shown) == 1, state
    assert drawn["found"][:2] == ("solid", "none")
    assert drawn["missed"][:2] == ("dashed", "dashed")
    assert drawn["alarm"][2] == "wavy"
    signs = person.find(".corrected .sign").all_inner_texts()
    assert {"✓", "○", "✕"} <= set(signs)
    assert person.page.evaluate(GREY_CONTRAST) >= 4.5


GREY_CONTRAST = """() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const light = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const linear = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
            .map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const spans = [...document.querySelectorAll(".corrected :is(.found, .missed, .alarm)")];
    return Math.min(...spans.map((span) => {
        const style = getComputedStyle(span);
        const [ink, ground] = [light(style.color), light(style.backgroundColor)];
        return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    }));
}"""


def test_what_was_ticked_within_an_expression_is_underlined_twice(corrected):
    ticked = corrected().find(".corrected .found .ticked").first
    assert style(ticked, "text-decoration-style") == ["double"]


def test_numbers_lead_to_the_reasons_and_back(corrected):
    person = corrected()
    number = person.find(".corrected sup a").first
    reason = number.get_attribute("href") or ""
    expect(person.find(f".reasons {reason}")).to_be_visible()
    back = person.find(f"{reason} .back-link").get_attribute("href") or ""
    expect(person.find(f".corrected {back}")).to_have_count(1)


def test_each_word_is_heard_once_and_with_its_state(begin):
    person = begin()
    words = person.find(WORDS)
    words.nth(1).check()
    heard = person.find("#marks").aria_snapshot()
    names = words.evaluate_all("boxes => boxes.map((box) => box.ariaLabel)")

    assert heard.count("- checkbox") == len(names)
    assert heard.count("[checked]") == 1
    legends = person.find("#marks legend").all_inner_texts()
    spoken = re.findall(r'^\s*- text: "?(.*?)"?$', heard, re.MULTILINE)
    assert [text for text in spoken if re.search(r"\w", text)] == legends


def test_the_link_of_the_complaint_puts_the_focus_on_a_word(begin):
    person = begin()
    person.press_through(SUBMIT)
    person.find(".error-summary a[href='#marks']").click()

    expect(person.find(WORDS).first).to_be_focused()
    expect(person.find(WORDS).first).to_be_in_viewport()


def test_the_link_of_the_complaint_leads_to_the_words_without_scripts(begin):
    person = begin(scripts=False)
    person.press_through(SUBMIT)
    person.find(".error-summary a[href='#marks']").click()

    expect(person.find("#marks")).to_be_focused()
