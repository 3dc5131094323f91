"""The command that previews a quiz file."""

import re
import subprocess
import sys
from urllib.request import urlopen

import pytest

from tests.command import ROOT, START
from tests.content.pack import QUIZ_PATH, SOURCE_PATH, write_pack

pytestmark = pytest.mark.slow


def test_a_quiz_file_is_shown_at_the_printed_address(tmp_path):
    write_pack(tmp_path)
    words = ["preview", str(tmp_path / QUIZ_PATH), "--port", "0"]
    command = [sys.executable, "-u", "-c", START, *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        said = process.stdout.readline()
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address, said
            with urlopen(address[0], timeout=20) as page:
                assert "ce vieux renard" in page.read().decode()
        finally:
            process.terminate()
            process.communicate(timeout=20)


def test_a_file_that_is_no_quiz_is_refused_in_a_sentence(run, tmp_path):
    write_pack(tmp_path)
    result = run("preview", str(tmp_path / SOURCE_PATH), "--port", "0")
    assert result.exit_code == 1
    assert "is not a quiz file" in result.output


def test_a_file_that_is_missing_is_named(run, tmp_path):
    result = run("preview", str(tmp_path / "none.yaml"))
    assert result.exit_code == 2
    assert "none.yaml" in result.output
