"""Files, folders and standard input in, articles out, or a `SourceError` in the place of each that cannot be read.

A format is a module with `read(file, source)`, entered in `pyproject.toml` under `kg.readers` by its name. A path
goes through `files` (found, opened, unpacked), `formats` (which reader), that reader, and `settling` (defaults,
checks, ids).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kg.errors import PassedOver, Reason, SourceError, Withdrawn
from kg.model import Article
from kg.read import formats
from kg.read.files import finding, opening
from kg.read.files.counting import count
from kg.read.settling import Defaults, Seen, settled, taken_back
from kg.read.sources import STDIN, Columns, Fetched, Source, is_address

__all__ = ["STDIN", "Columns", "Defaults", "Fetched", "Source", "count", "is_address", "read"]

_Items = Iterator[Article | SourceError]


def read(
    paths: Iterable[str | Path],
    *,
    defaults: Defaults = Defaults(),  # noqa: B008  # frozen
    columns: Columns = Columns(),  # noqa: B008
    fetched: Fetched | None = None,
    wanted: Callable[[Source | SourceError], bool] | None = None,
) -> _Items:
    """The articles of files, folders and `-` (standard input), in order.

    A language that one says is one that can be read; one that says none has none yet (`languages.settled` tells it).

    Addresses of the web are given to `fetched`; where there is none, nobody is asked. Of all that is found, `wanted`
    may choose: names are told apart among all of it.

    The id of an article in a file of its own is the file's name without its suffix; where a run holds two files of one
    name, the folders below the one that was given come before it ("2024-flood", "2025-flood"). A second article with
    an id that the run has met, and with something else in it, is an error: no article overwrites another unseen. But
    newer versions of an item are given as they come, and in the place of older ones an error that says so. What is met
    in a folder and is of no format that is read is a `PassedOver`; only where there is nothing else, an error.
    """
    passed_over = others = 0
    with closing(Seen()) as seen:
        for source in filter(wanted or (lambda _: True), finding.find(paths, columns)):
            for item in [source] if isinstance(source, SourceError) else _items(source, fetched):
                passed_over += isinstance(item, PassedOver)
                others += not isinstance(item, PassedOver)
                if isinstance(item, Withdrawn):
                    yield taken_back(item, seen)
                else:
                    yield item if isinstance(item, SourceError) else settled(item, defaults, seen)
    if passed_over and not others and not wanted:
        yield SourceError(f"none of {passed_over:,} files is of a format that is read", reason=Reason.FORMAT)


def _items(source: Source, fetched: Fetched | None) -> _Items:
    """What a source holds, at least one item; the last only when the file is known to have stayed the same."""
    if source.url:
        yield from fetched(source.url) if fetched else [_not_fetched(source)]
        return
    try:
        with opening.opened(source) as file:
            before = os.fstat(file.fileno()) if source.path else None
            if before and not stat.S_ISREG(before.st_mode):  # a pipe, whose name says nothing
                source = replace(source, id="", path=None)
            items = formats.read(file, source)
            yield from items if not (source.path or source.elsewhere) else _unchanged(items, source, before)
    except SourceError as error:
        yield error.at(source.where)
    except OSError as error:
        yield SourceError(f"cannot be read: {error.strerror or error}").at(source.where)


def _not_fetched(source: Source) -> SourceError:
    said = "an address of the web, which is asked only with --fetch: add that"
    return SourceError(said, reason=Reason.REFUSED).at(source.where)


def _unchanged(items: _Items, source: Source, before: os.stat_result | None) -> _Items:
    """The same items; where the file changed meanwhile, an error after them, or in the place of a single article."""
    last: Article | SourceError | None = None
    single = True
    for item in items:
        if last:
            single = False
            yield last
        last = item
    if last is None:
        yield SourceError("empty: an article needs text", reason=Reason.EMPTY).at(source.where)
    elif _is_same(source, before):
        yield _in_place(last, source)
    else:
        if not single:
            yield last
        said = "changed while it was read: read it again when it is whole"
        yield SourceError(said, reason=Reason.CHANGED).at(source.where)


def _in_place(item: Article | SourceError, source: Source) -> Article | SourceError:
    """The item; that a file is of no format that is read is an error where the user named it."""
    if isinstance(item, PassedOver) and source.named and item.where == source.where:
        return SourceError(str(item), reason=item.reason, where=item.where)
    return item


def _is_same(source: Source, before: os.stat_result | None) -> bool:
    if source.path is None:
        return True
    try:
        after = source.path.stat()
    except OSError:
        return False
    return all(getattr(before, name) == getattr(after, name) for name in ("st_size", "st_mtime_ns", "st_ino", "st_dev"))
