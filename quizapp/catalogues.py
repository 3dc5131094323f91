"""Compiles translation catalogues; knows where they are only when told."""

import os
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> list[Path]:
    """Write a .mo file beside each .po file that is newer than it; return all .mo files."""
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not _is_current(target, source):
            _compile(source, target)
        compiled.append(target)
    return compiled


def _is_current(target: Path, source: Path) -> bool:
    return target.is_file() and target.stat().st_mtime >= source.stat().st_mtime


def _compile(source: Path, target: Path) -> None:
    """Replace the file in one step: another process may be reading it."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    content = BytesIO()
    write_mo(content, catalogue)
    partial = target.with_suffix(f".{os.getpid()}.mo.partial")
    partial.write_bytes(content.getvalue())
    partial.replace(target)
