"""What a picture says by its lines and its legend."""

from __future__ import annotations

import re
from typing import Any

from kg.view.network import network
from kg.view.picture import svg


def edge(source: str, target: str, predicate: str, **said: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "predicate": f"x#{predicate}", **said}


def texts(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)", picture)


def test_a_label_that_all_edges_bear_is_said_once() -> None:
    drawn = svg(network([edge("a", "b", "speaksAbout"), edge("a", "c", "speaksAbout")]))
    assert texts(drawn) == ["a", "b", "c", "speaks about"]
    assert texts(svg(network([edge("a", "b", "speaksAbout")]))) == ["speaks about", "a", "b"]


def test_what_is_not_stated_as_fact_is_dashed() -> None:
    facts = [edge("a", "b", "x"), edge("a", "b", "y", factuality="Asserted", former=False)]
    others = [edge("a", "b", "z", factuality="Planned"), edge("a", "b", "w", factuality="Asserted", former=True)]
    others.append(edge("a", "b", "v", factuality="Asserted", attributed_to="c"))
    assert "edge open" not in svg(network(facts))
    assert svg(network([*facts, *others])).count('class="edge open"') == 3 + 1  # the legend shows one
    both = [edge("a", "b", "z", factuality="Planned"), edge("a", "b", "z", factuality="Asserted")]
    assert "edge open" not in svg(network(both))


def test_a_legend_is_no_wider_than_its_picture() -> None:
    rows = [edge("a", "b", "x", source_type=f"x:{'Long' * 8}{i}") for i in range(9)]
    drawn = svg(network([{**row, "source": f"n{i}"} for i, row in enumerate(rows)]))
    width = float(re.findall(r'viewBox="0 0 (\d+)', drawn)[0])
    places = [(float(x), float(y)) for x, y in re.findall(r"translate\(([\d.]+) ([\d.]+)\)", drawn)]
    assert len(places) == 9 + 1
    assert len({y for _, y in places}) > 1
    assert all(x < width for x, _ in places)


def test_words_on_parallel_edges_keep_apart() -> None:
    drawn = svg(network([edge("a", "b", name) for name in ("one", "two", "three")]))
    said = re.findall(r'class="said" x="([\d.-]+)" y="([\d.-]+)"', drawn)
    assert len({x for x, _ in said}) == len({y for _, y in said}) == 3
