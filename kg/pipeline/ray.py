"""Articles in, what each became out, read by workers on the machines of a Ray cluster, each with its own models.

A worker is an actor on one core. One that dies, with its machine or alone, is replaced, and what it had is done again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import Any

from kg import plugins, resources
from kg.errors import KGError, PluginError, Reason, SourceError
from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline import cluster, shard
from kg.pipeline.outcome import Outcome
from kg.pipeline.shard import Extractor, Result
from kg.text import languages

Found = Result | SourceError | Outcome
Work = Callable[[Sequence[Article], Namespaces, Extractor | None], Iterator[Found]]

_WINDOW = 1024  # articles that are looked at together, to be ordered by length
_SHARD = 16  # articles that go out together, at most: seconds of work, lost with a worker that dies
_CHARACTERS = 200_000  # that go out together, unless one article has more
_AHEAD = 2  # shards that a worker has: the one it reads and the next, so that it need not wait
_TURN = 5.0  # seconds after which hung workers and machines that have come are looked for
_DEATHS = 2  # of workers by themselves with one article: one may be its machine's


@dataclass(frozen=True, slots=True)
class Ray:
    """Reads on the Ray cluster at `address`, or on one that is started on this machine for the time of a run.

    There are `jobs` workers, by default one for each of the cluster's cores, those too that come while it reads. An
    article may take `limit` seconds. `work` is what a worker does with a shard.
    """

    address: str | None = None
    jobs: int | None = None
    limit: float = 300.0
    work: Work = shard.results

    def results(self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None) -> Iterator[Found]:
        """As `Engine` has it, in the order in which workers are done.

        Raises `PluginError` where Ray, or on another machine this very reader, is not installed, and `ServiceError`
        for a cluster that cannot be reached.
        """
        with cluster.joined(self.address, self.jobs):
            crew = _Crew(self, cluster.sent((names, extractor, self.work)))
            try:
                yield from crew.results(_shards(articles))
            finally:
                crew.dismiss()


@dataclass(frozen=True, slots=True)
class _Shard:
    articles: tuple[Article, ...]
    alone: bool = False  # to be given to a worker that has nothing else, so that its death can be laid to one article
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    actor: Any
    jobs: deque[tuple[Any, _Shard]] = field(default_factory=deque)  # what it was given, by reference to the results
    since: float = 0.0  # when it began with the first of them, at the earliest

    def has_room(self, ahead: int) -> bool:
        """Whether it has just so many shards, and may have another."""
        return len(self.jobs) == ahead and not any(shard.alone for _, shard in self.jobs)

    def give(self, shard: _Shard) -> Any:
        self.since = self.since if self.jobs else monotonic()
        ref = self.actor.results.remote(shard.articles)
        self.jobs.append((ref, shard))
        return ref


class Actor:
    """What runs on a cluster's machines: the same pure function as everywhere, with models that stay loaded."""

    def __init__(self, terms: tuple[Namespaces, Extractor | None, Work]) -> None:
        self.names, self.extractor, self.work = terms

    def reader(self) -> str:
        """What tells the reader on this machine from others."""
        return _reader()

    def results(self, articles: Sequence[Article]) -> list[Found] | KGError:
        """What the articles became; what every article would meet is given back, for Ray would wrap what is raised."""
        try:
            return list(self.work(articles, self.names, self.extractor))
        except KGError as error:
            return error


class _Crew:
    """Workers, what each of them has in hand, and what is to be done again."""

    def __init__(self, engine: Ray, terms: Any) -> None:
        self._engine = engine
        self._terms = terms
        self._actor = cluster.remote(Actor)
        self._coming: dict[Any, _Worker] = {}  # by reference to who they are
        self._there: list[_Worker] = []
        self._at: dict[Any, _Worker] = {}  # by reference to results
        self._again: deque[_Shard] = deque()

    def results(self, shards: Iterator[_Shard]) -> Iterator[Found]:
        """All results of all shards. No more are taken than the workers that are there have hands for."""
        while True:
            self._hire()
            self._hand_out(shards)
            if not self._at and not self._next_up(shards):
                return
            for ref in cluster.done([*self._at, *self._coming], _TURN):
                yield from self._done(ref)
            yield from self._overdue()

    def dismiss(self) -> None:
        """Let all workers go, also in the middle of a shard."""
        for worker in (*self._there, *self._coming.values()):
            cluster.kill(worker.actor)

    def _hire(self) -> None:
        for _ in range(len(self._there) + len(self._coming), self._engine.jobs or cluster.cores()):
            worker = _Worker(self._actor.remote(self._terms))
            self._coming[worker.actor.reader.remote()] = worker

    def _hand_out(self, shards: Iterator[_Shard]) -> None:
        for ahead in range(_AHEAD):  # one for each before any has two
            for worker in self._there:
                if worker.has_room(ahead) and (shard := self._next(shards, ahead)):
                    self._at[worker.give(shard)] = worker

    def _next(self, shards: Iterator[_Shard], ahead: int) -> _Shard | None:
        if self._again and not (ahead and self._again[0].alone):
            return self._again.popleft()
        return next(shards, None)

    def _next_up(self, shards: Iterator[_Shard]) -> bool:
        """Whether there is anything to hand out, while nobody is there to take it."""
        if not self._again:
            self._again.extend(islice(shards, 1))
        return bool(self._again)

    def _done(self, ref: Any) -> Iterator[Found]:
        if ref in self._coming:
            self._welcome(ref, self._coming.pop(ref))
        elif worker := self._at.pop(ref, None):
            results = cluster.got(ref)
            if results is None:
                yield from self._lost(worker, Reason.BROKEN)
            elif isinstance(results, KGError):
                raise results
            else:
                worker.jobs = deque(job for job in worker.jobs if job[0] != ref)
                worker.since = monotonic()
                yield from results

    def _welcome(self, ref: Any, worker: _Worker) -> None:
        reader = cluster.got(ref)
        if reader is None:  # its machine went while it came
            return
        if reader != _reader():
            raise PluginError(
                f"another reader is installed on a machine of the cluster ({reader}) than here "
                f"({_reader()}): install the same dateline-kg, models and names on all"
            )
        self._there.append(worker)

    def _overdue(self) -> Iterator[Found]:
        for worker in [w for w in self._there if w.jobs and monotonic() - w.since > self._engine.limit]:
            yield from self._lost(worker, Reason.TOO_SLOW)

    def _lost(self, worker: _Worker, reason: Reason) -> Iterator[Found]:
        """A worker is gone, or is to go: what it read is done again, article by article, and what waited as it is."""
        cluster.kill(worker.actor)
        self._there.remove(worker)
        jobs = [job for ref, job in worker.jobs if self._at.pop(ref, worker)]
        read, waiting = jobs[0], jobs[1:]
        self._again.extendleft(waiting)
        if not read.alone:
            self._again.extend(_Shard((article,), alone=True) for article in read.articles)
        elif reason is Reason.BROKEN and read.deaths + 1 < _DEATHS:
            self._again.append(_Shard(read.articles, alone=True, deaths=read.deaths + 1))
        else:
            yield self._given_up(read.articles[0], reason)

    def _given_up(self, article: Article, reason: Reason) -> SourceError:
        if reason is Reason.TOO_SLOW:
            why = f"not read after {self._engine.limit:.0f} seconds: cut it in parts"
        else:
            why = f"the reader's process died on it {_DEATHS} times: please report it"
        return SourceError(f"{article.id}: {why}", reason=reason, where=article.where, id=article.id)


def _shards(articles: Iterable[Article]) -> Iterator[_Shard]:
    """Articles of like length together, the longest of a window first, so that none waits for a long one at the end."""
    articles = iter(articles)
    while window := sorted(islice(articles, _WINDOW), key=lambda article: -len(article.text)):
        waiting = deque(window)
        while waiting:
            yield _Shard(tuple(_cut(waiting)))


def _cut(waiting: deque[Article]) -> Iterator[Article]:
    room = _CHARACTERS
    for count in range(_SHARD):
        if not waiting or (count and len(waiting[0].text) > room):
            return
        room -= len(waiting[0].text)
        yield waiting.popleft()


def _reader() -> str:
    """What tells the reader that is installed from others, in all its languages."""
    models = {model for code in plugins.names(languages.GROUP) for model in languages.models(code)}
    return ", ".join((f"dateline-kg {plugins.version()} ({resources.fingerprint()})", *sorted(models)))
