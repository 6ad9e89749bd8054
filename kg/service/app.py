"""A store or an endpoint in, a web application out: SPARQL 1.1 over HTTP, reading only, and a page that explains it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KGError, QueryError
from kg.graph import sparql
from kg.graph.answer import Answer
from kg.service import description, formats, page
from kg.service.desk import BusyError, Desk
from kg.service.request import READ_ONLY, Question, RefusedError, question

_IN_MEMORY = 2**20  # bytes of an answer; a longer one waits on disk
_CHUNK = 2**16
_METHODS = "GET, HEAD, POST, OPTIONS"
_UPDATE = re.compile(r"\b(insert|delete|load|clear|create|drop|copy|move|add)\b", re.IGNORECASE)
_log = logging.getLogger(__name__)


class Source(Protocol):
    """What can be asked: a `Store`, an `Endpoint`. It is asked from several threads at once."""

    def query(self, text: str, *, default_graph: Sequence[str], named_graphs: Sequence[str]) -> Answer:
        """The answer to a query, of these graphs where any is given. Raises `QueryError`."""
        ...


def app(source: Source, *, hosts: Sequence[str] = ("*",), desk: Desk | None = None) -> Starlette:
    """The application: `/sparql`, `/healthz` and a page at `/`.

    `hosts` are the names that a request may call this server by; a server on loopback names itself alone, so that no
    page elsewhere can read it through a name that it makes point here. `desk` says how many queries run at a time.
    """
    endpoint = _Endpoint(source, desk or Desk())
    routes = [
        Route("/", _page),
        Route("/healthz", _health),
        Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
        Route("/sparql", _options, methods=["OPTIONS"]),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(_Sheltered), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        exception_handlers={
            HTTPException: _not_here,
            RefusedError: _refused,
            BusyError: _busy,
            QueryError: _wrong,
            KGError: _failed,
            Exception: _broken,
        },
    )


class _Endpoint:
    def __init__(self, source: Source, desk: Desk) -> None:
        self._source = source
        self._desk = desk

    async def answer(self, request: Request) -> Response:
        asked = await question(request)
        if asked is None:
            return Response(description.turtle(str(request.url)), media_type="text/turtle; charset=utf-8")
        format = _format(asked, ",".join(request.headers.getlist("accept")))
        file = await self._desk.run(lambda: self._written(asked, format))
        headers = {"Content-Length": str(file.seek(0, 2)), "Vary": "Accept", "Cache-Control": "no-cache"}
        file.seek(0)
        return StreamingResponse(_chunks(file), headers=headers, media_type=format.content_type)

    def _written(self, asked: Question, format: formats.Format) -> IO[bytes]:
        # written before the first byte is sent, so that a query that fails half-way still gets its status
        file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- whoever sends it closes it
        try:
            graphs = {"default_graph": asked.default_graphs, "named_graphs": asked.named_graphs}
            self._source.query(asked.query, **graphs).write(file, format.name)
        except KGError as error:
            file.close()
            # without the frames it came through, for they hold the answer, which only this thread may let go
            error.__cause__ = error.__context__ = None
            raise error.with_traceback(None) from None
        except BaseException:
            file.close()
            raise
        return file


def _format(asked: Question, accept: str) -> formats.Format:
    form = sparql.form(asked.query)
    if not form and _UPDATE.search(asked.query):
        raise RefusedError(400, READ_ONLY)
    offered = formats.TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else formats.ROWS
    format = formats.chosen(offered, accept, asked.wishes)
    if format is None:
        names = ", ".join(format.media_type for format in offered)
        raise RefusedError(406, f"{form or 'this query'} is answered as {names}")
    return format


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


async def _options(request: Request) -> Response:
    return Response(status_code=204, headers={"Allow": _METHODS})


async def _health(request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _page(request: Request) -> Response:
    html = await run_in_threadpool(page.html, str(request.base_url))
    return HTMLResponse(html, headers={"Content-Security-Policy": page.POLICY})


async def _not_here(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _line(error.status_code, f"{request.method} {request.url.path}: {error.detail}", dict(error.headers or {}))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return _line(error.status, error.message, error.headers)


async def _busy(request: Request, error: Exception) -> Response:
    return _line(503, "too many queries at once: ask again in a moment", {"Retry-After": "1"})


async def _wrong(request: Request, error: Exception) -> Response:
    return _line(400, str(error))


async def _failed(request: Request, error: Exception) -> Response:
    _log.error("%s", error)
    return _line(500, str(error))


async def _broken(request: Request, error: Exception) -> Response:
    return _line(500, "the server failed on this request; its log says why")


def _line(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(" ".join(message.split()) + "\n", status, headers={"Vary": "Accept", **(headers or {})})


class _Sheltered:
    """Puts on every response what keeps browsers from guessing types and from telling others where they were."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sheltered(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        await self._app(scope, receive, sheltered if scope["type"] == "http" else send)
