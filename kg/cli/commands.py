"""The commands one by one, thin: parse, call, print. What is heavy is imported by the command that needs it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.source import chosen, endpoint_option, opened

FORMATS = ["table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf"]

_store = click.option(
    "--store", default="store", show_default=True, metavar="DIR", help="The folder that holds the graph."
)


@click.group(context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100})
@click.version_option(package_name="dateline-kg", message="kg %(version)s")
def commands() -> None:
    """Reads wire articles in French and English and turns each into RDF: who is who, what happened, who says so.

    \b
    First steps:
      kg demo                                   see what it does, on its own samples
      kg ingest articles/ --store news          read a folder of articles
      kg queries                                which questions stand ready
      kg query who-is-who --store news          ask one of them
      kg export --gexf news.gexf --store news   take the network to Gephi
      kg plot news.svg --store news             draw a picture of it
      kg serve --store news                     SPARQL over HTTP on this machine
    """


@commands.command()
@click.option("--store", default="demo-store", show_default=True, metavar="DIR", help="Where the demo's graph goes.")
def demo(store: str) -> int:
    """Read the sample dispatches and show what was found."""
    from kg.cli.demo import run

    return run(Path(store))


@commands.command()
@click.argument("question", metavar="NAME|FILE.rq|SPARQL")
@click.argument("parameters", nargs=-1, metavar="[KEY=VALUE]...")
@_store
@endpoint_option
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Default: table on a terminal, else csv or ttl.")
def query(question: str, parameters: tuple[str, ...], store: str, endpoint: str | None, format_: str | None) -> None:
    """Ask a store or an endpoint a question.

    It is one of those that `kg queries` lists, by its name; a file; or SPARQL itself.

    \b
    Examples:
      kg query who-is-who --store news
      kg query about name=Pentagon --store news
      kg query 'SELECT ?who { ?who kg:headOfStateOf ?where }' --format csv > heads.csv
      kg query mine.rq --endpoint http://127.0.0.1:8000/sparql
    """
    from kg.cli.asking import answer

    answer(question, parameters, source=chosen(store, endpoint), format=format_)


@commands.command()
def queries() -> None:
    """List the questions that stand ready, with their parameters."""
    from kg.cli import terminal
    from kg.graph.queries import all_queries

    terminal.questions(all_queries())


@commands.command()
@_store
@endpoint_option
def stats(store: str, endpoint: str | None) -> None:
    """Count what a store or an endpoint holds."""
    from kg.cli import terminal

    with opened(chosen(store, endpoint)) as source:
        terminal.statistics(source.stats())


@commands.group()
def gazetteer() -> None:
    """Teach the reader names of your own."""


@gazetteer.command()
@click.argument("file", metavar="FILE")
def add(file: str) -> None:
    """Check a file of names and use it in every later run.

    A FILE is Turtle (.ttl), written as ontology/gazetteer/ is, or a table (.csv) with a line of column names and a
    line a name. Added again, it takes the place of what it was. Your names go before those that come with Dateline.

    \b
    Columns:
      name      what it is called
      type      what it is: Person, Company, City, Party ... or entreprise, ville, parti ...
      language  fr or en; nothing for a name of every language
      alias     other names, with | between them
      wikidata  its item, such as Q796
      country   where it is: a name, an ISO code or an identifier (Irak, IQ, iraq)
      id        its identifier (lampiris); rows that share one are one thing, and the identifier of
                something known (islamic-state) adds names to it

    Only name and type are needed.

    \b
    Examples:
      kg gazetteer add companies.csv
      kg gazetteer list
      kg gazetteer remove companies
    """
    from kg.cli import naming

    naming.add(Path(file))


@gazetteer.command("list")
def list_() -> None:
    """List the files of names that were added."""
    from kg.cli import naming

    naming.show()


@gazetteer.command()
@click.argument("name", metavar="NAME")
def remove(name: str) -> None:
    """Forget a file of names, by the name that `list` shows."""
    from kg.cli import naming

    naming.remove(name)
