"""What is too deep or too long is refused, in linear time; what people write is not."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.graph import nesting, queries

N = 30_000


@pytest.mark.parametrize("query", [query.text for query in queries.all_queries()])
def test_packaged_queries_are_no_deeper_than_allowed(query: str) -> None:
    nesting.refuse(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "(" * N,
        "ASK " + "{" * N,
        "ASK { FILTER(" + "!" * N + "true) }",
        "ASK { FILTER(" + "- " * N + "1 = 1) }",
        "ASK { " + "[ <p:p> " * N,
        "ASK { " + "<< " * N,
        "ASK { ?s " + "^(" * N,
        r"ASK { ?s ex:it\'s " + "(" * N,
        r"ASK { ?s ex:c\# " + "(" * N,
        r"ASK { ?s <urn:\u0041'> " + "(" * N,
        "ASK { FILTER(1<" + "(" * N + "1" + ")" * N + ">2) }",
    ],
)
def test_what_is_nested_too_deep_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="line 1: nested more than 500 deep"):
        nesting.refuse(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(1" + "+1" * N + " > 0) }",
        "ASK { FILTER(true" + "&&true" * N + ") }",
        "ASK { ?s <p:p>" + "/<p:p>" * N + " ?o }",
        "ASK { ?s <p:p>" + "|<p:p>" * N + " ?o }",
        "ASK { " + "{} UNION " * N + "{} }",
        "ASK { " + "?s ?p ?o . " * N + "}",
        "ASK { " + "bind(1 AS ?x) " * N + "}",
    ],
)
def test_what_is_chained_too_long_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="more than 20000 patterns and operators"):
        nesting.refuse(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES ?x { " + "<http://example.org/a.b-c/d+e> " * N + "} }",
        "SELECT * { VALUES ?x { " + "<http://example.org/a/b/c_(d)_[e]> " * N + "} }",
        "SELECT * { VALUES ?x { " + "ex:a-b.c 1.5 '((((++++' " * N + "} }",
        "SELECT * { FILTER(?x IN (" + "1, " * N + "1)) }",
        "#" + "(" * N + "\nASK {}",
        "PREFIX p: <urn:p>\n" * N + "ASK {}",
    ],
)
def test_long_lists_strings_and_comments_are_not(query: str) -> None:
    nesting.refuse(query)


@pytest.mark.parametrize(
    "text", ["a." * N + "-", "a" + "-" * N, "'" * N, '"""' + "\\" * N, "<" * N, "<a(" * N, "\\" * N]
)
def test_no_text_takes_more_than_linear_time(text: str) -> None:
    try:  # minutes, if it did
        nesting.refuse(text * 10)
    except QueryError as refused:
        assert "nested" in str(refused) or "patterns" in str(refused)
