"""What several rows say of one node or edge in, what a network says of it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kg.view import days
from kg.view.spool.elements import shape
from kg.view.spool.rows import Values, order

_LEAST = {"label", "begin", "first_seen", "former"}  # what one article tells of as of today is not former
_MOST = {"end", "last_seen"}
_ONE = {
    "country",
    "wikidata",
    "factuality",
    "attributed_to",
}  # one text, also of several: Gephi's filters know no lists
_FEW = {"articles": 20, "sources": 20, "sentences": 3}  # what is always a list, and how many of each an edge has
Said = tuple[tuple[str, ...], Values]  # attributes and their values, by place


def node(rows: Iterable[Said]) -> Said:
    """Rows of one node as one: the first label, the earliest begin, the latest end, else a sorted list."""
    said = {attribute: _settled(attribute, values) for attribute, values in _seen(rows).items()}
    return tuple(said), tuple(said.values())


def edge(rows: list[Said]) -> Said:
    """Rows of one edge as one, in the same way, and weighed.

    The weight is the rows' own, else the number of their distinct articles, of which it names the first twenty; of
    sentences it has the three that were told first. Where they tell of several spells, with
    days between, `spells` lists them, each as "2025-10-01/2025-10-03".
    """
    seen = _seen(rows)
    given = [weight for weight in seen.pop("weight", ()) if isinstance(weight, (int, float)) and weight > 0]
    articles = len(seen.get("articles", ()))
    said = {attribute: _settled(attribute, values) for attribute, values in seen.items()}
    said |= {attribute: seen[attribute][:most] for attribute, most in _FEW.items() if attribute in seen}
    if "sentences" in said:
        said["sentences"] = _told_first(rows)
    said["weight"] = max(given, default=max(articles, 1))
    spells = days.merged({shape(*row).spell(row[1]) for row in rows} - {days.ALWAYS})
    if len(spells) > 1:
        said["spells"] = [days.written(spell) for spell in spells]
    return tuple(said), tuple(said.values())


def _told_first(rows: list[Said]) -> list[Any]:
    told = [dict(zip(*row, strict=True)) for row in rows]
    dated = ((str(row.get("first_seen") or "9"), words) for row in told for words in _items(row.get("sentences")))
    ordered = sorted(dated, key=lambda each: (each[0], order(each[1])))
    return list(dict.fromkeys(words for _, words in ordered))[: _FEW["sentences"]]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _seen(rows: Iterable[Said]) -> dict[str, list[Any]]:
    """What is said of each attribute, in order; 1, 1.0 and True are three things."""
    seen: defaultdict[str, set[tuple[str, Any]]] = defaultdict(set)
    for attributes, values in rows:
        for attribute, value in zip(attributes, values, strict=True):
            if value is not None:
                seen[attribute].update(map(order, _items(value)))
    return {attribute: [value for _, value in sorted(values)] for attribute, values in seen.items()}


def _settled(attribute: str, ordered: list[Any]) -> Any:
    if len(ordered) == 1 or attribute in _LEAST:
        return ordered[0]
    if attribute in _ONE:
        return " | ".join(map(str, ordered))
    return ordered[-1] if attribute in _MOST else ordered
