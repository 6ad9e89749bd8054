"""A store and an endpoint in, links to the endpoint's items in the store out, and a table of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kg import plugins
from kg.cli import terminal
from kg.graph.remote import Endpoint, wikidata
from kg.graph.remote.courtesy import Courtesy
from kg.graph.store import Store, links
from kg.graph.store.identities import LINKS
from kg.link import linking
from kg.model import KG, WIKIDATA, Link, Profile

_EVERY = 10.0  # seconds between two lines about how far it is
_COUNTRY = KG + "Country"
_AGENT = "Dateline/{} (kg link; https://w3id.org/dateline/)"


def link(
    folder: Path, url: str, *, languages: Sequence[str], limit: int, threshold: float, pause: float, shown: int
) -> None:
    """Ask an endpoint for the entities that have no identifier there, and write down whom it seems to know.

    `limit` is how many entities are asked for, `shown` how many links are printed, 0 for all; `pause` is in seconds.
    The store is open for writing only when all is known.
    """
    endpoint = Endpoint(url, agent=_AGENT.format(plugins.version()))
    with Store.open(folder) as store:
        profiles, prefixes = store.profiles(merged=True), store.names.prefixes()
    wanted = linking.unlinked(profiles)[: limit or None]
    found = _linked(
        wanted, profiles, Courtesy(endpoint, folder / "cache", pause=pause, tell=_Lines().tell), languages, threshold
    )
    with Store.open(folder, writable=True) as store:
        kept = links.without(store.identities.graph(LINKS), (profile.iri for profile in wanted))
        store.identify(LINKS, [*kept, *links.triples(found, url)])
    rows = [(f"{link.confidence:.2f}", *_short(link, prefixes), link.reason) for link in found]
    if rows:
        terminal.table(["score", "entity", "item", "why"], rows[: shown or None])
    terminal.note(f"asked for {len(wanted)} entities; links: {len(found)}")


def forget(folder: Path) -> None:
    """Remove all links from a store; what the endpoint answered stays in its cache."""
    with Store.open(folder, writable=True) as store:
        store.identify(LINKS, ())
    terminal.note("all links are forgotten")


def _linked(
    wanted: Sequence[Profile], profiles: Sequence[Profile], asked: Courtesy, languages: Sequence[str], threshold: float
) -> list[Link]:
    names = {name for profile in wanted for name in linking.asked_names(profile)}
    found = wikidata.candidates(names, asked, languages=languages)
    items = ((p.iri, iri) for p in profiles if _COUNTRY in p.kinds for iri in p.same_as if iri.startswith(WIKIDATA))
    countries = dict(sorted(items))
    made = (linking.link(profile, found, countries, threshold=threshold) for profile in wanted)
    return sorted(filter(None, made), key=lambda link: (-link.confidence, link.entity))


def _short(link: Link, prefixes: dict[str, str]) -> tuple[str, str]:
    one, other = (terminal.words(iri, prefixes) for iri in (link.entity, link.item))
    return one, other


class _Lines:
    """A line now and then on how far the asking is; a short run is quiet."""

    def __init__(self) -> None:
        self.next = time.monotonic() + _EVERY

    def tell(self, known: int, total: int) -> None:
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + _EVERY
            print(f"kg: {known} of {total} asked", file=sys.stderr, flush=True)
