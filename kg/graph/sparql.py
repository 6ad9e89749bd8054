"""SPARQL text in: what must not run refused, bindings and prefixes put in, the parser's complaints made short.

The text may be anybody's: whatever is done here takes a time that is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError

Term = ox.NamedNode | ox.Literal
Value = Term | Sequence[Term]  # of a variable; of several, each

_TOKEN = re.compile(  # what is left open ends where the text does, so that nothing is read twice
    r'<[^<>"{}|^`\\\s]*+>|\\.|"""(?:[^\\]|\\.)*?(?:"""|\\?\Z)|\'\'\'(?:[^\\]|\\.)*?(?:\'\'\'|\\?\Z)'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'(?:[^\'\\\n]|\\.)*+\'?|#[^\r\n]*+'
    r"|(?P<told>[{}]|[?$@]\w++|\w[\w.-]*+(?::[\w.%-]*+)?|:[\w.%-]*+)",
    re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_KEYWORDS = re.compile(r"expected (?:one of )?(?:(?:[A-Z]{3,}|\[_\])(?:, )?)+")
_WORD = re.compile(r"(?<![\w?$:])[A-Za-z]\w*")
_NAME = re.compile(r"[A-Za-z_]\w*")
_FROM = re.compile("from", re.IGNORECASE)  # without which a query need not be read for it
_SERVICE = re.compile(r"(servic)e", re.IGNORECASE)
_CALL = re.compile(r"[\w.-]*SERVICE(?::.*)?")


def refuse_service(text: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
    """Raise `QueryError` if a query would call another server.

    The parser is the judge, for no reading of ours could be as exact: a query that is still one when every "service"
    is changed into a word that is no keyword has it in names, strings and comments alone.
    """
    if not _SERVICE.search(text):
        return
    try:
        ox.Store().query(_SERVICE.sub("\\1\u3400", text), prefixes=dict(prefixes), base_iri=base)
    except (SyntaxError, ValueError) as error:
        if any(_CALL.fullmatch(word) for _, word in told(text)):
            said = "the query calls SERVICE, which is not allowed: this graph alone answers; leave that clause out"
            raise QueryError(said) from None
        raise QueryError(complaint(error, text, prefixes)) from error


def dataset(
    text: str, default_graph: Sequence[str], named_graphs: Sequence[str], *, union: bool = True
) -> dict[str, Any]:
    """What Oxigraph is told of the graphs that a query sees (SPARQL 1.1 Protocol, 2.1.4): those given, or else those
    of its own FROM, or else all, or, without `union`, the default graph.

    Raises `QueryError` for a graph whose name is no IRI.
    """
    if default_graph or named_graphs:
        return {"default_graph": _graphs(default_graph), "named_graphs": _graphs(named_graphs)}
    names_graphs = _FROM.search(text) and any(word == "FROM" for _, word in told(text))
    return {"use_default_graph_as_union": union and not names_graphs}


def bind(text: str, bindings: Mapping[str, Value]) -> str:
    """The query with `VALUES` at the head of its pattern, so that each variable has its value, or each of its values.

    One way for stores and endpoints alike. Subqueries see the values too; a filter inside a branch of UNION does not.
    Raises `QueryError` for what is no variable's name and for a query without a pattern.
    """
    if not bindings:
        return text
    if wrong := [name for name in bindings if not _NAME.fullmatch(name)]:
        raise QueryError(f"{wrong[0]!r} is no variable's name: letters, digits and _, without the ?")
    places = list(_patterns(text))
    if not places:
        raise QueryError(f"the query has no {{ pattern }} that ?{next(iter(bindings))} could be bound in")
    variables = " ".join(f"?{name}" for name in bindings)
    rows = product(*([value] if isinstance(value, Term) else value for value in bindings.values()))
    values = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f" VALUES ({variables}) {{ {values} }} ".join(
        text[start:end] for start, end in pairwise([0, *places, len(text)])
    )


def declare(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with those prefixes that it does not declare itself, on its first line so that line numbers hold."""
    words = [word.lower() for _, word in told(text)]
    own = {name.partition(":")[0] for before, name in pairwise(words) if before == "prefix"}
    added = (f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes.items() if prefix.lower() not in own)
    return "".join(added) + text


def form(text: str) -> str:
    """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; "" for what is none of them, such as an update."""
    return next((word for _, word in told(text) if word in _FORMS), "")


def is_update(text: str) -> bool:
    """Whether a text that is no query would write: its first keyword is one of SPARQL Update."""
    return next((word for _, word in told(text) if word in _FORMS | _UPDATES), "") in _UPDATES


def complaint(error: Exception, text: str, prefixes: Mapping[str, str], *, what: str = "query") -> str:
    """What is wrong in one line: that it would write, or where the parser stopped, what stands there, and what it
    expected; or the prefix that nobody has declared. `what` it should be: a "query" or an "update".
    """
    if what == "query" and is_update(text):
        return "queries only read, and this is an update: kg ingest adds articles"
    for line, prefix in _undeclared(text, prefixes):
        return f"the {what}, line {line}: the prefix {prefix}: is not declared: add PREFIX {prefix}: <…>"
    if what == "query" and not form(text):
        return "the query, line 1: there is no SELECT, ASK, CONSTRUCT or DESCRIBE in it"
    match = _PLACE.match(str(error))
    if not match:
        return f"the {what} is not SPARQL: {' '.join(str(error).split())[:200]}"
    line, column = int(match[1]), int(match[2])
    whole = dict(enumerate(text.splitlines(), 1)).get(line, "")
    begin = _mistyped(whole, column, match[3])
    near = whole[(begin or column) - 1 :].strip()[:30]
    if begin:
        return f"the {what}, line {line}, column {begin}: no keyword of SPARQL fits there: {near!r}"
    return f"the {what}, line {line}, column {column}: {_expected(match[3])}, found {repr(near) if near else 'the end'}"


def _undeclared(text: str, prefixes: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The prefixes that are used and that nobody has declared, each with its line."""
    words = [(match.start(), match["told"]) for match in _TOKEN.finditer(text) if match["told"]]
    own = {name.partition(":")[0] for (_, before), (_, name) in pairwise(words) if before.upper() == "PREFIX"}
    for place, word in words:
        prefix, colon, _ = word.partition(":")
        if colon and prefix not in {*own, *prefixes, "_"}:
            yield text.count("\n", 0, place) + 1, prefix


def _graphs(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"a graph is named by an IRI: {' '.join(str(error).split())[:120]}") from error


def _mistyped(line: str, column: int, said: str) -> int | None:
    """The column of a word that is none of the keywords which the parser expected there and nothing else; it tells
    where the longest of them would have ended.
    """
    if not _KEYWORDS.fullmatch(said):
        return None
    words = {match.start() + 1: match[0] for match in _WORD.finditer(line)}
    begins = (column - len(keyword) for keyword in re.findall(r"[A-Z]+", said))
    return next((begin for begin in sorted(begins) if words.get(begin, "SELECT").upper() not in _FORMS), None)


def _expected(said: str) -> str:
    # sentences of the parser's own stand among the tokens that it would have taken; character classes tell nobody much
    items = re.sub(r"\[(?:'[^']*'|[^\]'])*\]", "", said.removeprefix("expected ").removeprefix("one of ")).split(", ")
    items = [item.strip() for item in items if item.strip()]
    if sentences := [item for item in items if re.match(r"[A-Z][a-z]*[a-z ] ?\w+ \w+", item) and '"' not in item]:
        return sentences[0]
    return f"expected {' or '.join(items[:5]) or 'something else'}{' …' * (len(items) > 5)}"


def _patterns(text: str) -> Iterator[int]:
    """Where the pattern of a query and those of its subqueries begin, after their braces; a template is no pattern."""
    awaited, template = "", 0
    for place, word in told(text):
        if template:
            template += (word == "{") - (word == "}")
            awaited = awaited if template else "WHERE"
        elif word in _FORMS or (awaited and word == "WHERE"):
            awaited = word
        elif awaited and word == "{":
            if awaited == "CONSTRUCT":
                template = 1
            else:
                awaited = ""
                yield place + 1


def told(text: str) -> Iterator[tuple[int, str]]:
    """Words and names in capitals, and braces, with their places; strings, IRIs and comments are passed over."""
    for match in _TOKEN.finditer(text):
        if match["told"]:
            yield match.start(), match["told"].upper()
