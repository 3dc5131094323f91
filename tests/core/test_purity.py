"""The rules stand alone: importing them loads the standard library and nothing else."""

import subprocess
import sys
from pathlib import Path

import quizapp.core

SCRIPT = """
import importlib, pkgutil, sys, quizapp.core
for module in pkgutil.iter_modules(quizapp.core.__path__):
    importlib.import_module("quizapp.core." + module.name)
tops = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)
print(*sorted(tops - {"__main__", "quizapp"}))
print(*sorted(n for n in sys.modules if n.startswith("quizapp.") and ".core" not in n))
"""


def test_the_rules_load_nothing_but_the_standard_library() -> None:
    root = Path(quizapp.core.__path__[0]).parents[1]
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(root)!r})\n{SCRIPT}",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
