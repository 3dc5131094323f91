"""Headers of every response; knows no page's content."""

import gzip

import pytest
from flask import Flask

from quizapp.web.headers import CONTENT_SECURITY_POLICY
from tests.client import PageClient
from tests.web.people import People

PATHS = ["/", "/login", "/join", "/privacy", "/nothing", "/healthz", "/readyz", "/static/nothing"]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_security_headers(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_policy_is_the_one_that_was_decided() -> None:
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    )


def test_a_response_for_a_foreign_host_carries_them_too(app: Flask) -> None:
    response = app.test_client().get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


def test_an_unexpected_fault_is_a_page_with_headers(app: Flask, page: PageClient) -> None:
    app.testing = False
    app.view_functions["pages.privacy"] = lambda: 1 / 0
    assert page.get("/privacy", 500).h1 == "Something went wrong on our side"


def test_pages_are_not_stored_and_vary_by_cookie(people: People, page: PageClient) -> None:
    people.make("ada")
    people.sign_in(page, "ada")
    headers = page.get("/account").response.headers
    assert headers["Cache-Control"] == "no-store"
    assert "Cookie" in headers["Vary"]


def test_cookies_are_closed_to_scripts_and_other_sites(page: PageClient) -> None:
    cookie = page.get("/login").response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_under_https_the_cookie_belongs_to_the_host_alone(make_settings, sqlite_url) -> None:
    from quizapp.app import create_app

    app = create_app(make_settings(sqlite_url, base_url="https://localhost"))
    response = app.test_client().get("/login", base_url="https://localhost")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-quizapp=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert response.headers["Strict-Transport-Security"].startswith("max-age=")


def test_pages_and_static_files_are_compressed(app: Flask) -> None:
    client = app.test_client()
    for path in ("/", "/static/css/base.css"):
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in response.headers["Vary"]
        assert gzip.decompress(response.data) == client.get(path).data or path == "/"


def test_a_static_file_is_kept_for_long_only_under_its_version(app: Flask) -> None:
    client = app.test_client()
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("css/base.css")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    for other in ("/static/css/base.css", "/static/css/base.css?v=old"):
        response = client.get(other)
        assert response.headers["Cache-Control"] == "no-cache"
        again = client.get(other, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304


def test_a_static_file_sets_no_cookie(app: Flask) -> None:
    assert "Set-Cookie" not in app.test_client().get("/static/css/base.css").headers


@pytest.mark.parametrize(
    "path",
    [
        "/questions/x/source.yaml",
        "/.git/config",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/quizapp.db",
        "/instance/secret-key",
    ],
)
def test_no_file_of_the_project_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404
