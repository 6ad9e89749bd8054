"""`ontology/*.ttl` in, the vocabulary out: classes, relations, event types, positions, words; checked on loading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg import resources
from kg.errors import DataError
from kg.model import KG
from kg.ontology.cues import CONSTRUCTIONS, Compiler
from kg.ontology.turtle import OWL, RDF, RDFS, SCHEMA, SKOS, Description, by_language, iris, literals, read_turtle
from kg.ontology.vocabulary import Cue, EventType, Ontology, Position, Relation

_NOT_VOCABULARY = ("gazetteer", "shapes.ttl")  # what the gazetteer and the checks read themselves


@cache
def load() -> Ontology:
    """The ontology of `resources.root()`, read once.

    Raises `DataError` with the file, the term and the cue that cannot be understood.
    """
    abouts = {path: read_turtle(path) for path in files()}
    words = _word_classes(abouts)
    compiler = Compiler(words)
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


@cache
def parents() -> dict[str, frozenset[str]]:
    """The classes above each class: what `load` says of them, for those who need no words, in a third of its time."""
    return _closure({path: read_turtle(path) for path in files()})


def files() -> list[Path]:
    """The files of the vocabulary: not the gazetteer, nor the shapes."""
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


def _relations(abouts: dict[Path, dict[str, Description]], compiler: Compiler) -> Iterator[Relation]:
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
            kinds=frozenset(iris(about, RDF + "type")),
            wider=frozenset(iris(about, RDFS + "subPropertyOf")),
            examples=tuple(literals(about, SKOS + "example")),
            counter_examples=tuple(literals(about, KG + "counterExample")),
        )


def _event_types(abouts: dict[Path, dict[str, Description]], compiler: Compiler) -> Iterator[EventType]:
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
    abouts: dict[Path, dict[str, Description]], compiler: Compiler, kinds: dict[str, EventType]
) -> Iterator[EventType]:
    for path, iri, about in _of_type(abouts, KG + "Triggers"):
        agents, patients = (frozenset(iris(about, KG + side)) for side in ("agentIs", "patientIs"))
        for told in iris(about, KG + "tells") if agents or patients else ():
            if told not in kinds:
                raise DataError(f"{path}: <{iri}> tells of <{told}>, which is no kg:EventType")
            yield replace(kinds[told], cues=compiler.cues(path, iri, about), agents=agents, patients=patients)


def _together(some: dict[str, tuple[Cue, ...]], more: dict[str, tuple[Cue, ...]]) -> dict[str, tuple[Cue, ...]]:
    return {name: (*some.get(name, ()), *more.get(name, ())) for name in CONSTRUCTIONS if name in some or name in more}


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
