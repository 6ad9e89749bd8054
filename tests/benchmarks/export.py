"""A network to GEXF, ours against networkx's: `python tests/benchmarks/export.py [--nodes 100000] [--edges 500000]`.

Prints the seconds of the processor that each takes for the same rows with the same attributes, days, colours, sizes and
places, and the peak of its process's memory, each in a process of its own, in one run: from rows to what is written
from (a spool in temporary files; a networkx MultiDiGraph), from there to the file, and both; then how many times as
much networkx takes. Then ours for `--million` edges. Places and measures are told here, and so they are of networkx's
graph: what they take is counted apart, at last, with the peak of memory that they bring an export to.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

_NS, _ENTITY = "https://w3id.org/dateline/ns#", "https://w3id.org/dateline/entity/person-number-"
_SAID = "Sean Parnell, porte-parole du Pentagone, a annoncé mercredi le retrait de la coalition, numéro"


def node(number: int) -> dict[str, Any]:
    """What is said of a node."""
    days = {"first_seen": f"2025-{number % 9 + 1:02d}-01", "last_seen": "2025-12-31"}
    said = {"label": f"Person Number {number}", "type": f"{_NS}Person", "country": "France", "articles": number % 50}
    return {**said, "wikidata": f"http://www.wikidata.org/entity/Q{number}", **days}


def edges(nodes: int, count: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Edges between nodes and what is said of them."""
    random = Random(1)
    for number in range(count):
        days = {"first_seen": f"2025-{number % 9 + 1:02d}-{number % 28 + 1:02d}", "last_seen": "2025-12-31"}
        yield random.randrange(nodes), random.randrange(nodes), {
            "predicate": f"{_NS}relation{number % 40}",
            "label": f"relation {number % 40}", "weight": number % 7 + 1, "factuality": "Asserted",
            "sources": "AFP", "sentences": f"{_SAID} {number}", "begin": "2025-01-01", **days,
        }  # fmt: skip


def rows(nodes: int, count: int) -> Iterator[dict[str, Any]]:
    """The same as the rows of a SELECT."""
    for source, target, said in edges(nodes, count):
        ends = {"source": f"{_ENTITY}{source}", "target": f"{_ENTITY}{target}"}
        of_source = {f"source_{name}": value for name, value in node(source).items()}
        yield {**ends, **said, **of_source, **{f"target_{name}": value for name, value in node(target).items()}}


def ours(nodes: int, count: int, file: str) -> dict[str, float]:
    """Seconds to a spool and to the file."""
    import numpy as np

    from kg.view import gexf
    from kg.view.looks import MEASURES, Looks
    from kg.view.spool import Spool

    making = _seconds(lambda: sum(1 for _ in rows(nodes, count)))
    started = time.process_time()
    with Spool(rows(nodes, count)) as spool:
        gathered = time.process_time()
        size = spool.arrays().count
        looks = Looks(np.ones((size, 2)), np.ones(size), tuple(np.ones(size, np.int64) for _ in MEASURES))
        gexf.write(spool, file, looks=looks)
    return {"gather": gathered - started - making, "write": time.process_time() - gathered}


def drawn(nodes: int, count: int, file: str) -> dict[str, float]:
    """Seconds to the communities, the places and the betweenness of a spool's nodes; they are written."""
    import numpy as np

    from kg.view import gexf
    from kg.view.centrality import betweenness
    from kg.view.communities import communities
    from kg.view.layout import positions
    from kg.view.looks import Looks
    from kg.view.spool import Spool

    with Spool(rows(nodes, count)) as spool:
        all, times = spool.arrays(), [time.process_time()]
        community = communities(all.count, all.edges, all.weights)
        times.append(time.process_time())
        places = positions(all.count, all.edges, all.weights, community)
        times.append(time.process_time())
        between = betweenness(all.count, all.edges)
        times.append(time.process_time())
        gexf.write(spool, file, looks=Looks(places, np.ones(all.count), (community, community, between)))
    return dict(zip(("communities", "layout", "betweenness"), np.diff(times).tolist(), strict=True))


def networkx(nodes: int, count: int, file: str) -> dict[str, float]:
    """Seconds to a MultiDiGraph and to the file."""
    import networkx as nx

    making = _seconds(lambda: sum(1 for _ in edges(nodes, count)))
    started = time.process_time()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(mode="dynamic")
    place = {"x": 1.0, "y": 1.0, "z": 0.0}
    for number in range(nodes):
        looks = {"size": 1.0, "position": place, "color": {"r": 59, "g": 111, "b": 182}}
        days = {"start": f"2025-{number % 9 + 1:02d}-01", "end": "2025-12-31"}
        graph.add_node(f"{_ENTITY}{number}", viz=looks, degree=1, **_untyped(node(number)), **days)
    for source, target, said in edges(nodes, count):
        days = {"start": said["first_seen"], "end": said["last_seen"]}
        graph.add_edge(f"{_ENTITY}{source}", f"{_ENTITY}{target}", said["predicate"], **said, **days)
    gathered = time.process_time()
    nx.write_gexf(graph, file, version="1.2draft")
    return {"gather": gathered - started - making, "write": time.process_time() - gathered}


def _untyped(said: dict[str, Any]) -> dict[str, Any]:
    return {"entity_type" if name == "type" else name: value for name, value in said.items()}


def _seconds(work: Any) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def measured(side: str, nodes: int, count: int) -> dict[str, float]:
    """What one side takes in a process of its own: seconds, and the peak of memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "network.gexf")
        said = ["--side", side, "--nodes", str(nodes), "--edges", str(count), "--file", file]
        command = [sys.executable, __file__, *said]
        found = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        return {"all": sum(found["seconds"].values()), "file MB": Path(file).stat().st_size / 1e6,
                "peak MB": found["memory"], **found["seconds"]}  # fmt: skip


def _row(name: str, found: dict[str, float], titles: Sequence[str]) -> None:
    print(f"{name:28}" + "".join(f"{found[title]:>12.1f}" for title in titles), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=500_000)
    parser.add_argument("--million", type=int, default=1_000_000)
    parser.add_argument("--side", choices=_SIDES)
    parser.add_argument("--file")
    said = parser.parse_args()
    if said.side:
        seconds = _SIDES[said.side](said.nodes, said.edges, said.file)
        print(json.dumps({"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3}))
        return
    titles = ("gather", "write", "all", "peak MB", "file MB")
    print(f"{'':28}" + "".join(f"{title:>12}" for title in titles))
    here = {}
    for side in ("ours", "networkx"):
        here[side] = measured(side, said.nodes, said.edges)
        _row(f"{side}, {said.edges:,} edges", here[side], titles)
    _row("times as much", {key: here["networkx"][key] / here["ours"][key] for key in here["ours"]}, titles)
    _row(f"ours, {said.million:,} edges", measured("ours", said.million // 5, said.million), titles)
    titles = ("communities", "layout", "betweenness", "peak MB")
    print(f"{'':28}" + "".join(f"{title:>12}" for title in titles))
    _row(f"drawn, {said.edges:,} edges", measured("drawn", said.nodes, said.edges), titles)


_SIDES = {"ours": ours, "networkx": networkx, "drawn": drawn}

if __name__ == "__main__":
    main()
