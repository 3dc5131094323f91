"""Writes tables as CSV that a spreadsheet of the reader's language opens; knows no table."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Response

Value = str | int | Decimal | None

BYTE_ORDER_MARK = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First signs with which spreadsheets take a text for a formula, or for the start of one."""


def write_csv(rows: Iterable[Sequence[Value]], language: str) -> str:
    """Return rows as CSV with a byte order mark.

    French: semicolon and decimal comma; else: comma and decimal point. Texts cannot run as
    formulas, numbers stay numbers.
    """
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_written(value, language) for value in row])
    return file.getvalue()


def _written(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralise(value)
    return str(value).replace(".", ",") if language == "fr" else str(value)


def neutralise(text: str) -> str:
    """Return a text that no spreadsheet runs: a risky one after an apostrophe."""
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(RISKY) else text


def csv_file(name: str, text: str) -> Response:
    """Answer with a file of that name (without its ending) to save."""
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{file_name(name)}.csv")
    return response


def file_name(name: str) -> str:
    """Return a name with which every system can keep a file; accents stay."""
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else "-" for sign in name)
    return re.sub(r"-+", "-", kept).strip("-")[:100] or "export"
