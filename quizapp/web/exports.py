"""Writes tables as files that a spreadsheet of the reader's language opens; knows no table."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Response, send_file, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

Value = str | int | Decimal | datetime | None
"""What a cell holds; a datetime is written without its zone, so it must be a local one."""

BYTE_ORDER_MARK = "\ufeff"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First signs with which spreadsheets take a text for a formula, or for the start of one."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Signs that a cell of a workbook holds."""
IN_MEMORY = 4_000_000
"""Bytes of a workbook above which it goes to a file."""
STREAMED = 65_536
"""Signs of a CSV that are sent at a time."""


@dataclass(frozen=True)
class Worksheet:
    """A table of a workbook: its name, its rows with the head first, widths of its columns."""

    name: str
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()


def write_csv(rows: Iterable[Sequence[Value]], language: str) -> str:
    """Return rows as CSV with a byte order mark.

    French: semicolon and decimal comma; else: comma and decimal point. Texts cannot run as
    formulas, numbers stay numbers.
    """
    return "".join(stream_csv(rows, language))


def stream_csv(rows: Iterable[Sequence[Value]], language: str) -> Iterator[str]:
    """Yield the text of `write_csv` in pieces, so that a large table is never whole in memory."""
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_written(value, language) for value in row])
        if file.tell() >= STREAMED:
            yield file.getvalue()
            file.seek(0)
            file.truncate()
    yield file.getvalue()


def write_xlsx(sheets: Iterable[Worksheet]) -> IO[bytes]:
    """Return a workbook, at its start: numbers and dates as such, texts never as formulas.

    The head of each sheet and its first column stay in view. It is written row by row.
    """
    import xlsxwriter  # only who asks for a workbook waits for it

    file: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {"constant_memory": True, **plain})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        int: book.add_format({"num_format": "0"}),
        Decimal: book.add_format({"num_format": "0.0"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet.name)), sheet, formats)
    book.close()
    file.seek(0)
    return file


def _write_sheet(target: Any, sheet: Worksheet, formats: dict[Any, Any]) -> None:
    target.freeze_panes(1, 1)
    for column, width in enumerate(sheet.widths):
        target.set_column(column, column, width)
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                head = formats["head"] if number == 0 else None
                target.write_string(number, column, value[:LONGEST_CELL], head)
            elif isinstance(value, datetime):
                local = value.replace(tzinfo=None)
                target.write_datetime(number, column, local, formats[datetime])
            elif value is not None:
                target.write_number(number, column, float(value), formats[type(value)])


def _sheet_name(name: str) -> str:
    """Return a name that a sheet may have: short, without the signs that addresses use."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "1"


def _written(value: Value, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralise(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value).replace(".", ",") if language == "fr" else str(value)


def neutralise(text: str) -> str:
    """Return a text that no spreadsheet runs: a risky one after an apostrophe."""
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(RISKY) else text


def csv_file(name: str, text: str | Iterator[str]) -> Response:
    """Answer with a file of that name (without its ending) to save; perhaps piece by piece."""
    body = text if isinstance(text, str) else stream_with_context(text)
    response = Response(body, content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{file_name(name)}.csv")
    return response


def xlsx_file(name: str, workbook: IO[bytes]) -> AnyResponse:
    """Answer with a workbook of that name (without its ending) to save."""
    title = f"{file_name(name)}.xlsx"
    response = send_file(workbook, XLSX, as_attachment=True, download_name=title)
    del response.headers["Cache-Control"]  # it is no file of the app: the rule of pages holds
    return response


def file_name(name: str) -> str:
    """Return a name with which every system can keep a file; accents stay."""
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else "-" for sign in name)
    return re.sub(r"-+", "-", kept).strip("-")[:100] or "export"
