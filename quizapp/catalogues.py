"""Compiles translation catalogues; knows where they are only when told."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def is_newer(compiled: Path, source: Path) -> bool:
    """Say whether a compiled catalogue is there and not older than its source."""
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def compile_catalogue(source: Path, compiled: Path) -> None:
    """Write a .mo file in one step, since another process may be reading the old one.

    The language is the name of the second folder above the source: `fr/LC_MESSAGES/x.po`.
    """
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    compiled.parent.mkdir(parents=True, exist_ok=True)
    unfinished = compiled.with_suffix(f".{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(compiled)


def compile_catalogues(sources: Path, target: Path) -> Path:
    """Return the folder with up-to-date compiled catalogues, compiling older ones into `target`."""
    catalogues = list(sources.glob("*/LC_MESSAGES/messages.po"))
    shipped = [po.with_suffix(".mo") for po in catalogues]
    if all(is_newer(mo, po) for mo, po in zip(shipped, catalogues, strict=True)):
        return sources
    for po in catalogues:
        mo = target / po.relative_to(sources).with_suffix(".mo")
        if not is_newer(mo, po):
            compile_catalogue(po, mo)
    return target
