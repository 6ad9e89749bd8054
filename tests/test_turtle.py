"""Triples in, Turtle out: term by term as Oxigraph writes it, which writes but what is odd, and in our own order."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.names import OA, RDF, XSD, Namespaces
from kg.graph.triples import Triples
from kg.graph.turtle import parse, turtle
from kg.model import KG

NAMES = [Namespaces(), Namespaces("https://e.example/a/b#", "https://e.example/a/"), Namespaces("urn:e:", "urn:a:")]
ODD = st.text("abzAZ019._-~'()!$&*+,;=/?#@%:é€\u00b7\u0301\U0001f600")
BASES = st.sampled_from(
    [KG, OA, XSD, "https://e.example/a/b#", "https://e.example/a/", "urn:e:", "https://sws.geonames.org/"]
)
LEXICAL = st.sampled_from(
    ["1", "-1", "+01", "1.0", "1.", ".5", "1e3", "true", "0", "٣", "1\n", "2025-01-31", "2025", "x y", ""]
)
SORTS = st.sampled_from(["boolean", "integer", "decimal", "double", "date", "gYear", "gYearMonth", "string", "x"])
TAGS = st.sampled_from([None, "fr", "en-GB"])


def iri(text: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(text)
    except ValueError:
        return ox.NamedNode("urn:none")


IRIS = st.builds(lambda base, name: iri(base + name), BASES, ODD)
TYPED = st.builds(lambda value, sort: ox.Literal(value, datatype=ox.NamedNode(XSD + sort)), LEXICAL, SORTS)
STRINGS = st.builds(lambda value, tag: ox.Literal(value, language=tag), st.text(), TAGS)


@given(term=IRIS | TYPED | STRINGS, names=st.sampled_from(NAMES), fragment=ODD)
def test_a_term_is_written_as_oxigraph_writes_it(
    term: ox.NamedNode | ox.Literal, names: Namespaces, fragment: str
) -> None:
    base = names.article_iri("a 1")
    triple = ox.Triple(iri(f"{base}#{fragment}"), iri(KG + "rule"), term)
    content = turtle([triple], names, "a 1")
    prefixes = dict(re.findall("^@prefix (.*): <(.*)> .$", content.decode(), re.MULTILINE))
    expected = ox.serialize([triple], format=ox.RdfFormat.TURTLE, prefixes=prefixes, base_iri=base) or b""
    assert content.splitlines()[-1] == expected.splitlines()[-1]
    assert parse(content) == {triple} == set(Triples.of([triple]))


@pytest.mark.parametrize("names", NAMES)
def test_prefixes_are_those_that_are_used(names: Namespaces) -> None:
    one = ox.Triple(iri(names.entity_iri("x")), iri(RDF + "type"), iri(KG + "Person"))
    dated = ox.Triple(one.subject, iri(KG + "begin"), ox.Literal("2025-01-31", datatype=iri(XSD + "date")))
    numbered = ox.Triple(one.subject, iri(KG + "value"), ox.Literal(3))
    assert turtle([one, numbered], names, "a").count(b"@prefix") == 2
    assert turtle([one, dated], names, "a").count(b"@prefix") == 3


def test_what_is_said_stands_in_the_order_of_the_vocabulary() -> None:
    who, base = iri(NAMES[0].entity_iri("x")), NAMES[0].article_iri("a")
    stretches = [iri(f"{base}#char={n},{n + 1}") for n in (10, 9, 100)]
    said = [(KG + "zoo", who), (KG + "aunt", who), *((KG + "evidence", one) for one in stretches)]
    classes = [(RDF + "type", iri(kind)) for kind in (OA + "Choice", KG + "Person")]
    content = turtle([ox.Triple(who, iri(p), o) for p, o in [*said, *classes]], NAMES[0], "a").decode()
    assert content.split("\n\n")[1].split(" ;\n\t") == [
        "ent:x a kg:Person , oa:Choice",
        "kg:evidence <#char=9,10> , <#char=10,11> , <#char=100,101>",
        "kg:aunt ent:x",
        "kg:zoo ent:x .\n",
    ]
