"""The commands that keep a store in order, `remove` and `index`; thin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.commands import _store, commands

if TYPE_CHECKING:
    from kg.graph.store import Store


@commands.command()
@click.argument("articles", nargs=-1, required=True, metavar="ID...")
@_store
def remove(articles: tuple[str, ...], store: str) -> int:
    """Take articles out of a store.

    Their files go, their graphs, and what no other article states; nothing else does. An ID is an article's identifier
    or its IRI. Of an item of a wire, any version may come in again then, also where its publisher took it back. One
    that is not there is reported, the others are taken out all the same, and the exit status is 2.

    \b
    Examples:
      kg remove irak --store news
      kg remove https://w3id.org/dateline/article/irak --store news
    """
    from kg.cli.terminal import note
    from kg.graph.store import Store

    with Store.open(Path(store), writable=True) as opened:
        removed = {article: _remove(opened, article) for article in dict.fromkeys(articles)}
    for article, was_there in removed.items():
        if was_there is None:
            note(f"{store}: its publisher took {article!r} back: any version may come in again")
        elif not was_there:
            note(f"{store}: no article {article!r}")
    click.echo(f"{store}: articles taken out: {sum(map(bool, removed.values()))}")
    return 2 if False in removed.values() else 0


def _remove(store: Store, article: str) -> bool | None:
    """Whether an article was there; None for an item of which only that its publisher took it back was known."""
    base, account = store.names.article, store.parts.account
    names = [article, *([store.names.article_id(article)] if article.startswith(base) else [])]
    versions = [account.newest(name) for name in names]
    for name in names:
        account.forget_version(name)
    if any(map(store.remove, names)):
        return True
    return None if any(version and version.withdrawn for version in versions) else False


@commands.command()
@_store
@click.option("--check", is_flag=True, help="Compare the index with the files, and the files with their seals.")
@click.option("--rebuild", is_flag=True, help="Make the index again from the files.")
def index(store: str, check: bool, rebuild: bool) -> int:
    """Compare a store's index with its files, or make it again.

    It holds nothing that is not in them. --check prints a line for whatever does not agree, --rebuild reports what is
    damaged and leaves it out; if there is any, the exit status is 1. Without either, what there is is counted.
    """
    from kg.graph.store import Store

    if check and rebuild:
        raise click.UsageError("--check compares and --rebuild makes anew: say one, then the other")
    with Store.open(Path(store), writable=rebuild) as opened:
        if rebuild:
            return _rebuilt(opened)
        if check:
            return _checked(opened)
        click.echo(f"{_counted(opened)}\n--check compares the index with the files, --rebuild makes it again from them")
        return 0


def _rebuilt(store: Store) -> int:
    damaged = store.rebuild()
    for line in damaged:
        click.echo(f"kg: {line}", err=True)
    click.echo(f"{store.path}: the index is made again; articles in it: {sum(1 for _ in store.articles())}")
    return 1 if damaged else 0


def _checked(store: Store) -> int:
    count = 0
    for line in store.differences():
        click.echo(line)
        count += 1
    told = f"{store.path}: differences: {count}; where a line says no more, kg index --rebuild mends it"
    click.echo(told if count else f"{_counted(store)}; the index agrees with the files", err=bool(count))
    return 1 if count else 0


def _counted(store: Store) -> str:
    articles, graphs = (sum(1 for _ in found) for found in (store.articles(), store.graphs()))
    return f"{store.path}: articles: {articles}, graphs beside them: {graphs}"
