"""Changes of articles in, an index that holds just what they say by now out, whoever knows what it held before."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.store import record, trig
from kg.graph.store.homes import Change
from kg.graph.store.index import Index

ARTICLE = "https://w3id.org/dateline/article/a{}"
OTHER = "<urn:borel> <urn:share> 2.0 . <urn:borel> <urn:led> <urn:ada> ."


def turtle(number: int, said: str) -> bytes:
    return f"@base <{ARTICLE.format(number)}> .\n<> a <https://w3id.org/dateline/ns#Article> .\n{said}".encode()


def change(turtle: bytes) -> Change:
    return record.graph(turtle)[:2]


def index(folder: Path) -> Index:
    folder.mkdir()
    return Index(folder)


def held(index: Index) -> list[list[str]]:
    return [sorted(map(str, quads(part))) for part in index.read_both()]


def quads(store: ox.Store) -> ox.Dataset:
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<#s> <urn:p> 1.5 , 1.50 .", "<#s> <urn:p> 1.50 ."),
        ("<#s> <urn:p> 1.5 .", "<#s> <urn:p> 1.50 , 2 ."),
        ("<urn:borel> <urn:share> 2.0 , 2.00 .", "<urn:borel> <urn:share> 2.00 ."),
        ("<urn:borel> <urn:share> 3.0 ; <urn:led> <urn:ada> .", "<urn:borel> <urn:share> 2.0 ."),
        ('<#s> <urn:of> [ <urn:name> "Ada" ] .', '<#s> <urn:of> [ <urn:name> "Bea" ] .'),
        ("<#s> <urn:of> _:b . _:b a <urn:c> .", "<#s> <urn:of> _:b . _:b a <urn:d> ."),
    ],
)
def test_a_replaced_article_leaves_what_it_says_by_now(tmp_path: Path, before: str, after: str, known: bool) -> None:
    other, old, new = turtle(1, OTHER), turtle(2, before), turtle(2, after)
    grown, made = index(tmp_path / "grown"), index(tmp_path / "made")
    grown.apply([change(other), change(old)])
    grown.apply([change(new)], lambda article: record.graph(old).triples if known else None)
    made.rebuild(map(trig.of_triples, map(change, (other, new))))
    assert held(grown) == held(made)


@pytest.mark.parametrize("known", [True, False])
def test_an_article_that_says_the_same_changes_nothing(tmp_path: Path, known: bool) -> None:
    grown, same = index(tmp_path / "grown"), change(turtle(1, OTHER))
    grown.apply([same])
    assert not grown.apply([same], lambda article: same[1] if known else None)
