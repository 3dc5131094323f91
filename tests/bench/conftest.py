"""A SQLite database of a test's own."""

from pathlib import Path

import pytest

from quizapp.settings import Settings
from tests.durability.conftest import copy_database, settings_on


@pytest.fixture
def own(sqlite_template: Path, tmp_path: Path) -> Settings:
    """Settings of a server on a SQLite file."""
    return settings_on(copy_database(sqlite_template, tmp_path), tmp_path)
