"""What is new in, a store with it out, round by round, until somebody stops it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from itertools import chain
from pathlib import Path

from kg.cli import terminal
from kg.cli.articles import Choice, Told
from kg.cli.reading import web
from kg.cli.stopping import Stopped, Stopping
from kg.errors import StoreInUse
from kg.graph.store import Store
from kg.pipeline import Log, Report, ingest, local
from kg.read import is_address
from kg.read.watching import Watch

_FIRST = 1.0  # seconds between the first two looks: what lies there already is mostly whole
_PATIENCE = 5.0  # seconds until a store is tried again that somebody else writes into


def watch_paths(
    paths: Sequence[str],
    folder: Path,
    told: Told,
    choice: Choice,
    *,
    every: float,
    limit: int,
    log: Path | None,
    jobs: int | None = None,
) -> None:
    """Read what arrives at some paths into the store in `folder`, looking `every` so many seconds; a signal ends it.

    `limit` is how many pages of a feed are read at a time; what became of each article is a line in the file `log`.
    Up to so many `jobs` read, 0: one for each core.
    Raises `SourceError` where a path leads nowhere, `StoreError` or `OSError` where what is read cannot be written.
    """
    fetched = web(folder, limit, known={}) if any(map(is_address, paths)) else None
    watched = Watch(paths, defaults=told.defaults, columns=told.columns, fetched=fetched)
    asked = partial(
        ingest,
        engine=local(1 if jobs is None else jobs, again=True),
        since=choice.first,
        changed_only=choice.changed_only,
        keep_duplicates=choice.keep_duplicates,
    )
    with suppress(Stopped), Stopping() as stopping, ExitStack() as stack:
        written = stack.enter_context(Log.opened(log)) if log else None
        terminal.note(f"watching {', '.join(paths)}: Ctrl-C ends it")
        _rounds(watched, asked, folder, every, written, stopping)


def _rounds(
    watched: Watch, run: Callable[..., Report], folder: Path, every: float, log: Log | None, stopping: Stopping
) -> None:
    pause = min(every, _FIRST)
    while True:
        news = watched.news()
        if first := next(news, None):
            _round(partial(run, chain([first], news)), folder, Report(log=log), stopping)
        time.sleep(pause)
        pause = every


def _round(run: Callable[..., Report], folder: Path, report: Report, stopping: Stopping) -> None:
    """Read what is new; between the rounds the store is anybody's."""
    try:
        with _opened(folder) as store, stopping.completing(store.commit):
            run(store=store, report=report, storing=stopping.storing)
    finally:
        terminal.round(report)


def _opened(folder: Path) -> Store:
    told = False
    while True:
        try:
            return Store.open(folder, create=True, writable=True)
        except StoreInUse as error:
            if not told:
                terminal.note(f"{error}: waiting")
            told = True
            time.sleep(_PATIENCE)
