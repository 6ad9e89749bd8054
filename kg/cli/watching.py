"""Folders and feeds in, a store with what arrives there out, until somebody stops it."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.articles import (
    Choice,
    Told,
    choice_options,
    column_options,
    fetch_limit_option,
    jobs_option,
    report_option,
    told_options,
)
from kg.cli.commands import _store, commands


@commands.command()
@click.argument("paths", nargs=-1, required=True, metavar="FOLDER|FEED...")
@_store
@click.option("--every", type=click.FloatRange(0.1), default=10, show_default=True, help="Seconds between two looks.")
@told_options
@report_option
@choice_options
@jobs_option
@fetch_limit_option
@column_options
def watch(
    paths: tuple[str, ...],
    store: str,
    every: float,
    report: Path | None,
    jobs: int | None,
    fetch_limit: int,
    told: Told,
    choice: Choice,
) -> None:
    """Read what arrives in folders and feeds.

    It goes on until it is stopped (Ctrl-C, or kill), and looks only for what is new.
    A file that comes or changes is read when two looks find it the same, so that one that is being written is waited
    for. A feed is an address of the web, which is asked once a minute at most, as with kg ingest --fetch. Each round
    that finds something is a line. Started again, it passes over what is in the store already. With --jobs, other
    processes help where much arrives at once.

    \b
    Examples:
      kg watch incoming/ --store news
      kg watch https://example.org/rss.xml incoming/ --store news --every 60
    """
    from kg import filesystems
    from kg.cli.rounds import watch_paths
    from kg.errors import StoreError

    if filesystems.is_elsewhere(store):
        raise StoreError(f"{store}: what arrives is read into a store in a folder: kg ingest writes elsewhere")
    watch_paths(paths, Path(store), told, choice, every=every, limit=fetch_limit, log=report, jobs=jobs)
