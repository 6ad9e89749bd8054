"""kg.gazetteer.own: a user's own names, from a file to the reader."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import gazetteer, resources
from kg.gazetteer.reading import packaged
from kg.model import KG

ROOT = Path(__file__).parents[1]
CACHED = (resources.root, resources.fingerprint, gazetteer.load)
Kg = Callable[..., tuple[int, str, str]]

CSV = """\
name,type,language,alias,wikidata,country,id
Zorglub SA,entreprise,fr,Zorglub|Groupe Zorglub,Q4242,FR,
Dawla,ArmedGroup,,,,,islamic-state
Lyon,Company,,,,,
Nice,Company,,,,,
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged data with some of its names, so that a test takes no second."""
    data = tmp_path_factory.mktemp("data")
    shutil.copytree(ROOT / "queries", data / "queries")
    shutil.copytree(ROOT / "ontology", data / "ontology", ignore=shutil.ignore_patterns("towns.ttl", "provinces.ttl"))
    return data


@pytest.fixture
def names(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for a user's names, and nothing of what was read before."""
    monkeypatch.setenv("KG_DATA", str(data))
    monkeypatch.setenv("KG_NAMES", str(tmp_path / "names"))
    for function in CACHED:
        function.cache_clear()
    yield tmp_path
    for function in CACHED:
        function.cache_clear()


def written(folder: Path, text: str, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_kept_listed_and_removed(kg: Kg, names: Path) -> None:
    status, out, _ = kg("gazetteer", "add", written(names, CSV))
    assert (status, out.split(", in ")[0]) == (0, "mine: 4 entries, 6 names")
    assert kg("gazetteer", "list")[1].split() == ["name", "entries", "names", "mine", "4", "6"]
    assert kg("gazetteer", "remove", "mine")[:2] == (0, "mine: removed\n")
    assert "no names were added" in kg("gazetteer", "list")[2]
    assert kg("gazetteer", "remove", "mine")[0] == 2


def test_what_was_added_is_known_in_every_later_run(kg: Kg, names: Path) -> None:
    before = resources.fingerprint()
    kg("gazetteer", "add", written(names, CSV))
    resources.fingerprint.cache_clear()
    known = gazetteer.load()
    zorglub = known.named("Groupe Zorglub", language="fr")
    assert (zorglub.id, zorglub.labels, zorglub.located_in) == ("zorglub-sa", {"fr": "Zorglub SA"}, "france")
    assert zorglub.same_as == {"http://www.wikidata.org/entity/Q4242"}
    assert known.named("Dawla") is known.named("Daech", language="fr") is known.entries["islamic-state"]
    assert resources.fingerprint() != before


def test_a_users_names_go_before_all_others(kg: Kg, names: Path) -> None:
    kg("gazetteer", "add", written(names, CSV))
    known = gazetteer.load()
    assert known.named("Lyon").kinds == known.named("Nice").kinds == {KG + "Company"}
    assert known.named("Nice").id == "nice-company"
    assert known.entries["nice"].kinds == {KG + "City"}


def test_what_is_known_already_keeps_its_identifier(kg: Kg, names: Path) -> None:
    kg("gazetteer", "add", written(names, "name;type;alias\nÉtat islamique;groupe armé;Dawlat al-Islam"))
    assert gazetteer.load().named("Dawlat al-Islam").id == "islamic-state"


def test_a_table_is_taken_as_a_spreadsheet_or_a_browser_leaves_it(kg: Kg, names: Path) -> None:
    address = "https://www.wikidata.org/wiki/Q4242"
    rows = ["\ufeffname;type;wikidata", f'"Zorglub\nSA";Company;{address}', '"""Z"" \\ Co";Company;', "東京;City;"]
    assert kg("gazetteer", "add", written(names, "\n".join(rows)))[0] == 0
    assert gazetteer.load().named("Zorglub SA").same_as == {"http://www.wikidata.org/entity/Q4242"}
    assert gazetteer.load().named('"Z" \\ Co') and gazetteer.load().named("東京")


def test_turtle_is_kept_as_it_is(kg: Kg, names: Path) -> None:
    text = (
        (resources.root() / "ontology/gazetteer/operations.ttl")
        .read_text(encoding="utf-8")
        .replace("\nent:", "\nent:my-")
    )
    assert kg("gazetteer", "add", written(names, text, "mine.ttl"))[0] == 0
    assert (resources.names_home() / "mine.ttl").read_text(encoding="utf-8") == text
    assert gazetteer.load().named("Barkhane").id == "my-operation-barkhane"


def test_a_file_that_is_added_again_takes_its_own_place(kg: Kg, names: Path) -> None:
    kg("gazetteer", "add", written(names, CSV))
    kg("gazetteer", "add", written(names, "name,type\nZorglub,Company"))
    assert gazetteer.load().named("Groupe Zorglub") is None
    assert gazetteer.load().named("Zorglub").id == "zorglub"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nom,type\nX,City", "mine.csv:1: 'nom' is no column: the columns are name, type"),
        ("name\nX", "mine.csv:1: a column 'type' is needed"),
        ("name,type\nX,Citi", "mine.csv:2: 'Citi' is no type: one of ArmedForce,"),
        ("name,name,type\nX,Y,City", "mine.csv:1: there are two columns 'name'"),
        ("name,type\nle,Company", "mine.csv:2: 'le' has no capital letter"),
        ("name,type\n2025,Company", "mine.csv:2: '2025' has no capital letter"),
        ("name,type,alias\nLeclerc,Company,A|leclerc", "mine.csv:2: 'leclerc' has no capital letter"),
        ("name,type,id\nX,Person,france", "mine.csv:2: 'france' is something else, Country"),
        ("name,type,wikidata\nX,City,Q1\nX,City,Q2", "mine.csv:3: 'x' was another Wikidata item above"),
        ("name,type,language\nX,City,french", "mine.csv:2: 'french' is no language"),
        ("name,type,wikidata\nX,City,12", "mine.csv:2: '12' is no Wikidata item: Q796 is one"),
        ("name,type,country\nX,City,Zz", "mine.csv:2: 'Zz' is no place of the gazetteer"),
        ("name,type,id\nX,City,a b", "mine.csv:2: 'a b' is no identifier"),
        ("name,type\n,City", "mine.csv:2: the name is empty"),
        ("name,type\nX,City,Y", "mine.csv:2: more cells than columns"),
        ("name,type\nX,City\nX,Company", "mine.csv:3: 'x' was something else above"),
        (
            "name,type,id\nX,City,a\nX,City,b",
            "mine.csv: <https://w3id.org/dateline/entity/b>: the name 'X' is already that",
        ),
        ("name,type\n", "mine.csv: there is no name in it"),
    ],
)
def test_a_wrong_table_is_not_kept(kg: Kg, names: Path, text: str, problem: str) -> None:
    status, out, err = kg("gazetteer", "add", written(names, text))
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert problem in err
    assert resources.own_names() == []


def test_a_file_that_is_no_names_is_not_kept(kg: Kg, names: Path) -> None:
    assert "no such file" in kg("gazetteer", "add", names / "none.csv")[2]
    assert "names come in a .ttl (Turtle) or a .csv file" in kg("gazetteer", "add", written(names, "X", "mine.txt"))[2]
    assert "mine.ttl:1: not Turtle" in kg("gazetteer", "add", written(names, "ent:x a", "mine.ttl"))[2]
    latin = names / "mine.csv"
    latin.write_bytes("name,type\nÉvian,City".encode("latin-1"))
    assert "mine.csv: not UTF-8" in kg("gazetteer", "add", latin)[2]


def test_the_packaged_names_are_not_touched(kg: Kg, names: Path) -> None:
    before = [path.read_bytes() for path in packaged()]
    kg("gazetteer", "add", written(names, CSV))
    assert [path.read_bytes() for path in packaged()] == before
