"""The one list of checks, for developers and for CI alike; knows what to run, not what it finds."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

import click

from quizapp import paths

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
FAST = "not slow and not browser and not postgresql"
SIDE_BY_SIDE = ("-n", "2", "--dist", "worksteal")


@dataclass(frozen=True)
class Check:
    """A check by its name, with the arguments for this Python."""

    name: str
    arguments: tuple[str, ...]


CHECKS = (
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("lint", ("-m", "ruff", "check", ".")),
    Check("types", ("-m", "mypy")),
    Check("layers", ("-c", LINT_IMPORTS)),
    Check("locks", ("-m", "quizapp.bootstrap.export", "--check")),
)


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.option("--fast", is_flag=True, help="Leave out browser, PostgreSQL and slow tests.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def test(fast: bool, pytest_arguments: tuple[str, ...]) -> None:
    """Run all checks: format, lint, types, layers, locks and tests.

    Further arguments go to pytest, for example: test tests/core -x
    """
    if not paths.IN_CHECKOUT:
        raise click.ClickException("The tests come with the source tree, not with the wheel.")
    tests = _tests(fast, pytest_arguments)
    results = [(check, *_run(check)) for check in (*CHECKS, *tests)]
    click.echo()
    for check, passed, seconds in results:
        click.echo(f"{check.name:8} {'ok' if passed else 'FAILED':7} {seconds:6.1f} s")
    failed = [check.name for check, passed, _ in results if not passed]
    click.echo(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    sys.exit(1 if failed else 0)


def _tests(fast: bool, arguments: tuple[str, ...]) -> list[Check]:
    """Return the test runs: side by side, then what measures time; arguments make it one run."""
    if arguments:
        return [_pytest("tests", *(("-m", FAST) if fast else ()), *arguments)]
    if fast:
        return [_pytest("tests", *SIDE_BY_SIDE, "-m", f"{FAST} and not alone")]
    return [
        _pytest("tests", *SIDE_BY_SIDE, "-m", "not alone"),
        _pytest("measures", "-m", "alone"),
    ]


def _pytest(name: str, *arguments: str) -> Check:
    return Check(name, ("-m", "pytest", *arguments))


def _run(check: Check) -> tuple[bool, float]:
    click.echo(f"\n== {check.name}")
    sys.stdout.flush()
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": ""}
    done = subprocess.run(
        [sys.executable, *check.arguments], cwd=paths.ROOT, env=environment, check=False
    )
    return done.returncode == 0, time.monotonic() - started
