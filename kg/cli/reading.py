"""Paths in, a store with their articles out, a bar on the way and a table at the end."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path

from kg import plugins
from kg.cli import terminal
from kg.cli.stopping import Stopped, Stopping
from kg.errors import Reason, SourceError
from kg.graph.store import Store
from kg.pipeline import Engine, Extractor, Log, Report, ingest
from kg.read import STDIN, Columns, Defaults, Fetched, count, is_address, read


def second_reader(name: str, endpoint: str | None, model: str, folder: Path) -> Extractor:
    """The extractor of a name for the store in a folder, which keeps its answers. Raises `PluginError`."""
    made: Extractor = plugins.load("kg.extractors", name)(endpoint=endpoint, model=model, cache=folder / "cache")
    return made


def web(folder: Path, limit: int) -> Fetched:
    """What asks for addresses, for the store in a folder, which keeps the pages. Raises `SourceError`.

    `limit` is how many pages of a feed are read at most.
    """
    try:
        from kg.read.fetching import Fetcher, fetch
    except ImportError as error:
        message = "--fetch needs httpcore and protego: pip install 'dateline-kg[fetch]'"
        raise SourceError(message, reason=Reason.NOT_INSTALLED) from error
    return partial(fetch, fetcher=Fetcher(folder / "cache" / "web"), limit=limit)


def ingest_paths(
    paths: Sequence[str | Path],
    folder: Path,
    defaults: Defaults,
    extractor: Extractor | None = None,
    *,
    columns: Columns = Columns(),  # noqa: B008  # frozen
    engine: Engine | None = None,
    log: Path | None = None,
    changed_only: bool = False,
    since: date | None = None,
    keep_duplicates: bool = False,
    fetched: Fetched | None = None,
) -> Report:
    """Read articles into the store in `folder` and say what came of it, also when it is interrupted.

    What became of each is a line in the file `log`. Raises `SourceError` where none of the paths leads anywhere,
    `StoreError` where the store cannot be written, `OSError` where the log cannot; `Stopped` where a signal ended it.
    """
    if not any(str(path) == STDIN or is_address(str(path)) or os.path.lexists(path) for path in paths):
        raise SourceError(f"{paths[0]}: no such file or folder")
    report = Report()
    try:
        with Stopping() as stopping, ExitStack() as stack:
            store = stack.enter_context(Store.open(folder, create=True, writable=True))
            report.log = stack.enter_context(Log.opened(log)) if log else None
            tell = stack.enter_context(terminal.progress(count(paths)))
            with stopping.completing(store.commit):
                ingest(
                    read(paths, defaults=defaults, columns=columns, fetched=fetched),
                    store,
                    progress=tell,
                    report=report,
                    extractor=extractor,
                    engine=engine,
                    changed_only=changed_only,
                    since=since,
                    keep_duplicates=keep_duplicates,
                    storing=stopping.storing,
                )
    except Stopped:
        if report.seen:
            terminal.note("stopped: the same command goes on from here")
        raise
    finally:
        if report.seen:
            terminal.closing(report)
    return report
