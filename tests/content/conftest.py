"""A folder of questions for each test."""

from pathlib import Path

import pytest

from tests.content.pack import write_pack


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of questions without any problem."""
    return write_pack(tmp_path / "questions")
