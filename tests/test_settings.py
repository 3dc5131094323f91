"""What can be set from outside, and which values the app must not start with."""

from pathlib import Path

import pytest

from quizapp import paths
from quizapp.settings import SettingsError, load_settings

KEY = "0123456789abcdef" * 2


@pytest.fixture
def load(tmp_path):
    """Returns the settings for these variables."""

    def load(host="127.0.0.1", lan_address=None, **variables):
        environ = {"QUIZAPP_DATA": str(tmp_path), **variables}
        return load_settings(environ, host=host, lan_address=lan_address)

    return load


def test_a_key_is_made_once_and_kept(load, tmp_path):
    first = load().secret_key

    assert len(first) == 64
    assert load().secret_key == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_given_key_is_used(load, tmp_path):
    assert load(QUIZAPP_SECRET_KEY=KEY).secret_key == KEY
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("key", ["", "dev", "x" * 64])
def test_a_key_that_can_be_guessed_is_refused(load, key):
    with pytest.raises(SettingsError, match="32 random characters"):
        load(QUIZAPP_SECRET_KEY=key)


def test_a_key_file_that_others_may_read_is_refused(load, tmp_path):
    load()
    (tmp_path / "secret-key").chmod(0o640)

    with pytest.raises(SettingsError, match="chmod 600"):
        load()


def test_a_key_file_that_points_elsewhere_is_refused(load, tmp_path):
    (tmp_path / "elsewhere").write_text(KEY)
    (tmp_path / "secret-key").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SettingsError, match="not trusted"):
        load()


def test_an_empty_key_file_is_refused(load, tmp_path):
    (tmp_path / "secret-key").touch(mode=0o600)

    with pytest.raises(SettingsError, match="too short"):
        load()


def test_registration_is_open_on_this_machine_only(load):
    assert load().open_registration
    assert not load(host="0.0.0.0").open_registration
    assert not load(lan_address="192.0.2.7").open_registration
    assert load(host="0.0.0.0", QUIZAPP_OPEN_REGISTRATION="learners").open_registration
    assert not load(QUIZAPP_OPEN_REGISTRATION="off").open_registration


def test_hosts_are_trusted_by_name(load):
    assert "quiz.example.org" in load(QUIZAPP_BASE_URL="https://quiz.example.org/").trusted_hosts
    assert "192.0.2.7" in load(host="0.0.0.0", lan_address="192.0.2.7").trusted_hosts
    assert "0.0.0.0" not in load(host="0.0.0.0").trusted_hosts
    assert "[2001:db8::1]" in load(host="2001:db8::1").trusted_hosts
    assert load(QUIZAPP_TRUSTED_HOSTS="a.example, b.example").trusted_hosts[-1] == "b.example"


def test_cookies_are_secure_under_https_alone(load):
    assert load(QUIZAPP_BASE_URL="https://quiz.example.org").secure
    assert not load(QUIZAPP_BASE_URL="http://quiz.example.org").secure
    assert not load().secure


@pytest.mark.parametrize(
    "variables",
    [
        {"QUIZAPP_BASE_URL": "quiz.example.org"},
        {"QUIZAPP_BASE_URL": "https://quiz.example.org/under/a/path"},
        {"QUIZAPP_QUESTIONS": "/there/is/no/such/folder"},
        {"QUIZAPP_DATABASE_URL": "mysql://quiz@localhost/quiz"},
        {"QUIZAPP_DATABASE_URL": "quizapp.db"},
        {"QUIZAPP_PROXIES": "-1"},
        {"QUIZAPP_PROXIES": "١"},
        {"QUIZAPP_OPEN_REGISTRATION": "yes"},
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_its_name(load, variables):
    with pytest.raises(SettingsError, match=next(iter(variables))):
        load(**variables)


def test_a_folder_of_questions_is_read_in_addition(load, tmp_path):
    assert load(QUIZAPP_QUESTIONS=str(tmp_path)).questions == (paths.QUESTIONS, tmp_path)


def test_data_are_in_the_checkout_unless_said_otherwise(tmp_path):
    assert paths.data_folder({}) == paths.ROOT / "instance"
    assert paths.data_folder({"QUIZAPP_DATA": str(tmp_path / "x")}) == tmp_path / "x"


def test_an_installed_quizapp_keeps_data_where_the_platform_does(monkeypatch):
    monkeypatch.setattr(paths, "IN_CHECKOUT", False)
    monkeypatch.setattr("sys.platform", "linux")

    assert paths.data_folder({"XDG_DATA_HOME": "/data"}) == Path("/data/quizapp")


def test_a_folder_that_cannot_be_made_is_said(load, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match="cannot be made"):
        load_settings({"QUIZAPP_DATA": str(tmp_path / "file" / "data")})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_url_gets_the_driver_that_is_installed(load, scheme):
    url = load(QUIZAPP_DATABASE_URL=f"{scheme}://quiz@db.example/quiz").database_url

    assert url == "postgresql+psycopg://quiz@db.example/quiz"
