"""Installing from a lock: only wheels, only with the right hash, and a sentence if it fails."""

import base64
import hashlib
import sys
import zipfile
from pathlib import Path

import pytest

from quizapp.bootstrap.environment import python_of
from quizapp.bootstrap.install import BootstrapError, install

WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"

pytestmark = pytest.mark.slow


@pytest.fixture
def python(tmp_path):
    """The interpreter of an empty environment."""
    import venv

    venv.create(tmp_path / "env", with_pip=True, symlinks=sys.platform != "win32")
    return python_of(tmp_path / "env")


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """A wheel in a folder that PIP_FIND_LINKS names, and no registry."""
    path = tmp_path / "wheels" / "leaf-1.0-py3-none-any.whl"
    path.parent.mkdir()
    files = {
        "leaf.py": "",
        "leaf-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: leaf\nVersion: 1.0\n",
        "leaf-1.0.dist-info/WHEEL": WHEEL,
    }
    record = "".join(f"{name},sha256={_digest(text)},{len(text)}\n" for name, text in files.items())
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, "leaf-1.0.dist-info/RECORD": record}.items():
            archive.writestr(name, text)
    monkeypatch.setenv("PIP_FIND_LINKS", str(path.parent))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return path


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _lock(wheel: Path, digest: str) -> Path:
    lock = wheel.parent / "lock.txt"
    lock.write_text(f"leaf==1.0 \\\n    --hash=sha256:{digest}\n")
    return lock


def test_a_wheel_with_the_locked_hash_is_installed(python, wheel, tmp_path, capsys):
    lock = _lock(wheel, hashlib.sha256(wheel.read_bytes()).hexdigest())

    install(python, lock, tmp_path / "env")

    assert list((tmp_path / "env").rglob("leaf.py"))
    assert "Installing the packages (1)" in capsys.readouterr().out


def test_an_altered_wheel_is_refused(python, wheel, tmp_path):
    lock = _lock(wheel, "0" * 64)

    with pytest.raises(BootstrapError, match=r"could not be installed(?s:.)*HASH"):
        install(python, lock, tmp_path / "env")

    assert not list((tmp_path / "env").rglob("leaf.py"))
