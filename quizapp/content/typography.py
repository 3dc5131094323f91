"""French typography of our own text: no-break spaces; quotations are left alone."""

import re
from collections.abc import Iterator

_NARROW = "\N{NARROW NO-BREAK SPACE}"
_WIDE = "\N{NO-BREAK SPACE}"
_QUOTED = re.compile("«[^»]*»")
_BAD_QUOTES = re.compile(f"«(?!{_NARROW})|(?<!{_NARROW})»")
_BAD_HIGH = re.compile(f"(?<![{_NARROW};!?(\\[…])[;!?]")
# A colon inside a time or an address has no space after it.
_BAD_COLON = re.compile(f"(?<!{_WIDE}):(?=\\s|$)")

# Where this finds nothing there is no slip, quoted or not: one search for the common case.
_SUSPECT = re.compile("|".join(p.pattern for p in (_BAD_QUOTES, _BAD_HIGH, _BAD_COLON)))


def find_slips(text: str) -> Iterator[str]:
    """Yield the surroundings of each sign without its no-break space, about 12 characters."""
    if _SUSPECT.search(text) is None:
        return
    for match in _BAD_QUOTES.finditer(text):
        yield _around(text, match.start())
    ours = _QUOTED.sub(lambda match: "x" * len(match[0]), text)
    for pattern in (_BAD_HIGH, _BAD_COLON):
        for match in pattern.finditer(ours):
            yield _around(text, match.start())


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 8) : at + 5].split())
