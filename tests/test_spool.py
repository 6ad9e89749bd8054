"""Networks that wait in a temporary file: what rows of one edge become, in order, and as numbers."""

from __future__ import annotations

from array import array
from collections import defaultdict
from contextlib import closing
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.view import days
from kg.view.spool import Spool
from kg.view.spool.edges import Edges
from kg.view.spool.rows import Answer

AB = {"source": "a", "target": "b", "predicate": "x#knows"}


def said(*rows: dict[str, Any]) -> dict[str, Any]:
    """What is said of the only edge that the rows draw."""
    with Spool(rows) as spool:
        (edge,) = spool.edges()
        return {"label": edge.label, "weight": edge.weight, **edge.attributes}


@pytest.mark.parametrize(
    ("rows", "weight"),
    [
        ([{}], 1),
        ([{"article": "x"}, {"article": "y"}, {"article": "x"}], 2),
        ([{"weight": 3, "article": "x"}, {"weight": 2, "article": "y"}], 3),
        ([{"weight": 0}, {"weight": -1}, {"weight": "many"}, {"weight": float("nan")}], 1),
    ],
)
def test_a_weight_is_the_rows_own_or_their_distinct_articles(rows: list[dict[str, Any]], weight: float) -> None:
    found = said(*({**AB, **row} for row in rows))
    assert {name: found[name] for name in ("label", "weight")} == {"label": "knows", "weight": weight}


def test_days_widen_and_what_differs_is_listed() -> None:
    one = {**AB, "begin": "2024", "end": "2024-02", "first_seen": "2025-10-02", "by": "AFP", "sources": ["x", "y"]}
    other = {**AB, "begin": "2023", "end": "2024-01", "first_seen": "2025-10-01", "by": "AP", "sources": "x"}
    found = said(one, other)
    assert (found["begin"], found["end"], found["first_seen"]) == ("2023", "2024-02", "2025-10-01")
    assert (found["by"], found["sources"]) == (["AFP", "AP"], ["x", "y"])


def test_what_several_articles_say_of_one_edge_is_one_text_that_filters_know() -> None:
    one = {**AB, "factuality": "Planned", "former": True, "attributed_to": "Bo"}
    found = said(one, {**AB, "factuality": "Asserted", "former": False, "attributed_to": "Al"})
    assert found.items() >= {"factuality": "Asserted | Planned", "attributed_to": "Al | Bo", "former": False}.items()


def told(first: str | None, last: str | None = None) -> dict[str, Any]:
    return {**AB, "first_seen": first, "last_seen": last or first}


def test_spells_are_listed_where_days_lie_between() -> None:
    apart = said(told("2025-10-01"), told("2025-10-02", "2025-10-04"), told("2025-10-03"), told("2025-12-31"))
    assert apart["spells"] == ["2025-10-01/2025-10-04", "2025-12-31/2025-12-31"]
    assert "spells" not in said(told("2025-10-01"), told("2025-10-02"), told(None))


@pytest.mark.parametrize(
    ("row", "spell"),
    [
        ({"first_seen": "2025-10-01", "last_seen": "2025-10-03", "begin": "1999-01-01"}, "2025-10-01/2025-10-03"),
        ({"begin": "2025-10", "end": "2025-10"}, "2025-10-01/2025-10-31"),
        ({"begin": "2024-02-03T08:00:00Z"}, "2024-02-03/.."),
        ({"end": "2023"}, "../2023-12-31"),
        ({"begin": "2025-10-02", "end": "2025-10-01"}, "../.."),
        ({"begin": "soon", "end": "2025-13-01"}, "../.."),
        ({}, "../.."),
    ],
)
def test_a_spell_is_when_it_was_told_or_else_held(row: dict[str, Any], spell: str) -> None:
    with Spool([{**AB, **row}]) as spool:
        (found,) = spool.arrays().spells.tolist()
    assert days.written(tuple(found)) == spell and days.read(spell) == tuple(found)


def test_equal_values_of_different_types_stay_apart_in_any_order() -> None:
    rows = [{**AB, "x": value} for value in (1, True, 1.0)]
    for ordered in (rows, rows[::-1]):
        assert [(type(value), value) for value in said(*ordered)["x"]] == [(bool, True), (float, 1.0), (int, 1)]


def test_two_nodes_of_one_hash_are_not_taken_for_one() -> None:
    with closing(Edges()) as edges, pytest.raises(QueryError, match="one hash"):
        edges.sort(array("q", [7, 7]))


def test_arrays_number_nodes_and_edges_as_they_come() -> None:
    rows = [{**AB, "source": source, "target": target} for source, target in ("ca", "ab", "cb", "ca")]
    with Spool([*rows, {**AB, "weight": 5}], nodes=[("d", {"label": "D"}), ("a", {"country": "fr"})]) as spool:
        ids, arrays = [node.id for node in spool.nodes()], spool.arrays()
        assert ids == ["a", "b", "c", "d"] and arrays.count == 4
        assert [(edge.source, edge.target) for edge in spool.edges()] == [
            tuple(ids[n] for n in e) for e in arrays.edges
        ]
        assert arrays.weights.tolist() == [5, 1, 1]
        assert [node.attributes for node in spool.nodes()] == [{"country": "fr"}, {}, {}, {}]


def test_what_is_pruned_is_gone_with_the_nodes_that_it_leaves_alone() -> None:
    rows = [{"source": "a", "target": "b", "weight": 1, "x": 1}, {"source": "b", "target": "c", "weight": 2, "y": 1}]
    with Spool([*rows, {"source": "d", "target": "c", "weight": 3}]) as spool:
        spool.prune(spool.arrays().weights >= 2)
        spool.prune(spool.arrays().weights < 3)
        assert [node.id for node in spool.nodes()] == ["b", "c"]
        assert [(edge.source, edge.target, edge.attributes) for edge in spool.edges()] == [("b", "c", {"y": 1})]
        assert spool.arrays().edges.tolist() == [[0, 1]] and spool.arrays().count == 2
        assert [shape.attributes for shape in spool.shapes()[1]] == [("y",)]
        spool.prune(np.zeros(1, bool))
        assert not list(spool.nodes()) and spool.arrays().count == 0


def test_rows_without_both_ends_are_passed_over_and_answers_never_are() -> None:
    with Spool([{"source": "a", "target": None}, {"source": "a"}]) as spool:
        assert not list(spool.nodes())

    class Ask(Answer):
        variables = ("source", "object")

    with pytest.raises(QueryError, match=r"no \?target"):
        Spool(Ask())


def test_what_utf_8_cannot_hold_is_kept_in_values_and_escaped_in_identifiers() -> None:
    with Spool([{"source": "\ud800", "target": "\0", "predicate": "\x01", "note": "\udfff"}]) as spool:
        (edge,) = spool.edges()
    assert (edge.source, edge.target, edge.predicate, edge.attributes) == ("%D800", "%00", "%01", {"note": "\udfff"})


some = st.sampled_from(["a", "b", "é", "🦊", "~"])
values = st.one_of(st.none(), some, st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))
ends = {"source": some, "target": some, "predicate": some}
said_of = {"label": some, "x": values, "y": values, "source_x": values, "source_label": some, "target_x": values}
rows_of = st.fixed_dictionaries(ends, optional={**said_of, "target_label": st.none() | some})


@settings(deadline=None, max_examples=60)
@given(st.lists(rows_of, max_size=12))
def test_rows_in_any_order_draw_what_dictionaries_would(rows: list[dict[str, Any]]) -> None:
    nodes: dict[str, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    edges: dict[tuple[str, ...], dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        for variable, value in row.items():
            end, _, attribute = variable.partition("_")
            of = nodes[row[end]] if attribute else edges[row["source"], row["target"], row["predicate"]]
            if value is not None and variable not in ("source", "target", "predicate"):
                of[attribute or variable].add(typed(value))
        nodes[row["source"]], nodes[row["target"]]
    for ordered in (rows, rows[::-1]):
        with Spool(ordered) as spool:
            assert {n.id: listed(n.attributes) for n in spool.nodes()} == {n: bare(of) for n, of in nodes.items()}
            found = {edge[:3]: listed(edge.attributes) for edge in spool.edges()}
            assert found == {edge: bare(of) for edge, of in edges.items()} and list(found) == sorted(found)
            labels = {edge[:3]: edge.label for edge in spool.edges()}
        assert labels == {edge: min((text for _, text in of["label"]), default=edge[2]) for edge, of in edges.items()}


def typed(value: Any) -> tuple[type, Any]:
    return type(value), value  # False is 0 in a set


def listed(attributes: dict[str, Any]) -> dict[str, set[Any]]:
    return {name: set(map(typed, value if isinstance(value, list) else [value])) for name, value in attributes.items()}


def bare(of: dict[str, set[Any]]) -> dict[str, set[Any]]:
    return {name: found for name, found in of.items() if name != "label" and found}
