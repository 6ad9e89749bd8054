"""Finding entities by what somebody types, and what the explorer's first page asks beside that."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from httpx import Client
from serving import served
from waiting import wait_for

from kg.errors import StoreError, StoreInUse
from kg.graph.exploring.explored import Explored
from kg.graph.serving import search, tables
from kg.graph.serving.dataset import Dataset
from kg.graph.serving.served import Served
from kg.graph.serving.tables import Kind, Tables
from kg.graph.store import Store
from kg.graph.store.identities import MERGES
from kg.graph.store.merges import triples
from kg.model import KG, Article, Merge
from kg.service import preparing

ENTITY = "https://w3id.org/dateline/entity/"
PREFIXES = """PREFIX kg: <https://w3id.org/dateline/ns#> PREFIX ent: <https://w3id.org/dateline/entity/>
PREFIX art: <https://w3id.org/dateline/article/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX schema: <https://schema.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
TRIG = f"""{PREFIXES}
ent:parnell a kg:Person ; skos:prefLabel "Sean Parnell"@fr, "Sean Parnell"@en .
ent:parn a kg:City ; skos:prefLabel "Parn" .
ent:parnell-county a kg:Region ; skos:prefLabel "Parnell County" .
ent:brian a kg:Person ; skos:prefLabel "Brian Parnell" .
ent:usa a kg:Country ; skos:prefLabel "États-Unis"@fr, "United States"@en ; skos:altLabel "U.S.", "USA" .
ent:putin a kg:Person ; skos:prefLabel "Владимир Путин"@ru .
ent:obrien skos:prefLabel "Dara O’Brien" . ent:labelled rdfs:label "Élysée"@fr . ent:foaf foaf:name "Ægir" .
ent:schema schema:name "Zoé" . ent:hostile skos:prefLabel "<img src=x onerror=alert(1)>" .
ent:old dct:isReplacedBy ent:usa .
art:one {{ art:one a kg:Article ; dct:issued "2025-10-01"^^xsd:date ; dct:title "One"@fr ; dct:publisher ent:usa .
  <https://w3id.org/dateline/article/one#char=0,4> kg:refersTo ent:parnell .
  <https://w3id.org/dateline/article/one#char=5,9> kg:refersTo ent:parnell, ent:usa .
  <https://w3id.org/dateline/article/one#s> a kg:Statement . }}
art:two {{ art:two a kg:Article ; dct:issued "2025-10-02"^^xsd:date ; dct:publisher "nobody's IRI" .
  <https://w3id.org/dateline/article/two#char=0,4> kg:refersTo ent:parnell . }}
art:none {{ art:none a kg:Article . }}
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    file = tmp_path_factory.mktemp("rdf") / "graph.trig"
    file.write_text(TRIG)
    return Dataset.make(tmp_path_factory.mktemp("data"), [file])


@pytest.fixture(scope="module")
def client(data: Dataset) -> Iterator[Client]:
    with served(partial(Dataset.open, data.folder)) as client:
        wait_for(lambda: client.get("/api/articles").status_code == 200)  # 503 while somebody else makes the list
        yield client


def found(data: Dataset | Served, typed: str, limit: int = 10) -> list[str]:
    answer = search.search(data.explored(), typed, limit)
    return [str(result["iri"]).removeprefix(ENTITY) for result in answer["results"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["États-Unis", "etats unis", "ETATS-UNIS", "u.s.", "usa", "united st", "unis"])
def test_any_name_in_any_spelling(data: Dataset, typed: str) -> None:
    assert found(data, typed) == ["usa"]


@pytest.mark.parametrize(
    ("typed", "iri"),
    [
        ("Пут", "putin"),
        ("vladimir put", "putin"),
        ("o'bri", "obrien"),
        ("obrien", "obrien"),
        ("dara obr", "obrien"),
        ("O’Brien, Dara", "obrien"),
        ("elysee", "labelled"),
        ("aegir", "foaf"),
        ("zoe", "schema"),
        ("<img src", "hostile"),
        ("onerror", "hostile"),
    ],
)
def test_other_scripts_signs_and_properties(data: Dataset, typed: str, iri: str) -> None:
    assert found(data, typed) == [iri]


def test_exact_names_first_then_beginnings_then_words_and_those_by_articles(data: Dataset) -> None:
    assert found(data, "parn") == ["parn", "parnell-county", "parnell", "brian"]
    assert found(data, "sean parnell") == ["parnell"]


def test_what_is_told_of_an_entity(data: Dataset) -> None:
    (result,) = search.search(data.explored(), "usa", 5)["results"]  # type: ignore[misc]
    label = {"en": "United States", "fr": "États-Unis"}
    types = ["https://w3id.org/dateline/ns#Country"]
    assert result == {"iri": ENTITY + "usa", "label": label, "types": types, "name": "USA", "articles": 1}


def test_where_nothing_is_typed_the_best_known(data: Dataset) -> None:
    assert found(data, "", limit=2) == ["parnell", "usa"]


def test_no_more_than_is_asked_for(data: Dataset) -> None:
    some, all = (search.search(data.explored(), "parn", limit) for limit in (3, 4))
    assert (len(some["results"]), some["more"], all["more"]) == (3, True, False)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["pranell", "parnell coubty", "paxnell", "parnelll", "sean barnell"])
def test_one_wrong_letter(data: Dataset, typed: str) -> None:
    answer = search.search(data.explored(), typed, 5)
    assert answer["near"] and found(data, typed)[0] in ("parnell", "parnell-county")


@pytest.mark.parametrize(
    "typed", ["zzzzz", '"', "*", "parnell OR usa", "^", "NEAR(a b)", "-", "\0", "(", "٪", "q " * 99]
)
def test_what_nobody_is_called(data: Dataset, typed: str) -> None:
    assert found(data, typed) == []


def test_a_merged_entity_is_found_once_under_what_stands_for_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", create=True, writable=True) as store:
        for id, name in (("one", "Jean Dupont"), ("two", "J. Dupont")):
            iri = store.names.article_iri(id)
            told = f'<{iri}> a kg:Article . <{iri}#char=0,1> kg:refersTo ent:{id} . ent:{id} skos:prefLabel "{name}" .'
            store.put(Article(id, name), (PREFIXES + told).encode())
        store.commit()
        names = [ENTITY + "one", ENTITY + "two"]
        store.identify(MERGES, triples([Merge(*names, 1.0, "said so")], {names[1]: names[0]}, {}))
    source = Served.open(tmp_path / "store")
    (result,) = search.search(source.explored(), "dupont", 5)["results"]  # type: ignore[misc]
    assert (result["iri"], result["articles"], found(source, "j dupont")) == (ENTITY + "one", 2, ["one"])


def test_a_store_that_is_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store.open("store", create=True, writable=True) as store:
        iri = store.names.article_iri("one")
        store.put(Article("one", "Ann"), f'{PREFIXES} <{iri}> a kg:Article . ent:ann skos:prefLabel "Ann" .'.encode())
    assert found(Served.open("store"), "ann") == ["ann"]
    assert (tmp_path / "store" / "index" / "tables" / "names.2-1.db").is_file()


def test_a_table_that_cannot_be_made_is_told_in_a_line(data: Dataset, tmp_path: Path) -> None:
    kind = Kind("some", 1, lambda explored, tables: tables.execute("CREATE VIRTUAL TABLE a USING none (b)"))
    with pytest.raises(StoreError, match="some cannot be made: no such module: none"):
        Tables(tmp_path).renew(kind, data.explored())
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        Tables(tmp_path / "file").renew(kind, data.explored())


def test_a_damaged_table_is_made_again(tmp_path: Path) -> None:
    data = Dataset.make(tmp_path, [])
    data.update(PREFIXES + 'INSERT DATA { ent:new skos:prefLabel "New" }', base="http://x/")
    assert found(data, "new") == ["new"]
    (table,) = (tmp_path / "tables").glob("names*.db")
    table.write_bytes(b"nothing that SQLite knows" * 99)
    assert found(Dataset.open(tmp_path), "new") == ["new"]


def test_who_searches_does_not_wait_for_long(data: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_PATIENCE", 0.1)
    (tmp_path / "names.lock").touch()
    with (tmp_path / "names.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreInUse, match="for the first time"):
            Tables(tmp_path).read(search.NAMES, data.explored())


def test_what_is_new_is_found_once_the_tables_are_renewed(tmp_path: Path) -> None:
    data = Dataset.make(tmp_path, [])
    assert found(data, "new") == []
    data.update(PREFIXES + 'INSERT DATA { ent:new skos:prefLabel "New" }', base="http://x/")
    assert found(data, "new") == []  # who types does not wait for it
    preparing.Prepare(search.NAMES)(data, None)  # type: ignore[arg-type]
    assert found(data, "new") == ["new"]
    data.update(PREFIXES + "DELETE DATA { ent:new skos:prefLabel 'New' }", base="http://x/")
    preparing.Prepare(search.NAMES)(data, None)  # type: ignore[arg-type]
    assert found(data, "new") == []
    kept = sorted(path.name for path in (tmp_path / "tables").glob("names*.db"))
    assert kept == ["names.2-2.db", "names.2-3.db"]  # somebody may be about to open the older one


def test_tables_are_made_once_for_all_who_share_a_folder(data: Dataset, tmp_path: Path) -> None:
    made = []

    def make(explored: Explored, connection: sqlite3.Connection) -> None:
        made.append(explored.generation)
        connection.execute("CREATE TABLE some (thing)")

    kind = Kind("some", 1, make)
    for each in (Tables(tmp_path), Tables(tmp_path)):
        each.renew(kind, data.explored())
        assert each.read(kind, data.explored()).execute("SELECT * FROM some").fetchall() == []
    assert made == [1]


def test_overview_and_articles_the_newest_first(client: Client) -> None:
    counts = {"articles": 3, "entities": 8, "statements": 1, "events": 0, "quotations": 0}
    assert client.get("/api/overview").json() == counts
    page = client.get("/api/articles", params={"limit": 2}).json()
    assert ([item["issued"] for item in page["items"]], page["more"]) == (["2025-10-02", "2025-10-01"], True)
    assert (page["items"][1]["title"], page["items"][1]["publisher"]["label"]["fr"]) == ("One", "États-Unis")
    rest = client.get("/api/articles", params={"offset": 2}).json()
    assert ([item["issued"] for item in rest["items"]], rest["more"]) == ([None], False)


def test_the_vocabulary_is_kept_by_who_has_it(client: Client) -> None:
    answer = client.get("/api/vocabulary")
    terms = answer.json()["terms"]
    kinds = {name: terms[KG + name]["kind"] for name in ("Person", "spokespersonOf", "Planned")}
    assert kinds == {"Person": "class", "spokespersonOf": "relation", "Planned": "standing"}
    assert terms[KG + "Person"]["label"]["fr"] == "personne" and "colour" in terms[KG + "Person"]
    assert answer.headers["content-encoding"] == "gzip" and "Accept-Encoding" in answer.headers["vary"]
    for known in (answer.headers["etag"], "*", f'"other", {answer.headers["etag"].removeprefix("W/")}'):
        assert client.get("/api/vocabulary", headers={"If-None-Match": known}).status_code == 304


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("search?q=" + "x" * 201, "200 characters"),
        ("search?q=a&limit=0", "from 1 to 200"),
        ("search?q=a&limit=many", "a number"),
        ("search?q=a&q=b", "2 times"),
        ("search?query=a", "there is: q, limit"),
        ("articles?offset=-1", "a number"),
        ("overview?x=1", "none"),
    ],
)
def test_a_wrong_parameter_is_told_in_a_line(client: Client, path: str, says: str) -> None:
    answer = client.get("/api/" + path)
    assert answer.status_code == 400 and says in answer.text and answer.text.count("\n") == 1
