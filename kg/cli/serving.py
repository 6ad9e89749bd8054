"""The command that answers over HTTP, `serve`; thin."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import _store, commands


@commands.command()
@_store
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
def serve(store: str, host: str, port: int) -> None:
    """Answer SPARQL over HTTP from a store, read-only."""
    from kg.service import serve

    serve(Path(store), host=host, port=port)
