"""Results in, the same out once they are stored: a thread waits for the disk while further articles are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

from kg.errors import StoreError
from kg.graph.store import Put, Store
from kg.pipeline.shard import Result

_GROUP = 32  # results that are stored at one stroke, at most: the disk takes them in a third of the time
_GROUP_BYTES = 2_000_000
_LINGER = 0.25  # seconds in which they gather; a kill loses what was read meanwhile
_MOST = 2  # groups that wait


class Shelf:
    """What puts articles into a store, in the order in which they were given, as many at a time as have gathered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storing")
        self._gathered: list[Result] = []
        self._bytes, self._since = 0, 0.0
        self._waiting: deque[Future[tuple[Sequence[Result], StoreError | None]]] = deque()
        self._stored: deque[Result] = deque()

    def put(self, result: Result) -> None:
        """Have an article stored."""
        if not self._gathered:
            self._since = monotonic()
        self._gathered.append(result)
        self._bytes += len(result.turtle) + len(result.article.text)

    def stored(self, *, all: bool = False) -> Iterator[Result]:
        """What has been stored since, or, after a wait, all that was put. Raises `StoreError` where one cannot be."""
        if self._gathered and (all or self._is_group):
            self._waiting.append(self._thread.submit(self._store_all, self._gathered))
            self._gathered, self._bytes = [], 0
        while self._waiting and (all or len(self._waiting) > _MOST or self._waiting[0].done()):
            stored, error = self._waiting[0].result()
            self._waiting.popleft()
            self._stored.extend(stored)
            yield from self._given()
            if error:
                raise error
        yield from self._given()  # which an interrupted caller has not taken

    def close(self) -> None:
        """Let the group be stored that is being so, and no other."""
        self._thread.shutdown(cancel_futures=True)

    @property
    def _is_group(self) -> bool:
        is_large = len(self._gathered) >= _GROUP or self._bytes >= _GROUP_BYTES
        return is_large or monotonic() - self._since >= _LINGER

    def _given(self) -> Iterator[Result]:
        while self._stored:
            yield self._stored.popleft()

    def _store_all(self, results: Sequence[Result]) -> tuple[Sequence[Result], StoreError | None]:
        """Store a group, or, where that cannot be, as many of it as can; gives those, and why it is not all."""
        try:
            self._store.put_all([Put(result.article, result.turtle, result.reader) for result in results])
        except StoreError:
            return self._store_each(results)
        return results, None

    def _store_each(self, results: Sequence[Result]) -> tuple[Sequence[Result], StoreError | None]:
        for number, result in enumerate(results):
            try:
                self._store.put(result.article, result.turtle, result.reader)
            except StoreError as error:
                return results[:number], error
        return results, None
