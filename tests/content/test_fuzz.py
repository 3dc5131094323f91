"""Files spoilt by chance: the check never raises, takes long or knows less than the loader."""

import random
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp import paths
from quizapp.content.check import check, render
from quizapp.content.library import load_library
from quizapp.exercises.base import Severity
from tests.content.pack import QUIZ, QUIZ_PATH, SOURCE, SOURCE_PATH, write_pack

pytestmark = pytest.mark.slow

SECONDS = 5.0
REAL = {
    path.relative_to(paths.QUESTIONS): path.read_bytes()
    for path in paths.QUESTIONS.rglob("*.yaml")
    if path.name in ("source.yaml", "mots-charges-1.yaml", "bilan-a.yaml")
}
SNIPPETS = [
    *(b"\n", b"\r", b"\t", b" #", b" : ", b"- ", b"{", b"]", b'"', b"'", b"&a ", b"*a", b"!!int "),
    *(
        b"\0",
        b"\xff",
        b"\xe9",
        b"\xe2\x80\xae",
        b"12:30",
        b"no",
        b"010",
        b"\xc3\x80 REMPLIR",
        b">-",
    ),
]


def hold(root: Path) -> None:
    """Assert what holds for any folder."""
    started = time.process_time()
    problems = check([root])
    for form in ("text", "json", "github"):
        render(problems, form, "en")
    assert time.process_time() - started < SECONDS
    library = load_library([root])
    broken = {str(root / path) for path in library.broken_paths}
    told = {str(Path(p.path).absolute()) for p in problems if p.severity is Severity.ERROR}
    assert broken <= told
    served = {str(root / quiz.path) for quiz in library.quizzes.values()}
    assert not served & broken


@st.composite
def spoilt(draw: st.DrawFn, raw: bytes) -> bytes:
    """Return a file with some bytes cut out, doubled or put in."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw)))
        end = min(len(raw), at + draw(st.sampled_from([0, 1, 5, 40, 400])))
        middle = draw(st.sampled_from([b"", raw[at:end] * 2, *SNIPPETS]))
        raw = raw[:at] + middle + raw[end:]
    return raw


@given(spoilt(QUIZ.encode()), spoilt(SOURCE.encode()), st.booleans())
@settings(max_examples=120, deadline=None)
def test_any_spoilt_pack_is_reported(quiz: bytes, source: bytes, both: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_pack(Path(folder).resolve())
        (root / QUIZ_PATH).write_bytes(quiz)
        if both:
            (root / SOURCE_PATH).write_bytes(source)
        hold(root)


def test_real_files_spoilt_by_chance_are_reported(tmp_path: Path) -> None:
    rng = random.Random(7)
    for path, raw in REAL.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    for _ in range(25):
        path = rng.choice(sorted(REAL))
        at = rng.randrange(len(REAL[path]))
        changed = REAL[path][:at] + rng.choice(SNIPPETS) + REAL[path][at + rng.choice([0, 1, 30]) :]
        (tmp_path / path).write_bytes(changed)
        hold(tmp_path)
        (tmp_path / path).write_bytes(REAL[path])


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_reported(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_pack(Path(folder).resolve())
        (root / QUIZ_PATH).write_bytes(raw)
        hold(root)
