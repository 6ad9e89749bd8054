"""Articles in, what each became out, read by several processes of this machine.

They are programs of their own, so that who calls needs no `if __name__ == "__main__"`. They are started as there is
work for them, have a shard in hand besides the one that they read, and end with this process, however it ends. The
articles of one that dies are read again, each by itself; one that kills its reader twice is reported.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from kg.errors import KGError, ServiceError, SourceError
from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline.engines.queue import Queue, Shard
from kg.pipeline.engines.reader import Reader
from kg.pipeline.engines.worker import Setting, Word
from kg.pipeline.limits import Limits
from kg.pipeline.shard import Extractor, Result, failed

WORTH = 150_000  # characters that wait for each who reads, from which on one more is worth loading its models
_IN_HAND = 2  # shards
_LOOK = 1.0  # seconds between two looks at who takes too long
_DEATHS = 20  # one after the other, without a result between them: it is not the articles


@dataclass(frozen=True, slots=True)
class Processes:
    """Reads in up to so many processes, each with models of its own."""

    jobs: int
    limits: Limits = field(default_factory=Limits)

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError]:
        """As `Engine` has it, longer articles before shorter ones. Raises `ServiceError` where no process lives."""
        crew = _Crew(self.jobs, Setting(names, extractor, self.limits))
        try:
            yield from crew.results(iter(articles))
        finally:
            crew.end()


class _Crew:
    def __init__(self, jobs: int, setting: Setting) -> None:
        self._jobs, self._setting = jobs, setting
        self._queue = Queue(jobs)
        self._readers: list[Reader] = []
        self._deaths = 0

    def results(self, articles: Iterator[Article]) -> Iterator[Result | SourceError]:
        more = True
        while more or self._is_at_work():
            if more and not self._queue.is_full:
                more = self._take(articles)
            self._hand_out(at_once=not more)
            # who still has articles to take, or waits for nobody, looks only whether somebody has said something
            waits = self._queue.is_full if more else self._is_at_work()
            channels = {reader.channel: reader for reader in self._readers}
            for channel in wait(list(channels), _LOOK if waits else 0):
                yield from self._heard(channels[channel])  # type: ignore[index]
            for reader in self._readers:
                reader.end_if_slow()

    def end(self) -> None:
        for reader in self._readers:
            reader.end()

    def _is_at_work(self) -> bool:
        return bool(self._queue.size) or any(reader.shards for reader in self._readers)

    def _take(self, articles: Iterator[Article]) -> bool:
        if (article := next(articles, None)) is not None:
            self._queue.put(article)
        return article is not None

    def _hand_out(self, *, at_once: bool) -> None:
        """Give a shard to each who has none, whatever there is, and then a second one."""
        if self._queue.size > WORTH * len(self._readers) and len(self._readers) < self._jobs:
            self._readers.append(Reader(self._setting))
        for held in range(_IN_HAND):
            for reader in self._readers:
                if reader.is_ready and len(reader.shards) == held:
                    shard = self._queue.take(at_once=at_once or not held)
                    if shard:
                        reader.give(shard)

    def _heard(self, reader: Reader) -> Iterator[Result | SourceError]:
        try:
            word = reader.hear()
        except EOFError:
            yield from self._bury(reader)
            return
        if isinstance(word, Result | SourceError):
            self._deaths = 0
            yield word
        elif isinstance(word, KGError):
            raise word
        elif word == Word.LEAVING:
            self._dismiss(reader)

    def _bury(self, reader: Reader) -> Iterator[SourceError]:
        """Have what a dead reader had in hand read again, and say which article has killed two."""
        self._deaths += 1
        if not reader.is_ready or self._deaths == _DEATHS:
            raise ServiceError("the processes that read die: is there memory for so many --jobs?")
        if reader.shards:
            shard = reader.shards.popleft()
            again, killers = (deque[Article](), shard.articles) if shard.is_suspect else (shard.articles, ())
            for article in killers:
                yield failed(article, reader.verdict(self._setting.limits.time(article)))
            self._queue.put_back(Shard(deque([article]), is_suspect=True) for article in again)
        self._dismiss(reader)

    def _dismiss(self, reader: Reader) -> None:
        self._queue.put_back(reader.shards)
        self._readers.remove(reader)
        reader.end()
