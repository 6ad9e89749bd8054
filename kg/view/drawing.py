"""A store or an endpoint, the name of a network and what of it is wanted in; that network out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.graph import nodes, questions
from kg.view.cutting import Cut
from kg.view.spool import Spool
from kg.view.spool.rows import rows

if TYPE_CHECKING:
    from kg.graph.remote import Endpoint
    from kg.graph.store import Store

_DAYS = ("first_seen", "last_seen", "begin", "end")  # what a row may say of when it was told, or held


def drawn(
    source: Store | Endpoint,
    name: str = "relations",
    values: Mapping[str, object] | None = None,
    cut: Cut | None = None,
) -> Spool:
    """A network of `queries/networks/`, or of a query of one's own (a file, SPARQL) with ?source and ?target, cut.

    `values` are the query's parameters. Days are those of its parameters `since` and `until`, or else of its rows.
    Its nodes have what `queries/nodes/` tells of them. Close it, or use it in a `with` statement. Raises `QueryError`
    as `questions.ask` does, and for an entity that the network does not have.
    """
    cut = cut or Cut()
    question = name if questions.is_own(name) else f"networks/{name.removeprefix('networks/')}"
    declared = {parameter.name for parameter in questions.find(question).parameters}
    days = cut.days()
    asked = {**(values or {}), **{day: said for day, said in days.items() if day in declared}}
    found = questions.ask(source, question, asked)
    within = found if days.keys() <= declared else _within(rows(found), days, name)
    spool = Spool(within, about=partial(nodes.attributes, source.query))
    try:
        cut.of(spool, source)
    except BaseException:
        spool.close()
        raise
    return spool


def _within(found: Iterable[Mapping[str, Any]], days: Mapping[str, str], name: str) -> Iterator[Mapping[str, Any]]:
    """The rows that tell of some day between two."""
    since, until = days.get("since", ""), days.get("until", "9999-12-31")
    for row in found:
        if row.keys().isdisjoint(_DAYS):
            raise QueryError(f"{name} cannot be cut to days: its SELECT has none of ?{', ?'.join(_DAYS)}")
        told = sorted(str(getattr(row[day], "value", row[day])) for day in _DAYS if row.get(day) is not None)
        if told and told[0] <= until and told[-1] >= since:
            yield row
