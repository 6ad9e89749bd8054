"""The command that loads a store into a SPARQL server, `push`; thin."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import _store, commands


@commands.command()
@_store
@click.option(
    "--endpoint", required=True, metavar="URL", help="Where the server is asked: http://127.0.0.1:3030/news/sparql"
)
@click.option("--update", metavar="URL", help="Where it takes SPARQL Update, if that is not found.")
@click.option(
    "--graph-store", metavar="URL", help="Where its graph store is (Graph Store Protocol): instead of Update."
)
@click.option("--default-graph", metavar="IRI", help="The named graph that is to hold what articles share.")
@click.option("--login", metavar="FILE", help="user:password, or a bearer token; or else $KG_LOGIN.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent and removed, and write nothing.")
@click.option("--again", is_flag=True, help="Send everything, what was pushed before too.")
@click.option("--instead", is_flag=True, help="Remove another store that was pushed there.")
def push(
    store: str,
    endpoint: str,
    update: str | None,
    graph_store: str | None,
    default_graph: str | None,
    login: str | None,
    dry_run: bool,
    again: bool,
    instead: bool,
) -> int:
    """Load a store into a SPARQL 1.1 server.

    What is there is then as it is here.

    An article is a named graph there; what articles share, entities and direct triples, is in the default graph or, on
    servers whose queries see named graphs alone, in https://w3id.org/dateline/default. What was pushed before and has
    not changed is not sent again, and what is no longer in the store is removed. A push that was broken off goes on
    where it was. At the end all triples there are counted; the exit status is 1 where a graph has another number.

    The server keeps an account of what it has in https://w3id.org/dateline/pushed. A dataset there is for one store.

    \b
    Examples:
      kg push --endpoint http://127.0.0.1:3030/news/sparql --store news   (Apache Jena Fuseki)
      KG_LOGIN=dba:... kg push --endpoint http://127.0.0.1:8890/sparql    (Virtuoso)
      kg push --endpoint https://graph.example/repositories/news --login ~/.graph --dry-run
    """
    if update and graph_store:
        raise click.UsageError("--update and --graph-store are two ways to write: give one of them")
    from kg.cli import sending

    server = sending.Server(endpoint, update, graph_store, default_graph, Path(login) if login else None)
    return sending.push(Path(store), server, dry_run=dry_run, again=again, instead=instead)
