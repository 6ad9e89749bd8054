"""SPARQL text in; what is nested or chained beyond all use is refused before a parser goes as deep as it does.

Parsers and evaluators of SPARQL call themselves for every bracket, operator and pattern, and a process whose stack ends
is gone. The text may be anybody's: one pass, linear in its length.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

DEEPEST = 500  # brackets in one another, and signs in a row
LONGEST = 20_000  # operators and patterns in all

_PLAIN = r"""[^<>"{}|^`\s()\[\]]*+"""
_IRI = rf"<{_PLAIN}(?:[(\[]{_PLAIN}[)\]]{_PLAIN})*+>"  # brackets in brackets are a formula's: 1<((2))
_TOKEN = re.compile(  # strings, names and comments are passed over as `sparql` does
    _IRI + r'|\\.|"""(?:[^\\]|\\.)*?(?:"""|\\?\Z)|\'\'\'(?:[^\\]|\\.)*?(?:\'\'\'|\\?\Z)'
    r'|"(?:[^"\\\n]|\\.)*+"?|\'(?:[^\'\\\n]|\\.)*+\'?|#[^\r\n]*+'
    r"|(?P<opens>[({[]|<<)|(?P<closes>[)}\]]|>>)|(?P<sign>[!^+-])"
    r"|(?P<chains>\|\|?|&&|[*/.;]|(?:UNION|OPTIONAL|MINUS|BIND)\b)|[?$@]?\w[\w:%]*+(?:[.-]++[\w:%]++)*+",
    re.DOTALL | re.IGNORECASE,
)


def refuse(text: str, *, longest: int = LONGEST) -> None:
    """Raise `QueryError` for a query that is nested or chained beyond `DEEPEST` and `longest`."""
    depth = signs = links = 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        signs = signs + 1 if kind == "sign" else 0
        if kind == "opens":
            depth += 1
        elif kind == "closes":
            depth -= 1
        elif kind:
            links += 1  # a sign, too: 1+1+1
        if depth > DEEPEST or signs > DEEPEST:
            line = text.count("\n", 0, match.start()) + 1
            raise QueryError(f"the query, line {line}: nested more than {DEEPEST} deep: write it flatter")
        if links > longest:
            raise QueryError(f"the query has more than {longest} patterns and operators: ask in parts, or use VALUES")
