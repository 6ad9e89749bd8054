"""GraphML, tables, Cytoscape's JSON and node-link JSON of one network, as other programs read them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.model import KG
from kg.view import graphml, sheets, webgraph
from kg.view.network import drawn
from kg.view.spool import Spool

ROWS: list[dict[str, Any]] = [
    {"source": "e:a", "target": "e:b", "predicate": "k#leaderOf", "article": f"art:{n}", "publisher": "AFP"}
    | {"sentence": 'Ann <é> & "b"\x07', "first_seen": f"2025-10-0{n}", "confidence": 0.5, "former": False}
    for n in (1, 2)
]
ROWS += [{"source": "e:a", "target": "e:b", "predicate": "k#fights"}, {"source": "e:b", "target": "e:b", "rank": -3}]
NODES = [("e:a", {"label": "=HYPERLINK(1)", "type": KG + "Person"}), ("e:b", {"label": "Bé", "articles": 3})]


@pytest.fixture
def spool() -> Iterator[Spool]:
    with Spool(ROWS, nodes=NODES) as spool:
        yield spool


def written(write: Any, spool: Spool) -> bytes:
    file = io.BytesIO()
    write(spool, file)
    return file.getvalue()


def test_graphml_is_read_by_networkx(spool: Spool) -> None:
    graph = nx.read_graphml(io.BytesIO(written(graphml.write, spool)), force_multigraph=True)
    assert dict(graph.nodes(data=True)) == {
        "e:a": {"label": "=HYPERLINK(1)", "entity_type": "Person"},
        "e:b": {"label": "Bé", "articles": 3},
    }
    edges = {data["predicate"]: data for _, _, data in graph.edges(data=True)}
    assert set(edges) == {"k#leaderOf", "k#fights", ""} and graph.is_directed()
    leads = {name: edges["k#leaderOf"][name] for name in ("weight", "articles", "sources", "sentences", "former")}
    assert leads == {
        "weight": 2.0,
        "articles": "art:1 | art:2",
        "sources": "AFP",
        "sentences": 'Ann <é> & "b"',
        "former": False,
    }
    assert edges[""]["rank"] == -3


def test_tables_run_no_formula_and_keep_numbers(spool: Spool, tmp_path: Path) -> None:
    sheets.write(spool, tmp_path / "nodes.csv", tmp_path / "edges.csv")
    nodes, edges = (
        list(csv.DictReader(io.StringIO((tmp_path / name).read_text("utf-8")))) for name in ("nodes.csv", "edges.csv")
    )
    assert [(row["Id"], row["Label"], row["articles"]) for row in nodes] == [
        ("e:a", "'=HYPERLINK(1)", ""),
        ("e:b", "Bé", "3"),
    ]
    assert [(row["predicate"], row["weight"], row["rank"]) for row in edges] == [
        ("k#fights", "1", ""),
        ("k#leaderOf", "2", ""),
        ("", "1", "-3"),
    ]
    assert {row["Type"] for row in edges} == {"Directed"}
    assert [row["Kind"] for row in edges] == ["fights", "leaderOf", ""]


@pytest.mark.parametrize("text", ["=1", "+1", "-x", "@a", "\tx", "\rx", "\uff1d1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert sheets._cell(text) == "'" + text and sheets._cell(-1) == "-1" and sheets._cell("a=b") == "a=b"


def test_cytoscape_json_is_read_by_networkx(spool: Spool) -> None:
    found = nx.cytoscape_graph(json.loads(written(webgraph.cytoscape, spool)))
    assert found.is_directed() and found.nodes["e:b"]["label"] == "Bé"
    assert found.edges["e:a", "e:b", "k#leaderOf"]["articles"] == ["art:1", "art:2"]


def test_node_link_json_is_the_network(spool: Spool) -> None:
    assert nx.utils.graphs_equal(
        nx.node_link_graph(json.loads(written(webgraph.node_link, spool)), edges="edges"), drawn(spool)
    )


@pytest.mark.parametrize("write", [graphml.write, webgraph.cytoscape, webgraph.node_link])
def test_the_same_network_gives_the_same_bytes_and_nothing_gives_a_file(write: Any) -> None:
    with Spool(ROWS, nodes=NODES) as one, Spool(ROWS[::-1], nodes=NODES[::-1]) as other, Spool([]) as nothing:
        assert written(write, one) == written(write, other)
        assert len(written(write, nothing)) > 20


def test_an_undirected_network_is_one_everywhere() -> None:
    with Spool([{"source": "a", "target": "b", "directed": False}]) as spool:
        assert not nx.read_graphml(io.BytesIO(written(graphml.write, spool))).is_directed()
        assert not nx.cytoscape_graph(json.loads(written(webgraph.cytoscape, spool))).is_directed()
