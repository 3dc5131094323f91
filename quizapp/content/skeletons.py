"""Writes files for authors to complete: an article in numbered passages, quizzes, exercises.

Knows the format and leaves every judgement to the author: what is to be written says so, and the
check names each such place.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizapp.content.guard import without_unsafe
from quizapp.content.model import Source
from quizapp.core.messages import N_
from quizapp.core.scores import Level
from quizapp.core.text import normalise, text_hash
from quizapp.core.words import Word, split_sentences, split_words
from quizapp.exercises.check_a_number.authored import ErrorKind
from quizapp.exercises.fact_or_opinion.authored import Label, Truth
from quizapp.exercises.loaded_language.authored import Technique
from quizapp.exercises.schema import MAX_ITEMS, TO_FILL_IN

Say = Callable[[str], str]

WIDTH = 92
MAX_SENTENCES = MAX_ITEMS
HOW = N_("Replace every %(marker)s, then run: python3 -m quizapp check")
KEEP_FEW = N_("Delete the passages that no exercise shows.")
NUMBERS = N_("Numbers: %(list)s")
QUOTED = N_("In quotation marks: %(list)s")
CHOICES = N_("%(name)s: one of %(list)s")
EVIDENCE = N_("Evidence, one entry for each page that you have read yourself:")
ONLY_VERIFIABLE = N_("truth and evidence only where the label is verifiable")
NO_TARGET = N_("Nothing loaded here? Delete targets: and say in why: what makes it neutral.")
WEAK = N_("A card that looks fitting and does not help:")

_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_GAP = re.compile(r"\s+((?:[«“\"'(\[–—-]\s*)*)$")
_MARKS = re.compile('«[^»]+»|“[^”]+”|"[^"]{1,80}"')
_WORD = re.compile(r"\S*\w\S*")


class TooLong(Exception):
    """An article with more passages than a source may have."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article under its number, such as p08.s2."""

    id: str
    text: str


def split_article(text: str, language: str) -> tuple[Sentence, ...]:
    """Cut an article into numbered sentences; paragraphs are parted by empty lines.

    Line breaks become spaces, all else stays as it is.
    """
    text = normalise(without_unsafe(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    paragraphs = [p for p in _PARAGRAPHS.split(text) if _WORD.search(p)]
    return tuple(
        Sentence(f"p{number:02}.s{at}", sentence)
        for number, paragraph in enumerate(paragraphs, 1)
        for at, sentence in enumerate(_sentences(paragraph, language), 1)
    )


def _sentences(paragraph: str, language: str) -> Iterator[str]:
    text = re.sub(r"[ \t\n]+", " ", paragraph).strip()
    start = 0
    found = split_sentences(text, split_words(text, language))
    for words, following in pairwise(found):
        end = _end(text, words[-1], following[0])
        yield text[start:end].strip(" ")
        start = end
    yield text[start:].strip(" ")


def _end(text: str, last: Word, first: Word) -> int:
    """Return where a sentence ends: opening quotation marks belong to the next one."""
    gap = _GAP.search(text[last.end : first.start])
    return last.end + gap.start() if gap else first.start


# --- source.yaml -----------------------------------------------------------------------------


def article_skeleton(name: str, text: str, language: str, say: Say) -> str:
    """Return a source.yaml for the text of an article; raises TooLong."""
    sentences = split_article(text, language)
    if not sentences or len(sentences) > MAX_SENTENCES:
        raise TooLong(len(sentences))
    marker = TO_FILL_IN[language]
    lines = [
        "# yaml-language-server: $schema=../source.schema.json",
        *_comment(say(HOW) % {"marker": marker}),
        "schema: 1",
        f"id: {name}",
        *(f'{field}: "{marker}"' for field in ("title", "author", "date", "genre")),
        f"language: {language}",
        f'rights: "{marker}"',
        f"words: {len(_WORD.findall(text))}",
        *_comment(say(KEEP_FEW)),
        "passages:",
    ]
    for sentence in sentences:
        lines += _passage(sentence, language, say)
    return "\n".join([*lines, *_evidence(say)]) + "\n"


def _passage(sentence: Sentence, language: str, say: Say) -> Iterator[str]:
    yield from _candidates(sentence.text, language, say, "  ")
    yield f"  - id: {sentence.id}"
    yield "    text: >-"
    yield from _wrapped(sentence.text, "      ")
    yield f'    sha256: "{text_hash(sentence.text)}"'


def _candidates(text: str, language: str, say: Say, indent: str) -> Iterator[str]:
    """Yield comments with the numbers and the quoted words of a text."""
    numbers = [word.text for word in split_words(text, language) if re.search("[0-9]", word.text)]
    for msgid, found in ((NUMBERS, numbers), (QUOTED, _MARKS.findall(text))):
        if found:
            yield from _comment(say(msgid) % {"list": ", ".join(dict.fromkeys(found))}, indent)


def _evidence(say: Say) -> Iterator[str]:
    yield from _comment(say(EVIDENCE))
    yield from (
        "# evidence:",
        "#   - id: e1",
        "#     publisher: …",
        "#     title: …",
        '#     date: "2025-01-31"',
        '#     url: "https://…"',
        '#     figure: "20,8"',
        '#     unit: "%"',
        '#     says: {fr: "…", en: "…"}',
    )


def _comment(text: str, indent: str = "") -> list[str]:
    return _wrapped(" ".join(text.split()), f"{indent}# ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH + len(indent),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


# --- quizzes and exercises -------------------------------------------------------------------


def quiz_skeleton(
    source: Source, name: str, kinds: Sequence[str], passages: Sequence[str], say: Say
) -> str:
    """Return a quiz in the language of the source, with one exercise of each kind."""
    marker = TO_FILL_IN[source.language]
    head = [
        "# yaml-language-server: $schema=../../quiz.schema.json",
        *_comment(say(HOW) % {"marker": marker}),
        "schema: 1",
        f"id: {name}",
        f"language: {source.language}",
        f'title: "{marker}"',
        f'intro: "{marker}"',
        "level: 1",
        "exercises:",
    ]
    exercises = [
        exercise_skeleton(source, f"{name}-{number}", kind, passages, say)
        for number, kind in enumerate(kinds, 1)
    ]
    return "\n".join(head) + "\n" + "".join(exercises)


def exercise_skeleton(
    source: Source, name: str, kind: str, passages: Sequence[str], say: Say
) -> str:
    """Return an exercise as an item of the list `exercises`; KeyError for an unknown passage."""
    texts = [source.passages[passage].text for passage in passages]
    lines = [
        f"  - id: {name}",
        f"    kind: {kind}",
        f"    passages: [{', '.join(passages)}]",
        *(line for text in texts for line in _comment(text, "    ")),
        *(line for text in texts for line in _candidates(text, source.language, say, "    ")),
        *_BODIES[kind](TO_FILL_IN[source.language], source, say),
    ]
    return "\n".join(lines) + "\n"


def _choices(name: str, options: Iterable[str], say: Say, indent: str) -> list[str]:
    return _comment(say(CHOICES) % {"name": name, "list": ", ".join(options)}, indent)


def _marking(marker: str, _source: Source, say: Say) -> list[str]:
    return [
        *_comment(say(NO_TARGET), "    "),
        "    targets:",
        *_choices("technique", Technique, say, "      "),
        f'      - {{id: t1, find: "{marker}", technique: "{marker}", why: "{marker}"}}',
    ]


def _sorting(marker: str, _source: Source, say: Say) -> list[str]:
    return [
        "    segments:",
        *_choices("label", Label, say, "      "),
        *_choices("truth", Truth, say, "      "),
        *_comment(say(ONLY_VERIFIABLE), "      "),
        f'      - {{id: a, find: "{marker}", label: "{marker}", why: "{marker}"}}',
        f'      - {{id: b, find: "{marker}", label: "{marker}", why: "{marker}"}}',
    ]


def _number(marker: str, source: Source, say: Say) -> list[str]:
    return [
        f'    claim: {{find: "{marker}", question: "{marker}"}}',
        "    cards:",
        *_choices("evidence", source.evidence or ["e1"], say, "      "),
        f'      - {{id: c1, evidence: "{marker}"}}',
        *_comment(say(WEAK), "      "),
        f'      - {{id: c2, evidence: "{marker}", weak: true, why: "{marker}"}}',
        *_choices("level", Level, say, "    "),
        f'    verdict: {{level: "{marker}", why: "{marker}"}}',
        *_choices("kind", ErrorKind, say, "    "),
        f'    error: {{kind: "{marker}", why: "{marker}"}}',
        f'    as_of: "{marker}"',
    ]


_BODIES: dict[str, Callable[[str, Source, Say], list[str]]] = {
    "loaded_language": _marking,
    "fact_or_opinion": _sorting,
    "check_a_number": _number,
}
