"""kg.link: names that must be one entity and names that must not, in one article and across a store."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg import gazetteer
from kg.cli import identity
from kg.link import resolve
from kg.link.proposals import FLOOR, THRESHOLD, propose
from kg.model import KG, Article, Mention, MentionType, Profile, Reading, Span

LISTS = tomllib.loads((Path(__file__).parent / "identities.toml").read_text(encoding="utf-8"))
ENTITY = "https://w3id.org/dateline/entity/"


@dataclass(frozen=True)
class Pair:
    names: tuple[str, str]
    kinds: tuple[str, str]
    languages: tuple[str, str]
    where: str | None
    both: tuple[str, str] | None

    def __str__(self) -> str:
        return " / ".join(self.names)


def pairs(verdict: str, where: str) -> list[Pair]:
    groups = [group for group in LISTS[verdict] if group.get("where", where) == where]
    return [pair(names, group) for group in groups for names in group["pairs"]]


def pair(names: list[str], group: dict[str, Any]) -> Pair:
    kinds = group.get("types") or [group["type"]] * 2
    languages = group.get("languages") or [group["language"]] * 2
    both = group.get("both")
    told = (KG + both[0], ENTITY + both[1]) if both else None
    return Pair(tuple(names), (KG + kinds[0], KG + kinds[1]), tuple(languages), group.get("where"), told)  # type: ignore[arg-type]


def ids(pair: Pair) -> list[str]:
    """The entities of both names: of one article, in either order, or of one article a language."""
    if pair.languages[0] != pair.languages[1]:
        return [read([one], language)[0] for one, language in zip(named(pair), pair.languages, strict=True)]
    there, back = read(named(pair), pair.languages[0]), read(named(pair)[::-1], pair.languages[0])
    assert there == back[::-1]
    return there


def named(pair: Pair) -> list[tuple[str, str]]:
    return list(zip(pair.names, pair.kinds, strict=True))


def read(names: list[tuple[str, str]], language: str) -> list[str]:
    text, mentions = "", []
    for name, kind in names:
        mentions.append(Mention(Span(len(text), len(text) + len(name)), MentionType.NAME, kind))
        text += name + ". "
    found = resolve(Reading(Article("a", text, language), tuple(mentions)), gazetteer.load())
    return [found[mention.span].id for mention in mentions]


def score(pair: Pair) -> float:
    """What a store says that met each name in an article of its own."""
    if pair.languages[0] != pair.languages[1] and len(set(ids(pair))) == 1:
        return 1.0
    relations = frozenset({pair.both} if pair.both else ())
    profiles = [
        Profile(f"urn:{place}", frozenset({kind}), frozenset({name}), relations=relations, articles=frozenset({place}))
        for place, (name, kind) in enumerate(named(pair))
    ]
    assert propose(profiles) == propose(profiles[::-1])
    return max((match.score for match in propose(profiles)), default=0.0)


def test_the_lists_are_long_enough() -> None:
    assert all(len(pairs(verdict, where)) >= 60 for verdict in ("one", "apart") for where in ("article", "store"))


@pytest.mark.parametrize("pair", pairs("one", "article"), ids=str)
def test_one_in_an_article(pair: Pair) -> None:
    assert len(set(ids(pair))) == 1


@pytest.mark.parametrize("pair", pairs("apart", "article"), ids=str)
def test_apart_in_an_article(pair: Pair) -> None:
    assert len(set(ids(pair))) == 2


@pytest.mark.parametrize("pair", pairs("one", "store"), ids=str)
def test_one_in_a_store(pair: Pair) -> None:
    assert score(pair) >= THRESHOLD


@pytest.mark.parametrize("pair", pairs("apart", "store"), ids=str)
def test_apart_in_a_store(pair: Pair) -> None:
    assert score(pair) < THRESHOLD


def test_the_command_merges_what_these_lists_call_one() -> None:
    (option,) = (one for one in identity.resolve.params if one.name == "threshold")
    assert (option.default, option.type.min) == (THRESHOLD, FLOOR)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "names",
    [
        ("Li Keqiang", "Li Qiang"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("George W. Bush", "George H. W. Bush"),
        ("Paul E. Martin", "Paul J. Martin"),
        ("Paul E. Martin", "Paul J. Marten"),
        ("Henri Delmas", "Henri Delmon"),
    ],
    ids=" / ".join,
)
def test_who_comes_after_another_has_all_his_offices(names: tuple[str, str]) -> None:
    offices = frozenset(
        (KG + office, ENTITY + "china") for office in ("headOfStateOf", "leaderOf", "citizenOf", "bornIn")
    )
    profiles = [
        Profile(f"urn:{n}", frozenset({KG + "Person"}), frozenset({n}), relations=offices, articles=frozenset({n}))
        for n in names
    ]
    assert all(match.score < THRESHOLD for match in propose(profiles))
