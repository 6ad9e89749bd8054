"""Articles in, what each became out, read by workers on the machines of a Ray cluster, each with its own models.

A worker is an actor on one core. One that dies, with its machine or alone, is replaced, and what it had is done again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from time import monotonic
from typing import Any

from kg import plugins, resources
from kg.errors import KGError, PluginError, Reason, ServiceError, SourceError
from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline import shard
from kg.pipeline.engines import cluster
from kg.pipeline.engines.queue import Queue
from kg.pipeline.engines.worker import WORN
from kg.pipeline.limits import Limits, resident, too_slow
from kg.pipeline.outcome import Outcome
from kg.pipeline.shard import Extractor, Result, failed
from kg.text import languages

Found = Result | SourceError | Outcome
Work = Callable[[Sequence[Article], Namespaces, Extractor | None, Limits], Iterator[Found]]

_TAKEN = 64  # articles that are taken in between two looks at what has come
_AHEAD = 2  # shards that a worker has: the one that it reads and the next, so that it need not wait
_LOOK = 5.0  # seconds between two looks at who takes too long and which machines have come
_GRACE = 60.0  # seconds in which models are loaded, for one
_DEATHS = 2  # of workers by themselves with one article: one may be its machine's
_DEATHS_OF_ALL = 3  # of each worker, on average and without a result between them: it is not the articles


@dataclass(frozen=True, slots=True)
class Ray:
    """Reads on the Ray cluster at `address`, or on one that is started on this machine for the time of a run.

    There are `jobs` workers, by default one for each of the cluster's cores, those too that come while it reads. `work`
    is what a worker does with a shard.
    """

    address: str | None = None
    jobs: int | None = None
    limits: Limits = field(default_factory=Limits)
    work: Work = shard.results

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError | Outcome]:
        """As `Engine` has it, longer articles before shorter ones; where there are none, Ray is not started.

        Raises `PluginError` where Ray, or on another machine this very reader, is not installed, and `ServiceError`
        for a cluster that cannot be reached.
        """
        articles = iter(articles)
        if (first := next(articles, None)) is None:
            return
        with cluster.joined(self.address, self.jobs):
            crew = _Crew(self, cluster.sent((names, extractor, self.limits, self.work)), bool(extractor))
            try:
                yield from crew.results(chain([first], articles))
            finally:
                crew.dismiss()


class Actor:
    """What runs on a cluster's machines: the same pure function as everywhere, with models that stay loaded."""

    def __init__(self, terms: tuple[Namespaces, Extractor | None, Limits, Work]) -> None:
        self.names, self.extractor, self.limits, self.work = terms

    def reader(self) -> str:
        """What tells the reader on this machine from others."""
        return installed()

    def results(self, articles: Sequence[Article]) -> tuple[list[Found] | KGError, bool]:
        """What the articles became, and whether it is fit for more: it may have been interrupted, or be worn.

        An error that every article would meet is given back, for Ray would wrap what is raised.
        """
        try:
            found = list(self.work(articles, self.names, self.extractor, self.limits))
        except KGError as error:
            return error, True
        interrupted = any(
            isinstance(one, SourceError) and one.reason in (Reason.TOO_SLOW, Reason.MEMORY) for one in found
        )
        return found, not interrupted and resident() <= WORN * self.limits.memory


def installed() -> str:
    """What tells the reader that is installed from others, in all its languages."""
    models = {model for code in plugins.names(languages.GROUP) for model in languages.models(code)}
    return ", ".join((f"dateline-kg {plugins.version()} ({resources.fingerprint()})", *sorted(models)))


@dataclass(frozen=True, slots=True)
class _Job:
    """Articles that a worker gets; `alone`, while it has nothing else, so that its death can be laid to one article."""

    articles: tuple[Article, ...]
    alone: bool = False
    deaths: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    actor: Any
    jobs: deque[tuple[Any, _Job]] = field(default_factory=deque)  # by reference to results; it reads the first
    since: float = 0.0  # when it began with that, at the earliest

    def has_room(self, ahead: int) -> bool:
        """Whether it has just so many jobs, and may have another."""
        return len(self.jobs) == ahead and not any(job.alone for _, job in self.jobs)

    def give(self, job: _Job) -> Any:
        """Hand a job over; a reference to its results."""
        self.since = self.since if self.jobs else monotonic()
        ref = self.actor.results.remote(job.articles)
        self.jobs.append((ref, job))
        return ref

    def is_slow(self, limits: Limits) -> bool:
        """Whether it takes so long that its own clock must have failed."""
        longest = max((limits.patience(article) for _, job in self.jobs for article in job.articles), default=0.0)
        return bool(self.jobs) and monotonic() - self.since > longest + _GRACE


class _Crew:
    """Workers, what each of them has in hand, what waits, and what is to be done again."""

    def __init__(self, engine: Ray, terms: Any, patient: bool) -> None:
        self._engine, self._terms, self._patient = engine, terms, patient
        self._actor = cluster.remote(Actor)
        self._coming: dict[Any, _Worker] = {}  # by reference to who they are
        self._there: list[_Worker] = []
        self._at: dict[Any, _Worker] = {}  # by reference to results
        self._cores, self._counted = cluster.cores(), monotonic()
        self._queue = Queue(self._wanted())
        self._again: deque[_Job] = deque()
        self._deaths = 0  # since there were results

    def results(self, articles: Iterator[Article]) -> Iterator[Found]:
        """All results. No more articles are taken than a window holds."""
        more = True
        while more or self._queue.size or self._again or self._at:
            if more and not self._queue.is_full:
                more = self._take(articles)
            self._hire()
            self._hand_out(at_once=not more)
            for ref in cluster.done([*self._at, *self._coming], 0 if more and not self._queue.is_full else _LOOK):
                yield from self._done(ref)
            for worker in [
                worker for worker in self._there if not self._patient and worker.is_slow(self._engine.limits)
            ]:
                yield from self._lost(worker, is_slow=True)

    def dismiss(self) -> None:
        """Let all workers go, also in the middle of a shard."""
        for worker in (*self._there, *self._coming.values()):
            cluster.kill(worker.actor)

    def _wanted(self) -> int:
        if not self._engine.jobs and monotonic() > self._counted + _LOOK:
            self._cores, self._counted = cluster.cores(), monotonic()
        return self._engine.jobs or self._cores

    def _take(self, articles: Iterator[Article]) -> bool:
        taken = list(islice(articles, _TAKEN))
        for article in taken:
            self._queue.put(article)
        return len(taken) == _TAKEN

    def _hire(self) -> None:
        for _ in range(len(self._there) + len(self._coming), self._wanted()):
            worker = _Worker(self._actor.remote(self._terms))
            self._coming[worker.actor.reader.remote()] = worker

    def _hand_out(self, *, at_once: bool) -> None:
        for ahead in range(_AHEAD):  # one for each before any has two
            for worker in self._there:
                if worker.has_room(ahead) and (job := self._next(ahead, at_once=at_once or not ahead)):
                    self._at[worker.give(job)] = worker

    def _next(self, ahead: int, *, at_once: bool) -> _Job | None:
        if self._again and not (ahead and self._again[0].alone):
            return self._again.popleft()
        taken = self._queue.take(at_once=at_once)
        return _Job(tuple(taken.articles)) if taken else None

    def _done(self, ref: Any) -> Iterator[Found]:
        if ref in self._coming:
            self._welcome(ref, self._coming.pop(ref))
        elif worker := self._at.pop(ref, None):
            if (answer := cluster.got(ref)) is None:
                yield from self._lost(worker)
                return
            worker.jobs = deque(job for job in worker.jobs if job[0] != ref)
            worker.since, self._deaths = monotonic(), 0
            found, is_fit = answer
            if isinstance(found, KGError):
                raise found
            if not is_fit:
                self._again.extendleft(self._dismissed(worker))
            yield from found

    def _welcome(self, ref: Any, worker: _Worker) -> None:
        reader = cluster.got(ref)
        if reader is None:  # its machine went while it came
            self._mourn()
            return
        if reader != installed():
            raise PluginError(
                f"another reader is installed on a machine of the cluster ({reader}) than here ({installed()}): "
                "install the same dateline-kg, models and names on all"
            )
        self._there.append(worker)

    def _dismissed(self, worker: _Worker) -> list[_Job]:
        """What a worker had in hand that is gone from now on."""
        cluster.kill(worker.actor)
        self._there.remove(worker)
        for ref, _ in worker.jobs:
            self._at.pop(ref, None)
        return [job for _, job in worker.jobs]

    def _lost(self, worker: _Worker, *, is_slow: bool = False) -> Iterator[SourceError]:
        """A worker is gone, or is to go: what it read is done again, each by itself, and what waited as it is."""
        self._mourn()
        read, *waiting = self._dismissed(worker)
        self._again.extendleft(waiting)
        if not read.alone:
            self._again.extend(_Job((article,), alone=True) for article in read.articles)
        elif is_slow or read.deaths + 1 == _DEATHS:
            yield failed(read.articles[0], self._verdict(read.articles[0], is_slow))
        else:
            self._again.append(_Job(read.articles, alone=True, deaths=read.deaths + 1))

    def _mourn(self) -> None:
        self._deaths += 1
        if self._deaths > _DEATHS_OF_ALL * self._wanted() + _DEATHS:
            raise ServiceError("the workers on the cluster die: is there memory for one on each core?")

    def _verdict(self, article: Article, is_slow: bool) -> SourceError:
        if is_slow:
            return too_slow(self._engine.limits.time(article))
        return SourceError(f"{_DEATHS} processes that read it died of it: please report it", reason=Reason.BROKEN)
