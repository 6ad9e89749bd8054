"""A store and rules in, what they derive written or taken away, and a table of it out: `kg infer`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.cli import terminal
from kg.errors import QueryError
from kg.graph.inference import derivation, rules
from kg.graph.inference.rules import Derived
from kg.graph.store import Store


def infer(folder: Path, files: Sequence[Path]) -> None:
    """Apply all packaged rules, those of these files and the own ones of before, and print what each has derived."""
    new = {rule.name: rule for rule in (*rules.packaged(), *map(rules.read, files))}
    with Store.open(folder, writable=True) as store:
        kept = {derived.rule.name: derived.rule for derived in rules.derived(store.query)}
        _table(derivation.infer(store, list((kept | new).values())))


def remove(folder: Path, named: Sequence[str]) -> None:
    """Take away what was derived: by these rules, the others being applied anew, or by all where none is named.

    Raises `QueryError` for a rule that has derived nothing here.
    """
    with Store.open(folder, writable=True) as store:
        before = rules.derived(store.query)
        gone = {Path(name).stem for name in named} or {derived.rule.name for derived in before}
        if unknown := sorted(gone - {derived.rule.name for derived in before}):
            raise QueryError(
                f"no rule {unknown[0]!r} has derived anything in {folder}: kg infer --list shows which have"
            )
        if rest := [derived.rule for derived in before if derived.rule.name not in gone]:
            derivation.infer(store, rest)
        else:
            derivation.remove(store)
    count = sum(derived.triples for derived in before if derived.rule.name in gone)
    terminal.note(f"{folder}: {count} derived triples taken away")


def show(folder: Path) -> None:
    """Print the packaged rules and all that have derived something here."""
    with Store.open(folder) as store:
        here, stale = rules.derived(store.query), rules.stale(store.query)
    missing = [rule for rule in rules.packaged() if rule.name not in {derived.rule.name for derived in here}]
    _table([*here, *(Derived(rule, 0, "") for rule in missing)], stale)


def _table(told: Iterable[Derived], stale: Sequence[str] = ()) -> None:
    rows = [(d.rule.name, str(d.triples) if d.state else "", d.rule.title) for d in told]
    terminal.table(["rule", "triples", "what it derives"], sorted(rows))
    if stale:
        terminal.note(f"articles or rules have changed since: kg infer derives anew ({', '.join(stale)})")
