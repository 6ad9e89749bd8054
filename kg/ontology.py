"""`ontology/*.ttl` in, the vocabulary out: classes, relations, event types, positions, words; checked on loading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import DataError, UnknownTerm
from kg.model import KG

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"

Description = dict[str, list[ox.NamedNode | ox.Literal]]  # predicate IRI -> objects, in the file's order


@dataclass(frozen=True, slots=True)
class Cue:
    """A word in dictionary form that carries a relation, and what must stand with it.

    "s'emparer de" is the reflexive head "emparer" whose object comes after "de"; "faire partie de" the head "faire"
    with the fixed word "partie"; "diriger" has no preposition, so that its object is direct.
    """

    text: str
    language: str
    words: tuple[str, ...]  # the head and what is fixed beside it, in the cue's order
    preposition: str | None = None
    reflexive: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What every term has: an IRI, names by language, and one-line meanings by language."""

    iri: str
    labels: dict[str, str]

    @property
    def name(self) -> str:
        """The part of the IRI after the last `#` or `/`."""
        return self.iri.replace("#", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """A property between entities, with the cues that carry it, by construction.

    `cues` maps a construction (`verb`, `inverseVerb`, `patientVerb`, `noun`, `inverseNoun`, `action`) to its cues.
    """

    domain: frozenset[str]
    range: frozenset[str]
    cues: dict[str, tuple[Cue, ...]]
    symmetric: bool = False
    constructions: frozenset[str] = frozenset()  # turns without a word of their own that carry it too: "PlaceInPlace"
    never_between: frozenset[str] = frozenset()  # classes of which it never joins two: no company is another's member
    precedes: frozenset[str] = frozenset()  # IRIs of relations that it rules out where one word would say both
    examples: tuple[tuple[str, str], ...] = ()  # (sentence, language)
    counter_examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventType(Term):
    """A kind of event, with the verbs and nouns that tell of one, if need be only of some agents and patients.

    `agents` and `patients` are IRIs of classes of things and of words, one of which must fit; none: whoever it is.
    """

    cues: dict[str, tuple[Cue, ...]]
    agents: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    absorbs: bool = False  # what it asks for, refuses or threatens with is no event beside it
    local: bool = False  # a place where it happens is whom it is done to: "imposed a curfew in the town"
    directed: bool = False  # done to whoever owns or is behind what the words name: "saluer les efforts de la Grèce"


@dataclass(frozen=True, slots=True)
class Position(Term):
    """An office or a role: what holding it implies, and all the forms of its name by language."""

    implies: tuple[str, ...]
    range: tuple[str, ...]  # IRIs of the only classes whose things it is held of; none: as its relations have it
    forms: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The vocabulary as loaded; `load()` gives the packaged one."""

    parents: dict[str, frozenset[str]]  # class IRI -> itself and all its superclasses
    labels: dict[str, dict[str, str]]  # class IRI -> language -> what such a thing is called
    head_nouns: dict[str, dict[str, str]]  # language -> noun -> class IRI
    relations: dict[str, Relation]
    event_types: dict[str, EventType]
    conditional_events: tuple[EventType, ...]  # what words tell of only where some kind of thing takes part
    positions: dict[str, Position]
    one_each: frozenset[str] = frozenset()  # classes of which a country has one: "gouvernement", "autorités", "régime"
    numerals: dict[str, dict[str, int]] = field(default_factory=dict)  # language -> number word -> its value
    word_classes: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)  # class -> language -> words
    directions: dict[str, dict[str, str]] = field(default_factory=dict)  # language -> words -> "northeast"

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Whether `kind` is `ancestor` or one of its subclasses; both are IRIs of classes."""
        return ancestor in self.parents.get(kind, ())

    def admits(self, relation: Relation, subject: str, object: str) -> bool:
        """Whether a relation may hold between two kinds of things (`XSD_DATE` for a day)."""
        alike = any(self.is_a(subject, kind) and self.is_a(object, kind) for kind in relation.never_between)
        return self._any(subject, relation.domain) and self._any(object, relation.range) and not alike

    def _any(self, kind: str, allowed: frozenset[str]) -> bool:
        return kind in allowed or not allowed.isdisjoint(self.parents.get(kind, ()))

    def words(self, name: str, language: str) -> frozenset[str]:
        """The words of a class of `ontology/words.ttl` in a language.

        Raises `UnknownTerm` for a class that no file defines; a class without words in that language has those of all.
        """
        try:
            by_language = self.word_classes[name]
            return by_language.get(language, by_language[""])
        except KeyError:
            raise UnknownTerm(f"ontology/words.ttl has no kg:WordClass kg:{name}") from None


@cache
def load() -> Ontology:
    """The ontology of `resources.root()`, read once.

    Raises `DataError` with the file, the term and the cue that cannot be understood.
    """
    abouts = {path: read_turtle(path) for path in _files()}
    words = _word_classes(abouts)
    compiler = _Compiler(words)
    return Ontology(
        parents=_closure(abouts),
        labels={iri: by_language(about, RDFS + "label") for _, iri, about in _of_type(abouts, OWL + "Class")},
        head_nouns=_head_nouns(abouts),
        relations={r.iri: r for r in _relations(abouts, compiler)},
        event_types=(kinds := {e.iri: e for e in _event_types(abouts, compiler)}),
        conditional_events=tuple(_conditional_events(abouts, compiler, kinds)),
        positions={p.iri: p for p in _positions(abouts)},
        one_each=frozenset(iri for _, iri, about in _of_type(abouts, OWL + "Class") if KG + "onePer" in about),
        numerals=_numerals(abouts),
        word_classes=words,
        directions=_directions(abouts),
    )


def read_turtle(path: Path) -> dict[str, Description]:
    """A Turtle file by subject. Raises `DataError` with the file and line that cannot be read."""
    about: dict[str, Description] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object in triples(path):
        about[subject][predicate].append(object)
    return about


def triples(path: Path) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """The triples of a Turtle file, blank nodes left out. Raises what `read_turtle` raises."""
    try:
        for subject, predicate, object, _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(subject, ox.NamedNode) and not isinstance(object, (ox.BlankNode, ox.Triple)):
                yield subject.value, predicate.value, object
    except SyntaxError as error:
        raise DataError(f"{path}:{error.lineno}: not Turtle: {error.msg}") from error


def by_language(about: Description, predicate: str) -> dict[str, str]:
    """The first literal of each language."""
    found: dict[str, str] = {}
    for text, language in literals(about, predicate):
        found.setdefault(language, text)
    return found


def literals(about: Description, predicate: str) -> Iterator[tuple[str, str]]:
    """The literals of a property as (text, language); no language is ""."""
    for value in about.get(predicate, ()):
        if isinstance(value, ox.Literal):
            yield value.value, value.language or ""


def iris(about: Description, predicate: str) -> tuple[str, ...]:
    """The IRIs of a property, in the file's order."""
    return tuple(value.value for value in about.get(predicate, ()) if isinstance(value, ox.NamedNode))


_CONSTRUCTIONS = ("verb", "inverseVerb", "patientVerb", "noun", "inverseNoun", "action")
_OF_EVENTS = ("tells", "agentIs", "patientIs", "absorbs", "directed", "local")
_OF_RELATIONS = ("construction", "counterExample", "neverBetween", "precedes")
_KNOWN = (*_CONSTRUCTIONS, *_OF_EVENTS, *_OF_RELATIONS, "colour")  # what may be said of a relation or an event
_NOT_VOCABULARY = ("gazetteer", "shapes.ttl")  # what the gazetteer and the checks read themselves


def _files() -> list[Path]:
    home = resources.root() / "ontology"
    return [p for p in resources.files("ontology", ".ttl") if p.relative_to(home).parts[0] not in _NOT_VOCABULARY]


def _of_type(abouts: dict[Path, dict[str, Description]], kind: str) -> Iterator[tuple[Path, str, Description]]:
    for path, about in abouts.items():
        for iri, description in about.items():
            if kind in iris(description, RDF + "type"):
                yield path, iri, description


def _word_classes(abouts: dict[Path, dict[str, Description]]) -> dict[str, dict[str, frozenset[str]]]:
    classes: dict[str, dict[str, frozenset[str]]] = {}
    for _, iri, description in _of_type(abouts, KG + "WordClass"):
        words: dict[str, set[str]] = defaultdict(set)
        for word, language in literals(description, KG + "word"):
            words[language].add(word)
        shared = words.pop("", set())  # a word without a language is one of all
        classes[iri.removeprefix(KG)] = {code: frozenset(words[code] | shared) for code in (*words, "")}
    return classes


def _numerals(abouts: dict[Path, dict[str, Description]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind in ("TimeNumeral", "Numeral"):
        for _, _, description in _of_type(abouts, KG + kind):
            value = next(int(text) for text, _ in literals(description, RDF + "value"))
            for word, language in literals(description, KG + "word"):
                found[language].setdefault(word, value)
    return dict(found)


def _closure(abouts: dict[Path, dict[str, Description]]) -> dict[str, frozenset[str]]:
    direct = {iri: iris(d, RDFS + "subClassOf") for _, iri, d in _of_type(abouts, OWL + "Class")}

    def ancestors(iri: str) -> frozenset[str]:
        return frozenset({iri}).union(*(ancestors(parent) for parent in direct.get(iri, ()) if parent in direct))

    return {iri: ancestors(iri) for iri in direct}


def _head_nouns(abouts: dict[Path, dict[str, Description]]) -> dict[str, dict[str, str]]:
    nouns: dict[str, dict[str, str]] = defaultdict(dict)
    for path, iri, description in _of_type(abouts, OWL + "Class"):
        for noun, language in literals(description, KG + "headNoun"):
            if nouns[language].setdefault(noun, iri) != iri:
                raise DataError(f"{path}: head noun {noun!r}@{language} is already that of {nouns[language][noun]}")
    return dict(nouns)


def _directions(abouts: dict[Path, dict[str, Description]]) -> dict[str, dict[str, str]]:
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for _, iri, description in _of_type(abouts, KG + "Direction"):
        for words, language in literals(description, KG + "word"):
            named[language][words] = iri.removeprefix(KG)
    return dict(named)


def _relations(abouts: dict[Path, dict[str, Description]], compiler: _Compiler) -> Iterator[Relation]:
    for path, iri, about in _of_type(abouts, KG + "Relation"):
        for needed in (SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes"):
            if not iris(about, needed):
                raise DataError(f"{path}: <{iri}>: a relation needs at least one <{needed}>")
        yield Relation(
            iri=iri,
            labels=by_language(about, RDFS + "label"),
            domain=frozenset(iris(about, SCHEMA + "domainIncludes")),
            range=frozenset(iris(about, SCHEMA + "rangeIncludes")),
            cues=compiler.cues(path, iri, about),
            symmetric=OWL + "SymmetricProperty" in iris(about, RDF + "type"),
            constructions=frozenset(iri.removeprefix(KG) for iri in iris(about, KG + "construction")),
            never_between=frozenset(iris(about, KG + "neverBetween")),
            precedes=frozenset(iris(about, KG + "precedes")),
            examples=tuple(literals(about, SKOS + "example")),
            counter_examples=tuple(literals(about, KG + "counterExample")),
        )


def _event_types(abouts: dict[Path, dict[str, Description]], compiler: _Compiler) -> Iterator[EventType]:
    """The event types, each with the cues of its own and those that triggers without conditions add."""
    added: dict[str, dict[str, tuple[Cue, ...]]] = defaultdict(dict)
    for path, iri, about in _of_type(abouts, KG + "Triggers"):
        if not any(KG + side in about for side in ("agentIs", "patientIs")):
            for told in iris(about, KG + "tells"):
                added[told] = _together(added[told], compiler.cues(path, iri, about))
    for path, iri, about in _of_type(abouts, KG + "EventType"):
        cues = _together(compiler.cues(path, iri, about), added.pop(iri, {}))
        yield EventType(
            iri,
            by_language(about, SKOS + "prefLabel"),
            cues,
            local=KG + "local" in about,
            absorbs=KG + "absorbs" in about,
            directed=KG + "directed" in about,
        )
    if added:
        raise DataError(f"ontology/events: triggers tell of <{min(added)}>, which is no kg:EventType")


def _conditional_events(
    abouts: dict[Path, dict[str, Description]], compiler: _Compiler, kinds: dict[str, EventType]
) -> Iterator[EventType]:
    for path, iri, about in _of_type(abouts, KG + "Triggers"):
        agents, patients = (frozenset(iris(about, KG + side)) for side in ("agentIs", "patientIs"))
        for told in iris(about, KG + "tells") if agents or patients else ():
            if told not in kinds:
                raise DataError(f"{path}: <{iri}> tells of <{told}>, which is no kg:EventType")
            yield replace(kinds[told], cues=compiler.cues(path, iri, about), agents=agents, patients=patients)


def _together(some: dict[str, tuple[Cue, ...]], more: dict[str, tuple[Cue, ...]]) -> dict[str, tuple[Cue, ...]]:
    return {name: (*some.get(name, ()), *more.get(name, ())) for name in _CONSTRUCTIONS if name in some or name in more}


def _positions(abouts: dict[Path, dict[str, Description]]) -> Iterator[Position]:
    for _, iri, about in _of_type(abouts, KG + "Position"):
        forms: dict[str, set[str]] = defaultdict(set)
        for predicate in ("prefLabel", "altLabel"):
            for form, language in literals(about, SKOS + predicate):
                forms[language].add(form)
        yield Position(
            iri=iri,
            labels=by_language(about, SKOS + "prefLabel"),
            implies=iris(about, KG + "implies"),
            range=iris(about, KG + "range"),
            forms={language: frozenset(some) for language, some in forms.items()},
        )


class _Compiler:
    """Cue strings in, `Cue`s out; knows which words of a language are prepositions and reflexive pronouns."""

    def __init__(self, words: dict[str, dict[str, frozenset[str]]]) -> None:
        self.prepositions = words.get("Preposition", {})
        self.reflexives = words.get("ReflexivePronoun", {})

    def cues(self, path: Path, iri: str, about: Description) -> dict[str, tuple[Cue, ...]]:
        if strange := sorted(p for p in about if p.startswith(KG) and p.removeprefix(KG) not in _KNOWN):
            raise DataError(f"{path}: <{iri}>: <{strange[0]}> means nothing here: one of {', '.join(_KNOWN)} would")
        found = {c: tuple(self._compile(path, iri, literals(about, KG + c))) for c in _CONSTRUCTIONS}
        return {construction: cues for construction, cues in found.items() if cues}

    def _compile(self, path: Path, iri: str, texts: Iterable[tuple[str, str]]) -> Iterator[Cue]:
        for text, language in texts:
            words = text.replace("'", "' ").split()
            reflexive = bool(words) and words[0] in self.reflexives.get(language, ())
            words = words[reflexive:]
            preposition = words[-1] if len(words) > 1 and words[-1] in self.prepositions.get(language, ()) else None
            words = words[:-1] if preposition else words
            if not words or not language:
                raise DataError(f"{path}: <{iri}>: the cue {text!r}@{language or '?'} needs a word and a language tag")
            yield Cue(text, language, tuple(words), preposition, reflexive)
