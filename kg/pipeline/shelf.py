"""Results in, the same out once they are stored: a thread waits for the disk while further articles are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock

from kg.errors import StoreError
from kg.graph.store import Put, Store
from kg.pipeline.shard import Result

_GROUP = 32  # results that are stored at one stroke, at most: the disk takes them in a third of the time
_GROUP_BYTES = 2_000_000
_LINGER = 0.25  # seconds in which they gather; a kill loses what was read meanwhile


class Shelf:
    """What puts articles into a store, in the order in which they were given, as many at a time as have gathered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storing")
        self._turn, self._go = Lock(), Event()
        self._gathered: list[Result] = []
        self._bytes = 0
        # the group that is being stored, and the one that gathers
        self._waiting: deque[Future[tuple[Sequence[Result], StoreError | None]]] = deque()
        self._stored: deque[Result] = deque()

    def put(self, result: Result) -> None:
        """Have an article stored."""
        with self._turn:
            self._gathered.append(result)
            self._bytes += len(result.turtle) + len(result.article.text)
            if len(self._gathered) == 1:
                self._go.clear()
                self._waiting.append(self._thread.submit(self._store_gathered))
            if self._is_full:
                self._go.set()

    def stored(self, *, all: bool = False) -> Iterator[Result]:
        """What has been stored since, or, after a wait, all that was put. Raises `StoreError` where one cannot be."""
        if all:
            self._go.set()
        while self._waiting and (all or self._waiting[0].done() or (self._is_full and len(self._waiting) > 1)):
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
    def _is_full(self) -> bool:
        return len(self._gathered) >= _GROUP or self._bytes >= _GROUP_BYTES

    def _given(self) -> Iterator[Result]:
        while self._stored:
            yield self._stored.popleft()

    def _store_gathered(self) -> tuple[Sequence[Result], StoreError | None]:
        self._go.wait(_LINGER)
        with self._turn:
            results, self._gathered, self._bytes = self._gathered, [], 0
        return self._store_all(results)

    def _store_all(self, results: Sequence[Result]) -> tuple[Sequence[Result], StoreError | None]:
        """Store a group, or, where one is not fit to be, those before it; gives those, and why it is not all."""
        try:
            self._store.put_all([Put(result.article, result.turtle, result.reader) for result in results])
        except StoreError as error:
            # what the disk does not take is said at once
            return ([], error) if isinstance(error.__cause__, OSError) else self._store_each(results)
        return results, None

    def _store_each(self, results: Sequence[Result]) -> tuple[Sequence[Result], StoreError | None]:
        for number, result in enumerate(results):
            try:
                self._store.put(result.article, result.turtle, result.reader)
            except StoreError as error:
                return results[:number], error
        return results, None
