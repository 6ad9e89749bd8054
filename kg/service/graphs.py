"""Requests of the SPARQL 1.1 Graph Store HTTP Protocol in, the work that they ask for out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import IO, Any, Protocol
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.graph.serving import graphs
from kg.graph.serving.posted import MEDIA_TYPES, Posted
from kg.service.refused import RefusedError

PATH = "/graph-store"
READING, WRITING = ("GET", "HEAD"), ("PUT", "POST", "DELETE")
_FORM = "multipart/form-data"


class Changeable(Protocol):
    """A source whose graphs are read and changed; None names the default graph."""

    def read(self, graph: str | None) -> Iterable[Any]: ...
    def put(self, graph: str | None, triples: Iterable[Any], *, keep: bool) -> bool: ...
    def remove(self, graph: str | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Read:
    """The triples of a graph, in a format of `Answer.write`."""

    graph: str | None
    format: str

    def __call__(self, source: Changeable, file: IO[bytes]) -> None:
        """Raises `UnknownGraph`."""
        graphs.write(source.read(self.graph), file, self.format)


@dataclass(frozen=True, slots=True)
class Find:
    """Nothing, where there is such a graph."""

    graph: str | None

    def __call__(self, source: Changeable, file: IO[bytes]) -> None:
        """Raises `UnknownGraph`."""
        source.read(self.graph)


@dataclass(frozen=True, slots=True)
class Put:
    """What was sent as a graph, in place of what stood there or, with `keep`, beside it; "new" where nothing did."""

    graph: str | None
    parts: tuple[Posted, ...]
    base: str
    keep: bool

    def __call__(self, source: Changeable, file: IO[bytes]) -> None:
        """Raises `QueryError` for what is not RDF, `NotWritable` for a graph that is not to be changed."""
        triples = [triple for part in self.parts for triple in part.triples(self.base)]
        file.write(b"new" if source.put(self.graph, triples, keep=self.keep) else b"")


@dataclass(frozen=True, slots=True)
class Remove:
    """A graph taken out."""

    graph: str | None

    def __call__(self, source: Changeable, file: IO[bytes]) -> None:
        """Raises `UnknownGraph`, and `NotWritable` for a graph that is not to be changed."""
        source.remove(self.graph)


def graph_of(request: Request) -> tuple[str | None, bool]:
    """The graph that a request names (section 4 of the protocol), and whether it names one: `?graph=IRI`, `?default`,
    or its own URL where that goes on below `PATH`. Raises `RefusedError`.
    """
    direct = request.url.path.removeprefix(request.scope.get("root_path", "") + PATH).strip("/")
    fields = parse_qsl(request.url.query, keep_blank_values=True)
    named = [(key, value) for key, value in fields if key in ("graph", "default")]
    if len(named) + bool(direct) > 1:
        raise RefusedError(400, "a request is about one graph: ?graph=IRI, or ?default, or a path of its own")
    if direct:
        return own_url(request), True
    if not named:
        return None, False
    return (named[0][1] if named[0][0] == "graph" else None), True


def own_url(request: Request) -> str:
    """The URL of a request as it was written, without what follows the question mark."""
    scope = request.scope
    raw = scope.get("raw_path", scope["path"].encode()).partition(b"?")[0]
    host = request.headers.get("host") or "{}:{}".format(*scope["server"])
    return f"{scope['scheme']}://{host}{raw.decode('ascii')}"


def new_graph(request: Request, parts: Iterable[Posted]) -> str:
    """The IRI of a graph for what was posted to no graph in particular: the same for the same bytes."""
    digest = hashlib.sha256(b"\0".join(part.content for part in parts)).hexdigest()
    return f"{own_url(request).rstrip('/')}/{digest[:32]}"


def parts_of(content_type: str, body: bytes) -> tuple[Posted, ...]:
    """The documents in a body: one, or those of a form with files. Raises `RefusedError`."""
    header = Message()
    header["Content-Type"] = content_type
    if header.get_content_type() != _FORM or not content_type:
        return (_posted(header, body, is_part=False),)
    try:
        form = message_from_bytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body)
        parts = tuple(_parts(form))
    except RecursionError:
        raise RefusedError(400, "the form holds forms that hold forms: send files") from None
    if not parts:
        raise RefusedError(400, "the form holds no file: is its boundary the one in Content-Type?")
    return parts


def _parts(form: Message) -> Iterator[Posted]:
    for part in form.walk():
        content = part.get_payload(decode=True)
        if not part.is_multipart() and isinstance(content, bytes) and "content-disposition" in part:
            yield _posted(part, content, is_part=True)


def _posted(header: Message, content: bytes, *, is_part: bool) -> Posted:
    media_type = header.get_content_type() if header["Content-Type"] else "nothing"
    charset = str(header.get_param("charset", "utf-8"))
    if media_type not in MEDIA_TYPES or charset.lower() not in ("utf-8", "utf8"):
        raise RefusedError(415, f"a graph is sent as {', '.join(MEDIA_TYPES)}, in UTF-8, not as {media_type}")
    return Posted(content, media_type, is_part)
