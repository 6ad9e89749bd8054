"""An HTTP request of the SPARQL 1.1 Protocol in, a `Question` or a `Change` out, or else a `RefusedError`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.service.limits import MB, Limits
from kg.service.refused import RefusedError
from kg.service.token import Token

_MOST_FIELDS = 1000
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint only reads: updates are refused; add articles with kg ingest"


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs it is asked of (none given: all), and the formats that were asked for by name."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An update, and the graphs that its patterns are matched in (none given: as it says itself)."""

    update: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


async def question(request: Request, limits: Limits, token: Token | None = None) -> Question | Change | None:
    """What a request asks; None for a GET without a query, which asks for the description of the service.

    With a `token` it may be an update that brings it. Raises `RefusedError`.
    """
    if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > limits.url:
        raise RefusedError(414, f"a URL may have {limits.url // 1024} KB at most: POST the query")
    fields = pairs(request.scope["query_string"])
    if request.method == "POST":
        media_type = _media_type(request)
        if media_type == _UPDATE:  # before its body is read, which may be a longer one
            limits = _allowed(request, limits, token)
        fields = [*fields, *_body(media_type, await body(request, limits))]
    if updates := _all(fields, "update"):
        _allowed(request, limits, token)
        return _change(request, updates, fields)
    queries = _all(fields, "query")
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise RefusedError(400, f"one query= is needed, not {len(queries) or 'none'}")
    if not queries[0].strip():
        raise RefusedError(400, "the query is empty")
    wishes = (*_all(fields, "format"), *_all(fields, "output"))
    return Question(queries[0], _all(fields, "default-graph-uri"), _all(fields, "named-graph-uri"), wishes)


def _allowed(request: Request, limits: Limits, token: Token | None) -> Limits:
    """The limits of who may write."""
    if token is None:
        raise RefusedError(403, _READ_ONLY)
    token.require(request)
    return limits.for_writers()


def _change(request: Request, updates: Sequence[str], fields: Sequence[tuple[str, str]]) -> Change:
    if request.method != "POST":
        raise RefusedError(400, f"an update is posted, as {_UPDATE} or {_FORM}")
    if len(updates) != 1 or _all(fields, "query"):
        raise RefusedError(400, "one update= is needed, alone")
    return Change(updates[0], _all(fields, "using-graph-uri"), _all(fields, "using-named-graph-uri"))


def _all(fields: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for key, value in fields if key == name)


def _body(media_type: str, body: bytes) -> list[tuple[str, str]]:
    if media_type == _FORM:
        return pairs(body)
    return [("update" if media_type == _UPDATE else "query", _text(body))]


def _media_type(request: Request) -> str:
    media_type, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charsets = [p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")]
    if media_type not in (_FORM, _QUERY, _UPDATE) or any(charset not in ("utf-8", "utf8") for charset in charsets):
        raise RefusedError(415, f"a query is posted as {_QUERY} or {_FORM}, in UTF-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusedError(415, "a query is posted as it is, without Content-Encoding")
    return media_type


async def body(request: Request, limits: Limits) -> bytes:
    """A request's body, counted as it comes, so that no longer one is held. Raises `RefusedError`."""
    length = request.headers.get("content-length", "0")
    data = bytearray()
    if not length.isdecimal() or len(length) > 18 or int(length) > limits.body:
        raise too_long(limits)
    try:
        async with asyncio.timeout(limits.body_patience):
            async for chunk in request.stream():
                data += chunk
                if len(data) > limits.body:
                    raise too_long(limits)
    except TimeoutError:
        said = f"the body has not arrived in {limits.body_patience:g} seconds"
        raise RefusedError(408, said, {"Connection": "close"}) from None
    except ClientDisconnect:
        raise RefusedError(400, "the request ended before its body did") from None
    return bytes(data)


def too_long(limits: Limits) -> RefusedError:
    """The refusal of a body beyond the limit, whose connection is closed for it."""
    return RefusedError(413, f"a body may have {limits.body // MB} MB at most", {"Connection": "close"})


def pairs(encoded: bytes) -> list[tuple[str, str]]:
    """The names and values of a query string, or of a form. Raises `RefusedError`."""
    try:
        return parse_qsl(_text(encoded), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise RefusedError(400, f"the parameters cannot be read: {error}") from None


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"byte {error.start} of the query is not UTF-8") from None
