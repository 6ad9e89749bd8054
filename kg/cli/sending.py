"""A store and a server in, the one on the other out, and a line about what was sent and what is not as it should be."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.cli import terminal
from kg.errors import ServiceError
from kg.graph.remote import Endpoint, pushing
from kg.graph.remote.changes import Graph, Remote
from kg.graph.remote.destinations import ByGraphStore, ByUpdate, find
from kg.graph.remote.pushed import BEGUN, Pushed
from kg.graph.remote.pushing import Difference, Plan
from kg.graph.remote.web import Login, Web
from kg.graph.store import Store

_SHOWN = 5  # graphs that differ
_EVERY = 10.0  # seconds between two lines about how far it is
_NO_UNION = (
    "plain queries there see its default graph alone, and not the articles' graphs: push into a dataset whose default "
    "graph is the union of all (Fuseki: tdb2:unionDefaultGraph true; kg serve --data: --union)"
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where to push, as far as it is said: URLs, the graph for what articles share, and a file with a login."""

    endpoint: str
    update: str | None = None
    graph_store: str | None = None
    default_graph: str | None = None
    login: Path | None = None


def push(folder: Path, server: Server, *, dry_run: bool, again: bool, instead: bool) -> int:
    """Bring a server up to date with a store, or only say what that would be; 1 where the numbers differ, else 0."""
    login = _login(server.login)
    web = Web(login)
    with Store.open(folder) as store:
        contents = store.contents()
        endpoint = Endpoint(server.endpoint, names=store.names, timeout=300, login=login)
        pushed = Pushed(endpoint, web)
        plan = pushing.plan(contents, pushed, again=again, instead=instead)
        if dry_run:
            print("\n".join(_planned(plan)))
            return 0
        place, progress = plan.place, _Progress()
        if plan or isinstance(place, bool):
            remote = _remote(server, web)
            place = _place(plan, pushed, remote, server)
            pushing.push(contents, plan, remote, place, tell=progress.tell)
        else:
            _must_agree(place, server)
        print(f"{server.endpoint}: {_done(plan, progress)}")
        if not pushed.is_union():
            terminal.note(f"{server.endpoint}: {_NO_UNION}")
        return _verified(pushing.differences(contents, pushed, place), contents.sizes, contents.shared)


def _login(path: Path | None) -> Login | None:
    if path is None:
        return Login.parse(resources.login() or "")
    try:
        return Login.parse(path.read_text(encoding="utf-8").splitlines()[0])
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise ServiceError(f"{path}: no login can be read: a line user:password, or a token") from error


def _remote(server: Server, web: Web) -> Remote:
    remote: Remote
    if server.update:
        remote = ByUpdate(web, server.update)
    elif server.graph_store:
        remote = ByGraphStore(web, server.graph_store)
    else:
        return find(web, server.endpoint, BEGUN)
    remote.apply([BEGUN])
    return remote


def _place(plan: Plan, pushed: Pushed, remote: Remote, server: Server) -> Graph:
    if isinstance(plan.place, bool):
        return pushed.choose(remote, server.default_graph)
    _must_agree(plan.place, server)
    return plan.place


def _must_agree(place: Graph, server: Server) -> None:
    if server.default_graph not in (None, place):
        there = place or "the server's own default graph"
        raise ServiceError(f"{server.endpoint}: what articles share was pushed to {there}: leave out --default-graph")


def _planned(plan: Plan) -> list[str]:
    lines = [f"send {graph}" for graph in plan.graphs] + [f"remove {graph}" for graph in plan.gone_graphs]
    shared = f"{len(plan.subjects)} entities to send, {len(plan.gone_subjects)} to remove"
    return [*lines, f"{len(plan.graphs)} graphs to send, {len(plan.gone_graphs)} to remove; {shared}"]


def _done(plan: Plan, progress: _Progress) -> str:
    if not plan:
        return "nothing to do: everything was there"
    sent = f"{len(plan.graphs)} graphs and {len(plan.subjects)} entities sent"
    gone = f"{len(plan.gone_graphs)} graphs and {len(plan.gone_subjects)} entities removed"
    return f"{sent} ({progress.triples} triples, {progress.rate():.0f} a second), {gone}"


def _verified(found: Sequence[Difference], sizes: dict[str, int], shared: int) -> int:
    for one in found[:_SHOWN]:
        terminal.note(f"{one.graph or 'the default graph'}: {one.there} triples there, {one.here} here")
    if found:
        more = f" ({len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
        terminal.note(f"{len(found)} graphs differ{more}: kg push --again sends everything")
        return 1
    terminal.note(
        f"verified: {sum(sizes.values()) + shared} triples in {len(sizes) + 1} graphs, as many as in the store"
    )
    return 0


class _Progress:
    """Counts what arrived, with a line every ten seconds."""

    def __init__(self) -> None:
        self.triples = 0
        self._begun = time.monotonic()
        self._next = self._begun + _EVERY

    def tell(self, triples: int) -> None:
        self.triples += triples
        if time.monotonic() > self._next:
            print(f"{self.triples} triples sent, {self.rate():.0f} a second", file=sys.stderr, flush=True)
            self._next = time.monotonic() + _EVERY

    def rate(self) -> float:
        """Triples a second."""
        return self.triples / max(time.monotonic() - self._begun, 1e-3)
