"""Exports uv.lock as lists for pip, and says whether they are still equal; installs nothing.

Run it as `python -m quizapp.bootstrap.export`, after `uv lock`; with --check it writes nothing.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).resolve().parent
ROOT = LOCKS.parent.parent
UV = (sys.executable, "-m", "uv", "--no-config", "--offline")
EXPORT = (
    "export",
    "--frozen",
    "--quiet",
    "--format=requirements-txt",
    "--no-emit-project",
    "--no-header",
    "--no-annotate",
)
OPTIONS: dict[str, tuple[str, ...]] = {"run": ("--no-dev",), "test": ("--all-groups",)}
# The public addresses; a mirror or a folder of one machine must not be locked.
REGISTRY = "https://pypi.org/simple"
FILES = "https://files.pythonhosted.org/packages/"


def main() -> int:
    """Write the lists, or with --check return 1 if one differs from uv.lock."""
    problems = check() if "--check" in sys.argv[1:] else write()
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def check() -> list[str]:
    """Return in what uv.lock differs from pyproject.toml, from the lists, from public addresses."""
    problems = find_foreign_addresses((ROOT / "uv.lock").read_text(encoding="utf-8"))
    if _run_uv("lock", "--check").returncode != 0:
        problems.append("uv.lock is older than pyproject.toml; run: uv lock")
    for name in OPTIONS:
        if export(name) != (LOCKS / f"{name}.txt").read_text(encoding="utf-8"):
            problems.append(
                f"quizapp/bootstrap/{name}.txt is not what uv.lock says; "
                "run: python -m quizapp.bootstrap.export"
            )
    return problems


def write() -> list[str]:
    """Write the lists from uv.lock."""
    for name in OPTIONS:
        (LOCKS / f"{name}.txt").write_text(export(name), encoding="utf-8")
    return []


def export(name: str) -> str:
    """Return the list `run` or `test` as uv.lock gives it."""
    done = _run_uv(*EXPORT, *OPTIONS[name])
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return done.stdout


def find_foreign_addresses(lock: str) -> list[str]:
    """Return a problem for each address in a lock that is not the public registry's."""
    problems = []
    for number, line in enumerate(lock.splitlines(), start=1):
        for kind, address in re.findall(r'\b(registry|url|path|directory|git) = "([^"]*)"', line):
            expected = address == REGISTRY if kind == "registry" else address.startswith(FILES)
            if kind not in ("registry", "url") or not expected:
                problems.append(f"uv.lock:{number}: not an address of the registry: {address}")
    return problems


def _run_uv(*arguments: str) -> "subprocess.CompletedProcess[str]":
    settings = {"UV_PYTHON": sys.executable, "UV_PYTHON_DOWNLOADS": "never"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    return subprocess.run(
        [*UV, *arguments],
        cwd=ROOT,
        env={**kept, **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
