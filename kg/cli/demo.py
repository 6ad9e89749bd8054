"""The packaged sample dispatches in; what is found in them, a network for Gephi, and what to do next out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg import resources
from kg.cli import asking, exporting, terminal
from kg.cli.reading import ingest_paths
from kg.graph.questions import ask
from kg.graph.store import Store
from kg.read import Defaults

_QUESTIONS = ("who-is-who", "planned", "who-said-what")
_GEXF = "demo.gexf"


def run(folder: Path) -> int:
    """Read the samples into a store in `folder`, or in a temporary one where that cannot be; gives the exit status."""
    folder = _writable(folder)
    samples = resources.root() / "samples"
    terminal.line(f"Reading the dispatches in {samples}\n")
    report = ingest_paths([samples], folder, Defaults())
    gexf = str(folder.parent / _GEXF)
    with Store.open(folder) as store:
        for name in _QUESTIONS:
            terminal.line("")
            asking.show(ask(store, name, {}), store.names.prefixes(), title=f"kg query {name} --store {folder}")
        exporting.drawings(store, {"gexf": gexf}, network="relations")
    _say_what_next(folder, gexf)
    return 1 if report.skipped else 0


def _writable(folder: Path) -> Path:
    nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return folder
    return Path(tempfile.mkdtemp(prefix="dateline-"), folder.name)


def _say_what_next(folder: Path, gexf: str) -> None:
    terminal.line(
        f"""
The graph is in {folder}/articles, an article a Turtle file; the network of its relations in {gexf}, for Gephi.
Now try:
  kg serve --store {folder}                    a SPARQL endpoint and a page to ask it
  kg queries                                  the questions that stand ready
  kg query about entity=ent:iraq --store {folder}
  kg ingest your-folder --store news          your own .txt and .jsonl files"""
    )
