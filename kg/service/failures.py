"""An exception in, a response of one line that says what is wrong out; never where in the code."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import KGError, NotWritable, QueryError, StoreInUse, UnknownGraph, UnknownThing
from kg.service.refused import RefusedError

_log = logging.getLogger(__name__)


async def _not_here(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _line(error.status_code, f"{request.method} {request.url.path}: {error.detail}", dict(error.headers or {}))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _line(error.status, error.message, error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s", error)
    return _line(500, str(error))


async def _broken(request: Request, error: Exception) -> Response:
    return _line(500, "the server failed on this request; its log says why")


def _line(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(" ".join(message.split()) + "\n", status, headers={"Vary": "Accept", **(headers or {})})


def _with(status: int, **headers: str) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        return _line(status, str(error), {name.replace("_", "-"): value for name, value in headers.items()})

    return answer


HANDLERS: dict[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    HTTPException: _not_here,
    RefusedError: _refused,
    UnknownGraph: _with(404),
    UnknownThing: _with(404),
    NotWritable: _with(403),
    StoreInUse: _with(503, Retry_After="5"),
    QueryError: _with(400),
    KGError: _failed,
    Exception: _broken,
}
