"""The address of an endpoint and what it can do in, its SPARQL 1.1 Service Description out."""

from __future__ import annotations

from urllib.parse import quote

from kg.service import formats

_TURTLE = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix format: <http://www.w3.org/ns/formats/> .

<{url}#service> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage {languages} ;{features}{inputs}
    sd:resultFormat {results} ;
    sd:defaultDataset <{url}#dataset> .

<{url}#dataset> a sd:Dataset ;
    sd:defaultGraph <{url}#graph> .

<{url}#graph> a sd:Graph .
"""


def turtle(url: str, *, union: bool, updates: bool) -> str:
    """The description in Turtle of the service at a URL: whether a query without FROM sees the `union` of all graphs,
    and whether `updates` are answered.
    """
    return _TURTLE.format(
        url=quote(url.partition("?")[0], safe=":/%[]~@"),
        languages="sd:SPARQL11Query" + ", sd:SPARQL11Update" * updates,
        features="\n    sd:feature sd:UnionDefaultGraph ;" * union,
        inputs=f"\n    sd:inputFormat {_names(formats.TRIPLES)} ;" * updates,
        results=_names((*formats.ROWS, *formats.TRIPLES)),
    )


def _names(offered: tuple[formats.Format, ...]) -> str:
    return ", ".join(f"format:{format.described}" for format in offered)
