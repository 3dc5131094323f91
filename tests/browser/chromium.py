"""Finds a Chromium, or installs one where that is allowed; drives none."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
# What a test browser must not do: ask the network for anything but the page under test.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INSTALL_SECONDS = 600


def find_chromium(playwright: Playwright) -> Path | None:
    """Return the program to drive, after an attempt to install one if none is there."""
    return (
        find_installed()
        or _cached(playwright)
        or _install_with_playwright(playwright)
        or _install_with_apt()
    )


def find_installed() -> Path | None:
    """Return the program that CHROMIUM names, that is on PATH or in its usual place."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return Path(chosen)
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path:
        return Path(on_path)
    return next((Path(place) for place in PLACES if Path(place).is_file()), None)


def _cached(playwright: Playwright) -> Path | None:
    path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _install_with_playwright(playwright: Playwright) -> Path | None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return _cached(playwright)


def _install_with_apt() -> Path | None:
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    _run([apt, "update"])
    _run([apt, "install", "-y", "--no-install-recommends", "chromium"])
    return find_installed()


def _run(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=INSTALL_SECONDS,
            check=False,
        )
