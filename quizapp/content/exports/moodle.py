"""Writes questions as Moodle XML; knows no kind of exercise.

The format is that of Moodle's own import and export (question/format/xml): texts as CDATA, grades
as percentages from a fixed list, numbers with a decimal point whatever the language.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from quizapp.content.exports import wording
from quizapp.content.exports.questions import (
    RIGHT,
    Choice,
    ChoiceQuestion,
    NumberQuestion,
    Question,
    plain,
)
from quizapp.content.exports.sheet import Sheet, Voice

PENALTY = "0.3333333"
"""What a further try costs where a teacher allows one: Moodle's own default."""


def write_moodle(sheet: Sheet, questions: list[Question], voice: Voice) -> str:
    """Return the whole file, one category and its questions."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<!--"]
    lines += [voice.say(loss).replace("--", "–") for loss in wording.LOSSES]
    lines += ["-->", "<quiz>", *_category(sheet)]
    for question in questions:
        lines += _question(question)
    return "\n".join([*lines, "</quiz>", ""])


def _category(sheet: Sheet) -> Iterator[str]:
    yield '<question type="category">'
    yield f"<category><text>{escape(sheet.category)}</text></category>"
    yield f"<info>{_text(escape(sheet.title))}</info>"
    yield "</question>"


def _question(question: Question) -> Iterator[str]:
    kind = "multichoice" if isinstance(question, ChoiceQuestion) else "numerical"
    yield f'<question type="{kind}">'
    yield f"<name><text>{escape(question.label.name)}</text></name>"
    yield f'<questiontext format="html">{_text(question.html)}</questiontext>'
    yield f'<generalfeedback format="html">{_text(question.feedback)}</generalfeedback>'
    yield f"<defaultgrade>{plain(question.weight)}</defaultgrade>"
    yield f"<penalty>{PENALTY}</penalty>"
    yield "<hidden>0</hidden>"
    yield f"<idnumber>{escape(question.label.id)}</idnumber>"
    if isinstance(question, ChoiceQuestion):
        yield from _choices(question)
    elif isinstance(question, NumberQuestion):
        yield from _numbers(question)
    yield "</question>"


def _choices(question: ChoiceQuestion) -> Iterator[str]:
    yield f"<single>{'true' if question.single else 'false'}</single>"
    yield "<shuffleanswers>false</shuffleanswers>"
    yield "<answernumbering>none</answernumbering>"
    yield "<showstandardinstruction>0</showstandardinstruction>"
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        yield f'<{name} format="html"><text></text></{name}>'
    for choice in question.choices:
        yield _choice(choice)


def _choice(choice: Choice) -> str:
    return (
        f'<answer fraction="{plain(choice.fraction)}" format="html">{_text(choice.html)}'
        f'<feedback format="html">{_text(choice.feedback)}</feedback></answer>'
    )


def _numbers(question: NumberQuestion) -> Iterator[str]:
    for answer in question.answers:
        yield (
            f'<answer fraction="{plain(RIGHT)}" format="moodle_auto_format">'
            f"<text>{plain(answer.value)}</text>"
            f'<feedback format="html">{_text(question.right)}</feedback>'
            f"<tolerance>{plain(answer.tolerance)}</tolerance></answer>"
        )
    yield "<unitgradingtype>0</unitgradingtype>"
    yield "<unitpenalty>0.1000000</unitpenalty>"
    yield "<showunits>3</showunits>"
    yield "<unitsleft>0</unitsleft>"


def _text(content: str) -> str:
    return f"<text><![CDATA[{content.replace(']]>', ']]]]><![CDATA[>')}]]></text>"
