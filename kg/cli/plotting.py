"""A store or an endpoint and a network that is wanted in, a picture of it in a file out."""

from __future__ import annotations

from kg.cli import terminal
from kg.cli.exporting import written
from kg.cli.networks import Wanted
from kg.graph.remote import Endpoint
from kg.graph.store import Store


def plot(
    source: Store | Endpoint, file: str, wanted: Wanted, *, format: str, title: str, top: int, width: int | None
) -> None:
    """Draw a network and write the picture, as `svg` or `png`."""
    from kg.view import cutting, network, picture
    from kg.view.picture.lettering import needs_matplotlib

    needs_matplotlib()  # before the work is done
    with wanted.drawn(source) as spool:
        graph = network.drawn(spool)
    around = [] if wanted.entity is None else cutting.meant(source, wanted.entity)
    with written(file) as out:
        picture.write(graph, out, format, title=title, top=top, around=around, pixels=width)
    if not graph:
        terminal.note(wanted.none())
