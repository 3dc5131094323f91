"""Makes and keeps the virtual environment of a checkout; knows no command but `test`."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from quizapp.bootstrap.install import BootstrapError, install, read_names

LOCKS = Path(__file__).resolve().parent
ROOT = LOCKS.parent.parent
STAMP = "quizapp-stamp.json"
FOLDERS = (".venv", ".venv-quizapp")
GUARD = "QUIZAPP_ENVIRONMENT"
"""Names the environment that a process was sent to, so that it is not sent there for ever."""


def enter(arguments: Sequence[str]) -> None:
    """Return if this process has the locked packages; else go on in one that has them.

    That other process replaces this one (on Windows: it is waited for), so that this function
    then does not return. Exits with 1 and a sentence when the packages cannot be had.
    """
    lock = "test" if arguments[:1] == ["test"] else "run"
    if not _is_checkout() or _has_packages(lock):
        return
    try:
        folder = _prepare(lock)
    except (BootstrapError, OSError) as error:
        print(f"quizapp cannot be set up: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped; the next start takes it up again.", file=sys.stderr)
        sys.exit(130)
    _go_on(folder, arguments)


def _is_checkout() -> bool:
    return (ROOT / "pyproject.toml").is_file()


def _has_packages(lock: str) -> bool:
    """Say whether this Python has the packages: its own environment, or an installed quizapp.

    Packages that merely happen to be importable are neither, and `test` needs its own ones.
    """
    folder = _own_folder(Path(sys.prefix))
    if folder is not None:
        return _is_current(folder, lock)
    if not _is_installed("quizapp"):
        return False
    return lock == "run" or all(map(_is_installed, read_names(_lock_file("test"))))


def _own_folder(prefix: Path) -> Path | None:
    for name in FOLDERS:
        folder = ROOT / name
        if (folder / STAMP).is_file() and folder.resolve() == prefix.resolve():
            return folder
    return None


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _prepare(lock: str) -> Path:
    """Return the environment that holds the packages of `lock`, made or completed if need be."""
    folder = _choose_folder()
    if _is_current(folder, lock):
        return folder
    if _read_stamp(folder).get("python") != _python_stamp() or not _has_pip(folder):
        _create(folder)
    install(python_of(folder), _lock_file(lock), folder)
    locks = ("run", "test") if lock == "test" else ("run",)
    stamp = {**_read_stamp(folder), **{each: _digest(each) for each in locks}}
    _write_stamp(folder, stamp)
    return folder


def _choose_folder() -> Path:
    """Return `.venv` unless somebody else made it (uv does), then `.venv-quizapp`."""
    for name in FOLDERS:
        folder = ROOT / name
        if not folder.exists() or (folder / STAMP).is_file():
            return folder
    raise BootstrapError(f"{ROOT / FOLDERS[-1]} is in the way; please remove it")


def _create(folder: Path) -> None:
    _check_ensurepip()
    print(f"Making an environment for quizapp in {folder.name} …", flush=True)
    if folder.exists():
        _empty(folder)
    folder.mkdir(exist_ok=True)
    # From here on the folder is known as ours, so that an interrupted start can be taken up.
    _write_stamp(folder, {})
    try:
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(folder)
    except subprocess.CalledProcessError as error:
        raise BootstrapError(f"pip could not be put into {folder} ({error})") from error
    _write_stamp(folder, {"python": _python_stamp()})


def _check_ensurepip() -> None:
    """Debian and Ubuntu ship Python without it."""
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise BootstrapError(
            "this Python cannot make virtual environments. On Debian or Ubuntu, run:\n"
            f"    sudo apt-get install python{version}-venv"
        )


def _empty(folder: Path) -> None:
    """Remove what an older environment left, but keep the sign that the folder is ours."""
    for entry in folder.iterdir():
        if entry.name == STAMP:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _has_pip(folder: Path) -> bool:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    library = folder / ("Lib" if os.name == "nt" else f"lib/{version}")
    return python_of(folder).exists() and (library / "site-packages" / "pip").is_dir()


def _is_current(folder: Path, lock: str) -> bool:
    stamp = _read_stamp(folder)
    wanted = {"python": _python_stamp(), lock: _digest(lock)}
    return python_of(folder).exists() and wanted.items() <= stamp.items()


def _read_stamp(folder: Path) -> dict[str, str]:
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(folder: Path, stamp: dict[str, str]) -> None:
    partial = folder / f"{STAMP}.partial"
    partial.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    partial.replace(folder / STAMP)


def _python_stamp() -> str:
    return f"{sys.implementation.cache_tag} {sysconfig.get_platform()} {sys.base_prefix}"


def _digest(lock: str) -> str:
    return hashlib.sha256(_lock_file(lock).read_bytes()).hexdigest()


def _lock_file(lock: str) -> Path:
    return LOCKS / f"{lock}.txt"


def _go_on(folder: Path, arguments: Sequence[str]) -> None:
    """Run the same command with the Python of the environment."""
    if os.environ.get(GUARD) == str(folder):
        print(f"quizapp cannot start in {folder}; please remove it.", file=sys.stderr)
        sys.exit(1)
    environment = {**os.environ, GUARD: str(folder)}
    if Path.cwd() != ROOT:
        inherited = os.environ.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), inherited)))
    command = [str(python_of(folder)), "-m", "quizapp", *arguments]
    sys.stdout.flush()
    if os.name == "nt":
        sys.exit(_wait_for(command, environment))
    os.execve(command[0], command, environment)  # noqa: S606  no shell is wanted


def _wait_for(command: list[str], environment: dict[str, str]) -> int:
    """Windows has no exec: wait, and let Ctrl-C end the child first."""
    with subprocess.Popen(command, env=environment) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue
