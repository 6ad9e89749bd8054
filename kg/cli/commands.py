"""The commands one by one, thin: parse, call, print. What is heavy is imported by the command that needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from kg.cli.source import chosen, endpoint_option, opened

FORMATS = ["table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdf"]

_store = click.option(
    "--store", default="store", show_default=True, metavar="DIR", help="The folder that holds the graph."
)

_COLUMNS = "text", "id", "title", "date", "language", "url", "publisher"


def _columns(command: Callable[..., int]) -> Callable[..., int]:
    """The options that say which column of a table holds what."""
    for part in reversed(_COLUMNS):
        said = f"A table's column of the {part}, where its name does not tell."
        command = click.option(f"--{part}-column", metavar="NAME", help=said)(command)
    return command


def _processes(typed: str | None) -> int | None:
    """How many are asked for; 0: as many as there are cores."""
    if typed is None:
        return None
    if typed != "auto" and not typed.isdecimal():
        raise click.BadParameter(f"{typed!r} is no number of processes, nor auto")
    return 0 if typed == "auto" else int(typed)


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
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_store
@click.option("--date", metavar="YYYY-MM-DD", help="The day of articles that do not say theirs.")
@click.option("--language", metavar="CODE", help="The language of articles that do not say theirs: fr or en.")
@click.option("--publisher", metavar="NAME", help="The publisher of articles that do not say theirs.")
@click.option("--report", metavar="FILE.jsonl", help="Write a line of JSON for every article or file that was met.")
@click.option(
    "--jobs",
    metavar="N",
    callback=lambda _context, _option, typed: _processes(typed),
    help="Read in so many processes, by default one; auto: one for each core.",
)
@click.option("--since", metavar="YYYY-MM-DD", help="Pass over articles that were issued before this day.")
@click.option("--changed-only", is_flag=True, help="Do not read anew what an earlier version read, if it is the same.")
@click.option("--keep-duplicates", is_flag=True, help="Read every printing of one dispatch, not one for all.")
@click.option("--fetch", is_flag=True, help="Ask for PATHs that are addresses of the web: pages, and feeds.")
@click.option(
    "--fetch-limit", type=click.IntRange(1), default=100, show_default=True, help="Pages of a feed that are read."
)
@_columns
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="What an article may take; 60 by default, and as much more as it is longer than 100,000 characters.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Who reads: processes of this machine, or a Ray cluster, by default with all its cores.",
)
@click.option("--address", metavar="HOST:PORT", help="The Ray cluster; auto: the one that this machine is part of.")
@click.option("--extractor", metavar="NAME", help="A second reader besides the built-in one: llm.")
@click.option("--endpoint", metavar="URL", help="Where the second reader's model is asked: http://127.0.0.1:8080/v1")
@click.option("--model", metavar="NAME", help="The second reader's model, as its server calls it.")
def ingest(
    paths: tuple[str, ...],
    store: str,
    date: str | None,
    language: str | None,
    publisher: str | None,
    changed_only: bool,
    since: str | None,
    jobs: int | None,
    engine: str,
    address: str | None,
    max_seconds: float | None,
    keep_duplicates: bool,
    report: str | None,
    fetch: bool,
    fetch_limit: int,
    extractor: str | None,
    endpoint: str | None,
    model: str | None,
    **columns: str | None,
) -> int:
    """Read articles into a store, which is made where there is none.

    A PATH is a file, a folder, or - for standard input. Formats are told by their content, then by their suffix: text,
    JSON and JSONL (text, and if known id, title, date, language, url, publisher), CSV, Parquet, HTML, feeds, NewsML,
    NITF, ninjs, WARC, PDF, Word, also in gzip, Zstandard and zip. Other files in a folder are passed over.

    \b
    Examples:
      kg ingest dispatch.txt --date 2025-10-01
      kg ingest 2024/ 2025/ --store news --jobs auto --report done.jsonl
      zcat wire.jsonl.gz | kg ingest - --store news
      kg ingest --fetch https://example.org/rss.xml --store news
      kg ingest s3://wires/2024 --store s3://graphs/news --engine ray --address auto

    Given again, what was read before and has not changed is passed over, unless an earlier version of this program
    read it: then it is read anew, but not with --changed-only. Ctrl-C and SIGTERM end a run after the article that is
    being stored; the same command goes on from there. The files are the same whatever --jobs and --engine are.

    What cannot be read is a line, and the others are read all the same. The exit status is 0 when all went well, 1 when
    something was skipped, 2 when the command could not run. A --report has where each article or file stands, its id,
    its status (read, unchanged, duplicate, skipped, passed-over), the reason in a word, and what is said of it.

    With --fetch, a PATH may be the address of a page or of a feed, of which the newest pages are read: over http or
    https, from public addresses alone, as the site's robots.txt allows, and kept in the store (cache/web/).

    With fsspec installed, a PATH may be an address such as s3://bucket/2024, and so may the store: there, it is the
    articles' files without an index, which are a store once they are copied into a folder.

    With --extractor llm, a server that speaks OpenAI's chat completions is sent the text of every article and asked for
    statements; those that quote the article's own words are added. Its answers are kept in the store (cache/llm/), and
    without --endpoint nothing but them is used. The key of the server is $KG_LLM_KEY.
    """
    if (extractor is None) != (model is None) or (endpoint and not extractor):
        raise click.UsageError("a second reader needs --extractor NAME and --model NAME, and --endpoint goes with them")
    if address and engine != "ray":
        raise click.UsageError("--address is a Ray cluster's: --engine ray goes with it")
    if extractor and engine == "ray":
        raise click.UsageError("a second reader keeps its answers on this machine: --engine local goes with it")
    from kg import filesystems
    from kg.cli.reading import engine_of, ingest_paths, second_reader, web
    from kg.read import Columns, Defaults, days

    elsewhere = filesystems.is_elsewhere(store)
    if elsewhere and (fetch or extractor):
        raise click.UsageError("what --fetch and --extractor are told is kept in the store: let it be a folder")
    second = second_reader(extractor, endpoint, model, Path(store)) if extractor and model else None
    done = ingest_paths(
        paths,
        store if elsewhere else Path(store),
        Defaults.parse(language=language, date=date, publisher=publisher),
        second,
        columns=Columns(**{option.removesuffix("_column"): name for option, name in columns.items()}),
        fetched=web(store, fetch_limit) if fetch else None,
        engine=engine_of(engine, jobs, address, max_seconds),
        log=Path(report) if report else None,
        changed_only=changed_only,
        since=days.parse(since) if since else None,
        keep_duplicates=keep_duplicates,
    )
    return 1 if done.skipped else 0


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
