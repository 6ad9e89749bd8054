"""The command that writes the graph and its networks to files, `export`; thin."""

from __future__ import annotations

import click

from kg.cli.commands import _store, commands
from kg.cli.networks import Wanted, network_options
from kg.cli.source import chosen, endpoint_option, opened

_DRAWINGS = "--gexf"


@commands.command()
@_store
@endpoint_option
@click.option("--nquads", metavar="FILE", help="The graph as N-Quads: a line a triple, for databases.")
@click.option("--trig", metavar="FILE", help="The graph as TriG: a graph an article.")
@click.option("--turtle", metavar="FILE", help="The graph as Turtle: triples without their articles.")
@click.option("--article", metavar="ID", help="Of this article alone (--nquads, --trig, --turtle).")
@click.option("--gexf", metavar="FILE", help="A network for Gephi.")
@network_options
def export(
    store: str,
    endpoint: str | None,
    nquads: str | None,
    trig: str | None,
    turtle: str | None,
    article: str | None,
    gexf: str | None,
    wanted: Wanted,
) -> None:
    """Write the graph, or a network drawn from it, to files.

    A network is one that `kg queries` lists, or a query of your own whose SELECT has ?source and ?target. --since to
    --min-weight cut it, and KEY=VALUE says what else its query can be told: within=art:irak is what one article tells.

    A FILE may be -, which is standard output. From an endpoint come its graphs as they stand there: an article's holds
    what that article alone tells of, the default graph what articles share.

    \b
    Examples:
      kg export --gexf news.gexf --network events --since 2025-01-01 --until 2025-01-31
      kg export --gexf total.gexf --entity TotalEnergies --depth 2
      kg export --gexf flood.gexf within=art:2024-flood
      kg export --nquads - | gzip > news.nq.gz
      kg export --turtle - --article 2024-flood
    """
    from kg.cli import exporting

    datasets = {"nquads": nquads, "trig": trig, "turtle": turtle}
    drawings = {"gexf": gexf}
    if not any((*datasets.values(), *drawings.values())):
        raise click.UsageError(f"say what to write: --nquads, --trig, --turtle, {_DRAWINGS} FILE")
    if article is not None and any(drawings.values()):
        raise click.UsageError(f"--article is for the graph; a network is cut to an article by within=art:{article}")
    if not any(drawings.values()) and (said := wanted.said()):
        raise click.UsageError(f"{said} is for a network: say {_DRAWINGS} FILE")
    if [*datasets.values(), *drawings.values()].count("-") > 1:
        raise click.UsageError("two outputs to standard output would run together: give one of them a file")
    with opened(chosen(store, endpoint)) as source:
        exporting.datasets(source, datasets, article=article)
        exporting.drawings(source, drawings, wanted)
