"""A quiz as a text for Moodle: Moodle XML or GIFT; knows no page and no file.

Both files hold the same questions. What this app asks and Moodle cannot, each file says in its
first comment (`wording.LOSSES`): no words are ticked in a text, the parts of an exercise are
questions of their own, "I do not know" and what is measured across questions have no place. A
passage is shown in each question, since Moodle may ask them in any order.

Why no cloze question: its feedback opens in a bubble over the text, too small for a reason of
sixty words and out of reach on a phone.
"""

from collections.abc import Callable, Mapping

from quizapp.content.exports.gift import write_gift
from quizapp.content.exports.kinds import ask_all
from quizapp.content.exports.moodle import write_moodle
from quizapp.content.exports.questions import Question
from quizapp.content.exports.sheet import Sheet, Voice, sheet_of

__all__ = ["FORMATS", "Sheet", "Voice", "export", "sheet_of"]

Writer = Callable[[Sheet, list[Question], Voice], str]
FORMATS: Mapping[str, Writer] = {"moodle": write_moodle, "gift": write_gift}


def export(sheet: Sheet, form: str, voice: Voice) -> str:
    """Return a quiz in one of FORMATS, in the language of its voice; KeyError for another form."""
    return FORMATS[form](sheet, ask_all(sheet, voice), voice)
