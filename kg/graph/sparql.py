"""SPARQL text in: what must not run refused, bindings and prefixes put in, the parser's complaints made short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pyoxigraph as ox

from kg.errors import QueryError

Term = ox.NamedNode | ox.Literal

_SPACE = r"(?:\s|#[^\r\n]*)*"
# Wider than the grammar on purpose: a word inside a string is refused too, but no way of writing slips through.
_SERVICE = re.compile(
    rf"(?<![?$:@])SERVICE{_SPACE}(?:SILENT{_SPACE})?(?:<[^<>]*>|[?$]\w+|[^\s<>{{}}?$]*:[^\s{{}}]*){_SPACE}\{{",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r'<[^<>"{}|^`\\\s]*>|"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|#[^\n]*|(?P<told>[{}]|[?$:@]?\w+)",
    re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_]\w*")


def refuse_service(text: str) -> None:
    """Raise `QueryError` if a query would call another server."""
    if _SERVICE.search(text) or _SERVICE.search(_ESCAPE.sub(_unescaped, text)):
        raise QueryError("the query calls SERVICE: a store answers from its own graph alone; leave that clause out")


def bind(text: str, bindings: Mapping[str, Term]) -> str:
    """The query with `VALUES` of one row at the head of its pattern, so that each variable has its value.

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
    values = " ".join(str(term) for term in bindings.values())
    row = f" VALUES ({variables}) {{ ({values}) }} "
    return row.join(text[start:end] for start, end in pairwise([0, *places, len(text)]))


def declare(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with those prefixes that it does not declare itself, on its first line so that line numbers hold."""
    own = {match.lower() for match in re.findall(r"\bPREFIX\s+([\w.-]*)\s*:", text, re.IGNORECASE)}
    added = (f"PREFIX {prefix}: <{iri}> " for prefix, iri in prefixes.items() if prefix.lower() not in own)
    return "".join(added) + text


def form(text: str) -> str:
    """`SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`; "" for what is none of them, such as an update."""
    return next((word for _, word in _told(text) if word in _FORMS), "")


def complaint(error: Exception, text: str) -> str:
    """What the parser said in one line: where, what stands there, and what it expected."""
    match = _PLACE.match(str(error))
    if not match:
        return f"the query is not SPARQL: {' '.join(str(error).split())[:200]}"
    line, column = int(match[1]), int(match[2])
    lines = text.splitlines()
    near = lines[line - 1][column - 1 :].strip()[:30] if line <= len(lines) else ""
    found = repr(near) if near else "the end"
    return f"the query, line {line}, column {column}: {_expected(match[3])}, found {found}"


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
    for place, word in _told(text):
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


def _told(text: str) -> Iterator[tuple[int, str]]:
    """Words in capitals and braces with their places; strings, IRIs and comments are passed over."""
    for match in _TOKEN.finditer(text):
        if match["told"]:
            yield match.start(), match["told"].upper()


def _unescaped(match: re.Match[str]) -> str:
    point = int(match[1] or match[2], 16)
    return chr(point) if point < 0x110000 else ""
