"""The wheel works alone, and a clean copy of the source works from a bare Python."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quizapp.bootstrap.environment import python_of

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "quizapp" / "bootstrap" / "run.txt"
SECONDS = 300

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3 * SECONDS)]


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of the source tree without what git ignores."""
    folder = tmp_path_factory.mktemp("source") / "quizapp"
    ignored = [".venv*", ".git", "instance", "__pycache__", "*.mo", "dist", "build", ".*_cache"]
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*ignored, ".hypothesis"))
    return folder


@pytest.fixture(scope="module")
def wheel(source) -> Path:
    """The wheel that is built from the source archive."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", source / "dist"]
    done = subprocess.run(
        [*command, source], env=clean(source), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next((source / "dist").glob("quizapp-*.whl"))


def clean(home: Path) -> dict[str, str]:
    """Return the environment of somebody who has never run quizapp; pip's settings stay."""
    dropped = ("QUIZAPP_", "PYTHON", "VIRTUAL_ENV", "XDG_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
    return {**kept, "HOME": str(home), "PYTHONUNBUFFERED": "1"}


@contextmanager
def serving(command: list[str], folder: Path, home: Path) -> Iterator[str]:
    """Start a server, wait for the address that it prints, and stop it."""
    process = subprocess.Popen(
        [*command, "--port", "0"],
        cwd=folder,
        env=clean(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    with process:
        said = ""
        for line in process.stdout or ():
            said += line
            if line.startswith("Press Ctrl-C"):
                break
        address = re.search(r"quizapp is at (\S+)", said)
        try:
            assert address, said
            yield address[1]
        finally:
            process.terminate()


def get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=30) as response:
        return response.status, response.read().decode()


def test_the_wheel_holds_what_the_app_needs_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    for needed in (
        "quizapp/_bundled/templates/layouts/base.html",
        "quizapp/_bundled/static/css/base.css",
        "quizapp/_bundled/questions/hua-bin-2025/source.yaml",
        "quizapp/store/migrations/env.py",
        "quizapp/translations/fr/LC_MESSAGES/messages.mo",
        "quizapp/py.typed",
    ):
        assert needed in names
    assert {name.split("/")[0] for name in names} == {"quizapp", "quizapp-0.1.0.dist-info"}
    assert not [name for name in names if name.endswith((".pyc", ".db", "secret-key"))]
    assert not [name for name in names if name.startswith("quizapp/_bundled/tests")]


def test_the_wheel_answers_in_a_clean_environment(wheel, tmp_path):
    venv.create(tmp_path / "env", with_pip=True, symlinks=os.name != "nt")
    python = str(python_of(tmp_path / "env"))
    pip = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
    locked = ["--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)]
    for arguments in (
        ["install", *locked],
        ["install", "--no-deps", "--no-index", str(wheel)],
        ["check"],
    ):
        subprocess.run([*pip, *arguments], env=clean(tmp_path), check=True, timeout=SECONDS)

    with serving([python, "-m", "quizapp"], tmp_path, tmp_path) as address:
        status, page = get(address)
        assert status == 200
        assert "</html>" in page
        style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page)
        assert style
        assert get(address + style[1])[0] == 200
    assert not list(tmp_path.glob("instance"))


def test_a_clean_copy_starts_from_a_bare_python(source, tmp_path):
    bare = [getattr(sys, "_base_executable", sys.executable), "-m", "quizapp"]

    with serving(bare, source, tmp_path) as address:
        assert get(address)[0] == 200

    assert (source / ".venv" / "quizapp-stamp.json").is_file()
    assert (source / "instance" / "quizapp.db").is_file()
    with serving(bare, source, tmp_path) as address:
        assert get(address)[0] == 200
