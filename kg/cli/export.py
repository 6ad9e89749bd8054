"""The command that writes the graph and its networks to files, `export`; thin."""

from __future__ import annotations

import click

from kg.cli.commands import _store, commands
from kg.cli.networks import Wanted, network_options
from kg.cli.source import chosen, endpoint_option, opened

_WHAT = "--gexf, --graphml, --csv, --cytoscape or --node-link"


@commands.command()
@_store
@endpoint_option
@click.option("--nquads", metavar="FILE", help="The graph as N-Quads: a line a triple, for databases.")
@click.option("--trig", metavar="FILE", help="The graph as TriG: a graph an article.")
@click.option("--turtle", metavar="FILE", help="The graph as Turtle: triples without their articles.")
@click.option("--article", metavar="ID", help="Of this article alone (--nquads, --trig, --turtle).")
@click.option("--gexf", metavar="FILE", help="A network for Gephi and Gephi Lite.")
@click.option("--static", is_flag=True, help="Without a timeline (--gexf).")
@click.option("--graphml", metavar="FILE", help="A network for yEd, igraph, R, Neo4j.")
@click.option("--csv", metavar="FOLDER", help="A network as two tables, nodes.csv and edges.csv.")
@click.option("--cytoscape", metavar="FILE", help="A network for Cytoscape and cytoscape.js (.cyjs).")
@click.option("--node-link", metavar="FILE", help="A network as JSON for networkx and d3.")
@network_options
def export(
    store: str,
    endpoint: str | None,
    nquads: str | None,
    trig: str | None,
    turtle: str | None,
    article: str | None,
    gexf: str | None,
    static: bool,
    graphml: str | None,
    csv: str | None,
    cytoscape: str | None,
    node_link: str | None,
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
      kg export --csv tables --network ownership
      kg export --nquads - | gzip > news.nq.gz
      kg export --turtle - --article 2024-flood
    """
    from kg.cli import exporting

    datasets = {"nquads": nquads, "trig": trig, "turtle": turtle}
    drawings = {"gexf": gexf, "graphml": graphml, "cytoscape": cytoscape, "node_link": node_link}
    drawn = any((*drawings.values(), csv))
    if not any(datasets.values()) and not drawn:
        raise click.UsageError(f"say what to write: --nquads, --trig, --turtle, {_WHAT} FILE")
    if article is not None and drawn:
        raise click.UsageError(f"--article is for the graph; a network is cut to an article by within=art:{article}")
    if not drawn and (said := wanted.said()):
        raise click.UsageError(f"{said} is for a network: say {_WHAT} FILE")
    if static and not gexf:
        raise click.UsageError("--static is for --gexf")
    if csv == "-":
        raise click.UsageError("--csv writes two tables: give it a folder")
    if [*datasets.values(), *drawings.values()].count("-") > 1:
        raise click.UsageError("two outputs to standard output would run together: give one of them a file")
    with opened(chosen(store, endpoint)) as source:
        exporting.datasets(source, datasets, article=article)
        exporting.drawings(source, {**drawings, "csv": csv}, wanted, static=static)
