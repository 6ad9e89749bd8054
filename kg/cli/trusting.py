"""A store in, what proves it or speaks against it out: `kg check`, `kg explain`."""

from __future__ import annotations

from pathlib import Path

from kg import explaining
from kg.cli import table, terminal
from kg.cli.source import opened
from kg.graph import checking
from kg.graph.store import Store


def check(folder: Path) -> int:
    """Print a line for each problem of a store, or of a file of RDF, and how many there are; give that number."""
    if folder.is_file():
        return _check_file(folder)
    with Store.open(folder) as store:
        count = 0
        for line in checking.problems(store):
            terminal.line(table.harmless(line))
            count += 1
        articles = sum(1 for _ in store.articles())
    told = f"{articles} article{'s' * (articles != 1)}, {count or 'no'} problem{'s' * (count != 1)}"
    terminal.note(f"{folder}: {told}")
    return count


def check_endpoint(url: str) -> int:
    """Print a line for each problem that can be asked for at an endpoint and how many there are; give that number."""
    with opened(url) as source:
        count = 0
        for count, line in enumerate(checking.problems_of(source), start=1):  # noqa: B007
            terminal.line(table.harmless(line))
    told = f"{count or 'no'} problem{'s' * (count != 1)}; texts, offsets and shapes are checked where the store is"
    terminal.note(f"{url}: {told}")
    return count


def _check_file(path: Path) -> int:
    count = 0
    for count, line in enumerate(checking.problems_in(path), start=1):  # noqa: B007
        terminal.line(table.harmless(line))
    terminal.note(f"{path}: {count or 'no'} problem{'s' * (count != 1)}")
    return count


def explain(folder: Path, what: str) -> int:
    """Print why a store states something and what came near it; 1 where nothing states it, else 0."""
    with Store.open(folder) as store:
        answer = explaining.explain(store, what)
    for one in answer.explanations:
        terminal.title(table.harmless(one.title))
        width = max(len(word) for word, _ in one.lines)
        for word, told in (*one.lines, ("iri", one.iri)):
            terminal.line(table.harmless(f"  {word:<{width}}  {told}"))
        terminal.line("")
    if answer.near:
        terminal.title("Almost stated")
    for line in answer.near:
        terminal.line(table.harmless(f"  {line}"))
    if answer.unread:
        terminal.note(f"{answer.unread} more articles were not looked at: ask for one of them by an IRI")
    if not answer.explanations:
        terminal.note(f"nothing states {what}")
    return 0 if answer.explanations else 1


def refused(folder: Path, id: str) -> int:
    """Print what was found in an article and not stated, and how often for which reason; 0."""
    with Store.open(folder) as store:
        counts, lines = explaining.refused(store, id)
    for line in lines:
        terminal.line(table.harmless(line))
    told = ", ".join(f"{reason} {count}" for reason, count in counts.most_common())
    terminal.note(f"{id}: {len(lines)} refused{': ' if told else ''}{told}")
    return 0
