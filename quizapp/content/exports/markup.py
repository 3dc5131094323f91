"""The small HTML of the questions: passages with their attribution, evidence, reasons."""

import html
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from quizapp.content.exports import wording
from quizapp.content.exports.sheet import Sheet, Voice
from quizapp.core.numbers import format_number
from quizapp.exercises.base import Evidence, Span
from quizapp.exercises.check_a_number.figures import with_unit
from quizapp.exercises.passages import Passage, cut

Marked = tuple[str, Span]

UNFIT = ("Cc", "Cs")
"""Categories of control signs, line breaks among them, and of halves of signs."""

NO_SIGNS = "\ufffe\uffff"


def clean(text: str) -> str:
    """Return a text on one line, without the signs that XML cannot hold."""
    kept = (
        " " if unicodedata.category(sign) in UNFIT or sign in NO_SIGNS else sign for sign in text
    )
    return "".join(kept)


def escaped(text: str) -> str:
    """Return a text, or a part of one, as HTML; the spaces at its ends stay."""
    return html.escape(clean(text), quote=False)


def paragraph(text: str) -> str:
    """Return a text as an HTML paragraph."""
    return f"<p>{escaped(text)}</p>"


def labelled(label: str, text: str) -> str:
    """Return a paragraph that begins with its label in bold; the label has its colon."""
    return f"<p><strong>{escaped(label)}</strong> {escaped(text)}</p>"


def excerpt(sheet: Sheet, passage: Passage, voice: Voice, marked: Iterable[Marked] = ()) -> str:
    """Return the passage, what is asked about underlined and bold, and where it comes from."""
    pieces = (
        f"<strong><u>{escaped(piece.text)}</u></strong>" if piece.name else escaped(piece.text)
        for piece in cut(passage.text, marked)
    )
    text = f'<blockquote lang="{passage.language}"><p>{"".join(pieces)}</p></blockquote>'
    return text + _attribution(sheet, passage, voice)


def _attribution(sheet: Sheet, passage: Passage, voice: Voice) -> str:
    source = sheet.source
    kind = wording.OPINION if source["genre"] == "opinion" else wording.ARTICLE
    parts = [
        f"{voice.say(kind)} – {source['author']}",
        source["title"],
        voice.day(source["date"]),
        voice.say(wording.EXCERPT) % {"ids": ", ".join(passage.ids)},
    ]
    parts += [voice.say(wording.OUR_TRANSLATION)] if passage.original else []
    lines = [", ".join(parts), source["rights"]]
    return "".join(f"<p><small>{escaped(line)}</small></p>" for line in lines)


def cards(items: Iterable[Evidence], sheet: Sheet, voice: Voice) -> str:
    """Return evidence as it is shown before the answer."""
    lines = [f"<li>{_evidence(item, sheet.language, voice)}</li>" for item in items]
    return f"<ul>{''.join(lines)}</ul>"


def sources(items: Iterable[Evidence], sheet: Sheet, voice: Voice) -> str:
    """Return evidence with its addresses, for the feedback; nothing where there is none."""
    lines = [
        f"<li>{_evidence(item, sheet.language, voice)}<br>{_link(item.url)}</li>" for item in items
    ]
    if not lines:
        return ""
    return f"{labelled(voice.say(wording.SOURCES), '')}<ul>{''.join(lines)}</ul>"


def _evidence(item: Evidence, language: str, voice: Voice) -> str:
    figure = with_unit(_figure(item.figure or "", language), item.unit or "", language)
    said = [text for text in (figure if item.figure else "", item.period, item.says) if text]
    head = f"<strong>{escaped(item.publisher)}</strong>, <cite>{escaped(item.title)}</cite>"
    told = "".join(f"<br>{escaped(text)}" for text in said)
    return f"{head}, {escaped(voice.day(item.date))}{told}"


def _figure(text: str, language: str) -> str:
    """Write a figure of the evidence as the language does; one that is no number stays."""
    try:
        return format_number(Decimal(text), language)
    except InvalidOperation:
        return text


def _link(url: str) -> str:
    return f'<a href="{html.escape(clean(url))}">{escaped(url)}</a>'
