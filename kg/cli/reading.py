"""Paths in, a store with their articles out, a bar on the way and a table at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from kg import filesystems
from kg.cli import terminal
from kg.cli.articles import Choice, Means, Told
from kg.cli.stopping import Stopped, Stopping
from kg.errors import Reason, SourceError
from kg.graph.store import Store
from kg.graph.store.distant import Distant
from kg.pipeline import Log, Report, ingest, keeping
from kg.read import STDIN, Fetched, count, is_address, read


def web(folder: Path | str, limit: int, known: dict[str, set[str]] | None = None) -> Fetched:
    """What asks for addresses, for the store in a folder, which keeps the pages; one elsewhere does not.

    `limit` is how many pages of a feed are read at most; what is `known` of one from the time before is left out.
    Raises `SourceError` where what it needs is not installed.
    """
    try:
        from kg.read.fetching import Fetcher, fetch
    except ImportError as error:
        message = "--fetch needs httpcore and protego: pip install 'dateline-kg[fetch]'"
        raise SourceError(message, reason=Reason.NOT_INSTALLED) from error
    kept = None if filesystems.is_elsewhere(str(folder)) else Path(folder, "cache", "web")
    return partial(fetch, fetcher=Fetcher(kept), limit=limit, known=known)


def ingest_paths(
    paths: Sequence[str | Path],
    folder: Path | str,
    told: Told = Told(),  # noqa: B008  # frozen, as are the others
    choice: Choice = Choice(),  # noqa: B008
    means: Means = Means(),  # noqa: B008
    *,
    log: Path | None = None,
    fetch_limit: int | None = None,
) -> Report:
    """Read articles into the store in `folder`, or at an address, and say what came of it, also when it is interrupted.

    What became of each is a line in the file `log`. The web is asked where there is a `fetch_limit`: how many pages
    of a feed are read. Raises `SourceError` where none of the paths leads anywhere, `StoreError` where the store cannot
    be written, `OSError` where the log cannot; `Stopped` where a signal ended it.
    """
    if not any(map(_may_lead_somewhere, map(str, paths))):
        raise SourceError(f"{paths[0]}: no such file or folder")
    fetched = web(folder, fetch_limit) if fetch_limit else None
    extractor, engine, since = means.second_reader(Path(folder)), means.reader(), choice.first
    articles = read(paths, defaults=told.defaults, columns=told.columns, fetched=fetched)
    report = Report()
    try:
        with Stopping() as stopping, ExitStack() as stack:
            store = _opened(folder, stack)
            report.log = stack.enter_context(Log.opened(log)) if log else None
            tell = stack.enter_context(terminal.progress(count(paths)))
            run: Callable[..., Report] = (
                partial(ingest, store=store, keep_duplicates=choice.keep_duplicates)
                if isinstance(store, Store)
                else partial(keeping.ingest, record=store)
            )
            with stopping.completing(store.commit if isinstance(store, Store) else _nothing):
                run(
                    articles,
                    progress=tell,
                    report=report,
                    extractor=extractor,
                    engine=engine,
                    changed_only=choice.changed_only,
                    since=since,
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


def _nothing() -> None:
    pass


def _opened(folder: Path | str, stack: ExitStack) -> Store | Distant:
    if filesystems.is_elsewhere(str(folder)):
        return Distant.open(str(folder))
    return stack.enter_context(Store.open(folder, create=True, writable=True))


def _may_lead_somewhere(path: str) -> bool:
    return path == STDIN or is_address(path) or filesystems.is_elsewhere(path) or os.path.lexists(path)
