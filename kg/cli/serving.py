"""The command that answers over HTTP, `serve`; thin."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from kg.cli.commands import _store, commands


@commands.command()
@_store
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(0.1), help="Seconds a query may take."
)
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer (default: one a processor, from 4).")
def serve(store: str, host: str, port: int, timeout: float, workers: int | None) -> None:
    """Answer SPARQL over HTTP from a store, read-only."""
    from kg.graph.store import Store
    from kg.service import serve
    from kg.service.limits import Limits

    limits = Limits(timeout=timeout, **({"workers": workers} if workers else {}))
    serve(partial(Store.open, Path(store)), limits=limits, host=host, port=port)
