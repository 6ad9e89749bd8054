"""GEXF files as those who open them see them: Gephi's own importer, and graphology, which Gephi Lite stands on.

`make importers` fetches both; $GEPHI_TOOLKIT names another toolkit's jar. What is not there is skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.model import KG
from kg.view import gexf
from kg.view.spool import Spool

TOOLS = Path(__file__).parents[1] / "tools" / "importers"
HOSTILE = "<img src=x onerror=alert(1)> \"]]>'\u202e &amp; \\ \0"
LISTED = "a, b | c\nd"
Facts = dict[str, list[str]]
PERSON = {"source": "e/ann", "source_label": "Ann Lee", "source_type": [KG + "Person"], "source_articles": 3}
ROWS: list[dict[str, Any]] = [
    {**PERSON, "target": "e/iraq", "predicate": "k#memberOf", "article": article, **said}
    for article, said in {
        "one": {"first_seen": "2025-10-01", "last_seen": "2025-10-03", "sources": "AFP", "sentences": HOSTILE},
        "two": {"first_seen": "2025-10-02", "last_seen": "2025-10-04", "sources": "Reuters", "sentences": LISTED},
        "three": {"first_seen": "2025-12-01", "last_seen": "2025-12-01"},
    }.items()
]
ROWS += [
    {**PERSON, "target": "e/iraq", "predicate": "k#leaderOf", "begin": "2024", "confidence": 0.5, "former": True},
    {**PERSON, "target": "e/ann", "predicate": "k#knows", "first_seen": "2025-10-09", "last_seen": "2025-10-09"},
    {"source": HOSTILE, "target": "e/is", "predicate": "k#fights", "first_seen": "2025-11-01", "target_label": HOSTILE},
    {"source": "e/is", "target": "e/x y&z", "predicate": "k#memberOf", "last_seen": "2025-10-20", "count": 7},
]
KINDS = {"memberOf": 2, "leaderOf": 1, "knows": 1, "fights": 1}
MIXED = [*ROWS, {**PERSON, "target": "e/iraq", "predicate": "k#cooccursWith", "directed": False, "weight": 4}]
FILES = {"directed": ROWS, "mixed": MIXED, "undated": [{"source": "a", "target": "b"}, {"source": "b", "target": "a"}]}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("gexf")
    for name, rows in FILES.items():
        with Spool(rows) as spool:
            gexf.write(spool, folder / f"{name}.gexf")
    return [folder / f"{name}.gexf" for name in FILES]


def run(*command: object, cwd: Path | None = None) -> str:
    ran = subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", timeout=600, cwd=cwd)
    assert not ran.returncode, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def gephi(files: list[Path]) -> dict[str, Facts]:
    """What Gephi's importer makes of each file: the values of each fact."""
    home = Path.home() / ".m2" / "repository" / "org" / "gephi" / "gephi-toolkit"
    jar = os.environ.get("GEPHI_TOOLKIT") or max(home.glob("*/gephi-toolkit-*-all.jar"), default=None)
    if not jar or not shutil.which("java"):
        pytest.skip("Gephi's importer is not there: make importers fetches it, and java runs it")
    java = ("java", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-cp", jar)
    told = run(*java, TOOLS / "GephiImport.java", *files)
    found: dict[str, Facts] = {}
    for line in told.splitlines():
        name, _, value = line.partition("\t")
        if name == "file":
            facts = found[Path(value).stem] = {}
        else:
            facts.setdefault(name, []).append(value)
    return found


@pytest.fixture(scope="module")
def graphology(files: list[Path]) -> dict[str, Any]:
    """What graphology reads in each file."""
    if not (TOOLS / "node_modules").is_dir() or not shutil.which("node"):
        pytest.skip("graphology is not there: make importers fetches it, and node runs it")
    read = run("node", "graphology.mjs", *files, cwd=TOOLS).splitlines()
    return {path.stem: json.loads(line) for path, line in zip(files, read, strict=True)}


def test_gephi_has_nothing_to_complain_about(gephi: dict[str, Facts]) -> None:
    assert gephi.keys() == FILES.keys()
    assert {issue for facts in gephi.values() for issue in facts["issue"]} == {"INFO GEXF version 1.3"}


@pytest.mark.parametrize(("name", "edges", "directed"), [("directed", 5, 5), ("mixed", 6, 5), ("undated", 2, 2)])
def test_gephi_keeps_every_edge(gephi: dict[str, Facts], name: str, edges: int, directed: int) -> None:
    assert (gephi[name]["edges"], gephi[name]["directed"]) == ([str(edges)], [str(directed)])


def test_gephi_tells_parallel_edges_apart_by_kind(gephi: dict[str, Facts]) -> None:
    facts = gephi["mixed"]
    assert facts["nodes"] == ["5"]
    kinds = {name[5:]: int(count) for name, (count, *_) in facts.items() if name.startswith("kind ")}
    assert kinds == KINDS | {"cooccursWith": 1}
    assert {name[5:] for name in gephi["undated"] if name.startswith("kind ")} == {"relation"}


def test_gephi_types_the_columns(gephi: dict[str, Facts]) -> None:
    of_nodes, of_edges = (set(gephi["directed"][f"{kind} column"]) for kind in ("node", "edge"))
    assert {"entity_type String", "community Integer", "betweenness Double", "timeset IntervalSet"} <= of_nodes
    said = {"predicate String", "sources String[]", "sentences String[]", "former Boolean", "confidence Double"}
    assert said | {"weight Double", "count Integer", "first_seen String", "begin String"} <= of_edges


def test_gephi_reads_the_values(gephi: dict[str, Facts]) -> None:
    facts = gephi["directed"]
    assert sorted(facts["edge member of weight"]) == ["1.0", "3.0"]
    flat = HOSTILE.replace("\0", "").strip()
    assert facts["edge member of sentences"] == [f"[{flat}, a, b | c d]"]
    assert facts["node e/is label"] == [flat] and facts["node e/ann entity_type"] == ["Person"]
    assert re.fullmatch(r"#3b6fb6 \d+\.\d\d -?\d+\.\d -?\d+\.\d", facts["node e/ann looks"][0])


def spells(timeset: str) -> list[tuple[float, float]]:
    return [(float(start), float(end)) for start, end in re.findall(r"\[([-\w.]+), ([-\w.]+)\]", timeset)]


def test_gephi_plays_the_timeline(gephi: dict[str, Facts]) -> None:
    facts = gephi["directed"]
    assert facts["time"] == ["DATE INTERVAL"] and facts["bounds"] == ["2024-01-01 2025-12-01"]
    (several,) = (found for timeset in facts["edge member of timeset"] if len(found := spells(timeset)) > 1)
    assert [end - start for start, end in several] == [3 * 86_400_000, 0]
    (life,) = spells(facts["node e/iraq timeset"][0])
    (leading,) = spells(facts["edge leader of timeset"][0])
    assert life == leading and life[0] < several[0][0] and life[1] == float("inf")
    assert "node e/ann timeset" in facts
    assert "node e/ann timeset" not in gephi["mixed"]  # one of its edges has no days
    assert not any("timeset" in fact for fact in gephi["undated"])


def test_graphology_reads_the_same_network(graphology: dict[str, Any]) -> None:
    read = graphology["mixed"]
    assert read["options"]["type"] == "mixed" and read["options"]["multi"]
    edges = [edge["attributes"] | edge for edge in read["edges"]]
    assert Counter(edge["kind"] for edge in edges) == KINDS | {"cooccursWith": 1}
    assert [edge["kind"] for edge in edges if edge.get("undirected")] == ["cooccursWith"]
    with Spool(MIXED) as spool:
        assert [edge["source"] for edge in edges] == [edge.source for edge in spool.edges()]
        assert [edge["predicate"] for edge in edges] == [edge.predicate for edge in spool.edges()]
    assert {edge["weight"] for edge in edges} == {1, 3, 4}


def test_graphology_has_looks_and_lists(graphology: dict[str, Any]) -> None:
    nodes = {node["key"]: node["attributes"] for node in graphology["directed"]["nodes"]}
    said = {"label": "Ann Lee", "entity_type": "Person", "articles": 3, "color": "rgb(59,111,182)"}
    assert nodes["e/ann"].items() >= said.items()
    assert all(
        isinstance(node[key], int | float) for node in nodes.values() for key in ("x", "y", "size", "betweenness")
    )
    edges = [edge["attributes"] for edge in graphology["directed"]["edges"]]
    sentences = [edge["sentences"] for edge in edges if "sentences" in edge]
    assert sentences == [[HOSTILE.replace("\0", "").strip(), LISTED.replace("\n", " ")]]
