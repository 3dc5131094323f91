"""Knows what can be set from outside and which secret key to trust; starts nothing."""

import os
import secrets
import socket
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from quizapp import paths

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
KEY_FILE = "secret-key"
KEY_LENGTH = 32
"""Characters that a secret key has at least."""

MAX_FORM_BYTES = 256 * 1024
"""Longest request body that is read, in bytes."""


class SettingsError(Exception):
    """A setting with which the app must not start; its text tells the person what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that the app is told from outside.

    `questions` are folders in the order in which they are read. `trusted_hosts` are the host
    names that a request may name, without port. `proxies` counts the reverse proxies in front.
    `secure` says that pages are reached over HTTPS, so that cookies are marked so.
    `open_registration` lets a lone learner register. `hash_method` is werkzeug's word for
    the password hash; only tests lower it.
    """

    data: Path
    database_url: str
    secret_key: str
    questions: tuple[Path, ...] = (paths.QUESTIONS,)
    base_url: str | None = None
    trusted_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    proxies: int = 0
    open_registration: bool = False
    time_zone: str = "Europe/Paris"
    max_form_bytes: int = MAX_FORM_BYTES
    hash_method: str = "scrypt"

    @property
    def secure(self) -> bool:
        return self.base_url is not None and self.base_url.startswith("https://")


def load_settings(
    environ: Mapping[str, str] = os.environ,
    *,
    host: str = "127.0.0.1",
    lan_address: str | None = None,
) -> Settings:
    """Read the settings for a server bound to `host`, creating the data folder and key.

    Raises SettingsError for a value that cannot be used and a secret key that others can read.
    """
    data = paths.data_folder(environ)
    _make_folder(data)
    base_url = _read_base_url(environ)
    on_loopback = host in LOOPBACK_HOSTS and lan_address is None
    return Settings(
        data=data,
        database_url=_read_database_url(environ, data),
        secret_key=_read_secret_key(environ, data),
        questions=_read_questions(environ),
        base_url=base_url,
        trusted_hosts=_trusted_hosts(environ, base_url, host, lan_address),
        proxies=_read_integer(environ, "QUIZAPP_PROXIES", 0),
        open_registration=_read_open_registration(environ, on_loopback),
        time_zone=environ.get("QUIZAPP_TIME_ZONE") or "Europe/Paris",
        max_form_bytes=_read_integer(environ, "QUIZAPP_MAX_FORM_BYTES", MAX_FORM_BYTES),
        hash_method=environ.get("QUIZAPP_HASH_METHOD") or "scrypt",
    )


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The data folder {data} cannot be made ({error.strerror}). "
            "Set QUIZAPP_DATA to a folder that you may write to."
        ) from error


def _read_database_url(environ: Mapping[str, str], data: Path) -> str:
    """Return the given URL with the one PostgreSQL driver that is installed, else the file's."""
    given = environ.get("QUIZAPP_DATABASE_URL")
    if not given:
        return f"sqlite:///{data / 'quizapp.db'}"
    scheme, mark, rest = given.partition("://")
    if not mark or scheme not in (*POSTGRESQL, "sqlite"):
        raise SettingsError("QUIZAPP_DATABASE_URL must begin with sqlite:// or postgresql://")
    return given if scheme == "sqlite" else f"postgresql+psycopg://{rest}"


def _read_secret_key(environ: Mapping[str, str], data: Path) -> str:
    given = environ.get("QUIZAPP_SECRET_KEY")
    if given is None:
        return _read_key_file(data / KEY_FILE)
    if len(given) < KEY_LENGTH or len(set(given)) < KEY_LENGTH // 4:
        raise SettingsError(
            f"QUIZAPP_SECRET_KEY must be at least {KEY_LENGTH} random characters, for example "
            'from: python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
    return given


def _read_key_file(path: Path) -> str:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(KEY_LENGTH))
    except FileExistsError:
        _check_key_file(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}).") from error
    key = path.read_text(encoding="ascii", errors="replace").strip()
    if len(key) < KEY_LENGTH:
        raise SettingsError(
            f"The secret key in {path} is too short to be trusted. Delete the file and start "
            "again; everybody will have to sign in again."
        )
    return key


def _check_key_file(path: Path) -> None:
    if os.name != "posix":
        return
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_uid not in (0, os.geteuid()):
        raise SettingsError(f"{path} is not a file of this user's, so its key is not trusted.")
    if status.st_mode & 0o077:
        raise SettingsError(
            f"Other users of this machine may read {path}, so its key is not trusted. "
            f"Run: chmod 600 {path}"
        )
    if not os.access(path, os.R_OK):
        raise SettingsError(f"{path} cannot be read by this user.")


def _read_questions(environ: Mapping[str, str]) -> tuple[Path, ...]:
    added = environ.get("QUIZAPP_QUESTIONS")
    if not added:
        return (paths.QUESTIONS,)
    folder = Path(added).expanduser().resolve()
    if not folder.is_dir():
        raise SettingsError(f"QUIZAPP_QUESTIONS names {folder}, which is not a folder.")
    return (paths.QUESTIONS, folder)


def _read_base_url(environ: Mapping[str, str]) -> str | None:
    given = environ.get("QUIZAPP_BASE_URL")
    if not given:
        return None
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise SettingsError("QUIZAPP_BASE_URL must look like https://quiz.example.org")
    return given.rstrip("/")


def _trusted_hosts(
    environ: Mapping[str, str], base_url: str | None, host: str, lan_address: str | None
) -> tuple[str, ...]:
    hosts = [*LOOPBACK_HOSTS]
    if base_url is not None:
        hosts.append(urlsplit(base_url).hostname or "")
    if lan_address is not None:
        hosts += [
            lan_address,
            socket.gethostname().lower(),
            f"{socket.gethostname().lower()}.local",
        ]
    if host not in ("0.0.0.0", "::"):  # noqa: S104  compared with, not bound to
        hosts.append(f"[{host}]" if ":" in host else host)
    hosts += environ.get("QUIZAPP_TRUSTED_HOSTS", "").replace(",", " ").split()
    return tuple(dict.fromkeys(name for name in hosts if name))


def _read_integer(environ: Mapping[str, str], name: str, default: int) -> int:
    given = environ.get(name)
    if not given:
        return default
    if not (given.isascii() and given.isdigit()):
        raise SettingsError(f"{name} must be a whole number, not {given!r}.")
    return int(given)


def _read_open_registration(environ: Mapping[str, str], on_loopback: bool) -> bool:
    given = environ.get("QUIZAPP_OPEN_REGISTRATION")
    if given is None:
        return on_loopback
    if given not in ("learners", "off"):
        raise SettingsError("QUIZAPP_OPEN_REGISTRATION must be learners or off.")
    return given == "learners"
