"""A query with ?source and ?target in, the network that it draws out, as a file that Gephi and its kin open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from kg.graph import nesting
from kg.graph.nodes import attributes
from kg.service.answered import Answered
from kg.service.graphs import own_url
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.service.request import Question, question
from kg.service.worker import Source

if TYPE_CHECKING:
    from kg.view.spool import Spool


def _gexf(spool: Spool, file: IO[bytes]) -> None:
    from kg.view import gexf

    gexf.write(spool, file)


def _graphml(spool: Spool, file: IO[bytes]) -> None:
    from kg.view import graphml

    graphml.write(spool, file)


def _cytoscape(spool: Spool, file: IO[bytes]) -> None:
    from kg.view import webgraph

    webgraph.cytoscape(spool, file)


def _node_link(spool: Spool, file: IO[bytes]) -> None:
    from kg.view import webgraph

    webgraph.node_link(spool, file)


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a network: how its files end, their media type, and who writes them."""

    suffix: str
    media_type: str
    write: Callable[[Spool, IO[bytes]], None]


FORMATS: Mapping[str, Format] = {
    "gexf": Format("gexf", "application/gexf+xml", _gexf),
    "graphml": Format("graphml", "application/graphml+xml", _graphml),
    "cytoscape": Format("cyjs", "application/json", _cytoscape),
    "node-link": Format("json", "application/json", _node_link),
}


@dataclass(frozen=True, slots=True)
class Draw:
    """The work in a worker: the network of a query's rows, in one of `FORMATS`."""

    asked: Question
    format: str
    base: str

    def __call__(self, source: Source, file: IO[bytes]) -> None:
        """Raises `QueryError`, for a query without ?source and ?target too."""
        nesting.refuse(self.asked.query)
        graphs: dict[str, Any] = {
            "default_graph": self.asked.default_graphs,
            "named_graphs": self.asked.named_graphs,
        }
        from kg.view.spool import Spool  # not before a network is wanted: numpy comes along

        found = source.query(self.asked.query, **graphs, base=self.base)
        whole = partial(source.query, default_graph=(), named_graphs=(), base=None)
        with Spool(found, about=partial(attributes, whole)) as spool:
            FORMATS[self.format].write(spool, file)


class Networks:
    """Answers `/api/network`: a query as `/sparql` takes it, by GET or POST, and `format=`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def answer(self, request: Request) -> Response:
        """Raises `RefusedError`, and what the query raises."""
        asked = await question(request, self._pool.limits)
        if not isinstance(asked, Question):  # an update is refused, as nobody may write here
            raise RefusedError(400, "query= is needed: SPARQL that selects ?source and ?target")
        name = next(iter(asked.wishes), "gexf")
        if name not in FORMATS:
            raise RefusedError(400, f"format={name[:40]}: a network is written as {', '.join(FORMATS)}")
        request.state.asked = asked.query
        answered = Answered(self._pool, Draw(asked, name, own_url(request)), FORMATS[name].media_type)
        answered.headers["Content-Disposition"] = f'attachment; filename="dateline.{FORMATS[name].suffix}"'
        return answered
