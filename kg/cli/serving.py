"""The command that answers over HTTP, `serve`; thin."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from kg.cli.commands import _store, commands
from kg.cli.source import is_named


@commands.command()
@_store
@click.option("--data", multiple=True, metavar="FILE", help="RDF of any format, instead of a store; repeatable.")
@click.option("--union", is_flag=True, help="Let queries see all graphs of --data as one, as they do in a store.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds a query may take."
)
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer (default: one a processor, from 8).")
@click.option("--allow-update", is_flag=True, help="Let those write who send the token of $KG_TOKEN.")
@click.option("--token-file", type=click.Path(path_type=Path), help="The token, rather than $KG_TOKEN.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Whose pages may ask: https://example.org, or *.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another name of this server, behind a proxy.")
@click.option("--access-log", type=click.Path(path_type=Path), help="A line of JSON for each request; -: to stderr.")
def serve(
    store: str,
    data: tuple[str, ...],
    union: bool,
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    allow_update: bool,
    token_file: Path | None,
    cors: tuple[str, ...],
    names: tuple[str, ...],
    access_log: Path | None,
) -> None:
    """Answer SPARQL over HTTP from a store or any RDF files.

    It only reads, unless updates are allowed. What is written into --data lasts until the server stops: its files are
    only read.
    """
    from kg import resources
    from kg.graph.serving.dataset import Dataset
    from kg.graph.serving.served import Served
    from kg.graph.store.scratch import folder
    from kg.service import serve
    from kg.service.accesslog import AccessLog
    from kg.service.limits import Limits
    from kg.service.settings import Settings
    from kg.service.token import Token

    if data and is_named("store"):
        raise click.UsageError("--store and --data: serve the one or the other")
    if union and not data:
        raise click.UsageError("--union is for --data: queries see all graphs of a store as it is")
    if token_file and not allow_update:
        raise click.UsageError("--token-file is for --allow-update")
    settings = Settings(
        union=union or not data,
        token=Token.chosen(token_file, resources.token()) if allow_update else None,
        origins=cors,
        names=names,
        observers=(AccessLog(access_log),) if access_log else (),
    )
    limits = Limits(timeout=timeout, **({"workers": workers} if workers else {}))
    with ExitStack() as stack:
        # so that a kind kill takes the folder along
        stack.callback(signal.signal, signal.SIGTERM, signal.signal(signal.SIGTERM, signal.default_int_handler))
        scratch = stack.enter_context(folder())
        if data:
            made = Dataset.make(scratch, data)
            opening: Callable[[], object] = partial(Dataset.open, made.folder, union=union)
        else:
            opening = partial(Served.open, Path(store), tables=scratch / "tables")
        serve(opening, limits=limits, settings=settings, host=host, port=port)
