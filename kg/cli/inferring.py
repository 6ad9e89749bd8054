"""The command that derives what follows from articles, `infer`; thin."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import _store, commands


@commands.command()
@_store
@click.option(
    "--rule", "files", multiple=True, metavar="FILE", help="A rule of your own besides: a CONSTRUCT in a file."
)
@click.option("--remove", is_flag=True, help="Take away all that was derived; with --rule NAME, by that rule alone.")
@click.option("--list", "listed", is_flag=True, help="List the rules, and what each of them has derived.")
def infer(store: str, files: tuple[str, ...], remove: bool, listed: bool) -> int:
    """Derive what follows from what articles state.

    The rules of queries/rules/, and your own, are applied until nothing new follows. What a rule derives stands in the
    graph https://w3id.org/dateline/derived/RULE, never in an article's and never among the direct triples, and can be
    taken away again. What some article denies is no premise, and is not derived. After further articles, derive anew.

    A rule's first line is a comment that is its title; it sees the articles, what the other rules have derived, and
    in the graph https://w3id.org/dateline/ns what the ontology says of its classes and relations. Your own rules are
    kept in the store and applied again each time.

    \b
    Examples:
      kg infer --store news
      kg infer --store news --rule neighbours.rq
      kg infer --store news --remove --rule neighbours
    """
    from kg.cli import derived

    if listed and remove:
        raise click.UsageError("--list shows and --remove takes away: say one, then the other")
    if listed:
        derived.show(Path(store))
    elif remove:
        derived.remove(Path(store), files)
    else:
        derived.infer(Path(store), [Path(file) for file in files])
    return 0
