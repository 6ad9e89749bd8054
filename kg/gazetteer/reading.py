"""Turtle files in, a checked gazetteer out; what several files say of one entry adds up."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import ontology, resources
from kg.errors import DataError
from kg.gazetteer.entries import ENTITY, Entry, Tenure
from kg.gazetteer.index import Gazetteer
from kg.model import KG
from kg.ontology import RDF, SKOS

_TYPE, _MATCH = RDF + "type", SKOS + "exactMatch"
_PREFERRED, _DEMONYM, _ADHERENT = SKOS + "prefLabel", KG + "demonym", KG + "adherent"
_TEXTS = frozenset({_PREFERRED, SKOS + "altLabel", _DEMONYM, _ADHERENT})
_POINTERS = ("capital", "seatOf", "locatedIn", "partyOf")
_TENURE = KG + "Tenure"
_ONCE = (*_POINTERS, "isoCode", "weak", "holder", "office", "officeOf", "begin", "end")
_OTHERS = frozenset({*(KG + name for name in _ONCE), SKOS + "closeMatch"})
_SAID = (
    "skos:prefLabel",
    "skos:altLabel",
    "skos:exactMatch",
    "kg:demonym",
    "kg:adherent",
    *(f"kg:{name}" for name in _ONCE[:6]),
)


_YOUNG = 3000  # objects made before the collector looks at them; at Python's 700 it walks most articles while read


@cache
def load() -> Gazetteer:
    """The gazetteer of `resources.root()` and the user's own names, read once.

    Raises `DataError` with the file and the entry that is wrong.
    """
    found = read(packaged(), classes=ontology.load().parents, own=resources.own_names())
    gc.freeze()  # it stays as long as the process, as models do: the collector need not walk all of it again and again
    if 0 < gc.get_threshold()[0] < _YOUNG:  # an article's tokens, which point at each other, die together
        gc.set_threshold(_YOUNG)
    return found


def packaged() -> list[Path]:
    """The files of `ontology/gazetteer/`."""
    return resources.files("ontology/gazetteer", ".ttl")


def read(paths: Iterable[Path], *, classes: Mapping[str, object], own: Iterable[Path] = ()) -> Gazetteer:
    """The gazetteer of some Turtle files: what several say of one entry adds up.

    `classes` are the IRIs of the classes that an entry may have; what `own` files speak of is the user's. Raises
    `DataError` with the file and the entry that has none of them or no label, points at an entry that is nowhere, or
    bears another one's name.
    """
    drafts: dict[str, _Draft] = {}
    with _no_collection():
        for path in paths:
            _add(path, drafts, own=False)
        for path in own:
            _add(path, drafts, own=True)
        known = _Known(drafts, classes)
        entries = [_entry(drafts[iri], known) for iri in sorted(drafts) if _TENURE not in drafts[iri].kinds]
        gazetteer = Gazetteer(entries)
    for one, other, name in gazetteer.contested():
        named = f"{name.text!r}@{name.language}" if name.language else repr(name.text)
        raise drafts[ENTITY + one.id].error(f"the name {named} is already that of {other.id}")
    return gazetteer


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from seeking garbage while all that is made is kept: a third of the time of loading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(slots=True)
class _Draft:
    """What files say of a subject so far."""

    iri: str
    file: Path
    kinds: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    demonyms: list[tuple[str, str]] = field(default_factory=list)
    adherents: list[tuple[str, str]] = field(default_factory=list)
    same_as: list[str] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)  # by predicate, the first object
    own: bool = False

    def say(self, predicate: str, object: ox.NamedNode | ox.Literal) -> None:
        """Add a triple's object. Raises `DataError` where nothing reads what it says."""
        if predicate == _TYPE:
            self.kinds.append(object.value)
        elif predicate == _MATCH:
            self.same_as.append(object.value)
        elif isinstance(object, ox.Literal) and predicate in _TEXTS:
            text = object.value, object.language or ""
            {_DEMONYM: self.demonyms, _ADHERENT: self.adherents}.get(predicate, self.names).append(text)
            if predicate == _PREFERRED:
                self.labels.setdefault(text[1], text[0])
        elif predicate in _OTHERS or not predicate.startswith((KG, SKOS)):
            self.others.setdefault(predicate, object.value)
        else:
            raise self.error(f"<{predicate}> means nothing here: one of {', '.join(_SAID)} would")

    def error(self, problem: str) -> DataError:
        return DataError(f"{self.file}: <{self.iri}>: {problem}")


def _add(path: Path, drafts: dict[str, _Draft], *, own: bool) -> None:
    for subject, predicate, object in ontology.triples(path):
        draft = drafts.get(subject) or drafts.setdefault(subject, _Draft(subject, path))
        if own:
            draft.file, draft.own = path, True
        draft.say(predicate, object)


def _entry(draft: _Draft, known: _Known) -> Entry:
    """A draft as an entry. Raises `DataError` where it cannot be one."""
    if not draft.iri.startswith(ENTITY) or not draft.labels:
        raise draft.error(f"an entry needs an IRI that begins with {ENTITY} and a skos:prefLabel")
    if unknown := [kind for kind in draft.kinds if kind not in known.classes]:
        raise draft.error(f"<{unknown[0]}> is no class of ontology/kg.ttl")
    if not draft.kinds:
        raise draft.error("an entry needs a class, such as kg:Organization")
    pointed = {name: known.entry(draft, name) for name in _POINTERS if KG + name in draft.others}
    identity = draft.iri.removeprefix(ENTITY)
    return Entry(
        id=identity,
        kinds=known.shared(draft.kinds),
        labels=draft.labels,
        names=frozenset(draft.names),
        demonyms=_by_language(draft.demonyms) if draft.demonyms else {},
        adherents=_by_language(draft.adherents) if draft.adherents else {},
        same_as=frozenset(draft.same_as),
        seat_of=pointed.get("seatOf"),
        located_in=pointed.get("locatedIn"),
        party_of=pointed.get("partyOf"),
        code=draft.others.get(KG + "isoCode"),
        weak=draft.others.get(KG + "weak") == "true",
        own=draft.own,
        tenures=known.tenures.get(identity, ()),
    )


def _by_language(forms: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for form, language in forms:
        found[language].add(form)
    return {language: frozenset(some) for language, some in found.items()}


class _Known:
    """What an entry is checked against: all drafts, the ontology's classes, and who held which office."""

    def __init__(self, drafts: Mapping[str, _Draft], classes: Mapping[str, object]) -> None:
        self.drafts, self.classes = drafts, classes
        self.tenures: dict[str, tuple[Tenure, ...]] = {}
        self._kinds: dict[tuple[str, ...], frozenset[str]] = {}
        for iri in sorted(drafts):
            if _TENURE in drafts[iri].kinds:
                self._add_tenure(drafts[iri])

    def entry(self, draft: _Draft, name: str) -> str:
        """The entry that a draft points at."""
        other = draft.others.get(KG + name, "")
        if other not in self.drafts:
            raise draft.error(f"kg:{name} <{other}> is no entry of the gazetteer")
        return other.removeprefix(ENTITY)

    def shared(self, kinds: list[str]) -> frozenset[str]:
        """One set for all entries that have the same classes."""
        key = tuple(kinds)
        return self._kinds.setdefault(key, frozenset(key))

    def _add_tenure(self, draft: _Draft) -> None:
        begin, end = draft.others.get(KG + "begin", ""), draft.others.get(KG + "end")
        try:
            days = date.fromisoformat(begin), date.fromisoformat(end) if end else None
        except ValueError:
            raise draft.error("a tenure needs a day for its kg:begin, and for its kg:end if it has one") from None
        tenure = Tenure(draft.others.get(KG + "office", ""), self.entry(draft, "officeOf"), *days)
        holder = self.entry(draft, "holder")
        self.tenures[holder] = tuple(sorted((*self.tenures.get(holder, ()), tenure), key=lambda t: t.begin))
