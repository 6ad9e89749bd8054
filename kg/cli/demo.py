"""The packaged sample dispatches in; what is found in them, a network for Gephi, and what to do next out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg import resources
from kg.cli import asking, exporting, terminal
from kg.cli.reading import ingest_paths
from kg.graph.queries import find
from kg.graph.questions import ask
from kg.graph.store import Store
from kg.read import Defaults

_QUESTIONS = {  # and the columns that a narrow terminal has room for
    "who-is-who": ("who", "role", "of", "title"),
    "planned": ("what", "agent", "other", "end", "said_by"),
    "who-said-what": ("who", "how", "words"),
}
_GEXF = "demo.gexf"


def run(folder: Path) -> int:
    """Read the samples into a store in `folder`, or in a temporary one where that cannot be; gives the exit status."""
    folder = _writable(folder)
    samples = resources.root() / "samples"
    terminal.line(f"Reading the dispatches in {samples}\n")
    report = ingest_paths([samples], folder, Defaults())
    gexf = str(folder.parent / _GEXF)
    with Store.open(folder) as store:
        for name, columns in _QUESTIONS.items():
            answer, title = ask(store, name, {}), f"\n{find(name).title}\n$ kg query {name} --store {folder}"
            asking.show(answer, store.names.prefixes(), title=title, columns=columns)
        exporting.drawings(store, {"gexf": gexf}, network="relations")
    _say_what_next(folder, gexf)
    return 1 if report.skipped else 0


def _writable(folder: Path) -> Path:
    nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return folder
    return Path(tempfile.mkdtemp(prefix="dateline-"), folder.name)


def _say_what_next(folder: Path, gexf: str) -> None:
    commands = [
        (f"kg serve --store {folder}", "a SPARQL endpoint, and a page to ask it"),
        ("kg queries", "all questions that stand ready"),
        (f"kg query about name=ent:iraq --store {folder}", "one of them"),
        ("kg ingest your-folder --store news", "your own .txt and .jsonl files"),
    ]
    terminal.line(f"\nThe graph is in {folder}/articles, a Turtle file an article; its network, for Gephi, in {gexf}.")
    terminal.line("What to type next:")
    width = max(len(command) for command, _ in commands)
    for command, meaning in commands:
        terminal.line(f"  {command:<{width}}  {meaning}")
