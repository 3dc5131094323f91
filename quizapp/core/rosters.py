"""Reads a list of learners as a school's software exports it; knows no class and no account."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.names import fold_name

LONGEST_LABEL = 60
SHORTEST_LOGIN, LONGEST_LOGIN = 3, 40
MOST_ROWS = 200
DELIMITERS = (";", "\t", ",")
LOGIN = re.compile(r"[^\W_][\w.-]*[^\W_]")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
PHONE = re.compile(r"\+?[\d ./()-]{9,}")
DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")


class Part(StrEnum):
    """What a column of a list holds."""

    LAST = "last"
    FIRST = "first"
    FULL = "full"
    LOGIN = "login"


class Fault(StrEnum):
    """Why a row cannot be taken, as far as the list itself says."""

    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NO_WORD = "no_word"
    EMAIL = "email"
    PHONE = "phone"
    BAD_LOGIN = "bad_login"
    SAME_NAME = "same_name"
    SAME_LOGIN = "same_login"


HEADINGS: dict[Part, tuple[str, ...]] = {
    Part.LAST: ("nom", "nom de famille", "last name", "surname", "family name", "lastname"),
    Part.FIRST: ("prenom", "prenoms", "first name", "given name", "forename", "firstname"),
    Part.FULL: (
        *("nom prenom", "nom et prenom", "nom prenoms", "nom complet", "prenom nom", "eleve"),
        *("eleves", "name", "full name", "student", "pupil", "learner", "label"),
    ),
    Part.LOGIN: (
        *("identifiant", "identifiants", "id", "login", "log-in", "nom d utilisateur", "user"),
        *("username", "user name", "identifier", "pseudo", "pseudonyme", "pseudonym"),
    ),
}
_PARTS = {heading: part for part, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Row:
    """A learner of a list: the line it stands in (from 1), what the class calls them, log-in name.

    `login` is empty where the list gives none. `other` is the line that a repetition repeats.
    """

    line: int
    label: str
    login: str
    fault: Fault | None = None
    other: int | None = None


@dataclass(frozen=True)
class Roster:
    """The rows of a list, and the columns that were left out, as their headings or numbers."""

    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()

    @property
    def is_too_long(self) -> bool:
        """Whether there are more rows than one list may have."""
        return len(self.rows) > MOST_ROWS


def decode_list(data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with a mark, UTF-8 without, else Windows-1252."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Windows-1252 leaves undefined is what Latin-1 has there: a control sign.
        return "".join(
            bytes([byte]).decode("cp1252") if byte not in _UNDEFINED else chr(byte) for byte in data
        )


_UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")


def read_list(text: str) -> Roster:
    """Read a list of learners, one to a line; lines without any sign are passed over.

    Cells stand between `;`, tabs or commas. Columns are recognised by a heading, else by their
    shape; "NOM Prénom" may be one column or two, a log-in name stand beside it or not.
    """
    numbered = enumerate(re.split(r"\r\n|\r|\n", text), 1)
    lines = [(number, line) for number, line in numbered if _tidy(line)]
    delimiter = _delimiter([line for _, line in lines])
    table = [(number, _cells(line, delimiter)) for number, line in lines]
    if not table:
        return Roster(())
    headings = _headings(table[0][1])
    if headings:
        table, parts = table[1:], headings
    else:
        parts = _shapes([cells for _, cells in table])
    width = max((len(cells) for _, cells in table), default=0)
    shown = _cells(lines[0][1], delimiter) if headings else []
    left_out = [
        shown[at] if at < len(shown) else str(at + 1)
        for at in range(width)
        if at not in parts and any(len(cells) > at and cells[at] for _, cells in table)
    ]
    return Roster(tuple(check_rows(_row(n, cells, parts) for n, cells in table)), tuple(left_out))


def check_rows(rows: Iterable[Row]) -> Iterable[Row]:
    """Yield the rows with what is wrong with each; of two that are the same, the later is wrong."""
    labels: dict[str, int] = {}
    logins: dict[str, int] = {}
    for row in rows:
        fault, other = find_fault(row.label, row.login), None
        if fault is None:
            label, login = fold_name(row.label), fold_name(row.login)
            if label in labels:
                fault, other = Fault.SAME_NAME, labels[label]
            elif login and login in logins:
                fault, other = Fault.SAME_LOGIN, logins[login]
            labels.setdefault(label, row.line)
            logins.setdefault(login, row.line)
        yield Row(row.line, row.label, row.login, fault, other)


def find_fault(label: str, login: str) -> Fault | None:
    """Return what is wrong with one name and log-in name, which may be empty."""
    if not label:
        return Fault.NO_NAME
    if len(label) > LONGEST_LABEL:
        return Fault.LONG_NAME
    for text in (label, login):
        if EMAIL.search(text):
            return Fault.EMAIL
        if is_phone(text):
            return Fault.PHONE
    if not any(sign.isalpha() for sign in label):
        return Fault.NO_WORD
    if login and not (SHORTEST_LOGIN <= len(login) <= LONGEST_LOGIN and LOGIN.fullmatch(login)):
        return Fault.BAD_LOGIN
    return None


def is_phone(text: str) -> bool:
    """Tell whether a text looks like a telephone number: nine figures or more and no letter."""
    return PHONE.fullmatch(text) is not None and sum(sign.isdigit() for sign in text) >= 9


def _delimiter(lines: Sequence[str]) -> str | None:
    """Return the sign that most lines have; the first of the candidates when two are alike."""
    counts = {sign: sum(sign in line for line in lines) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: counts[sign])
    return best if counts[best] else None


def _cells(line: str, delimiter: str | None) -> list[str]:
    """Split one line; a cell never runs on into the next, so that lines keep their numbers."""
    if delimiter is None:
        return [_tidy(line.strip().strip('"'))]
    return [_tidy(cell) for cell in next(csv.reader([line], delimiter=delimiter))]


def _tidy(cell: str) -> str:
    shown = (sign for sign in cell if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", "".join(shown)).split())


def _headings(cells: Sequence[str]) -> dict[int, Part]:
    """Return which part each column holds if the first line names them; nothing if it does not."""
    found = {at: _PARTS[_plain(cell)] for at, cell in enumerate(cells) if _plain(cell) in _PARTS}
    names = set(found.values()) - {Part.LOGIN}
    if not names:
        return {}
    if Part.FULL in names and len(names) > 1:  # the whole name says more than its parts
        found = {at: part for at, part in found.items() if part in (Part.FULL, Part.LOGIN)}
    first_of = {part: at for at, part in reversed(found.items())}
    return {at: part for part, at in first_of.items()}


def _plain(heading: str) -> str:
    """Return a heading in small letters without accents, its other signs as single spaces."""
    folded = unicodedata.normalize("NFKD", heading.casefold())
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w-]|_", " ", letters).split())


def _shapes(rows: Sequence[Sequence[str]]) -> dict[int, Part]:
    """Return what the columns hold by their look: log-in names, names; others are left out."""
    width = max(len(row) for row in rows)
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    names = [at for at, column in enumerate(columns) if column and not _is_no_name(column)]
    logins = [at for at in names if _are_logins(columns[at])]
    parts: dict[int, Part] = {}
    if logins and len(names) > 1:
        parts[logins[-1]] = Part.LOGIN
        names = [at for at in names if at != logins[-1] and at not in logins]
        names = names or [logins[0]]
    if not names:  # every column is faulty: let each row say how
        names = [0]
    return parts | {at: Part.FULL for at in names if at not in parts}


def _is_no_name(column: Sequence[str]) -> bool:
    """Tell whether a column holds numbers, dates, addresses or a class rather than names."""
    return all(
        not any(sign.isalpha() for sign in cell)
        or EMAIL.fullmatch(cell)
        or DATE.fullmatch(cell)
        or re.fullmatch(r"\d{1,2}\s?(e|è|ème|eme|de|nde)?\s?[A-Za-z0-9]{0,2}|[FMfm]", cell)
        for cell in column
    )


def _are_logins(column: Sequence[str]) -> bool:
    """Tell whether a column holds log-in names: one word each, no capital, a sign that says so."""
    return all(
        LOGIN.fullmatch(cell) and cell == cell.casefold() and re.search(r"[\d._-]", cell)
        for cell in column
    )


def _row(number: int, cells: Sequence[str], parts: dict[int, Part]) -> Row:
    """Put a row together: the family name before the first name, as registers do."""
    held = dict.fromkeys(Part, "")
    for at, part in sorted(parts.items()):
        if at < len(cells):
            held[part] = f"{held[part]} {cells[at]}".strip()
    label = held[Part.FULL] or f"{held[Part.LAST]} {held[Part.FIRST]}".strip()
    return Row(number, label, held[Part.LOGIN])
