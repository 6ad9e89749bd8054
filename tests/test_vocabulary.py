"""Every public term is explained in both languages and known to other vocabularies; nothing contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SDO, TIME

from kg import ontology, resources
from kg.model import EVENT, KG

HOME = resources.root() / "ontology"
OURS = "https://w3id.org/dateline/"
NOT_VOCABULARY = {"gazetteer", "shapes.ttl"}
SEM, OA = "http://semanticweb.cs.vu.nl/2009/11/sem/", "http://www.w3.org/ns/oa#"
CLOSED = {str(n): n for n in (DCTERMS, FOAF, ORG, PROV, SDO, TIME, SKOS, RDF, RDFS)}  # all their terms are known
OTHERS = (SEM, OA, "http://www.wikidata.org/entity/", "http://purl.org/vocab/relationship/")
YOUNGER = {"https://schema.org/PoliticalParty"}  # rdflib's list of schema.org is older
UPWARDS = (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty)
ACROSS = (SKOS.closeMatch, SKOS.exactMatch, SKOS.broadMatch, RDFS.seeAlso)

# What teaches the reader its words and never stands in a graph: nobody else has a name for it.
TEACHING = {OWL.AnnotationProperty, RDF.Property, RDFS.Class} | {
    URIRef(KG + name) for name in ("WordClass", "Construction")
}
TEACHING_CLASSES = {
    KG + name for name in ("Affiliation", "Construction", "Numeral", "Ownership", "Relation", "Triggers", "WordClass")
}
# What no vocabulary that we align with has a term for.
OUR_OWN = """
    adherent adviserOf alliedWith arms articles bannedIn bound candidateOf capital capitalOf claimsTerritory
    competitorOf confidence controls cooccursWith counted cue demonym designatedTerroristBy detainedBy
    detainedIn direct envoyTo factuality fights firstIssued former issuedInferred issuedPrecision lastIssued
    lawyerOf mergedWith merges occupies opposes partnerOf partyOf publishersAttributing publishersDenying
    publishersEnding publishersPlanning publishersStating publishersSupposing quantity reason recognizes rule
    ruleText sanctionedBy seatOf sentence shareholderOf speaksAbout studentOf support supports trains trigger
    wantedBy weak
"""


@cache
def vocabulary() -> rdflib.Graph:
    """All that the ontology says of its terms, without the words that it teaches the reader."""
    graph = rdflib.Graph()
    for path in sorted(HOME.rglob("*.ttl")):
        if path.relative_to(HOME).parts[0] not in NOT_VOCABULARY:
            for subject, predicate, object in ontology.triples(path):
                if not predicate.startswith(KG) and subject.startswith((KG, EVENT, KG[:-1])):
                    graph.add((URIRef(subject), URIRef(predicate), _term(object)))
    return graph


def _term(term: ox.NamedNode | ox.Literal) -> URIRef | rdflib.Literal:
    return URIRef(term.value) if isinstance(term, ox.NamedNode) else rdflib.Literal(term.value, term.language)


def terms() -> list[URIRef]:
    named = {term for term in vocabulary().subjects() if isinstance(term, URIRef)}
    return sorted(term for term in named if str(term).startswith((KG, EVENT)) or term + "#" in (KG, EVENT))


def languages(term: URIRef, *properties: URIRef) -> set[str | None]:
    found = (words for property in properties for words in vocabulary().objects(term, property))
    return {words.language for words in found if isinstance(words, rdflib.Literal)}


def test_every_term_is_named_in_french_and_english() -> None:
    assert len(terms()) > 400
    assert [t for t in terms() if not languages(t, RDFS.label, SKOS.prefLabel) >= {"fr", "en"}] == []


def test_every_term_is_explained_in_french_and_english() -> None:
    told = RDFS.comment, SKOS.definition, DCTERMS.description
    assert [t for t in terms() if not languages(t, *told) >= {"fr", "en"}] == []


# Alignment


def known(term: URIRef) -> set[URIRef]:
    """What other vocabularies call a term, or what stands above it."""
    graph, above = vocabulary(), {term}
    while more := {o for t in above for p in UPWARDS for o in graph.objects(t, p)} - above:
        above |= {o for o in more if isinstance(o, URIRef)}
    across = {o for t in above for p in ACROSS for o in graph.objects(t, p)}
    return {iri for iri in above | across if isinstance(iri, URIRef) and str(iri).startswith((*CLOSED, *OTHERS))}


def meaning(term: URIRef) -> set[URIRef]:
    """What is known of a term, less what holds of every property and class."""
    return {iri for iri in known(term) if not str(iri).startswith((str(RDF), str(RDFS))) or iri == RDF.Statement}


def public() -> Iterator[URIRef]:
    for term in terms():
        kinds = set(vocabulary().objects(term, RDF.type))
        if kinds and not kinds & TEACHING and str(term) not in TEACHING_CLASSES and OWL.Ontology not in kinds:
            yield term


def test_every_term_of_the_graph_is_aligned_where_one_fits() -> None:
    aligned = {str(term) for term in public() if meaning(term)}
    assert {str(term) for term in public()} - aligned == {KG + name for name in OUR_OWN.split()}
    assert len(aligned) > 130


def test_what_is_aligned_with_is_there() -> None:
    graph = vocabulary()
    named = {o for p in (*UPWARDS[1:], *ACROSS) for _, o in graph.subject_objects(p) if not o.startswith(OURS)}
    assert {iri for iri in named if not str(iri).startswith((*CLOSED, *OTHERS))} == set()
    unknown = {iri for base, terms in CLOSED.items() for iri in named if iri.startswith(base) and iri not in terms}
    assert {str(iri) for iri in unknown} <= YOUNGER


# Consistency, by the rules of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL)

LOGICAL = {*UPWARDS, RDFS.domain, RDFS.range, OWL.disjointWith, OWL.inverseOf}
PREFIXES = f"@prefix kg: <{KG}> . @prefix : <http://example.org/> . @prefix xsd: <{rdflib.XSD}> ."


def contradictions(told: rdflib.Graph) -> list[str]:
    """What the ontology and a graph cannot both be right about."""
    graph = rdflib.Graph()
    for subject, predicate, object in vocabulary():
        if predicate in LOGICAL:  # labels and alignments that are no equations say nothing to a reasoner
            graph.add((subject, predicate, object))
    for triple in told:
        graph.add(triple)
    reasoner = OWLRL_Semantics(graph, False, False, True)
    reasoner.closure()
    nothing = [f"{thing} is nothing" for thing in graph.subjects(RDF.type, OWL.Nothing)]
    return [*reasoner.error_messages, *nothing]


def test_the_ontology_is_consistent() -> None:
    members = rdflib.Graph()
    for kind in vocabulary().subjects(RDF.type, OWL.Class):  # a class that can have no member is a contradiction
        members.add((URIRef(f"http://example.org/{kind}"), RDF.type, kind))
    assert len(members) > 40
    assert contradictions(members) == []


def test_what_is_read_is_consistent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent / "benchmarks")
    from newsgraph import World, article

    told = rdflib.Graph()
    for number in range(3):
        told.parse(data=article(World(1), 1, number)[1], format="turtle")
    assert len(told) > 500
    assert contradictions(told) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (":a a kg:Person, kg:Company .", "Person and https://w3id.org/dateline/ns#Organization"),
        (":e a kg:Event ; kg:place :p . :p a kg:Court .", "Organization and https://w3id.org/dateline/ns#Place"),
        (":t a kg:Tenure ; kg:officeOf :h ; kg:holder :h .", "Person and https://w3id.org/dateline/ns#Place"),
        (":m a kg:Mention ; kg:mentionType kg:Name . :q kg:speaker :x . :x a kg:Person, kg:Document .", "Document"),
    ],
)
def test_a_graph_that_is_wrong_is_found_inconsistent(wrong: str, said: str) -> None:
    found = contradictions(rdflib.Graph().parse(data=PREFIXES + wrong, format="turtle"))
    assert any(said in line for line in found)
