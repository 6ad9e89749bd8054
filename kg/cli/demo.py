"""The packaged sample dispatches in; what is found in them, a network for Gephi, and what to do next out."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from kg import resources
from kg.cli import asking, exporting, terminal
from kg.cli.networks import Wanted
from kg.cli.reading import ingest_paths
from kg.graph.queries import find
from kg.graph.questions import ask
from kg.graph.store import Store

_QUESTIONS = "who-is-who", "planned", "who-said-what"
_GEXF = "demo.gexf"


def run(folder: Path) -> int:
    """Read the samples into a store in `folder`, or in a temporary one where that cannot be; gives the exit status."""
    folder = _writable(folder)
    samples = resources.root() / "samples"
    terminal.line(f"Reading the dispatches in {samples}\n")
    report = ingest_paths([samples], folder)
    gexf = str(folder.parent / _GEXF)
    with Store.open(folder) as store:
        for name in _QUESTIONS:
            terminal.title(f"\n{find(name).title}\n$ {command()} query {name} --store {folder}")
            asking.show(ask(store, name, {}), store.names.prefixes())
        exporting.drawings(store, {"gexf": gexf}, Wanted(network="relations"))
    _say_what_next(folder, gexf)
    return 1 if report.skipped else 0


def _writable(folder: Path) -> Path:
    nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if os.access(nearest, os.W_OK):
        return folder
    return Path(tempfile.mkdtemp(prefix="dateline-"), folder.name)


def command() -> str:
    """What to type to start this very program again: `kg`, unless there is none on the PATH, or another one."""
    started, python = Path(sys.argv[0]), Path(sys.executable)
    found = shutil.which("kg")
    if found and Path(found).resolve() in (started.resolve(), python.with_name("kg").resolve()):
        return "kg"
    return shlex.quote(str(started)) if started.stem == "kg" else f"{shlex.quote(str(python))} -m kg"


def _say_what_next(folder: Path, gexf: str) -> None:
    commands = [
        (f"{command()} serve --store {folder}", "a SPARQL endpoint, and a page to ask it"),
        (f"{command()} queries", "all questions that stand ready"),
        (f"{command()} query about name=iraq --store {folder}", "one of them"),
        (f"{command()} ingest your-folder --store news", "your own .txt and .jsonl files"),
    ]
    terminal.line(f"\nThe graph is in {folder}/articles, a Turtle file an article; its network, for Gephi, in {gexf}.")
    terminal.line("What to type next:")
    width = max(len(typed) for typed, _ in commands)
    for typed, meaning in commands:
        terminal.line(f"  {typed:<{width}}  {meaning}")
