"""Runs commands: in this process, or as a server of their own; knows no command."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import main
from tests.command import serving, variables_for


@pytest.fixture
def variables(tmp_path) -> dict[str, str]:
    """The environment of an installation in a folder of the test's own."""
    return variables_for(tmp_path / "data")


@pytest.fixture
def run(variables) -> Callable[..., Result]:
    """Returns what a command printed and with which code it left."""

    def run(*arguments: str, **changes: str) -> Result:
        environment = {**variables, **changes}
        return CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False)

    return run


@pytest.fixture(name="serving")
def serving_fixture(variables) -> Callable[..., object]:
    """Returns a context in which `python3 -m quizapp` serves on a free port."""

    def start(*arguments: str, **changes: str):
        return serving({**variables, **changes}, *arguments)

    return start
