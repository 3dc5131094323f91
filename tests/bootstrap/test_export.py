"""uv.lock is the source: the lists for pip follow it, and it names public addresses only."""

import pytest

from quizapp.bootstrap import export

ADDRESSES = [
    'source = { registry = "file:///srv/wheels/simple" }',
    'source = { registry = "https://mirror.example.org/simple" }',
    '    { url = "https://mirror.example.org/flask.whl", hash = "sha256:00" },',
    'source = { path = "../flask.whl" }',
    'source = { git = "https://example.org/flask.git" }',
]


def test_the_lists_for_pip_are_what_the_lock_says():
    assert export.check() == []


@pytest.mark.parametrize("line", ADDRESSES)
def test_an_address_of_one_machine_is_found_in_a_lock(line):
    assert len(export.find_foreign_addresses(line)) == 1


def test_a_changed_list_is_found(tmp_path, monkeypatch):
    root = _copy_project(tmp_path, monkeypatch)
    with (root / "run.txt").open("a") as file:
        file.write("left-pad==1.0\n")

    assert [p.split()[0] for p in export.check()] == ["quizapp/bootstrap/run.txt"]


def test_a_lock_older_than_the_project_is_found(tmp_path, monkeypatch):
    root = _copy_project(tmp_path, monkeypatch)
    project = root / "pyproject.toml"
    project.write_text(project.read_text().replace('"flask>=3.1"', '"flask>=3.1", "pytest>=8"'))

    assert "uv.lock is older than pyproject.toml; run: uv lock" in export.check()


def _copy_project(folder, monkeypatch):
    for name in ("pyproject.toml", "uv.lock", "README.md", "LICENSE"):
        (folder / name).write_bytes((export.ROOT / name).read_bytes())
    for name in ("run.txt", "test.txt"):
        (folder / name).write_bytes((export.LOCKS / name).read_bytes())
    monkeypatch.setattr(export, "ROOT", folder)
    monkeypatch.setattr(export, "LOCKS", folder)
    return folder
