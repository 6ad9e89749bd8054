"""A store in, how long each page of the explorer takes for the entities that are met most, and for some others, out.

    python -m tests.benchmarks.pages STORE [--entities 5]

Milliseconds of processor time in one process, the best of three, as a worker takes them: median and worst over the
entities. The largest articles stand for all articles.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from kg.graph.exploring.article import article
from kg.graph.exploring.entity import entity
from kg.graph.exploring.explored import Explored
from kg.graph.exploring.listed import events, quotations, statements
from kg.graph.exploring.neighbours import neighbours
from kg.graph.serving.served import Served

PAGE = {"offset": 0, "limit": 20}
LONGEST = {"offset": 0, "limit": 200}
_MET = "SELECT ?entity { ?mention kg:refersTo ?entity } GROUP BY ?entity ORDER BY DESC(COUNT(?mention)) ?entity"
_JOINED = """SELECT ?entity { { ?told rdf:subject ?entity } UNION { ?told rdf:object ?entity FILTER(isIRI(?entity)) } }
GROUP BY ?entity ORDER BY DESC(COUNT(?told)) ?entity"""
_LONG = "SELECT ?article { GRAPH ?article { ?s ?p ?o } } GROUP BY ?article ORDER BY DESC(COUNT(?s)) ?article LIMIT 20"


def pages() -> Iterator[tuple[str, Callable[[Explored, str], object]]]:
    """What is measured, by name."""
    yield "entity", entity
    yield "statements, 20", partial(statements, **PAGE)
    yield "statements, 200", partial(statements, **LONGEST)
    yield "events, 200", partial(events, **LONGEST)
    yield "said by, 20", partial(quotations, role="speaker", **PAGE)
    yield "said about, 20", partial(quotations, role="about", **PAGE)
    yield "neighbours, 200", partial(neighbours, limit=200)


def measured(explored: Explored, page: Callable[[Explored, str], object], iri: str) -> float:
    """Milliseconds of a page, JSON included."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        json.dumps(page(explored, iri))
        best = min(best, time.process_time() - began)
    return best * 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--entities", type=int, default=5)
    options = parser.parse_args()
    explored = Served.open(options.store).explored()
    found = [[row[0] for row in explored.table(query)] for query in (_MET, _JOINED)]
    most = [iri for iris in found for iri in iris[: options.entities]]
    some = [iri for iris in found for iri in iris[:: len(iris) // options.entities]]
    entities = list(dict.fromkeys([*most, *some]))
    print(f"{options.store.name}: {len(entities)} entities, ms (median, worst)")
    for name, page in pages():
        times = [measured(explored, page, iri) for iri in entities]
        print(f"  {name:16} {median(times):6.0f} {max(times):6.0f}")
    times = [measured(explored, article, row[0]) for row in explored.table(_LONG)]
    print(f"  {'article':16} {median(times):6.0f} {max(times):6.0f}")


if __name__ == "__main__":
    main()
