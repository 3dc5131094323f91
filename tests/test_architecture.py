"""The rules of the house that no linter knows, each with a planted fault that it finds."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.markup import parse

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "quizapp"
TEMPLATES = ROOT / "templates"
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"

MAX_FUNCTION = 40
MAX_VIEW = 25
MAX_FILE = 300
MAX_TEMPLATE = 80
MAX_LINE = 100

TEXT = {".cfg", ".css", ".html", ".js", ".json", ".md", ".po", ".py", ".toml", ".txt", ".yaml"}
NOT_OURS = {"__pycache__", "instance", "build", "dist", "node_modules", "test-results"}
# Where a registry's address may stand: in the check of the lock and its test.
REGISTRY_FILES = {
    "uv.lock",
    "quizapp/bootstrap/export.py",
    "tests/bootstrap/test_export.py",
}


def our_files() -> list[Path]:
    """Return the text files of the project: not caches, environments or data."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [n for n in folders if n not in NOT_OURS and (n == ".ci" or n[0] != ".")]
        found += [Path(folder, name) for name in names]
    kept = [path for path in found if path.suffix in TEXT or path.name in ("LICENSE", "run")]
    return sorted(kept)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# Layers


@pytest.fixture
def planted(tmp_path):
    """A copy of the package with the import contracts, to plant faults in."""
    shutil.copytree(PACKAGE, tmp_path / "quizapp", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": "", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", LINT_IMPORTS, "--no-cache"]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_import_contracts_hold(planted):
    done = lint_imports(planted)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("core/scores.py", "import flask", "core uses the standard library alone"),
        ("core/scores.py", "import quizapp.web", "Each layer imports only"),
        ("exercises/base.py", "import sqlalchemy", "A kind of exercise knows forms"),
        ("content/model.py", "import flask", "Content is read without Flask"),
        ("store/accounts.py", "import flask_login", "The store takes a Session"),
        ("web/clock.py", "import flask_sqlalchemy", "flask_sqlalchemy stays behind"),
        ("bootstrap/install.py", "import click", "The bootstrap runs before any package"),
    ],
)
def test_a_planted_import_breaks_its_contract(planted, module, line, contract):
    with (planted / "quizapp" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{line}\n")

    done = lint_imports(planted)

    assert done.returncode == 1, done.stdout
    assert re.search(rf"^{contract}.* BROKEN", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.parametrize("layer", ["core", "bootstrap"])
def test_a_layer_that_runs_alone_imports_the_standard_library_only(layer):
    for path in (PACKAGE / layer).rglob("*.py"):
        for module in imported(path):
            allowed = module.split(".")[0] in sys.stdlib_module_names
            assert allowed or module.startswith(f"quizapp.{layer}"), f"{shown(path)}: {module}"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def test_importing_the_core_loads_no_flask():
    line = "import sys, quizapp.core.scores; sys.exit('flask' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", line], cwd=ROOT, check=False).returncode == 0


# Templates

EXPRESSION = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
FORBIDDEN = {
    "safe filter": re.compile(r"\|\s*safe\b"),
    "autoescape off": re.compile(r"{%-?\s*autoescape"),
    "Markup": re.compile(r"\bMarkup\("),
}


def template_faults(text: str) -> list[str]:
    """Return what the policy of a page would block, or would have to be loosened for."""
    faults = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    document, _ = parse(EXPRESSION.sub("", text))
    for element in document.walk():
        if element.tag == "style" or "style" in element.attributes:
            faults.append(f"inline style: {element}")
        if element.tag == "script" and "src" not in element.attributes:
            faults.append(f"inline script: {element}")
        if any(name.startswith("on") for name in element.attributes):
            faults.append(f"handler: {element}")
        if element.get("href").lower().startswith("javascript:"):
            faults.append(f"script in an address: {element}")
    return faults


def test_no_template_needs_a_looser_policy():
    for path in TEMPLATES.rglob("*.html"):
        assert not template_faults(path.read_text(encoding="utf-8")), shown(path)


@pytest.mark.parametrize(
    "planted",
    [
        "{{ text|safe }}",
        "{{ text | safe }}",
        "<script>go()</script>",
        '<p style="color: red">',
        "<p {% if warm %}style='color: red'{% endif %}>",
        "<style>p { color: red }</style>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        "{% autoescape false %}",
    ],
)
def test_a_planted_fault_in_a_template_is_found(planted):
    assert len(template_faults(planted)) == 1


# Budgets


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef, int]]:
    """Yield the functions of a file, each with its length in lines, without its docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = (ast.get_docstring(node, clean=False) or "").count("\n") + 1
            length = 1 + (node.end_lineno or node.lineno) - node.lineno
            yield node, length - (docstring if ast.get_docstring(node) else 0)


def is_view(function: ast.FunctionDef) -> bool:
    """Say whether a function answers a route."""
    names = [ast.unparse(decorator) for decorator in function.decorator_list]
    return any(re.search(r"\.(route|get|post)\(", name) for name in names)


def test_files_stay_short_enough_to_be_read_at_once():
    long = {
        shown(path): lines
        for path in our_files()
        if path.suffix == ".py" and path.is_relative_to(PACKAGE)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_FILE
    }
    assert not long


def test_functions_stay_short():
    long = {
        f"{shown(path)}:{function.name}": length
        for path in PACKAGE.rglob("*.py")
        if "migrations/versions" not in path.as_posix()
        for function, length in functions(path)
        if length > (MAX_VIEW if is_view(function) else MAX_FUNCTION)
    }
    assert not long


def test_templates_stay_short():
    long = {
        shown(path): lines
        for path in TEMPLATES.rglob("*.html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_TEMPLATE
    }
    assert not long


# What documents and files say


def test_every_command_that_a_document_names_exists():
    from quizapp.cli import main

    named = {
        (shown(path), word)
        for path in our_files()
        if path.suffix in (".md", ".py", ".html", ".po")
        for word in re.findall(r"python3 -m quizapp ([a-z][a-z-]+)", path.read_text("utf-8"))
    }
    assert {(path, word) for path, word in named if word not in main.commands} == set()


def test_no_file_names_a_place_on_one_machine():
    place = re.compile(r"(?<![\w.:/}-])/(?:home|Users|root|work|opt)/\w+")
    found = {
        f"{shown(path)}: {match[0]}"
        for path in our_files()
        for match in place.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_only_the_lock_names_the_address_of_a_registry():
    address = re.compile(r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs)[\w.-]*|/simple/?[\"']")
    found = {
        shown(path)
        for path in our_files()
        if shown(path) not in REGISTRY_FILES and address.search(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_the_hooks_before_a_commit_use_the_locked_ruff():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    locked = re.search(r"^ruff==(\S+)", (PACKAGE / "bootstrap/test.txt").read_text(), re.MULTILINE)

    assert locked
    assert set(re.findall(r"ruff==([\d.]+)", hooks)) == {locked[1]}
