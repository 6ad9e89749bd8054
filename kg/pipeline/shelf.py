"""Results in, the same out once they are stored: a thread waits for the disk while further articles are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from kg.graph.store import Store
from kg.pipeline.shard import Result

_MOST = 32  # results that wait: a kill loses them


class Shelf:
    """What puts articles into a store, one after the other, in the order in which they were given."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storing")
        self._waiting: deque[tuple[Result, Future[bool]]] = deque()

    def put(self, result: Result) -> None:
        """Have an article stored."""
        stored = self._thread.submit(self._store.put, result.article, result.turtle, result.reader)
        self._waiting.append((result, stored))

    def stored(self, *, all: bool = False) -> Iterator[Result]:
        """What has been stored since, or, after a wait, all that was put. Raises `StoreError` where one cannot be."""
        while self._waiting and (all or len(self._waiting) > _MOST or self._waiting[0][1].done()):
            result, future = self._waiting[0]
            future.result()
            self._waiting.popleft()
            yield result

    def close(self) -> None:
        """Let the one article be stored that is being so, and no other."""
        self._thread.shutdown(cancel_futures=True)
