"""A store or an endpoint in, files of its graph and of the networks drawn from it out; `-` is standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.cli import terminal
from kg.cli.networks import Wanted
from kg.graph.remote import Endpoint
from kg.graph.store import Store


def datasets(source: Store | Endpoint, files: Mapping[str, str | None], *, article: str | None = None) -> None:
    """Write the graph, or that of one article, in each format that has a file."""
    for format, file in files.items():
        if file:
            with written(file) as out:
                source.export(out, format, article)


def drawings(source: Store | Endpoint, files: Mapping[str, str | None], wanted: Wanted) -> None:
    """Draw a network and write it in each format that has a file."""
    if not any(files.values()):
        return
    from kg.view import gexf

    graph = wanted.drawn(source)
    if not graph:
        terminal.note("the network is empty: nothing in the graph is so")
    if file := files.get("gexf"):
        with written(file) as out:
            gexf.write(graph, out)


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
