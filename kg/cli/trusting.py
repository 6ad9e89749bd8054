"""A store in, what proves it or speaks against it out: `kg check`."""

from __future__ import annotations

from pathlib import Path

from kg.cli import table, terminal
from kg.graph import checking
from kg.graph.store import Store


def check(folder: Path) -> int:
    """Print a line for each problem and how many there are; give that number."""
    with Store.open(folder) as store:
        count = 0
        for line in checking.problems(store):
            terminal.line(table.harmless(line))
            count += 1
        articles = sum(1 for _ in store.articles())
    told = f"{articles} article{'s' * (articles != 1)}, {count or 'no'} problem{'s' * (count != 1)}"
    terminal.note(f"{folder}: {told}")
    return count
