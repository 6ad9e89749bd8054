"""Folders and feeds in, a store with what arrives there out, until somebody stops it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import commands


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="FOLDER|FEED...")
@click.option("--store", default="store", show_default=True, metavar="DIR", help="The folder that holds the graph.")
@click.option("--every", type=click.FloatRange(0.1), default=10, show_default=True, help="Seconds between two looks.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day of articles that do not say theirs.")
@click.option("--language", metavar="CODE", help="The language of articles that do not say theirs: fr or en.")
@click.option("--publisher", metavar="NAME", help="The publisher of articles that do not say theirs.")
@click.option("--report", metavar="FILE.jsonl", help="Write a line of JSON for every article or file that was met.")
@click.option(
    "--fetch-limit", type=click.IntRange(1), default=100, show_default=True, help="Pages of a feed at a time."
)
def watch(
    paths: tuple[str, ...],
    store: str,
    every: float,
    date: str | None,
    language: str | None,
    publisher: str | None,
    report: str | None,
    fetch_limit: int,
) -> None:
    """Read what arrives in folders and feeds.

    It goes on until it is stopped (Ctrl-C, or kill), and looks only for what is new.
    A file that comes or changes is read when two looks find it the same, so that one that is being written is waited
    for. A feed is an address of the web, which is asked once a minute at most, as with kg ingest --fetch. Each round
    that finds something is a line. Started again, it passes over what is in the store already.

    \b
    Examples:
      kg watch incoming/ --store news
      kg watch https://example.org/rss.xml incoming/ --store news --every 60
    """
    from kg import filesystems
    from kg.cli.rounds import watch_paths
    from kg.errors import StoreError
    from kg.read import Defaults

    if filesystems.is_elsewhere(store):
        raise StoreError(f"{store}: what arrives is read into a store in a folder: kg ingest writes elsewhere")
    defaults = Defaults.parse(language=language, date=date, publisher=publisher)
    log = Path(report) if report else None
    watch_paths(paths, Path(store), defaults, every=every, limit=fetch_limit, log=log)
