"""The whole story on phones and computers, with and without scripts; equal rows come of it."""

import os
from itertools import product
from pathlib import Path

import pytest

from tests.browser.person import Look
from tests.browser.story import story
from tests.command import serving, variables_for

# Every pair of values of two of the four is in one of these.
PAIRWISE = [
    Look(language="fr", width=360, scheme="light", scripts=True),
    Look(language="fr", width=1280, scheme="dark", scripts=False),
    Look(language="en", width=360, scheme="dark", scripts=False),
    Look(language="en", width=1280, scheme="light", scripts=False),
    Look(language="en", width=1280, scheme="dark", scripts=True),
]


def tell(chromium, folder: Path, look: Look, **options: object):
    """Tell the story on an installation of its own."""
    shots = os.environ.get("QUIZAPP_TEST_SHOTS")
    if shots:
        name = f"{look.language}-{look.width}-{look.scheme}{'' if look.scripts else '-nojs'}"
        options["shots"] = Path(shots) / name
        options["shots"].mkdir(parents=True, exist_ok=True)
    with serving(variables_for(folder)) as server:
        return story(chromium, server, look=look, **options)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("look", PAIRWISE, ids=str)
def test_story(chromium, tmp_path, look):
    visits = tell(chromium, tmp_path / "data", look)
    print(len(visits))
