"""A store or an endpoint in, a web application out: SPARQL 1.1 over HTTP, reading only, and a page that explains it."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KGError, QueryError
from kg.graph import sparql
from kg.service import description, formats, page
from kg.service.answered import Answered
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.service.request import READ_ONLY, Question, question
from kg.service.worker import Ask

_SHORT = 2**14  # characters of a query that are read at once
_METHODS = "GET, HEAD, POST, OPTIONS"
_UPDATE = re.compile(r"\b(insert|delete|load|clear|create|drop|copy|move|add)\b", re.IGNORECASE)
_log = logging.getLogger(__name__)


def app(pool: Pool, *, hosts: Sequence[str] = ("*",)) -> Starlette:
    """The application: `/sparql`, `/healthz` and a page at `/`; queries run in the pool, within its limits.

    `hosts` are the names that a request may call this server by; a server on loopback names itself alone, so that no
    page elsewhere can read it through a name that it makes point here.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool.at_work():
            yield

    endpoint = _Endpoint(pool)
    routes = [
        Route("/", _page),
        Route("/healthz", _health),
        Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
        Route("/sparql", _options, methods=["OPTIONS"]),
    ]
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(_Sheltered), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
        exception_handlers={
            HTTPException: _not_here,
            RefusedError: _refused,
            QueryError: _wrong,
            KGError: _failed,
            Exception: _broken,
        },
    )


class _Endpoint:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def answer(self, request: Request) -> Response:
        asked = await question(request, self._pool.limits)
        if asked is None:
            return Response(description.turtle(str(request.url)), media_type="text/turtle; charset=utf-8")
        accept = ",".join(request.headers.getlist("accept"))
        if len(asked.query) > _SHORT:  # read beside the event loop, which others wait for
            format = await run_in_threadpool(_format, asked, accept)
        else:
            format = _format(asked, accept)
        work = Ask(asked.query, format.name, asked.default_graphs, asked.named_graphs)
        return Answered(self._pool, work, format.content_type)


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
