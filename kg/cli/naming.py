"""The user's own names: a file in, what was added out."""

from __future__ import annotations

from pathlib import Path

from kg import resources
from kg.cli import terminal
from kg.gazetteer import own


def add(file: Path) -> None:
    """Keep a file of names and say what is in it."""
    added = own.add(file)
    terminal.line(f"{added.name}: {added.entries} entries, {added.names} names, in {resources.names_home()}")
    terminal.note("the next kg ingest reads every article again, with these names")


def show() -> None:
    """List the files of names that were added."""
    rows = [(one.name, str(one.entries), str(one.names)) for one in own.added()]
    if rows:
        terminal.table(["name", "entries", "names"], rows)
    else:
        terminal.note(f"no names were added: kg gazetteer add FILE does it ({resources.names_home()} is empty)")


def remove(name: str) -> None:
    """Forget a file of names."""
    own.remove(name)
    terminal.line(f"{name}: removed")
