"""The address of an endpoint in, its SPARQL 1.1 Service Description out."""

from __future__ import annotations

from urllib.parse import quote

from kg.service import formats

_TURTLE = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix format: <http://www.w3.org/ns/formats/> .

<{url}#service> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} .
"""


def turtle(url: str) -> str:
    """The description in Turtle of the service at a URL."""
    described = ", ".join(f"format:{format.described}" for format in (*formats.ROWS, *formats.TRIPLES))
    return _TURTLE.format(url=quote(url.partition("?")[0], safe=":/%[]~@"), formats=described)
