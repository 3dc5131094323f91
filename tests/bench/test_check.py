"""What checking costs, against reading the same files as YAML and nothing else."""

from pathlib import Path

import pytest
import yaml

from quizapp.content.check import check, render
from quizapp.exercises.base import Severity
from tests.bench.measure import RUNS, cpu, ratio, report
from tests.bench.packs import write_packs

FILES = 1_000
AIM = 4.0
# Against regressions, on machines that do other work meanwhile.
CHECK = 8.0


@pytest.mark.alone
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_checking_costs_at_most_four_times_reading_yaml(tmp_path: Path) -> None:
    paths = write_packs(tmp_path, FILES)
    assert not [p for p in check([tmp_path]) if p.severity is Severity.ERROR]

    def compose() -> None:
        for path in paths:
            yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)

    def check_all() -> None:
        render(check([tmp_path]), "text", "en")

    cpu(compose)
    pairs = [(cpu(check_all), cpu(compose)) for _ in range(RUNS)]
    tops, bottoms = zip(*pairs, strict=True)
    report("check / yaml.compose", ratio(list(tops), list(bottoms)), AIM, CHECK)
