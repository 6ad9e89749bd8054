"""Articles' Turtle in, TriG in which every triple has its home out: the text's way and the triples' way are one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from test_store import NAMES, article, graph

from kg.graph.store import Store, record, recovery, trig
from kg.graph.store.index import Index
from kg.graph.store.trig import Divided, Stream

BASE = NAMES.article_iri("a1")


def quads(divided: Divided | None) -> list[set[ox.Quad]]:
    return [set(ox.parse(part, format=ox.RdfFormat.TRIG)) for part in divided or ()]


def parsed(turtle: bytes) -> Divided:
    return trig.of_triples(record.graph(turtle)[:2])


def written(paragraph: str) -> bytes:
    return graph(article("a1")) + f"\n{paragraph}\n".encode()


def test_a_file_as_it_is_written_is_divided_as_its_triples_are() -> None:
    turtle = graph(article("a1"))
    assert (divided := trig.of_turtle(turtle)) is not None
    assert quads(divided) == quads(parsed(turtle)) and all(quads(divided))


@pytest.mark.parametrize(
    "paragraph",
    [
        "ent:x a kg:Person . <#y> a kg:Mention .",
        "ent:x a kg:Person .<#y> a kg:Mention .",
        'ent:x skos:prefLabel """\n\n<#y> a """ .',
        "ent:x skos:prefLabel '''\n\n<#y> a ''' .",
        "ent:x a [ a kg:Person ] .",
        "_:x a kg:Person .",
        f"<{BASE}#y> a kg:Mention .",
        "<a2> a kg:Person .",
        "@prefix art: <https://w3id.org/dateline/article/> .\nart:a1 a kg:Thing .",
        "ent:x a kg:Person ; # <#y>\n\tkg:rule 1 .",
    ],
)
def test_whatever_is_written_in_another_way_is_parsed(paragraph: str) -> None:
    assert trig.of_turtle(written(paragraph)) is None
    assert quads(parsed(written(paragraph)))


def test_a_prefix_that_stands_for_the_article_is_seen() -> None:
    turtle = graph(article("a1")).replace(b"@prefix ent:", f"@prefix art: <{BASE}#> .\n@prefix ent:".encode())
    assert trig.of_turtle(turtle) is None


@pytest.mark.parametrize("label", ['. <#y> "', "\n\n<#y> a", "\\", "# [", "}", "'''", "é\u00a0 "])
def test_a_literal_may_hold_anything(label: str) -> None:
    turtle = written(f"ent:x skos:prefLabel {ox.Literal(label, language='fr')} .")
    assert quads(trig.of_turtle(turtle) or parsed(turtle)) == quads(parsed(turtle))
    assert trig.of_turtle(turtle)


def test_what_may_mention_an_entity_is_found_however_it_is_written() -> None:
    ends = trig.tails([ox.NamedNode("https://e.example/a/jean-x.")])
    for text in (b"ent:jean-x\\. .", b"<https://e.example/a/jean-x.> .", b"ent:a\\/jean\\-x\\. ;", b"<../a/jean-x.>,"):
        assert trig.may_mention(text, ends), text
    assert not trig.may_mention(b"ent:jean ;", ends) and not trig.may_mention(b"ent:jean-x\\. .", set())


def test_a_stream_gives_all_and_then_nothing() -> None:
    stream = Stream([b"", b"abc", b"", b"d"])
    assert [stream.read(2) for _ in range(5)] == [b"ab", b"c", b"d", b"", b""]


def contents(index: Index) -> list[set[ox.Quad]]:
    return [set(store) for store in index.read_both()]


def test_a_rebuild_from_text_is_the_rebuild_from_triples_and_what_was_put(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        for number, who in enumerate(["Ada", "Bea", "Ada", "Cleo"]):
            told = article(f"a{number}", who)
            odd = b"\nent:ada a kg:Person . ent:bea a kg:Person .\n" if number == 2 else b""
            store.put(told, graph(told) + odd)
    grown = contents(Index(tmp_path / "s" / "index"))
    with Store.open(tmp_path / "s", writable=True) as store:
        assert store.rebuild() == []
        slow = Index(tmp_path / "slow")
        slow.rebuild(map(trig.of_triples, recovery.graphs(store._parts, [])))
    assert contents(Index(tmp_path / "s" / "index")) == contents(slow) == grown
