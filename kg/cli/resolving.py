"""A store and a person's decisions in, its entities merged out, and a table of what was merged and what may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg import gazetteer
from kg.cli import terminal
from kg.errors import QueryError
from kg.graph import called
from kg.graph.store import Store, disk, merges
from kg.graph.store.identities import MERGES
from kg.link import merging
from kg.link.proposals import propose
from kg.model import Decisions, Merge

_SAID = {
    "merge": "one entity from now on",
    "apart": "kept apart from now on",
    "undo": "nothing is decided of them any more",
}
_Pair = tuple[str, str]


def resolve(folder: Path, *, threshold: float, dry_run: bool, shown: int) -> None:
    """Propose merges, apply those that reach the threshold and that nobody forbids, and print both kinds.

    `shown` is how many are printed, 0 for all; a dry run writes nothing.
    """
    with Store.open(folder, writable=not dry_run) as store:
        profiles = store.profiles()
        written_down = {store.names.entity_iri(id) for id in gazetteer.load().entries}
        matches = propose(profiles, known_apart=written_down)
        proposed = [(match, Merge(match.one, match.other, match.score, match.why)) for match in matches]
        sure = set(merging.accepted([match for match, _ in proposed], profiles, threshold=threshold))
        replaced, groups = _merged(store, [merge for match, merge in proposed if match in sure])
        if not dry_run:
            _apply(store, [merge for match, merge in proposed if match in sure], replaced)
        rows = [_row(merge, groups, store) for _, merge in proposed]
    terminal.table(["score", "verdict", "one", "other", "why"], rows[: shown or None])
    told = f"{len(replaced)} {'would be ' if dry_run else ''}merged into others; proposals: {len(proposed)}"
    terminal.note(f"{told}{f', of which {shown} are shown' if 0 < shown < len(rows) else ''}")


def decide(folder: Path, verdict: str, one: str, other: str) -> None:
    """Note that two entities are one (`merge`), are two (`apart`), or that nothing is decided of them (`undo`).

    Raises `QueryError` for what is no entity of the store, `StoreError` for what contradicts another decision.
    """
    with Store.open(folder, writable=True) as store:
        before = store.identities.decisions()
        pair = _pair(store, one, other, before)
        decisions = _decided(before, verdict, pair)
        sure = merges.merges(store.identities.graph(MERGES))
        replaced, _ = _merged(store, sure, decisions)  # a contradiction is told before anything is written
        with disk.failing("write", store.identities.folder):
            store.identities.decide(decisions)
        _apply(store, sure, replaced)
        first, second = (_short(iri, store) for iri in pair)
    terminal.line(f"{first} and {second}: {_SAID[verdict]}")


def show(folder: Path) -> None:
    """Print what a person has decided, and which entities others stand for."""
    with Store.open(folder) as store:
        decisions = store.identities.decisions()
        told = {"merge": decisions.merged, "apart": decisions.apart}
        rows = [(verdict, *pair) for verdict, pairs in told.items() for pair in sorted(pairs)]
        rows += sorted(("replaced", old.value, new.value) for old, new in store.identities.replaced.items())
        cells = [(verdict, _short(one, store), _short(other, store)) for verdict, one, other in rows]
    if cells:
        terminal.table(["verdict", "one", "other"], cells)
    else:
        terminal.note("nothing is decided and nothing merged")


def _merged(
    store: Store, sure: Sequence[Merge], decisions: Decisions | None = None
) -> tuple[dict[str, str], merging.Groups]:
    """What replaces what, by the surest merges and by a person's word."""
    pairs = ((merge.one, merge.other) for merge in sure)
    decisions = decisions or store.identities.decisions()
    return merging.replacements(pairs, decisions, gazetteer.load(), base=store.names.entity)


def _apply(store: Store, sure: Sequence[Merge], replaced: dict[str, str]) -> None:
    store.identify(MERGES, merges.triples(sure, replaced, store.labels(sorted(set(replaced.values())))))


def _row(merge: Merge, groups: merging.Groups, store: Store) -> tuple[str, ...]:
    verdict = "merged" if merge.other in groups.of(merge.one) else "proposed"
    if not groups.may_join(merge.one, merge.other):
        verdict = "kept apart"
    return f"{merge.confidence:.2f}", verdict, _short(merge.one, store), _short(merge.other, store), merge.reason


def _decided(decisions: Decisions, verdict: str, pair: _Pair) -> Decisions:
    if verdict == "merge":
        return Decisions(decisions.merged | {pair}, decisions.apart - {pair})
    if verdict == "apart":
        return Decisions(decisions.merged - {pair}, decisions.apart | {pair})
    if pair not in decisions.merged | decisions.apart:
        raise QueryError(f"nothing was decided of {pair[0]} and {pair[1]}: kg resolve list shows what was")
    return replace(decisions, merged=decisions.merged - {pair}, apart=decisions.apart - {pair})


def _pair(store: Store, one: str, other: str, decisions: Decisions) -> _Pair:
    decided = {iri for pair in decisions.merged | decisions.apart for iri in pair}
    first, second = sorted(_entity(store, typed, decided) for typed in (one, other))
    if first == second:
        raise QueryError(f"{one!r} and {other!r} are the same entity, {first}: name two")
    return first, second


def _entity(store: Store, typed: str, decided: Iterable[str]) -> str:
    """The entity of an identifier, an IRI or a name; one that another stands for keeps its own IRI here."""
    own = str(getattr(called.things(store, typed)[0], "value", ""))
    found = called.entities(store, typed)
    if own in found or own in decided:  # decisions outlive what they are about
        return own
    if len(found) > 1:
        raise QueryError(f"{typed!r} may be {', '.join(_short(iri, store) for iri in found)}: give one of these")
    if not found:
        raise QueryError(f"no entity of {store.path} is called {typed!r}: give an identifier, an IRI or a name")
    return found[0]


def _short(iri: str, store: Store) -> str:
    return terminal.words(iri, store.names.prefixes())
