"""A network in, GEXF 1.3 out, as Gephi, Gephi Lite and graphology read it: the same bytes from the same network.

`networkx.write_gexf` is not for us: Gephi merges the parallel relations that it writes, it fails on None and on dates,
control characters break its XML, and it holds the whole file in memory. How the timeline plays: an edge is there on the
days on which articles tell of it (`first_seen` to `last_seen`, or several `spells`), or if no such day is known while
it is said to have held (`begin` to `end`), else always; a node from the first to the last day of its edges and its own.
"""

from __future__ import annotations

from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.view.gexf.document import lines
from kg.view.looks import Looks
from kg.view.spool import Spool

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write"]

_LINES = 500  # that are written at once


def write(
    network: Spool | nx.MultiDiGraph[str],
    file: str | Path | IO[bytes],
    *,
    static: bool = False,
    looks: Looks | None = None,
) -> None:
    """Write a network, which may be of any size, to a path or to a binary file.

    Nodes get a colour by type, a size by degree, a place and what else is computed of them: `looks`, which come from
    the network itself if they are not told. Edges get their predicate as `kind`, so that parallel relations stay apart,
    a label, and a weight above 0; an edge whose `directed` is False has no arrow. Every other attribute is a column
    typed by its values; what XML does not allow is removed. Where edges have days the graph is dynamic, unless it is to
    be `static`.
    """
    if isinstance(network, Spool):
        looks = looks or Looks.of(network.arrays())
        with Path(file).open("wb") if isinstance(file, str | Path) else nullcontext(file) as out:
            document = lines(network, looks, static=static)
            while block := "".join(islice(document, _LINES)):
                out.write(block.encode())
    else:
        from kg.view.network import spooled

        with spooled(network) as spool:
            write(spool, file, static=static, looks=looks)
