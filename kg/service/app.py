"""What workers serve in, a web application out: SPARQL 1.1 over HTTP, a graph store, and the explorer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KGError
from kg.graph import sparql
from kg.graph.turtle import rewritten
from kg.service import description, formats
from kg.service.answered import Answered, whole
from kg.service.explorer import Explorer
from kg.service.failures import HANDLERS
from kg.service.graphs import PATH, own_url
from kg.service.graphstore import GraphStore
from kg.service.limits import Limits
from kg.service.metrics import CONTENT_TYPE, Metrics
from kg.service.pool import Pool
from kg.service.refused import RefusedError, later
from kg.service.request import Change, Question, question
from kg.service.settings import Settings
from kg.service.sheltering import Named, Sheltered
from kg.service.stopping import Stopping
from kg.service.updating import Turns, Update
from kg.service.watching import Watched
from kg.service.worker import Ask

_SHORT = 2**14  # characters of a query that are read at once
_PATIENCE = 5  # seconds to wait for a sign of life
_ROUTES = ("/", "/sparql", "/graph-store", "/api", "/healthz", "/metrics", "/static", "/query", "/entity", "/article")


def app(pool: Pool, *, hosts: Sequence[str] = ("*",), settings: Settings | None = None) -> Starlette:
    """The application: `/sparql`, `/graph-store`, `/healthz`, `/metrics` and the explorer at `/`; works are done in the
    pool, within its limits.

    `hosts` are the names that a request may call this server by; a server on loopback names itself alone, so that no
    page elsewhere can read it through a name that it makes point here.
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with pool.at_work(), explorer.at_work(app.routes):
            yield

    turns, metrics = Turns(pool), Metrics(_ROUTES, pool.state)
    explorer = Explorer(pool)
    endpoint, graphs = _Endpoint(pool, turns, settings), GraphStore(pool, turns, settings.token)
    routes: list[BaseRoute] = [  # asked most, looked for first
        Route("/sparql", endpoint.answer, methods=["GET", "POST"]),
        *explorer.routes(),
        Route("/healthz", _Health(pool).answer),
        Route("/metrics", lambda _: Response(metrics.text(), headers={"Content-Type": CONTENT_TYPE})),
        Route("/sparql", _options("GET", "HEAD", "POST"), methods=["OPTIONS"]),
    ]
    for path in (PATH, PATH + "/{path:path}"):
        routes.append(Route(path, graphs.answer, methods=graphs.methods))
        routes.append(Route(path, _options(*graphs.methods), methods=["OPTIONS"]))
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=list(_middleware(settings, pool.limits, metrics, hosts)),
        exception_handlers=HANDLERS,
    )


def _middleware(settings: Settings, limits: Limits, metrics: Metrics, hosts: Sequence[str]) -> Iterator[Middleware]:
    yield Middleware(Watched, observers=[metrics, *settings.observers])
    yield Middleware(Sheltered, limits=limits.for_writers() if settings.token else limits)
    yield Middleware(Stopping)
    if settings.origins:
        methods = ["GET", "HEAD", "POST", *(["PUT", "DELETE"] if settings.token else [])]
        yield Middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=methods,
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Location", "Retry-After"],
        )
    if "*" not in hosts:
        yield Middleware(Named, hosts=hosts)


class _Endpoint:
    def __init__(self, pool: Pool, turns: Turns, settings: Settings) -> None:
        self._pool, self._turns, self._settings = pool, turns, settings

    async def answer(self, request: Request) -> Response:
        asked = await question(request, self._pool.limits, self._settings.token)
        accept = ",".join(request.headers.getlist("accept"))
        if asked is None:
            return self._described(own_url(request), accept)
        if isinstance(asked, Change):
            request.state.asked = asked.update
            work = Update(asked.update, own_url(request), asked.using, asked.using_named)
            await self._turns.done(work, request)
            return Response(status_code=204)
        request.state.asked = asked.query
        if len(asked.query) > _SHORT:  # read beside the event loop, which others wait for
            format = await run_in_threadpool(_format, asked, accept)
        else:
            format = _format(asked, accept)
        ask = Ask(asked.query, format.name, asked.default_graphs, asked.named_graphs, own_url(request))
        return Answered(self._pool, ask, format.content_type)

    def _described(self, url: str, accept: str) -> Response:
        format = formats.chosen(formats.TRIPLES, accept) or formats.TRIPLES[0]
        text = description.turtle(url, union=self._settings.union, updates=self._settings.token is not None)
        data = text.encode() if format.name == "ttl" else rewritten(text.encode(), format.name)
        return Response(data, headers={"Content-Type": format.content_type, "Vary": "Accept"})


def _format(asked: Question, accept: str) -> formats.Format:
    form = sparql.form(asked.query)
    if not form and sparql.is_update(asked.query):
        raise RefusedError(400, "queries only read, and this is an update: who may write posts it as update=")
    offered = formats.TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else formats.ROWS
    format = formats.chosen(offered, accept, asked.wishes)
    if format is None:
        names = ", ".join(format.media_type for format in offered)
        raise RefusedError(406, f"{form or 'this query'} is answered as {names}")
    return format


def _options(*methods: str) -> Callable[[Request], Response]:
    allow = ", ".join([*methods, "OPTIONS"])
    return lambda _: Response(status_code=204, headers={"Allow": allow})


class _Health:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def answer(self, request: Request) -> Response:
        """Whether a worker answers, or all of them are at work."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await whole(self._pool, Ask("ASK {}", "json"), request)
        except (TimeoutError, RefusedError):
            return PlainTextResponse("busy\n")
        except KGError as error:
            raise later(f"no worker answers: {error}") from error
        return PlainTextResponse("ok\n")
