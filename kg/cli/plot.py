"""The command that draws a picture of a network, `plot`; thin."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.commands import _store, commands
from kg.cli.networks import Wanted, network_options
from kg.cli.source import chosen, endpoint_option, opened

_FORMATS = {".svg": "svg", ".png": "png"}


@commands.command()
@click.argument("file", metavar="FILE.svg|png")
@_store
@endpoint_option
@click.option("--title", default="", metavar="WORDS", help="What stands above the picture.")
@click.option(
    "--top",
    type=click.IntRange(0),
    default=60,
    show_default=True,
    metavar="N",
    help="How many nodes at most: the nearest to --entity, then the most connected. 0: all.",
)
@click.option("--width", type=click.IntRange(100, 20_000), metavar="PIXELS", help="How wide.  [default: as it needs]")
@network_options
def plot(file: str, store: str, endpoint: str | None, title: str, top: int, width: int | None, wanted: Wanted) -> None:
    """Draw a picture of a network for an article, as SVG or PNG.

    Colours are types, a dashed line is not stated as fact: denied, planned, possible, former or somebody's word. The
    picture says how many nodes it leaves out. Which network and what of it: as in kg export.

    It needs matplotlib: pip install 'dateline-kg[plot]'

    \b
    Examples:
      kg plot speakers.svg --network speakers --title "Who speaks about whom"
      kg plot total.png --entity TotalEnergies --depth 2 --width 1600
      kg plot flood.svg --network all-statements within=art:2024-flood
    """
    from kg.cli import plotting

    if not (format := _FORMATS.get(Path(file).suffix.lower())):
        raise click.UsageError(f"{file}: a picture is a file whose name ends in .svg or .png")
    with opened(chosen(store, endpoint)) as source:
        plotting.plot(source, file, wanted, format=format, title=title, top=top, width=width)
