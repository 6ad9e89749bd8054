"""The address of an entity or an article in, what stands behind its IRI out: a page for people, RDF for programs.

Where a base is configured as https://example.org/things/, its IRIs are answered at /things/… too, so that a proxy there
makes them resolve. The answer is 200 and not 303: an address here is that of a document, which `Content-Location` names
and which says by `Link: rel=describes` what it is about; the hop from the thing to its document is made by whoever
leads the IRI here. What was merged is led on to what stands for it today, by 303, as a merge may be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO
from urllib.parse import quote, unquote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg.graph.serving import defining, describing, locating
from kg.service import assets, formats, parameters
from kg.service.addresses import Explorable, Tell, explored
from kg.service.answered import Answered, whole
from kg.service.formats import Format
from kg.service.parameters import IRI
from kg.service.pool import Pool
from kg.service.refused import RefusedError

_FOLDERS = {"/entity/": "entity", "/article/": "article"}
_HTML = Format("html", "text/html", frozenset({"html", "application/xhtml+xml"}), "")
_OFFERED = (*formats.TRIPLES, _HTML)  # who accepts anything is a program, for browsers ask for HTML
_SUFFIXES = tuple(f".{format.name}" for format in formats.TRIPLES)
_IN_URL = "/:@!$&'()*+,;=~%"


@dataclass(frozen=True, slots=True)
class Describe:
    """What is known of a thing, in a format of `Answer.write`."""

    iri: str
    format: str

    def __call__(self, source: Explorable, file: IO[bytes]) -> None:
        """Raises `UnknownThing`."""
        describing.write(explored(source), self.iri, file, self.format)


@dataclass(frozen=True, slots=True)
class Define:
    """The terms of a namespace, in a format of `Answer.write`."""

    namespace: str
    format: str

    def __call__(self, source: object, file: IO[bytes]) -> None:
        """Raises `DataError`."""
        defining.write(self.namespace, file, self.format)


class Resolving:
    """The addresses of the things in what a pool serves."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def routes(self) -> Iterator[Route]:
        """Those that are always there: `/entity/…`, `/article/…`, and the paths of our vocabularies."""
        yield from (self._route(kind, folder) for folder, kind in _FOLDERS.items())
        yield from (self._route_of_terms(namespace) for namespace in defining.NAMESPACES)

    async def routes_of_bases(self) -> list[Route]:
        """Those under the paths of the configured bases. Raises as `Pool.run` does."""
        told = b"".join([part async for part in self._pool.run(Tell(locating.bases, {}))])
        folders = {urlsplit(base).path: kind for kind, base in json.loads(told).items() if _is_web(base)}
        paths = sorted(folders, key=len, reverse=True)  # of two of which one begins with the other, the longer first
        return [self._route(folders[path], path) for path in paths if path not in _FOLDERS]

    def _route(self, kind: str, folder: str) -> Route:
        async def answer(request: Request) -> Response:
            return await self._answer(request, kind, folder)

        return Route(unquote(folder) + "{id:path}", answer, methods=["GET"])

    def _route_of_terms(self, namespace: str) -> Route:
        async def answer(request: Request) -> Response:
            format = _format(request, formats.TRIPLES)
            return Answered(self._pool, Define(namespace, format.name), format.content_type)

        return Route(urlsplit(namespace).path, answer, methods=["GET"])

    async def _answer(self, request: Request, kind: str, folder: str) -> Response:
        rest = _rest(request, folder)
        iri = None if rest else parameters.values(request, {"iri": IRI}, self._pool.limits, others=True)["iri"]
        asked = {"kind": kind, "rest": rest, "iri": iri, "suffixes": _SUFFIXES}
        found = json.loads(await whole(self._pool, Tell(locating.located, asked), request))
        format = _format(request, _OFFERED, found["suffix"])
        if format is _HTML and (not found["today"] or found["today"] == found["iri"]):
            return await self._page(request, kind, found)
        if not found["today"]:
            raise RefusedError(404, f"nothing is known here of <{found['iri']}>")
        here = folder + quote(found["local"], safe=_IN_URL) if found["local"] else ""
        here = "/." + here if here.startswith("//") else here  # which would name another server
        if found["today"] != found["iri"]:
            where = here + found["suffix"] if here else f"{folder}?iri={quote(found['today'], safe='')}"
            return RedirectResponse(where, 303, {"Vary": "Accept"})
        response = Answered(self._pool, Describe(found["iri"], format.name), format.content_type)
        response.headers["Link"] = f'<{quote(found["iri"], safe=_IN_URL + "#?")}>; rel="describes"'
        if here:
            response.headers["Content-Location"] = f"{here}.{format.name}"
        return response

    async def _page(self, request: Request, kind: str, found: dict[str, str | None]) -> Response:
        asked = [f"/api/{kind}?{urlencode({'iri': found['iri']}, safe='*')}"] if found["today"] else []
        response = await assets.shell(request, kind, asked)
        response.headers["Vary"] = "Accept, Accept-Encoding"
        if not found["today"] and response.status_code == 200:
            response.status_code = 404  # the page says so, and lets one search
        return response


def _is_web(base: str) -> bool:
    return base.startswith(("http://", "https://")) and not {"#", "?", "{", "}"} & set(unquote(base))


def _rest(request: Request, folder: str) -> str:
    """What follows the folder in the path, as it was written."""
    raw = request.scope.get("raw_path", b"").partition(b"?")[0].decode("ascii")
    return raw.removeprefix(folder) if raw.startswith(folder) else quote(request.path_params["id"], safe="")


def _format(request: Request, offered: Sequence[Format], suffix: str = "") -> Format:
    wishes = (suffix.removeprefix("."),) if suffix else ()
    format = formats.chosen(offered, ",".join(request.headers.getlist("accept")), wishes)
    if format is None:
        names = ", ".join(format.media_type for format in offered)
        raise RefusedError(406, f"what is known is told as {names}")
    return format
