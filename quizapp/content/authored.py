"""What an author writes in source.yaml and in a quiz file, apart from the exercises."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.core.words import LANGUAGES
from quizapp.exercises.schema import ID_PATTERN, describe

PART_PATTERN = r"^[a-z0-9][a-z0-9.-]{0,39}$"
DATE_PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
URL_PATTERN = r"^https?://[^\s]+$"


MAX_EXERCISES = 100
MAX_PASSAGE = 2_000


class Language(StrEnum):
    """A language that the app can split into words."""

    FR = "fr"
    EN = "en"


class Step(StrEnum):
    """What a quiz asks beyond the first step."""

    TECHNIQUE = "technique"
    REWRITE = "rewrite"
    CUE = "cue"
    CONFIDENCE = "confidence"
    FIGURE = "figure"


class Letter(StrEnum):
    """The two parallel forms."""

    A = "A"
    B = "B"


@dataclass(frozen=True, kw_only=True)
class PassageEntry:
    """A numbered passage, quoted exactly from the article."""

    id: str = describe("Id of the passage, such as p08.s2", pattern=PART_PATTERN)
    text: str = describe("The passage, exactly as in the article", max_length=MAX_PASSAGE)
    translations: dict[str, str] | None = describe(
        "Our translation by language, for quizzes in that language",
        default=None,
        keys=list(LANGUAGES),
        max_length=MAX_PASSAGE,
    )
    sha256: str | None = describe(
        "SHA-256 of the text in NFC with spaces collapsed, to notice a slip",
        default=None,
        pattern=r"^[0-9a-f]{64}$",
    )


@dataclass(frozen=True, kw_only=True)
class EvidenceEntry:
    """A piece of evidence: who published what and when, and what it says."""

    id: str = describe("Id of the evidence, such as s15", pattern=PART_PATTERN)
    publisher: str | dict[str, str] = describe(
        "Who published it, perhaps by language", keys=list(LANGUAGES)
    )
    title: str = describe("Its title")
    date: str = describe(
        "When: year, year-month or year-month-day, in quotes", pattern=DATE_PATTERN
    )
    url: str = describe("Its address, beginning with https:// or http://", pattern=URL_PATTERN)
    figure: str | None = describe("The figure it gives, in quotes", default=None)
    unit: str | dict[str, str] | None = describe(
        "The unit of the figure, perhaps by language; required with a figure",
        default=None,
        keys=list(LANGUAGES),
    )
    period: dict[str, str] | None = describe(
        "What time it speaks of, by language", default=None, keys=list(LANGUAGES)
    )
    says: dict[str, str] = describe("What it says, in our words, by language", keys=list(LANGUAGES))


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """An article with its passages and the evidence about it."""

    schema: int = describe("Version of this format: 1", minimum=1, maximum=1)
    id: str = describe("Id of the source, the name of its folder", pattern=ID_PATTERN)
    title: str = describe("Title of the article")
    author: str = describe("Who wrote it")
    date: str = describe("When it appeared, in quotes", pattern=DATE_PATTERN)
    genre: str = describe("What sort of text it is, such as opinion")
    language: Language = describe("Language of the passages")
    rights: str = describe("Attribution shown under every excerpt, and the basis for quoting")
    age: int | None = describe("Age from which it is suitable", default=None, minimum=3, maximum=99)
    words: int | None = describe(
        "Length of the whole article in words, for the quotation budget", default=None, minimum=1
    )
    passages: tuple[PassageEntry, ...] = describe("The passages that may be quoted", min_items=1)
    evidence: tuple[EvidenceEntry, ...] = describe("Evidence for keys and cards", default=())


@dataclass(frozen=True, kw_only=True)
class FormEntry:
    """Which of two parallel forms the quiz is."""

    pair: str = describe("Name that both forms share", pattern=ID_PATTERN)
    letter: Letter = describe("A or B")


@dataclass(frozen=True, kw_only=True)
class QuizFile:
    """A quiz in one language."""

    schema: int = describe("Version of this format: 1", minimum=1, maximum=1)
    id: str = describe("Id of the quiz, the name of its file", pattern=ID_PATTERN)
    language: Language = describe("Language of the quiz, the name of its folder")
    title: str = describe("Title of the quiz")
    intro: str = describe("What the learner reads before starting")
    level: int = describe("Difficulty, 1 (easy) to 3", minimum=1, maximum=3)
    form: FormEntry | None = describe("Which of two parallel forms it is", default=None)
    steps: tuple[Step, ...] = describe("What is asked beyond the first step", default=())
    age: int | None = describe("Age from which it is suitable", default=None, minimum=3, maximum=99)
    notes: str | None = describe(
        "Notes for teachers and authors, never shown to learners", default=None
    )
    exercises: tuple[Any, ...] = describe(
        "The exercises, in their order", min_items=1, max_items=MAX_EXERCISES, items={"raw": True}
    )
