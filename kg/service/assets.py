"""The explorer's files in, responses out: the shell of every page and what it loads, as they were at the start."""

from __future__ import annotations

import gzip
import hashlib
import importlib.resources
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

# What a page may do: load what this server has, and nothing that stands in the page itself, whoever wrote it there.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_SHELL = "index.html"
_PAGES = {"/": "home", "/query": "query"}
_IMPORTED = re.compile(rb'\bfrom "/static/([^"]+)"')
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its bytes, as it is and as gzip has it where that is shorter, and what tells browsers one from another.

    The tag is a weak one (RFC 9110, 8.8.1): it stands for both ways in which the bytes are sent.
    """

    content: bytes
    content_type: str
    packed: bytes | None
    tag: str


@cache  # once a process: what is served doesn't change while it is
def assets() -> dict[str, Asset]:
    """All files below `static/` by their paths there, `/` between the parts."""
    static = importlib.resources.files("kg.service") / "static"
    return {name: asset(file.read_bytes(), _TYPES[PurePosixPath(name).suffix]) for name, file in _files(static)}


def _files(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = above + entry.name
        if entry.is_dir():
            yield from _files(entry, name + "/")
        elif PurePosixPath(name).suffix in _TYPES:
            yield name, entry


def asset(content: bytes, content_type: str) -> Asset:
    """What is sent again and again, compressed once."""
    packed = gzip.compress(content, mtime=0)
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
    return Asset(content, content_type, packed if len(packed) < len(content) else None, tag)


async def shell(request: Request, page: str | None = None, data: Sequence[str] = ()) -> Response:
    """The one page there is; its scripts look at the address and show what belongs there. The browser is told at once
    which it will need, where none says so before it runs, and of the addresses that they will ask for `data`.
    """
    response = await _file(_SHELL, request)
    named = await run_in_threadpool(modules, f"pages/{page or _PAGES.get(request.url.path, 'home')}.js")
    links = [f"</static/{name}>; rel=modulepreload" for name in named]
    links += [f"<{address}>; rel=preload; as=fetch; crossorigin" for address in ("/api/vocabulary", *data)]
    response.headers["Link"] = ", ".join(links)
    return response


@cache
def modules(name: str) -> list[str]:
    """A module and all that it imports, and these import, unless they do so while they run; sorted."""
    found, wanted = {name}, [name]
    while wanted:
        imported = {each.decode() for each in _IMPORTED.findall(assets()[wanted.pop()].content)} - found
        found |= imported
        wanted += imported
    return sorted(found)


async def static(request: Request) -> Response:
    """The file of a path below `/static/`. Raises `HTTPException` 404 where none was there at the start."""
    return await _file(request.path_params["name"], request)


async def _file(name: str, request: Request) -> Response:
    found = (await run_in_threadpool(assets)).get(name)  # compressing all of them takes a moment, once
    if found is None:
        raise HTTPException(404)
    return sent(found, request)


def sent(asset: Asset, request: Request) -> Response:
    """The response with it, as its client takes it; without it for who has it."""
    headers = {
        "Content-Type": asset.content_type,
        "ETag": asset.tag,
        "Cache-Control": "no-cache",  # kept, and asked about each time: another version may be served tomorrow
        "Content-Security-Policy": POLICY,
        "Vary": "Accept-Encoding",
    }
    if _is_known(asset.tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    if asset.packed and _takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(asset.packed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.content, headers=headers)


def _is_known(tag: str, known: str) -> bool:
    tags = {each.strip().removeprefix("W/") for each in known.split(",")}
    return "*" in tags or tag.removeprefix("W/") in tags


def _takes_gzip(accepted: str) -> bool:
    """Whether a client says so, by name, and with a weight above 0 (RFC 9110, 12.5.3)."""
    for part in accepted.lower().split(","):
        coding, _, weight = (piece.strip() for piece in part.partition(";"))
        if coding in ("gzip", "x-gzip"):
            return weight.replace(" ", "").rstrip("0") not in ("q=", "q=0.")
    return False
