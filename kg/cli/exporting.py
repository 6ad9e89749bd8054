"""A store or an endpoint in, files of its graph and of the networks drawn from it out; `-` is standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.cli import terminal
from kg.cli.networks import Wanted
from kg.graph.remote import Endpoint
from kg.graph.store import Store

if TYPE_CHECKING:
    from kg.view.spool import Spool


def datasets(source: Store | Endpoint, files: Mapping[str, str | None], *, article: str | None = None) -> None:
    """Write the graph, or that of one article, in each format that has a file."""
    for format, file in files.items():
        if file:
            with written(file) as out:
                source.export(out, format, article)


def drawings(
    source: Store | Endpoint, files: Mapping[str, str | None], wanted: Wanted, *, static: bool = False
) -> None:
    """Draw a network and write it in each format that has a file; as GEXF without a timeline where it is `static`."""
    if not any(files.values()):
        return
    from kg.view import gexf, graphml, webgraph

    writers: dict[str, Callable[[Spool, IO[bytes]], object]] = {
        "gexf": lambda spool, out: gexf.write(spool, out, static=static),
        "graphml": graphml.write,
        "cytoscape": webgraph.cytoscape,
        "node_link": webgraph.node_link,
    }
    with wanted.drawn(source) as spool:
        for format, write in writers.items():
            if file := files.get(format):
                with written(file) as out:
                    write(spool, out)
        if file := files.get("csv"):
            _tables(spool, Path(file))
        if not spool.arrays().count:
            terminal.note(wanted.none())


def _tables(spool: Spool, path: Path) -> None:
    """The tables of a network: nodes.csv and edges.csv in a folder; beside x.csv, which has the edges, x-nodes.csv."""
    from kg.view import sheets

    if path.suffix == ".csv":
        sheets.write(spool, path.with_name(f"{path.stem}-nodes.csv"), path)
    else:
        path.mkdir(parents=True, exist_ok=True)
        sheets.write(spool, path / "nodes.csv", path / "edges.csv")


@contextmanager
def written(file: str) -> Iterator[IO[bytes]]:
    """A file to write, which is there under its name when all is written, and not before."""
    path = Path(file)
    if file == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():  # a pipe, a device
        with path.open("wb") as out:
            yield out
    else:
        unfinished = path.with_name(f"{path.name}.part")
        try:
            with unfinished.open("wb") as out:
                yield out
            unfinished.replace(path)
        except OSError as error:
            error.filename = str(path)  # the name that was asked for
            raise
        finally:
            unfinished.unlink(missing_ok=True)
