"""Knows what to do when a machine lacks something that tests need; finds nothing itself."""

import os
from typing import NoReturn

import pytest


def skip_without(what: str) -> NoReturn:
    """Skip the test because `what` is missing here; with CI=true that is a failure."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{what}; with CI=true nothing may be skipped for that", pytrace=False)
    pytest.skip(what)
