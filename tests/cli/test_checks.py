"""The command that runs all checks."""

import sys

import pytest

from quizapp.cli import checks

pytestmark = pytest.mark.slow


@pytest.fixture
def one_check(monkeypatch):
    """Replaces the list of checks by one that leaves with a given code."""

    def replace(code: int) -> None:
        line = f"import sys; sys.exit({code})"
        monkeypatch.setattr(checks, "CHECKS", (checks.Check("planted", ("-c", line)),))

    return replace


@pytest.mark.parametrize(("code", "expected"), [(0, 0), (1, 1), (5, 1)])
def test_the_code_is_that_of_all_checks(run, one_check, code, expected):
    one_check(code)

    result = run("test", "--version")

    assert result.exit_code == expected
    assert f"planted  {'FAILED' if code else 'ok'}" in result.output


def test_further_arguments_go_to_pytest(run, one_check, capfd):
    one_check(0)

    result = run("test", "--fast", "-k", "nothing_has_this_name", "--collect-only", "-q", __file__)

    assert result.exit_code == 1
    assert "deselected" in capfd.readouterr().out


def test_every_check_is_a_command_of_this_python(run):
    assert {check.name for check in checks.CHECKS} >= {"format", "lint", "types", "layers", "locks"}
    assert all(check.arguments[0] in ("-m", "-c") for check in checks.CHECKS)
    assert sys.executable
