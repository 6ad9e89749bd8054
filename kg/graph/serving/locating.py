"""The path of an entity or an article in, the IRI that it stands for out, and that of what stands for it today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.exploring.explored import Explored
from kg.graph.names import DCT, Namespaces
from kg.graph.serving.graphs import name_of
from kg.graph.serving.things import iris


def bases(explored: Explored) -> dict[str, str]:
    """What the IRIs of each kind begin with."""
    return {"entity": explored.names.entity, "article": explored.names.article}


def located(
    explored: Explored, kind: str, rest: str, iri: str | None, suffixes: Sequence[str]
) -> dict[str, str | None]:
    """The `iri` that is meant by it or by the `rest` of a path behind the base, as the URL has it; the IRI of what
    stands for it `today`, None where nothing is known; what follows the base in that (`local`); and the suffix, if the
    path has one of those that ask for a format. A name that ends like a suffix goes before a suffix.
    """
    base = bases(explored)[kind]
    for suffix in ("", *suffixes):
        if rest.endswith(suffix):
            for meant in [iri] if iri else _meant(explored.names, kind, rest.removesuffix(suffix)):
                if today := _today(explored, meant):
                    local = today.removeprefix(base) if today.startswith(base) else None
                    return {"iri": meant, "today": today, "local": local, "suffix": suffix}
    return {"iri": iri or next(_meant(explored.names, kind, rest), base + rest), "today": None, "suffix": ""}


def _meant(names: Namespaces, kind: str, rest: str) -> Iterator[str]:
    """The IRIs that a path may stand for: browsers encode what is not ASCII, and IRIs hold it as it is or encoded."""
    made, base = (names.article_iri, names.article) if kind == "article" else (names.entity_iri, names.entity)
    for is_encoded in (False, True):
        with suppress(QueryError, UnicodeDecodeError):
            iri = base + rest if is_encoded else made(unquote(rest, errors="surrogatepass"))
            name_of(iri)
            yield iri


def _today(explored: Explored, iri: str) -> str | None:
    if replaced := iris(explored, iri, DCT + "isReplacedBy"):
        return replaced[0]
    node = ox.NamedNode(iri)
    patterns = ((node, None), (None, node))
    known = (any(explored.graph.quads_for_pattern(subject, None, object, None)) for subject, object in patterns)
    return iri if any(known) else None
