"""The commands that keep a store in order, `index`; thin."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import _store, commands


@commands.command()
@_store
@click.option("--rebuild", is_flag=True, help="Make the index again from the articles' Turtle files.")
def index(store: str, rebuild: bool) -> int:
    """Make the index of a store again from its Turtle files.

    It holds nothing that is not in them. What is damaged is reported and left out, and the exit status is 1.
    """
    from kg.graph.store import Store

    if not rebuild:
        raise click.UsageError("say --rebuild, to make the index again from the articles' Turtle files")
    with Store.open(Path(store), writable=True) as opened:
        damaged = opened.rebuild()
        count = sum(1 for _ in opened.articles())
    for line in damaged:
        click.echo(f"kg: {line}", err=True)
    click.echo(f"{store}: the index is made again; articles in it: {count}")
    return 1 if damaged else 0
