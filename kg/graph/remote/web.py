"""A request to a server in, its answer out: with a login, sent again while the server is busy, errors in one line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import TypeVar
from urllib.error import HTTPError
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

from kg.errors import ServiceError, TryLater

BUSY = (429, 502, 503, 504)
_LONGEST = 600.0  # seconds that one waits for a busy server at a time
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Login:
    """A user and a password, or a bearer token (RFC 6750), which has no user."""

    secret: str
    user: str | None = None

    @classmethod
    def parse(cls, text: str) -> Login | None:
        """`user:password`, or a token, which has no colon; None for nothing."""
        user, colon, secret = text.strip().partition(":")
        return Login(secret, user) if colon else Login(user) if user else None


class Refused(ServiceError):  # noqa: N818
    """A server that understood and said no; `status` is HTTP's."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Web:
    """Sends requests; a password goes to a server that asks for one, in the way it asks: basic or digest. A token goes
    with every request.

    `timeout` is in seconds, for each wait for data. A busy server, and one that had answered before and does not now,
    is asked again `patience` times, after as long as it says or else after twice as long each time.
    """

    def __init__(
        self,
        login: Login | None = None,
        *,
        timeout: float = 300,
        patience: int = 6,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.login, self.timeout, self.patience, self._sleep = login, timeout, patience, sleep
        self._given: str | None = None  # what goes with every request, once the server has said that it wants that
        self._reached = False

    def send(
        self,
        method: str,
        url: str,
        body: bytes | Iterable[bytes] | None = None,
        *,
        headers: dict[str, str] | None = None,
    ) -> HTTPResponse:
        """The server's answer, to be closed by whoever asked. `body` may be asked for more than once.

        Raises `Refused` for a request that the server does not do, and `ServiceError` where it cannot be reached.
        """
        return self.patiently(lambda: self._tried(Request(url, data=body, method=method, headers=headers or {})))

    @contextmanager
    def hasty(self) -> Iterator[None]:
        """For as long, nobody is asked again."""
        patience, self.patience = self.patience, 0
        try:
            yield
        finally:
            self.patience = patience

    def patiently(self, call: Callable[[], _Answer]) -> _Answer:
        """What a call gives, which is tried again as long as it raises `TryLater`."""
        for attempt in range(self.patience):
            try:
                answer = call()
            except TryLater as busy:
                self._sleep(min(2.0**attempt if busy.after is None else busy.after, _LONGEST))
            else:
                self._reached = True
                return answer
        return call()

    def _tried(self, request: Request) -> HTTPResponse:
        url = request.full_url
        try:
            response: HTTPResponse = self._opener(request).open(request, timeout=self.timeout)
        except HTTPError as error:
            self._reached = True
            with error:
                raise _refusal(url, error) from error
        except ValueError as error:  # a way to log in that urllib does not know
            raise Refused(f"{url}: it wants another login: {error}", 401) from error
        except (OSError, HTTPException) as error:
            reason = str(getattr(error, "reason", None) or error) or type(error).__name__
            raise (TryLater if self._reached else ServiceError)(f"{url}: no answer: {reason}") from error
        used = request.get_header("Authorization") or ""
        self._given = used if used.startswith("Basic ") else self._given  # a digest is good for one request
        return response

    def _opener(self, request: Request) -> OpenerDirector:
        if self.login and self.login.user is None:
            request.add_unredirected_header("Authorization", f"Bearer {self.login.secret}")
        if not self.login or self.login.user is None:
            return build_opener()
        if self._given:
            request.add_unredirected_header("Authorization", self._given)
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, request.full_url, self.login.user, self.login.secret)
        # a new one a request, for urllib counts failed logins in it
        return build_opener(HTTPBasicAuthHandler(passwords), HTTPDigestAuthHandler(passwords))


def wait(headers: Message) -> float | None:
    """The seconds that a server asks to wait, which it says as such or as a time (RFC 9110, 10.2.3)."""
    told = (headers.get("Retry-After") or "").strip()
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _refusal(url: str, error: HTTPError) -> ServiceError:
    said = ""
    with suppress(OSError, HTTPException):
        said = " ".join(error.read(2000).decode("utf-8", "replace").split())[:240]
    told = f"{url}: HTTP {error.code} {error.reason}{': ' if said else ''}{said}"
    return TryLater(told, wait(error.headers)) if error.code in BUSY else Refused(told, error.code)
