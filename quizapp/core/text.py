"""Texts as code points: normal form, hash, quotations; knows nothing of words or languages."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Sequence

#: Half-open code-point offsets [start, end) into a text in NFC.
Span = tuple[int, int]

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'"})


def normalise(text: str) -> str:
    """Return the text in NFC, spaces and apostrophes untouched: the form stored and displayed."""
    return unicodedata.normalize("NFC", text)


def text_hash(text: str) -> str:
    """Return the SHA-256 (hex) of the NFC text with white space collapsed, apostrophes as is."""
    collapsed = " ".join(normalise(text).split())
    return hashlib.sha256(collapsed.encode()).hexdigest()


def find_spans(text: str, find: str) -> tuple[Span, ...]:
    """Return where a quotation stands in an NFC text, left to right, without overlaps.

    White space of any kind and length and the two apostrophes are taken as equal; the offsets
    are into `text` as given. A blank quotation is found nowhere.
    """
    folded, offsets = _fold(text)
    wanted = _fold(normalise(find))[0].strip()
    if not wanted:
        return ()
    starts = (hit.start() for hit in re.finditer(re.escape(wanted), folded))
    return tuple((offsets[at], offsets[at + len(wanted) - 1] + 1) for at in starts)


_ODD_SPACE = re.compile(r"[^\S ]|  ")


@functools.lru_cache(maxsize=256)
def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Return the text folded for matching, and the offset in `text` of each folded sign."""
    if not _ODD_SPACE.search(text):
        return text.translate(_APOSTROPHES), range(len(text))
    signs: list[str] = []
    offsets: list[int] = []
    for offset, sign in enumerate(text.translate(_APOSTROPHES)):
        space = sign.isspace()
        if space and signs and signs[-1] == " ":
            continue
        signs.append(" " if space else sign)
        offsets.append(offset)
    return "".join(signs), offsets
