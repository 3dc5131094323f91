"""Writes questions as GIFT; knows no kind of exercise.

After Moodle's own reader (question/format/gift): a question ends at an empty line, so that every
text is one line; ~ = # { } : and the backslash are written after a backslash.
"""

import re
from collections.abc import Iterator

from quizapp.content.exports import wording
from quizapp.content.exports.markup import clean
from quizapp.content.exports.questions import (
    RIGHT,
    WRONG,
    Choice,
    ChoiceQuestion,
    NumberQuestion,
    Question,
    plain,
)
from quizapp.content.exports.sheet import Sheet, Voice

_CONTROLS = re.compile(r"[~=#{}:\\]")


def write_gift(sheet: Sheet, questions: list[Question], voice: Voice) -> str:
    """Return the whole file, one category and its questions."""
    losses = [voice.say(loss) for loss in (*wording.LOSSES, wording.LOSSES_OF_GIFT)]
    parts = ["\n".join(f"// {clean(loss)}" for loss in losses), f"$CATEGORY: {sheet.category}"]
    parts += ["\n".join(_question(question)) for question in questions]
    return "\n\n".join(parts) + "\n"


def _question(question: Question) -> Iterator[str]:
    yield f"// {clean(question.label.id)}"
    yield f"::{escaped(question.label.name)}::[html]{escaped(question.html)} {{"
    if isinstance(question, ChoiceQuestion):
        yield from (_choice(choice, single=question.single) for choice in question.choices)
    elif isinstance(question, NumberQuestion):
        yield "#"
        for answer in question.answers:
            value = f"{plain(answer.value)}:{plain(answer.tolerance)}"
            yield f"=%100%{value}#{escaped(question.right)}"
    yield f"####{escaped(question.feedback)}"
    yield "}"


def _choice(choice: Choice, *, single: bool) -> str:
    text = f"{escaped(choice.html)}#{escaped(choice.feedback)}"
    if single and choice.fraction == RIGHT:
        return f"={text}"
    weight = "" if choice.fraction == WRONG else f"%{plain(choice.fraction)}%"
    return f"~{weight}{text}"


def escaped(text: str) -> str:
    """Return a text on one line in which no sign steers the reader."""
    return _CONTROLS.sub(r"\\\g<0>", clean(text))
