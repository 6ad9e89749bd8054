"""What a picture says by its dots, lines and legend, and that nothing in it covers anything else."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.errors import PluginError
from kg.model import KG
from kg.view.network import Network, network
from kg.view.picture import SAID, picture, write
from kg.view.picture.boxes import Box
from kg.view.picture.lettering import width

SVG = "{http://www.w3.org/2000/svg}"


def edge(source: str, target: str, predicate: str = "x", **said: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "predicate": f"x#{predicate}", **said}


def drawn(graph: Network, format: str = "svg", **how: Any) -> bytes:
    file = BytesIO()
    write(graph, file, format, **how)
    return file.getvalue()


def texts(graph: Network, **how: Any) -> list[str]:
    return sorted(text.text or "" for text in ElementTree.fromstring(drawn(graph, **how)).iter(SVG + "text"))


def crowd(size: int) -> Network:
    """A hub with many neighbours, whose names are long, and edges among them."""
    rows = [edge("hub", f"n{i}", source_label="Organisation des Nations unies") for i in range(size)]
    rows += [edge(f"n{i}", f"n{i * 7 % size}", "worksWith") for i in range(size)]
    return network([{**row, "target_label": f"Ministère numéro {row['target']}"} for row in rows])


@pytest.mark.parametrize("size", [2, 12, 58])
def test_names_dots_and_words_do_not_cover_one_another(size: int) -> None:
    found = picture(crowd(size))
    boxes = [box for dot in found.dots for box in dot.boxes()]
    boxes += [Box.around(*line.said_at, width(line.label, SAID), SAID) for line in found.lines if line.said_at]
    assert len(found.dots) == size + 1
    assert not [pair for pair in combinations(boxes, 2) if pair[0].covers(pair[1])]
    page = Box(0, 0, *found.size)
    assert all(page.left <= box.left and box.right <= page.right for box in boxes)
    assert all(page.bottom <= box.bottom and box.top <= page.top for box in boxes)


def test_words_stand_on_edges_where_there_is_room() -> None:
    said = [line.said_at for line in picture(network([edge("a", "b", name) for name in ("one", "two", "three")])).lines]
    assert len(set(said)) == 3 and None not in said


def test_what_a_picture_shows_and_its_legend_explains() -> None:
    rows = [
        edge("a", "b", "memberOf", source_label="A & <b>\x00 $x^2$", source_type=KG + "Person"),
        edge("a", "b", "leaderOf", target_type=KG + "Country"),
        edge("b", "b", "knows", directed=False),
    ]
    shown = ["A & <b> $x^2$", "b", "country", "knows", "leader of", "member of", "person"]
    assert texts(network(rows)) == shown
    assert texts(network(rows), title="Who is what?") == sorted([*shown, "Who is what?"])


def test_a_label_that_all_edges_bear_is_said_once() -> None:
    rows = [edge("a", "b", "speaksAbout"), edge("a", "c", "speaksAbout")]
    assert texts(network(rows)) == ["a", "b", "c", "speaks about"]


def test_what_is_not_stated_as_fact_is_dashed() -> None:
    facts = [edge("a", "b", "x"), edge("a", "b", "y", factuality="Asserted", former=False)]
    others = [edge("a", "b", "z", factuality="Planned"), edge("a", "b", "w", factuality="Asserted", former=True)]
    others.append(edge("a", "b", "v", factuality="Asserted", attributed_to="c"))
    others.append(edge("a", "b", "u", factuality="Denied"))
    others += [edge("a", "b", "t", factuality="Planned"), edge("a", "b", "t", factuality="Asserted")]
    assert b"dasharray" not in drawn(network(facts))
    dashed = {line.label for line in picture(network([*facts, *others])).lines if line.open}
    assert dashed == {"z", "w", "v", "u"}
    assert "not stated as fact" in texts(network([*facts, *others]))
    assert drawn(network([*facts, *others])).count(b"dasharray") == 4 + 1  # the legend shows one


def test_parallel_edges_and_loops_are_drawn_apart() -> None:
    rows = [edge("a", "b", "x"), edge("a", "b", "y"), edge("b", "a", "z"), edge("a", "a", "x"), edge("a", "a", "y")]
    middles = [line.curve.at(0.5) for line in picture(network(rows)).lines]
    assert min(abs(x - x2) + abs(y - y2) for (x, y), (x2, y2) in combinations(middles, 2)) > 8


def test_of_many_the_most_connected_are_shown_and_how_many_are_left_out() -> None:
    graph = crowd(90)
    found = picture(graph, top=40)
    assert len(found.dots) <= 40 < 91
    assert found.left_out == f"The {len(found.dots)} most connected; {91 - len(found.dots)} more are left out."
    assert "Organisation des Nations unies" in {dot.label for dot in found.dots}
    assert any(found.left_out in text for text in texts(graph, top=40))
    assert picture(crowd(80), top=0).left_out == ""


def test_who_is_nearest_to_somebody_comes_first() -> None:
    hubs: Network = nx.MultiDiGraph(
        [("a", f"b{n}") for n in range(9)] + [("b1", "c")] + [("c", f"d{n}") for n in range(50)]
    )
    found = picture(hubs, top=11, around=["a", "nobody"])
    assert {dot.label for dot in found.dots} == {"a", "c", *(f"b{n}" for n in range(9))}
    assert found.left_out.startswith("The 11 nearest and most connected;")


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert ElementTree.fromstring(drawn(network([]))).tag == SVG + "svg"
    assert drawn(network([]), "png").startswith(b"\x89PNG")


def test_names_in_any_script_are_drawn_and_warn_of_nothing() -> None:
    names = ["日本放送協会", "محمد السوداني", "Владимир", "🙂", "नरेन्द्र मोदी", "<img src=x onerror=alert(1)>"]
    graph = network([edge("hub", str(i), target_label=name) for i, name in enumerate(names)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert set(names) < set(texts(graph))
        assert drawn(graph, "png")


def test_a_picture_is_as_wide_as_it_is_told_to_be() -> None:
    png = drawn(crowd(5), "png", pixels=900)
    assert int.from_bytes(png[16:20]) == pytest.approx(900, abs=1)
    assert ElementTree.fromstring(drawn(crowd(5), pixels=900)).get("width") == "900"


def test_a_picture_has_the_same_bytes_in_every_run() -> None:
    code = (
        "import sys; from tests.test_picture import crowd, drawn;"
        "sys.stdout.buffer.write(drawn(crowd(8)) + drawn(crowd(8), 'png'))"
    )
    path = str(Path(__file__).parents[1])
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "SOURCE_DATE_EPOCH": epoch},
            capture_output=True,
            check=True,
        ).stdout
        for seed, epoch in (("1", "0"), ("2", "1000000000"))
    ]
    assert runs[0] == runs[1] != b""


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PluginError, match=r"dateline-kg\[plot\]"):
        drawn(network([edge("a", "b")]))


def test_of_a_crowd_the_names_of_the_largest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.picture.CROWD", 50)
    found = picture(crowd(70), top=0)
    names = [dot.boxes()[1] for dot in found.dots if dot.label]
    assert 10 < len(names) < len(found.dots) == 71
    assert not [pair for pair in combinations(names, 2) if pair[0].covers(pair[1])]
    assert max(found.dots, key=lambda dot: dot.radius).label
