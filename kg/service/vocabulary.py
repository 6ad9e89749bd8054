"""The ontology in, its terms as the explorer shows them out: names, meanings, kinds and colours; kept by browsers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from kg import ontology
from kg.errors import KGError
from kg.graph.exploring.explored import Explored
from kg.graph.serving.locating import bases
from kg.model import KG
from kg.ontology import OWL, RDF, RDFS, SKOS, Description
from kg.service import parameters
from kg.service.addresses import JSON, Tell
from kg.service.assets import Asset, asset, sent
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.view import palette

_KINDS = {  # the first that fits
    KG + "Relation": "relation",
    KG + "EventType": "event",
    KG + "Factuality": "standing",
    KG + "MentionType": "mention",
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
}
Term = dict[str, object]


def vocabulary(explored: Explored) -> dict[str, object]:
    """The terms by IRI, what the IRIs of entities and articles begin with, and what queries may abbreviate.

    Raises `DataError`.
    """
    return {"terms": dict(sorted(_terms())), "bases": bases(explored), "prefixes": explored.names.prefixes()}


def _terms() -> Iterator[tuple[str, Term]]:
    for path in ontology.files():
        for iri, about in ontology.read_turtle(path).items():
            types = ontology.iris(about, RDF + "type")
            if kind := next((name for type, name in _KINDS.items() if type in types), None):
                yield iri, _term(iri, kind, about)


def _term(iri: str, kind: str, about: Description) -> Term:
    label, comment = (
        ontology.by_language(about, one) or ontology.by_language(about, other)
        for one, other in ((RDFS + "label", SKOS + "prefLabel"), (RDFS + "comment", SKOS + "definition"))
    )
    term: Term = {"label": label, "kind": kind}
    if comment:
        term["comment"] = comment
    if kind == "class":
        term["colour"] = palette.colour(iri)
    return term


class Vocabulary:
    """The same for as long as the server runs: a worker is asked once, and a browser that has it gets no second one."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._lock = asyncio.Lock()
        self._told: Asset | None = None

    async def told(self) -> Asset:
        """The JSON. Raises as `Pool.run` does."""
        async with self._lock:  # or else all who ask first would have it made
            if self._told is None:
                told = b"".join([part async for part in self._pool.run(Tell(vocabulary, {}))])
                self._told = asset(told, JSON)
            return self._told

    async def prepare(self) -> None:
        """Have it before anybody asks; who does is told why there is none."""
        with suppress(KGError, RefusedError):
            await self.told()

    async def answer(self, request: Request) -> Response:
        """Raises as `Pool.run` does."""
        parameters.values(request, {}, self._pool.limits)
        return sent(await self.told(), request)
