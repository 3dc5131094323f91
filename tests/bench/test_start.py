"""How soon the program serves, as a multiple of importing the packages it is made of."""

import resource
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.bench.measure import RUNS, cpu_of, linux, median, ratio, report
from tests.command import serving, variables_for

AIM = 1.5
CHECK = 2.5
PACKAGES = (
    "alembic.command, alembic.config, babel.dates, click, flask, flask_babel, flask_login, "
    "flask_sqlalchemy, flask_wtf, sqlalchemy.orm, waitress, wtforms, yaml"
)


def import_packages() -> float:
    """Return the CPU seconds of a Python that imports the packages and ends."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", f"import {PACKAGES}"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start(variables: dict[str, str]) -> float:
    """Return the CPU seconds of the program until its first page came back."""
    with serving(variables) as served:
        with urllib.request.urlopen(served.url, timeout=20) as response:
            assert response.status == 200
        return cpu_of(served.process.pid)


@linux
@pytest.mark.alone
@pytest.mark.slow
def test_the_first_page_comes_soon_after_the_imports(tmp_path: Path) -> None:
    variables = variables_for(tmp_path / "data") | {"PYTHONPATH": str(Path.cwd())}
    start(variables)
    bottoms, tops = [], []
    for _ in range(RUNS):
        bottoms.append(import_packages())
        tops.append(start(variables))
    print(f"\nstart {median(tops):.2f} s CPU, imports {median(bottoms):.2f} s CPU")
    report("start to first 200 ÷ imports", ratio(tops, bottoms), AIM, CHECK)
