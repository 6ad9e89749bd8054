"""A request in, its answer out, from the very address that was checked, within limits of size and time."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import certifi
import httpcore

from kg import plugins
from kg.errors import Reason, SourceError
from kg.read import limits
from kg.read.fetching.addresses import Rule

AGENT = "Dateline"  # what robots.txt calls it
_SECONDS = 60.0  # for a whole answer: one that comes byte by byte is given up
_PATIENCE = 15.0  # for a connection, and between two bytes
_FAILURES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    ssl.SSLError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; only a 200 has its body."""

    status: int
    headers: dict[str, str]  # names in small letters
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Web:
    """Everybody else's computers, as far as a rule lets them be asked."""

    rule: Rule = field(default_factory=Rule)
    seconds: float = _SECONDS

    def ask(self, url: str, headers: dict[str, str], *, largest: int = limits.RECORD) -> Answer:
        """One request for a URL that was checked, without proxies, cookies or redirects.

        Raises `SourceError` where the host is not allowed, does not answer in time, or says more than `largest` bytes.
        """
        deadline = time.monotonic() + self.seconds
        agent = f"{AGENT}/{plugins.version()} (+https://w3id.org/dateline)"
        said = {"User-Agent": agent, "Accept-Encoding": "gzip", **headers}
        heads = [(name.encode(), value.encode("latin-1")) for name, value in said.items()]  # an ETag is as it came
        patience = dict.fromkeys(("connect", "read", "write", "pool"), min(_PATIENCE, self.seconds))
        try:
            with (
                httpcore.ConnectionPool(ssl_context=_trust(), network_backend=_Network(self.rule, deadline)) as pool,
                pool.stream("GET", url, headers=heads, extensions={"timeout": patience}) as answer,
            ):
                heard = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                body = _body(answer.iter_stream(), heard, largest) if answer.status == 200 else b""
                return Answer(answer.status, heard, body)
        except _FAILURES as error:
            late = isinstance(error, httpcore.TimeoutException)
            said_so = (
                f"no answer in {self.seconds:.0f} s" if late else f"no answer: {str(error) or type(error).__name__}"
            )
            raise SourceError(said_so, reason=Reason.TOO_SLOW if late else Reason.NO_ANSWER) from error


@cache
def _trust() -> ssl.SSLContext:
    """The authorities that this system trusts, and those of Mozilla, where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _body(stream: Iterable[bytes], headers: dict[str, str], largest: int) -> bytes:
    """The bytes of an answer, unpacked as they come, so that a bomb is met before it goes off."""
    coding = headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise SourceError(f"packed as {coding!r:.40}, which was not asked for", reason=Reason.MALFORMED)
    found = bytearray()
    for data in _unpacked(stream, largest) if "gzip" in coding else stream:
        found += data
        if len(found) > largest:
            reason = Reason.BOMB if coding else Reason.TOO_LARGE
            raise SourceError(f"more than {largest / limits.MB:g} MB: not read", reason=reason)
    return bytes(found)


def _unpacked(stream: Iterable[bytes], largest: int) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(wbits=31)  # gzip
    try:
        for data in stream:
            yield unpacking.decompress(data, largest + 1)
    except zlib.error as error:
        raise SourceError(f"not gzip, which it says it is: {error}", reason=Reason.MALFORMED) from error
    if not unpacking.eof:
        raise SourceError("it ends in the middle: packed, and cut off", reason=Reason.NO_ANSWER)


class _Network(httpcore.NetworkBackend):
    """Connections to the addresses that a rule was asked about: no name is looked up twice, so none can change."""

    def __init__(self, rule: Rule, deadline: float) -> None:
        self._rule = rule
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> httpcore.NetworkStream:  # type: ignore[override]
        failure: httpcore.NetworkError | httpcore.TimeoutException | None = None
        for address in self._rule.addresses(host, port):
            try:
                left = _left(self._deadline, timeout)
                return _Stream(self._network.connect_tcp(str(address), port, timeout=left, **options), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")


class _Stream(httpcore.NetworkStream):
    """A connection that ends at a time, however slowly the other side goes."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("too slow")
    return min(left, timeout or left)
