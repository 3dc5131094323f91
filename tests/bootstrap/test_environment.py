"""The environment of a checkout: made once, completed when its lock changes, left to its owner."""

import ast
import json
import sys
from pathlib import Path

import pytest

from quizapp import __main__ as start
from quizapp.bootstrap import environment
from quizapp.bootstrap.install import BootstrapError, read_names

PACKAGE = Path(environment.__file__).parents[1]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with its own locks and nothing else."""
    locks = tmp_path / "quizapp" / "bootstrap"
    locks.mkdir(parents=True)
    (locks / "run.txt").write_text("flask==3.1.3 \\\n    --hash=sha256:00\n")
    (locks / "test.txt").write_text("flask==3.1.3 \\\n    --hash=sha256:00\npytest==9.0.0\n")
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(environment, "LOCKS", locks)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


def make_environment(folder, *locks):
    python = environment.python_of(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    digests = {lock: environment._digest(lock) for lock in locks}
    environment._write_stamp(folder, {"python": environment._python_stamp(), **digests})


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py", "bootstrap/__init__.py"])
def test_what_an_old_python_reads_is_in_its_syntax(name):
    ast.parse((PACKAGE / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_gets_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))

    assert start.main() == 2
    assert capsys.readouterr().err.startswith("quizapp needs Python 3.11 or newer, and this is ")


def test_an_environment_that_uv_made_is_left_alone(checkout):
    (checkout / ".venv").mkdir()

    assert environment._choose_folder() == checkout / ".venv-quizapp"


def test_an_interrupted_first_start_is_taken_up_again(checkout):
    (checkout / ".venv").mkdir()
    environment._write_stamp(checkout / ".venv", {})

    assert environment._choose_folder() == checkout / ".venv"
    assert not environment._is_current(checkout / ".venv", "run")


def test_two_foreign_environments_are_both_left_alone(checkout):
    (checkout / ".venv").mkdir()
    (checkout / ".venv-quizapp").mkdir()

    with pytest.raises(BootstrapError, match="in the way"):
        environment._choose_folder()


def test_an_environment_is_current_until_its_lock_changes(checkout):
    make_environment(checkout / ".venv", "run")
    assert environment._is_current(checkout / ".venv", "run")

    (environment.LOCKS / "run.txt").write_text("flask==3.2.0\n")

    assert not environment._is_current(checkout / ".venv", "run")


def test_the_tests_need_their_own_packages_too(checkout):
    make_environment(checkout / ".venv", "run")

    assert not environment._is_current(checkout / ".venv", "test")


def test_an_environment_of_another_python_is_not_current(checkout):
    make_environment(checkout / ".venv", "run")
    stamp = environment._read_stamp(checkout / ".venv")
    environment._write_stamp(checkout / ".venv", {**stamp, "python": "cpython-312"})

    assert not environment._is_current(checkout / ".venv", "run")


def test_a_torn_stamp_counts_as_none(checkout):
    make_environment(checkout / ".venv", "run")
    (checkout / ".venv" / environment.STAMP).write_text('{"python": "cp')

    assert environment._read_stamp(checkout / ".venv") == {}


def test_emptying_an_environment_keeps_the_sign_that_it_is_ours(checkout):
    make_environment(checkout / ".venv", "run")

    environment._empty(checkout / ".venv")

    assert [path.name for path in (checkout / ".venv").iterdir()] == [environment.STAMP]


def test_a_python_without_ensurepip_gets_the_line_to_type(monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"

    with pytest.raises(BootstrapError, match=f"sudo apt-get install python{version}-venv$"):
        environment._check_ensurepip()


@pytest.mark.parametrize(
    ("installed", "lock", "steps_aside"),
    [
        ({"flask", "pytest"}, "run", False),
        ({"flask", "quizapp"}, "run", True),
        ({"flask", "quizapp"}, "test", False),
        ({"flask", "quizapp", "pytest"}, "test", True),
    ],
)
def test_it_steps_aside_where_quizapp_is_installed(
    checkout, monkeypatch, installed, lock, steps_aside
):
    monkeypatch.setattr(environment, "_is_installed", installed.__contains__)

    assert environment._has_packages(lock) is steps_aside


def test_every_command_is_passed_on(checkout, monkeypatch):
    make_environment(checkout / ".venv", "run")
    gone = []
    monkeypatch.setattr(environment.os, "name", "posix")
    monkeypatch.setattr(environment.os, "execve", lambda *call: gone.append(call))
    monkeypatch.chdir(checkout.parent)

    environment.enter(["check", "a b.yaml"])

    program, command, variables = gone[0]
    assert command == [program, "-m", "quizapp", "check", "a b.yaml"]
    assert variables["PYTHONPATH"].startswith(str(checkout))


def test_a_process_is_not_sent_on_for_ever(checkout, monkeypatch, capsys):
    make_environment(checkout / ".venv", "run")
    monkeypatch.setenv(environment.GUARD, str(checkout / ".venv"))

    with pytest.raises(SystemExit) as stopped:
        environment.enter([])

    assert stopped.value.code == 1
    assert "cannot start in" in capsys.readouterr().err


def test_the_names_of_a_lock_leave_out_what_only_some_systems_need(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text(
        "a==1 \\\n    --hash=sha256:00\nb==2 ; os_name == 'nt' \\\n    --hash=sha256:00\n"
    )

    assert read_names(lock) == ["a"]


def test_the_stamp_is_readable_json(checkout):
    make_environment(checkout / ".venv", "run", "test")

    stamp = json.loads((checkout / ".venv" / environment.STAMP).read_text())

    assert set(stamp) == {"python", "run", "test"}
