"""GEXF: valid by the official schema, read back as written by two readers, whatever stands in labels and attributes."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import KG
from kg.view import gexf
from kg.view.gexf.columns import columns
from kg.view.markup import clean, escaped, identifier
from kg.view.network import network
from kg.view.spool.elements import shape

NS, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
MEMBER = {"source": "e/ann", "predicate": "k#memberOf", "target": "e/iraq", "source_type": KG + "Person"}
LEADER = {"source": "e/ann", "predicate": "k#leaderOf", "target": "e/iraq", "target_label": "Irak", "weight": 3}
FIGHTS = {"source": "e/iraq", "predicate": "k#fights", "target": "e/is", "confidence": 0.5}
WIRE: list[dict[str, Any]] = [
    {**MEMBER, "first_seen": "2025-10-01"},
    {**LEADER, "sure": True},
    {**FIGHTS, "factuality": "Asserted"},
    {**FIGHTS, "factuality": "Denied"},
]

# The parts that gexf-1.3.rng includes, as far as the GEXF 1.3 specification's text has what we write: of dynamics the
# modes, the days of nodes and edges and their spells; of viz the colour, the position and the size of a node.
DYNAMICS = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://gexf.net/1.3"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <define name="graph-content" combine="interleave"><interleave>
    <optional><attribute name="mode"><choice><value>static</value><value>dynamic</value></choice></attribute></optional>
    <optional><attribute name="timeformat"><value>date</value></attribute></optional>
    <optional><attribute name="timerepresentation"><value>interval</value></attribute></optional>
  </interleave></define>
  <define name="attributes-content" combine="interleave">
    <optional><attribute name="mode"><choice><value>static</value><value>dynamic</value></choice></attribute></optional>
  </define>
  <define name="node-content" combine="interleave"><ref name="spell"/></define>
  <define name="edge-content" combine="interleave"><interleave>
    <ref name="spell"/>
    <optional><element name="spells"><oneOrMore><element name="spell"><ref name="spell"/></element></oneOrMore>
    </element></optional>
  </interleave></define>
  <define name="spell"><interleave>
    <optional><attribute name="start"><data type="date"/></attribute></optional>
    <optional><attribute name="end"><data type="date"/></attribute></optional>
  </interleave></define>
</grammar>"""
VISUAL = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes" ns="http://gexf.net/1.3/viz">
  <define name="node-content" combine="interleave"><interleave>
    <optional><element name="color">
      <attribute name="r"><ref name="channel"/></attribute>
      <attribute name="g"><ref name="channel"/></attribute>
      <attribute name="b"><ref name="channel"/></attribute></element></optional>
    <optional><element name="position">
      <attribute name="x"><data type="float"/></attribute><attribute name="y"><data type="float"/></attribute>
    </element></optional>
    <optional><element name="size"><attribute name="value">
      <data type="float"><param name="minInclusive">0</param></data></attribute></element></optional>
  </interleave></define>
  <define name="channel"><data type="nonNegativeInteger"><param name="maxInclusive">255</param></data></define>
</grammar>"""


def written(graph: nx.MultiDiGraph[str]) -> bytes:
    file = io.BytesIO()
    gexf.write(graph, file)
    return file.getvalue()


def parsed(graph: nx.MultiDiGraph[str]) -> ElementTree.Element:
    return ElementTree.fromstring(written(graph))


def values(element: ElementTree.Element) -> dict[str, str]:
    return {value.attrib["for"]: value.attrib["value"] for value in element.iter(NS + "attvalue")}


def test_parallel_relations_have_their_own_kind_id_label_and_weight() -> None:
    edges = [edge.attrib for edge in parsed(network(WIRE)).iter(NS + "edge") if edge.attrib["source"] == "e/ann"]
    assert [(e["kind"], e["label"], e["weight"]) for e in edges] == [
        ("leaderOf", "leader of", "3.0"),
        ("memberOf", "member of", "1.0"),
    ]
    assert len({edge["id"] for edge in edges}) == 2


def test_edges_say_their_whole_predicate_and_all_that_is_known() -> None:
    fights = values(next(edge for edge in parsed(network(WIRE)).iter(NS + "edge") if edge.attrib["kind"] == "fights"))
    assert fights == {"predicate": "k#fights", "factuality": "Asserted | Denied", "confidence": "0.5"}


def test_columns_are_typed_by_their_values_and_declared_once_a_class() -> None:
    blocks = {block.attrib["class"]: block for block in parsed(network(WIRE)).iter(NS + "attributes")}
    declared = {kind: {a.attrib["id"]: a.attrib["type"] for a in block} for kind, block in blocks.items()}
    computed = {"degree": "integer", "community": "integer", "betweenness": "double"}
    assert declared["node"] == computed | {"entity_type": "string"}
    types = {"confidence": "double", "factuality": "string", "first_seen": "string", "predicate": "string"}
    assert declared["edge"] == types | {"sure": "boolean"}


def test_nodes_have_colour_size_and_place() -> None:
    nodes = {node.attrib["id"]: node for node in parsed(network(WIRE)).iter(NS + "node")}
    ann, iraq = nodes["e/ann"], nodes["e/iraq"]
    assert ann.find(VIZ + "color").attrib == {"r": "59", "g": "111", "b": "182"}  # type: ignore[union-attr]
    assert float(iraq.find(VIZ + "size").attrib["value"]) > float(ann.find(VIZ + "size").attrib["value"])  # type: ignore[union-attr]
    assert len({tuple(node.find(VIZ + "position").attrib.values()) for node in nodes.values()}) == 3  # type: ignore[union-attr]


def test_nodes_have_their_community_and_their_betweenness() -> None:
    ring = [{"source": f"{side}{n}", "target": f"{side}{(n + 1) % 4}"} for side in "ab" for n in range(4)]
    nodes = [values(n) for n in parsed(network([*ring, {"source": "a0", "target": "b0"}])).iter(NS + "node")]
    assert [node["community"] for node in nodes] == ["0"] * 4 + ["1"] * 4
    between = [float(node["betweenness"]) for node in nodes]
    assert max(between) == between[0] == between[4] > between[1] > 0


def test_the_prefix_is_literally_viz() -> None:
    text = written(network(WIRE)).decode()
    assert 'xmlns:viz="http://gexf.net/1.3/viz"' in text and "<viz:color " in text


def test_networkx_reads_back_what_was_written() -> None:
    graph = network(WIRE)
    again = nx.read_gexf(io.BytesIO(written(graph)), version="1.3")
    assert dict(again.nodes(data="label")) == dict(graph.nodes(data="label"))
    assert sorted((s, t, d["predicate"], d["weight"]) for s, t, d in again.edges(data=True)) == sorted(
        (s, t, d["predicate"], d["weight"]) for s, t, d in graph.edges(data=True)
    )


def test_an_edge_without_direction_says_so_where_others_have_one() -> None:
    # Gephi drops an undirected edge of a graph whose edges are directed by default
    both = parsed(network([{"source": "a", "target": "b", "directed": False}, {"source": "b", "target": "a"}]))
    assert [edge.attrib.get("type") for edge in both.iter(NS + "edge")] == ["undirected", "directed"]
    assert "defaultedgetype" not in next(both.iter(NS + "graph")).attrib


@pytest.mark.parametrize(("directed", "default"), [(True, "directed"), (False, "undirected")])
def test_edges_that_are_all_alike_have_a_default(directed: bool, default: str) -> None:
    alike = parsed(network([{"source": "a", "target": "b", "directed": directed}]))
    assert next(alike.iter(NS + "graph")).attrib["defaultedgetype"] == default


def test_predicates_of_one_name_keep_their_whole_iris() -> None:
    rows = [{"source": "a", "target": "b", "predicate": predicate} for predicate in ("x#knows", "y#knows", "x#likes")]
    assert [edge.attrib["kind"] for edge in parsed(network(rows)).iter(NS + "edge")] == ["x#knows", "likes", "y#knows"]


def test_none_is_left_out_and_a_date_is_a_string() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", born=date(1980, 1, 31), died=None, names=("x", 'y "z", w'), rate=float("nan"), size=2**40)
    graph.add_edge("a", "b", weight=0)
    root = parsed(graph)
    node = next(root.iter(NS + "node"))
    assert values(node) == {
        "born": "1980-01-31",
        "names": '["x", "y \\"z\\", w"]',
        "entity_size": "1099511627776",
        "degree": "1",
        "community": "0",
        "betweenness": "0.0",
    }
    types = {column.attrib["id"]: column.attrib["type"] for column in root.iter(NS + "attribute")}
    assert types["entity_size"] == "string"  # Gephi's integers have 32 bits


@pytest.mark.parametrize("weight", [0, -1, None, float("inf"), float("nan"), "many"])
def test_a_weight_is_a_number_above_nothing(weight: Any) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", weight=weight)
    assert next(parsed(graph).iter(NS + "edge")).attrib["weight"] == "1.0"


def test_no_column_has_a_name_that_gephi_keeps_for_itself() -> None:
    row = {"type": "x", "id": "x", "Label": "x", "firstSeen": "x", "first_seen": "y", "end": 1, "color": "x", "…": 2}
    found = columns("entity", [shape(tuple(row), tuple(row.values()))])
    titles = {attribute: column.title for attribute, column in found.items()}
    assert titles == {
        "type": "entity_type", "id": "entity_id", "Label": "entity_label", "firstSeen": "first_seen",
        "first_seen": "first_seen_2", "end": "end", "color": "entity_color", "…": "attribute",
    }  # fmt: skip


def test_the_same_network_gives_the_same_bytes_in_any_order() -> None:
    assert written(network(WIRE)) == written(network(WIRE[::-1]))


def test_a_path_is_written_to(tmp_path: Path) -> None:
    gexf.write(network(WIRE), tmp_path / "wire.gexf")
    assert (tmp_path / "wire.gexf").read_bytes() == written(network(WIRE))


def told(first: str | None, last: str | None = None, **said: Any) -> dict[str, Any]:
    return {"source": "a", "target": "b", "predicate": "x", "first_seen": first, "last_seen": last or first, **said}


def days(element: ElementTree.Element) -> tuple[str | None, str | None]:
    return element.get("start"), element.get("end")


def test_a_graph_with_days_is_dynamic_and_says_them_as_strings_too() -> None:
    root = parsed(network([told("2025-10-01", "2025-10-03")]))
    graph, edge = next(root.iter(NS + "graph")).attrib, next(root.iter(NS + "edge"))
    assert (graph["mode"], graph["timeformat"], graph["timerepresentation"]) == ("dynamic", "date", "interval")
    assert days(edge) == ("2025-10-01", "2025-10-03") == (values(edge)["first_seen"], values(edge)["last_seen"])
    assert {block.attrib["mode"] for block in root.iter(NS + "attributes")} == {"static"}


def test_spells_that_overlap_are_one_and_others_stay_apart() -> None:
    rows = [told("2025-10-01", "2025-10-03"), told("2025-10-02", "2025-10-05"), told("2025-11-01")]
    edge = next(parsed(network(rows)).iter(NS + "edge"))
    assert [days(spell) for spell in edge.iter(NS + "spell")] == [
        ("2025-10-01", "2025-10-05"),
        ("2025-11-01", "2025-11-01"),
    ]
    assert days(edge) == (None, None)


def test_a_node_lives_whenever_one_of_its_edges_does() -> None:
    rows = [told("2025-10-02", source_first_seen="2025-10-01"), told("2025-10-09", target="c"), told(None, target="d")]
    rows += [{"source": "c", "target": "e", "begin": "2025-10-04", "predicate": "x"}]
    rows += [told("2025-12-01", source="d", target="f")]
    nodes = {node.attrib["id"]: days(node) for node in parsed(network(rows)).iter(NS + "node")}
    assert nodes == {
        "a": (None, None),  # one of its edges has no days
        "b": ("2025-10-02", "2025-10-02"),
        "c": ("2025-10-04", None),
        "d": (None, None),
        "e": ("2025-10-04", None),
        "f": ("2025-12-01", "2025-12-01"),
    }
    without = {node.attrib["id"]: days(node) for node in parsed(network(rows[:2])).iter(NS + "node")}
    assert without["a"] == ("2025-10-01", "2025-10-09")  # it is said to have been seen before


def test_nothing_has_days_where_none_are_known_or_wanted() -> None:
    file = io.BytesIO()
    gexf.write(network([told("2025-10-01")]), file, static=True)
    for text in (file.getvalue(), written(network([told(None)]))):
        assert not {b"dynamic", b"start=", b"end=", b"<spell"} & set(re.findall(rb"dynamic|start=|end=|<spell", text))


@pytest.mark.parametrize(
    "label",
    ["\"<&>'", "]]>", "a\0b", "\ud800", "\u202eevil", "x" * 2**20, "<img src=x onerror=alert(1)>", "\u2028", "\ufffe"],
)
def test_hostile_labels_are_only_labels(label: str) -> None:
    row = {"source": label, "source_label": label, "target": "b", "predicate": label, "label": label, "note": label}
    root = parsed(network([row]))
    node, edge = next(n for n in root.iter(NS + "node") if n.get("id") != "b"), next(root.iter(NS + "edge"))
    assert node.attrib["id"] == edge.attrib["source"] == values(edge)["predicate"] == identifier(label)
    if shown := " ".join(clean(label).split()):
        assert node.attrib["label"] == edge.attrib["label"] == shown
    assert values(edge).get("note") == clean(label) and node.attrib["label"] and edge.attrib["kind"]


def test_the_official_schema_is_content(schema: Any) -> None:
    assert schema.validate(_tree(network(WIRE))), schema.error_log
    assert schema.validate(_tree(network([]))), schema.error_log
    days = [told("2025-10-01"), told("2025-12-01"), told(None, source="c", end="2025", directed=False)]
    assert schema.validate(_tree(network(days))), schema.error_log


@pytest.mark.parametrize(
    ("pattern", "broken"),
    [
        (b'type="integer"', b'type="number"'),
        (rb'r="\d+"', b'r="256"'),
        (b"viz:size", b"viz:girth"),
        (b'start="20', b'start="'),
    ],
)
def test_the_official_schema_would_notice(schema: Any, pattern: bytes, broken: bytes) -> None:
    assert not schema.validate(_tree(re.sub(pattern, broken, written(network(WIRE)))))


def _tree(graph: nx.MultiDiGraph[str] | bytes) -> Any:
    from lxml import etree

    return etree.fromstring(graph if isinstance(graph, bytes) else written(graph))


@pytest.fixture
def schema(shared: Path, tmp_path: Path) -> Any:
    """gexf-1.3.rng beside the two files that it includes, which are written here."""
    from lxml import etree

    path = shared / "gexf" / "gexf-1.3.rng"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    for name, content in {path.name: path.read_text(), "dynamics.rng": DYNAMICS, "viz.rng": VISUAL}.items():
        (tmp_path / name).write_text(content)
    return etree.RelaxNG(etree.parse(str(tmp_path / path.name)))


texts = st.text(alphabet=st.characters(exclude_categories=[]))  # lone surrogates and control characters too
attributes = st.one_of(texts, st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.lists(texts))


@settings(deadline=None, max_examples=60)
@given(texts, texts, texts, st.dictionaries(texts, attributes, max_size=4))
def test_any_text_gives_xml_that_says_the_same_again(one: str, other: str, label: str, said: dict[str, Any]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(one, label=label, note=label)
    graph.add_edge(one, other, key=label, **{"predicate": other, **{f"x{name}": value for name, value in said.items()}})
    root = parsed(graph)
    nodes = {node.attrib["id"]: node for node in root.iter(NS + "node")}
    edge = next(root.iter(NS + "edge"))
    assert set(nodes) == {identifier(one), identifier(other)} == {edge.attrib["source"], edge.attrib["target"]}
    assert values(nodes[identifier(one)]).get("note") == clean(label)
    predicate = other and identifier(other)
    assert values(edge).get("predicate", "") == predicate and edge.attrib["kind"] and edge.attrib["label"]
    if spoken := clean(label).split():
        assert nodes[identifier(one)].attrib["label"].split() == spoken
    for block in root.iter(NS + "attributes"):
        ids = [attribute.attrib["id"] for attribute in block]
        assert len(ids) == len(set(ids)) and all(id == id.lower() and id.replace("_", "").isalnum() for id in ids)


@given(texts)
def test_what_was_escaped_is_read_again_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    for parser in (ElementTree, pytest.importorskip("lxml.etree")):
        assert parser.fromstring(f'<a b="{escaped(text)}"/>'.encode()).get("b") == clean(text)


@given(st.lists(texts, unique=True, min_size=2, max_size=5))
def test_no_two_nodes_get_one_identifier_unless_they_spell_an_escape(names: list[str]) -> None:
    plain = [name for name in names if "%" not in name]
    assert len({identifier(name) for name in plain}) == len(plain)
