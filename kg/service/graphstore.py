"""Requests in, answers of the SPARQL 1.1 Graph Store HTTP Protocol out: graphs are read and, with a token, changed."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg.service import formats
from kg.service.answered import Answered, whole
from kg.service.graphs import READING, WRITING, Find, Put, Read, Remove, graph_of, new_graph, own_url, parts_of
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.service.request import body
from kg.service.token import Token
from kg.service.updating import Turns

_WHICH = "which graph? ?graph=IRI names one, ?default the default graph, a path below this one a graph of that URL"


class GraphStore:
    """The graphs of what the pool serves; nobody changes them without a token."""

    def __init__(self, pool: Pool, turns: Turns, token: Token | None) -> None:
        self._pool, self._turns, self._token = pool, turns, token
        self.methods = [*READING, *(WRITING if token else ())]

    async def answer(self, request: Request) -> Response:
        """Raises `RefusedError`, and what the works raise: `UnknownGraph`, `QueryError`, `NotWritable`."""
        if len(request.url.query) > self._pool.limits.url:
            raise RefusedError(414, "the URL is too long")
        graph, is_named = graph_of(request)
        if not is_named and request.method != "POST":
            raise RefusedError(400, _WHICH)
        if request.method in READING:
            return await self._read(request, graph)
        assert self._token
        self._token.require(request)
        if request.method == "DELETE":
            await self._turns.done(Remove(graph), request)
            return Response(status_code=204)
        return await self._put(request, graph, is_new=not is_named)

    async def _read(self, request: Request, graph: str | None) -> Response:
        format = formats.chosen(formats.TRIPLES, ",".join(request.headers.getlist("accept")))
        if format is None:
            names = ", ".join(format.media_type for format in formats.TRIPLES)
            raise RefusedError(406, f"a graph is sent as {names}")
        if request.method == "GET":
            return Answered(self._pool, Read(graph, format.name), format.content_type)
        await whole(self._pool, Find(graph), request)
        response = Response(media_type=format.content_type, headers={"Vary": "Accept", "Cache-Control": "no-cache"})
        del response.headers["content-length"]  # a GET would tell another
        return response

    async def _put(self, request: Request, graph: str | None, *, is_new: bool) -> Response:
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise RefusedError(415, "a graph is sent as it is, without Content-Encoding")
        data = await body(request, self._pool.limits.for_writers())
        # beside the event loop, for a form may be long
        parts = await run_in_threadpool(parts_of, request.headers.get("content-type", ""), data)
        if is_new:
            graph = new_graph(request, parts)
        work = Put(graph, parts, base=graph or own_url(request), keep=request.method == "POST")
        made = await self._turns.done(work, request)
        return Response(status_code=201 if made else 204, headers={"Location": graph} if is_new and graph else None)
