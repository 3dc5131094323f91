"""A learner's browser without a screen, over real sockets; knows paths and tokens, no rule."""

import http.client
import re
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Pairs = Iterable[tuple[str, str]]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
PATIENCE = 30.0


class Lost(Exception):
    """The connection broke before a reply was whole: nobody knows whether the answer is stored."""


@dataclass(frozen=True)
class Reply:
    """A reply that came back whole."""

    status: int
    location: str
    page: str


class Learner:
    """One learner signed in, with a connection that stays open; used by one thread."""

    def __init__(self, ports: list[int], cookies: dict[str, str] | None = None) -> None:
        self._ports = ports
        self._at = 0
        self._connection: http.client.HTTPConnection | None = None
        self.cookies = dict(cookies or {})
        self.token = ""

    def sign_in(self, name: str, password: str) -> None:
        """Sign in as a person does, and keep a token for the forms that follow."""
        self.get("/login")
        reply = self.post("/login", [("name", name), ("password", password)])
        assert reply.status == 303, reply.page
        self.get("/learn")

    def turn_to(self, worker: int) -> None:
        """Send what follows to another worker."""
        self.close()
        self._at = worker % len(self._ports)

    def turn(self) -> None:
        """Send what follows to the next worker."""
        self.turn_to(self._at + 1)

    def connect(self) -> None:
        """Open the connection, so that the next request need not."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                "127.0.0.1", self._ports[self._at], timeout=PATIENCE
            )
            self._connection.connect()

    def get(self, path: str) -> Reply:
        """GET a page and keep its token; raises Lost."""
        reply = self._send("GET", path, None)
        found = TOKEN.search(reply.page)
        self.token = found[1] if found else self.token
        return reply

    def post(self, path: str, fields: Pairs) -> Reply:
        """POST fields with the token; raises Lost."""
        return self._send("POST", path, urlencode([*fields, ("csrf_token", self.token)]))

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, method: str, path: str, body: str | None) -> Reply:
        headers = {"Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = FORM
        try:
            self.connect()
            assert self._connection is not None
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            page = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(f"{method} {path}") from error
        for header in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        if response.will_close:
            self.close()
        return Reply(response.status, response.headers.get("Location", ""), page)
