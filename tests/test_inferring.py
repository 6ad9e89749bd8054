"""What follows from what articles state: rules, their graphs, corroboration, and what must not follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.cli.commands import commands
from kg.errors import QueryError
from kg.graph import checking, queries, questions, shapes
from kg.graph.inference import derivation, premises, rules
from kg.graph.inference.rules import DERIVED, Rule
from kg.graph.names import PREFIXES
from kg.graph.rdf import Namespaces, triples, turtle
from kg.graph.store import Store
from kg.model import (
    KG,
    Article,
    Entity,
    Evidence,
    Factuality,
    Mention,
    MentionType,
    Provenance,
    Reading,
    Span,
    Statement,
)

NAMES = Namespaces()
KINDS = {
    "City": "lyon paris twin brussels lviv",
    "Region": "rhone flanders",
    "Country": "france spain belgium ukraine",
    "Place": "sea lab",
    "Company": "acme borel",
    "Organization": "fund senate committee",
    "Person": "ada bea carl dan emma",
}
CLASS = {name: KG + kind for kind, names in KINDS.items() for name in names.split()}
AGENCY, DAILY = (Entity(name, frozenset({KG + "Media"}), name) for name in ("agency", "daily"))
NEEDS = {"places": "capitals", "within": "capitals", "siblings": "mirrored"}  # rules that feed others
CLOCK = date(2025, 10, 1)


def put(store: Store, id: str, said: str, publisher: Entity | None = None, issued: date | None = CLOCK) -> bool:
    """An article of sentences as "lyon locatedIn france"; a fourth word is a factuality, "former" or who says so."""
    entities: dict[Span, Entity] = {}
    told, place = [], 0
    for number, sentence in enumerate(said.split(". ")):
        words, spans = sentence.split(), list[Span]()
        for word in words:
            spans.append(Span(place, place + len(word)))
            place += len(word) + 1
            if word in CLASS:
                entities[spans[-1]] = Entity(word, frozenset({CLASS[word]}), word)
        place += 1
        how = words[3] if len(words) > 3 else "Asserted"
        told.append(
            Statement(
                spans[0], KG + words[1], spans[2], "hand", Evidence(Span(spans[0].start, spans[-1].end), number),
                Factuality(how) if how in list(Factuality) else Factuality.ASSERTED,
                former=how == "former", attributed_to=spans[3] if how in CLASS else None,
            )
        )  # fmt: skip
    article = Article(id, said, "en", f"Title {id}", issued)
    mentions = tuple(Mention(span, MentionType.NAME, CLASS[said[span.start : span.end]]) for span in entities)
    reading = Reading(article, mentions, tuple(told), issued=issued)
    graph = triples(reading, entities, Provenance("1", "x"), NAMES, publisher=publisher)
    return store.put(article, turtle(graph, NAMES, id))


def open_(path: Path) -> Store:
    return Store.open(path / "s", create=True, writable=True)


def derived(store: Store, rule: str) -> list[str]:
    """What a rule has derived, "subject relation object", without what the graph says of itself."""
    rows = store.query(
        f"SELECT ?s ?p ?o {{ GRAPH <{DERIVED}{rule}> {{ ?s ?p ?o }} FILTER(!STRSTARTS(STR(?s), '{DERIVED}')) }}"
    ).rows()
    return sorted(" ".join(getattr(term, "value", "").replace("#", "/").rpartition("/")[2] for term in r) for r in rows)


def follows(path: Path, rule: str, *articles: str) -> list[str]:
    with open_(path) as store:
        for number, said in enumerate(articles):
            put(store, f"a{number}", said)
        derivation.infer(store, some(rule, NEEDS.get(rule, rule)))
        return derived(store, rule)


def some(*names: str) -> list[Rule]:
    return [rule for rule in rules.packaged() if rule.name in names]


def quads(store: Store) -> set[str]:
    return set(map(str, store.oxigraph()))


@pytest.mark.parametrize(
    ("rule", "said", "expected"),
    [
        ("places", ["lyon locatedIn rhone", "rhone locatedIn france"], ["lyon locatedIn france"]),
        ("places", ["lab locatedIn lyon. lyon locatedIn rhone. rhone locatedIn france"],
         ["lab locatedIn france", "lab locatedIn rhone", "lyon locatedIn france"]),
        ("places", ["twin locatedIn rhone. rhone locatedIn france. twin locatedIn spain"], []),
        ("places", ["lyon locatedIn rhone. rhone locatedIn france. rhone locatedIn spain"], []),
        ("places", ["lyon locatedIn sea. sea locatedIn france"], []),
        ("places", ["lyon locatedIn rhone. rhone locatedIn france former"], []),
        ("places", ["lyon locatedIn rhone. rhone locatedIn france ada"], []),
        ("capitals", ["paris capitalOf france"], ["paris locatedIn france"]),
        ("capitals", ["brussels capitalOf flanders"], []),
        ("capitals", ["twin capitalOf france", "twin capitalOf spain"], []),
        ("places", ["lab locatedIn paris. paris capitalOf france"], ["lab locatedIn france"]),
        ("within", ["acme headquarteredIn paris. paris capitalOf france"], ["acme headquarteredIn france"]),
        ("within", ["ada bornIn lviv. lviv locatedIn ukraine. acme controls lviv"], []),
        ("wholes", ["committee partOf senate", "senate partOf france"], ["committee partOf france"]),
        ("wholes", ["committee partOf senate. senate partOf france. senate partOf spain"], []),
        ("wholes", ["ada memberOf senate. senate partOf fund"], []),
        ("owners", ["acme subsidiaryOf borel"], ["borel ownerOf acme"]),
        ("owners", ["borel ownerOf acme"], []),
        ("mirrored", ["ada spouseOf bea. acme fights borel"], ["bea spouseOf ada"]),
        ("mirrored", ["ada spouseOf bea. bea spouseOf ada"], []),
        ("siblings", ["ada parentOf bea. ada parentOf carl"], ["bea siblingOf carl", "carl siblingOf bea"]),
        ("siblings", ["ada parentOf bea", "ada parentOf carl"], []),
        ("siblings", ["ada parentOf bea. bea siblingOf carl"], []),
        ("superproperties", ["senate partOf france"], ["senate isPartOf france"]),
        ("types", ["lyon locatedIn france. acme fights borel"],
         ["acme type Organization", "borel type Organization", "france type Place", "lyon type Place"]),
    ],
)  # fmt: skip
def test_what_follows_and_what_does_not(tmp_path: Path, rule: str, said: list[str], expected: list[str]) -> None:
    assert follows(tmp_path, rule, *said) == expected


def test_what_is_denied_is_no_premise_and_is_not_derived(tmp_path: Path) -> None:
    chain = "lab locatedIn lyon. lyon locatedIn rhone. rhone locatedIn france"
    assert follows(tmp_path, "places", chain, "rhone locatedIn france Denied", "lab locatedIn rhone Denied") == []


def test_each_rule_has_a_title_and_is_a_question_like_the_others() -> None:
    found = [query for query in queries.all_queries() if query.folder == "rules"]
    assert [rule.name for rule in rules.packaged()] == [query.name for query in found]
    assert all(premises.properties(query.text, PREFIXES) != frozenset() for query in found)


def test_what_a_query_reads_is_told_from_its_patterns() -> None:
    text = "CONSTRUCT { ?a kg:x ?b } WHERE { ?a kg:p/^kg:q ?b FILTER NOT EXISTS { ?a kg:r+|kg:s ?b ; a kg:C } }"
    names = {KG + name for name in "pqrs"} | {PREFIXES["rdf"] + "type"}
    assert premises.properties(text, PREFIXES) == names
    assert premises.properties("CONSTRUCT WHERE { ?a ?any ?b }", PREFIXES) is None
    assert premises.properties("no query", PREFIXES) is None


def test_to_infer_again_changes_nothing_and_to_remove_leaves_what_was(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "lyon locatedIn rhone. rhone locatedIn france. ada spouseOf bea", AGENCY)
        before = quads(store)
        first = derivation.infer(store, rules.packaged())
        after, files = quads(store), {path: path.read_bytes() for path in (tmp_path / "s/graphs").iterdir()}
        assert before < after
        assert derivation.infer(store, list(reversed(rules.packaged()))) == first
        assert {path: path.read_bytes() for path in (tmp_path / "s/graphs").iterdir()} == files
        assert quads(store) == after
        assert [told.rule.name for told in derivation.remove(store)] == [rule.name for rule in rules.packaged()]
        assert quads(store) == before


def test_a_plain_query_counts_once_what_an_article_comes_to_state(tmp_path: Path) -> None:
    pair = "SELECT ?where { ent:lyon kg:locatedIn ?where } ORDER BY ?where"
    with open_(tmp_path) as store:
        put(store, "a", "lyon locatedIn rhone. rhone locatedIn france")
        derivation.infer(store, some("places", "types"))
        assert len(list(store.query(pair).rows())) == 2
        put(store, "b", "lyon locatedIn france")
        assert len(list(store.query(pair).rows())) == 2
        assert derived(store, "places") == []
        derivation.infer(store, some("places", "types"))
        assert len(list(store.query(pair).rows())) == 2
        assert derived(store, "places") == []


def test_what_was_derived_goes_with_its_premise(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "lyon locatedIn rhone. rhone locatedIn france")
        derivation.infer(store, some("places", "types"))
        assert rules.stale(store.query) == []
        put(store, "a", "lyon locatedIn rhone")
        assert rules.stale(store.query) == [rule.name for rule in some("places", "types")] == list(store.stats().stale)
        assert any("kg infer" in line for line in checking.problems(store))
        derivation.infer(store, some("places", "types"))
        assert (derived(store, "places"), rules.stale(store.query)) == ([], [])


def test_a_rule_tells_its_provenance(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "ada spouseOf bea")
        derivation.infer(store, some("mirrored"))
        (told,) = rules.derived(store.query)
        assert (told.rule, told.triples) == (*some("mirrored"), 1)
        graph = set(store.graph(told.rule.graph))
        assert ox.Literal(told.rule.fingerprint) in {triple.object for triple in graph}


def test_rules_of_ones_own_feed_others_and_outlive_their_file(tmp_path: Path) -> None:
    mine = tmp_path / "posts.rq"
    says = "CONSTRUCT { ?who kg:residentOf ?where } WHERE { ?who kg:employedBy/kg:headquarteredIn ?where }"
    mine.write_text(f"# Posts: who works for a company lives where it sits\n{says}")
    with open_(tmp_path) as store:
        put(store, "a", "ada employedBy acme. acme headquarteredIn paris. paris capitalOf france")
    arguments = ["infer", "--store", str(tmp_path / "s")]
    assert main([*arguments, "--rule", str(mine)]) == 0
    mine.unlink()
    assert main(arguments) == 0
    with open_(tmp_path) as store:
        assert derived(store, "posts") == ["ada residentOf paris"]
        assert derived(store, "within") == ["acme headquarteredIn france", "ada residentOf france"]
    listed = CliRunner().invoke(commands, [*arguments, "--list"], standalone_mode=False).output
    assert "posts" in listed and "Posts: who works" in listed
    assert main([*arguments, "--list", "--remove"]) == 2
    assert main([*arguments, "--remove", "--rule", str(mine)]) == 0
    with open_(tmp_path) as store:
        assert derived(store, "posts") == []
        assert derived(store, "within") == ["acme headquarteredIn france"]
    assert main([*arguments, "--remove"]) == 0
    assert not (tmp_path / "s/graphs").exists()
    assert main([*arguments, "--remove", "--rule", "posts"]) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("CONSTRUCT { ?a kg:x ?b } WHERE { ?a kg:p ?b }", "first line"),
        ("# Mine\nSELECT * { ?a ?b ?c }", "CONSTRUCT"),
    ],
)
def test_what_is_no_rule_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "mine.rq").write_text(text)
    with pytest.raises(QueryError, match=told):
        rules.read(tmp_path / "mine.rq")


def test_a_rule_may_not_bear_the_name_of_another(tmp_path: Path) -> None:
    (tmp_path / "places.rq").write_text("# Mine\nCONSTRUCT WHERE { ?a kg:p ?b }")
    with pytest.raises(QueryError, match="another name"):
        rules.read(tmp_path / "places.rq")


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("{ [] kg:x ?b } WHERE { ?a kg:spouseOf ?b }", "rule mine: .*blank node"),
        ("{ ?b kg:x } WHERE { ?a kg:spouseOf ?b }", "rule mine: .*line 1"),
        ('{ ?next kg:x ?b } WHERE { ?a kg:spouseOf|kg:x ?b BIND(IRI(CONCAT(STR(?a), "x")) AS ?next) }', "50 rounds"),
    ],
)
def test_a_rule_that_goes_wrong_changes_nothing(tmp_path: Path, where: str, told: str) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "ada spouseOf bea")
        before = quads(store)
        with pytest.raises(QueryError, match=told):
            derivation.infer(store, [*some("mirrored"), Rule("mine", "Mine", f"CONSTRUCT {where}")])
        assert quads(store) == before


def test_a_store_without_articles_has_nothing_to_derive(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        assert {told.triples for told in derivation.infer(store, rules.packaged())} == {0}


# Corroboration


def support(store: Store, subject: str) -> dict[str, str]:
    rows = store.query(
        f"SELECT DISTINCT ?p ?n {{ ?said rdf:subject ent:{subject} ; kg:support ?support . ?support ?p ?n }}"
    ).rows()
    found = {getattr(p, "value", "").rpartition("#")[2]: getattr(n, "value", "") for p, n in rows}
    return {name: value for name, value in found.items() if name != "type"}


def test_who_states_attributes_and_denies_is_counted_by_publisher(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "ada leaderOf acme", AGENCY, date(2025, 1, 1))
        put(store, "b", "ada leaderOf acme. lab locatedIn lyon", AGENCY, date(2025, 1, 3))
        put(store, "c", "ada leaderOf acme bea", DAILY, date(2025, 1, 2))
        put(store, "d", "ada leaderOf acme Denied", DAILY, date(2025, 2, 1))
        put(store, "e", "ada leaderOf acme former", None, None)
        put(store, "f", "ada leaderOf acme former. lab locatedIn paris", None, None)
        derivation.infer(store, some("support"))
        assert support(store, "ada") == {
            "publishersStating": "1",
            "publishersAttributing": "1",
            "publishersDenying": "1",
            "publishersEnding": "1",
            "articles": "6",
            "firstIssued": "2025-01-01",
            "lastIssued": "2025-02-01",
        }


def test_a_dispatch_that_another_reprints_is_one_voice(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "ada leaderOf acme", AGENCY)
        put(store, "b", "ada leaderOf acme", DAILY, date(2025, 10, 2))
        derivation.infer(store, some("support"))
        assert support(store, "ada")["publishersStating"] == "1"
        put(store, "c", "ada leaderOf acme. lab locatedIn lyon", DAILY)
        derivation.infer(store, some("support"))
        assert support(store, "ada")["publishersStating"] == "2"
        (row,) = asked(store, "corroborated", least="2")
        assert row[:4] == ["ada", "leaderOf", "acme", "2"]


def test_shapes_and_checks_hold_for_what_is_derived(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "lyon locatedIn rhone. rhone locatedIn france. ada leaderOf acme bea", AGENCY)
        put(store, "b", "ada spouseOf bea. ada leaderOf acme Possible", DAILY)
        derivation.infer(store, rules.packaged())
        assert list(checking.problems(store)) == []
        assert list(shapes.violations(quad.triple for quad in store.oxigraph())) == []
        node = ox.NamedNode("https://w3id.org/dateline/support/x")
        said = ox.Triple(node, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(KG + "Support"))
        assert len(list(shapes.violations([said]))) == 2


# What cannot be true together


def asked(store: Store, name: str, **values: str) -> list[list[str]]:
    answer = questions.ask(store, name, values)
    return [[getattr(term, "value", "") for term in row] for row in answer.rows()]


def test_contradictions_tell_who_states_and_who_denies(tmp_path: Path) -> None:
    with open_(tmp_path) as store:
        put(store, "a", "ada leaderOf acme", AGENCY, date(2025, 1, 1))
        put(store, "b", "ada leaderOf acme Denied", DAILY, date(2025, 1, 2))
        (row,) = asked(store, "contradictions")
        assert row[:5] == ["ada", "leaderOf", "acme", "ada leaderOf acme", "ada leaderOf acme Denied"]
        assert row[7:11] == ["2025-01-01", "2025-01-02", "agency", "daily"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((1, 3, 5), [["ada", "bea"]]),
        ((1, 1, 5), []),  # a change of office, on its day
        ((1, 5, 5), []),
    ],
)
def test_two_heads_of_one_country_at_one_time_are_a_conflict(
    tmp_path: Path, days: tuple[int, int, int], expected: list[list[str]]
) -> None:
    with open_(tmp_path) as store:
        for number, (who, day) in enumerate(zip(("ada", "bea", "ada"), days, strict=True)):
            put(store, f"a{number}", f"{who} headOfStateOf france", issued=date(2025, 1, day))
        assert [row[2:4] for row in asked(store, "conflicts")] == expected
