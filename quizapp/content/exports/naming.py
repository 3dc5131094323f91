"""Names questions so that a teacher finds them again; knows no kind."""

from quizapp.content.exports.markup import clean
from quizapp.content.exports.questions import Label
from quizapp.content.exports.sheet import Sheet
from quizapp.exercises.base import AnyExercise

LONGEST_ID = 100
LONGEST_PART = 60


def label_of(sheet: Sheet, exercise: AnyExercise, part: str = "", about: str = "") -> Label:
    """Return the label of a question: the place of its exercise, its title, its part."""
    number = sheet.exercises.index(exercise) + 1
    name = f"{number:02d} – {exercise.title or sheet.title}"
    if about:
        name += f" – {about if len(about) <= LONGEST_PART else about[: LONGEST_PART - 1] + '…'}"
    identity = "/".join(filter(None, (sheet.language, exercise.id, part)))
    return Label(identity[:LONGEST_ID], clean(name).strip())
