"""How people see the app in tests: language, width, scheme, scripts; knows no page."""

from itertools import product

import pytest

from tests.browser.person import Look

# Every pair of values is in one of these, but for a scheme with the scripts that it never meets:
# those two have nothing to do with each other, and a fifth telling takes half a minute.
PAIRWISE = [
    Look(language="fr", width=360, scheme="light", scripts=True),
    Look(language="fr", width=1280, scheme="dark", scripts=False),
    Look(language="en", width=360, scheme="dark", scripts=False),
    Look(language="en", width=1280, scheme="light", scripts=True),
]
PRODUCT = [
    Look(language=language, width=width, scheme=scheme, scripts=scripts)
    for language, width, scheme, scripts in product(
        ["fr", "en"], [360, 1280], ["light", "dark"], [True, False]
    )
]
LOOKS = PAIRWISE + [
    pytest.param(look, marks=pytest.mark.full) for look in PRODUCT if look not in PAIRWISE
]
