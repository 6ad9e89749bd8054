"""An Oxigraph store and a question in, its answer out: what everything that can be asked has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import sparql
from kg.graph.answer import Answer, failed

if TYPE_CHECKING:
    import rdflib


def answer(
    graph: ox.Store,
    text: str,
    *,
    prefixes: Mapping[str, str],
    bindings: Mapping[str, sparql.Value],
    default_graph: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    union: bool = True,
    base: str | None = None,
) -> Answer:
    """The answer to a query, whose `prefixes` need no declaration, of the union of all graphs or of those given;
    without `union` of the default graph alone, unless the query says more. Relative IRIs are relative to `base`.

    Raises `QueryError` for what is not a query, and for SERVICE; `OSError` where the store's files are damaged.
    """
    sparql.refuse_service(text, prefixes, base)
    bound = sparql.bind(text, bindings)
    dataset = sparql.dataset(text, default_graph, named_graphs, union=union)
    try:
        found = graph.query(bound, prefixes=dict(prefixes), base_iri=base, **dataset)
    except (SyntaxError, ValueError) as error:
        raise QueryError(sparql.complaint(error, bound, prefixes)) from error
    except RuntimeError as error:  # what Oxigraph raises for all that fails only when it is tried
        raise (OSError(str(error)) if "corrupt" in str(error) else failed(error)) from error
    return Answer(found, prefixes=prefixes)


def dataset(graph: ox.Store, prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """The store as an rdflib Dataset, read-only and without a copy; its default graph is the union."""
    import rdflib
    from oxrdflib import OxigraphStore

    found = rdflib.Dataset(store=OxigraphStore(store=graph), default_union=True)
    for prefix, iri in prefixes.items():
        found.bind(prefix, iri)
    return found
