"""Versions and cancellations of wire items in, the newest version in the store out, whatever came first."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import Command

from kg.errors import Reason, SourceError, Withdrawn
from kg.graph.names import Namespaces
from kg.graph.store import Store
from kg.graph.store.distant import Distant
from kg.model import Article, Reading, Version
from kg.pipeline import Engine, Extractor, Here, Report, ingest, keeping
from kg.pipeline.shard import Result
from kg.read import newsml, ninjs, nitf, versions
from kg.read import read as read_paths
from kg.read.sources import Source

TEXT = "Le ministre a annoncé mardi que les travaux du pont seront achevés au printemps, version {}."
EARLY, LATE = "2025-03-05T10:00:00+01:00", "2025-03-05T09:30:00Z"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that finds nothing, without a model, and a disk that nobody waits for."""
    monkeypatch.setattr("os.fsync", lambda handle: None)
    monkeypatch.setattr("kg.pipeline.shard.text.read", lambda articles: map(Reading, articles))


class Backwards:
    """An engine that has the last results first, as the quickest process may."""

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError]:
        yield from reversed(list(Here().results(articles, names, extractor)))


def item(version: object, status: str = "usable", *, time: str = "", uri: str = "urn:ag:1") -> dict[str, object]:
    said = {"uri": uri, "type": "text", "language": "fr", "pubstatus": status, "body_text": TEXT.format(version)}
    return said | ({"version": version} if version else {}) | ({"versioncreated": time} if time else {})


def g2(version: str, status: str, time: str) -> str:
    return f"""<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:ag:1' version='{version}'><itemMeta>
    <itemClass qcode='ninat:text'/><versionCreated>{time}</versionCreated><pubStatus qcode='stat:{status}'/></itemMeta>
    <contentSet><inlineData>Texte.</inlineData></contentSet></newsItem>"""


def first_newsml(version: str, status: str, time: str) -> str:
    text = "<NewsComponent><ContentItem><DataContent><p>Texte.</p></DataContent></ContentItem></NewsComponent>"
    return f"""<NewsML><NewsItem><Identification><NewsIdentifier><RevisionId>{version}</RevisionId>
    <PublicIdentifier>urn:ag:1:{version}N</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>
    <ThisRevisionCreated>{time}</ThisRevisionCreated><Status FormalName='{status.title()}'/></NewsManagement>
    {text if status == "usable" else ""}</NewsItem></NewsML>"""


def one_nitf(version: str, status: str, time: str) -> str:
    return f"""<nitf><head><docdata management-status='{status}'><doc-id id-string='urn:ag:1'/>
    <du-key generation='{version}'/><date.issue norm='{time}'/></docdata></head>
    <body><body.content><p>Texte.</p></body.content></body></nitf>"""


def one_ninjs(version: str, status: str, time: str) -> str:
    return json.dumps(item(version, status, time=time))


@pytest.mark.parametrize(
    ("reader", "written"), [(newsml, g2), (newsml, first_newsml), (nitf, one_nitf), (ninjs, one_ninjs)]
)
def test_a_wire_says_which_version_an_item_is(reader: object, written: object) -> None:
    def found(version: str, status: str, time: str) -> Article | SourceError:
        file = io.BytesIO(written(version, status, time).encode())  # type: ignore[operator]
        (one,) = reader.read(file, Source("a.xml", "xml", "a"))  # type: ignore[attr-defined]
        return one

    early, late, gone = found("2", "usable", EARLY), found("10", "usable", LATE), found("10", "canceled", LATE)
    assert isinstance(early, Article) and early.version == Version(2, "2025-03-05T09:00:00Z")
    assert isinstance(late, Article) and late.version == Version(10, "2025-03-05T09:30:00Z")
    assert isinstance(gone, Withdrawn) and gone.id == late.id == early.id == "urn:ag:1"
    assert early.version < late.version < gone.version


def test_a_document_of_nitf_takes_another_back() -> None:
    head = (
        "<docdata management-doc-idref='ag.1' management-idref-status='canceled'><doc-id id-string='ag.2'/></docdata>"
    )
    text = f"<nitf><head>{head}</head><body><body.content><p>Annulez.</p></body.content></body></nitf>"
    gone, note = nitf.read(io.BytesIO(text.encode()), Source("a.xml", "xml", "a"))
    assert isinstance(gone, Withdrawn) and gone.id == "ag.1"
    assert isinstance(note, Article) and note.id == "ag.2"


def test_a_revision_of_parts_is_not_taken_for_the_whole() -> None:
    text = first_newsml("2", "usable", LATE).replace("<NewsComponent>", "<Update><Replace>")
    text = text.replace("</NewsComponent>", "</Replace></Update>")
    (error,) = newsml.read(io.BytesIO(text.encode()), Source("a.xml", "xml", "a"))
    assert isinstance(error, SourceError) and error.reason == Reason.FORMAT


def run(folder: Path, *items: dict[str, object], engine: Engine | None = None) -> tuple[Report, dict[str, str]]:
    """What a run over a file for each item came to, and the texts that the store has then."""
    home = folder / "items"
    home.mkdir(exist_ok=True)
    paths = []
    for number, one in enumerate(items):
        paths.append(home / f"{number}.json")
        paths[-1].write_text(json.dumps(one), encoding="utf-8")
    with Store.open(folder / "store", create=True, writable=True) as store:
        report = ingest(read_paths(paths), store, engine=engine)
        store.commit()
        return report, {id: store.text(id) for id in store.articles()}


@pytest.mark.parametrize("engine", [Here(1), Backwards()], ids=["one", "backwards"])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_newest_version_is_the_article(tmp_path: Path, engine: Engine, order: tuple[int, ...]) -> None:
    items = [item(2), item(10), item(10, time=LATE)]
    report, texts = run(tmp_path, *(items[n] | {"body_text": TEXT.format(n)} for n in order), engine=engine)
    assert texts == {"urn:ag:1": TEXT.format(2)}
    assert report.skipped == 0 and report.articles + report.superseded == 3
    assert report.superseded == sum(n != max(order[: at + 1]) for at, n in enumerate(order))


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_is_taken_back_is_not_in_the_store(tmp_path: Path, order: tuple[int, ...], together: bool) -> None:
    items = [item(1), item(2, "canceled"), item(0, uri="urn:ag:2")]
    said = [items[n] for n in order]
    reports = [run(tmp_path, *said)] if together else [run(tmp_path, one) for one in said]
    assert set(reports[-1][1]) == {"urn:ag:2"}
    assert sum(report.withdrawn + report.superseded for report, _ in reports) == 1 + (order.index(1) < order.index(0))
    assert not any(report.skipped for report, _ in reports)


def test_what_was_taken_back_may_come_again(tmp_path: Path) -> None:
    run(tmp_path, item(1), item(2, "withheld"))
    assert run(tmp_path, item(1))[1] == {}
    assert run(tmp_path, item(3))[1] == {"urn:ag:1": TEXT.format(3)}
    assert run(tmp_path, item(2, "withheld"))[0].superseded == 1


def test_who_takes_an_item_back_without_a_number_means_all_of_it(tmp_path: Path) -> None:
    assert run(tmp_path, item(0, "canceled"), item(7))[1] == {}


def test_an_older_version_replaces_none_of_an_earlier_run(tmp_path: Path) -> None:
    run(tmp_path, item(3))
    report, texts = run(tmp_path, item(2))
    assert (report.superseded, report.articles, texts) == (1, 0, {"urn:ag:1": TEXT.format(3)})
    assert run(tmp_path, item(4))[1] == {"urn:ag:1": TEXT.format(4)}


def test_the_record_says_which_version_it_has(tmp_path: Path) -> None:
    run(tmp_path, item(3, time=LATE))
    for path in (tmp_path / "store" / "index").glob("account.sqlite*"):
        path.unlink()
    assert run(tmp_path, item(2))[0].superseded == 1
    with Store.open(tmp_path / "store") as store:
        assert list(store.differences()) == []
        (row,) = store.query("SELECT ?number ?time { ?a schema:version ?number ; dct:modified ?time }").rows()
    assert [getattr(term, "value", None) for term in row] == ["3", "2025-03-05T09:30:00Z"]


def test_who_takes_an_item_out_may_have_any_version_of_it(kg: Command, tmp_path: Path) -> None:
    run(tmp_path, item(3), item(3, "canceled", uri="urn:ag:2"))
    assert kg("remove", "urn:ag:1", "urn:ag:2", "--store", tmp_path / "store")[0] == 0
    assert kg("remove", "urn:ag:2", "--store", tmp_path / "store")[0] == 2
    assert set(run(tmp_path, item(2), item(2, uri="urn:ag:2"))[1]) == {"urn:ag:1", "urn:ag:2"}


@given(st.text(max_size=30), st.one_of(st.text(max_size=30), st.datetimes().map(str), st.dates().map(str)))
def test_whatever_is_said_of_a_version_is_understood_or_passed_over(number: str, time: str) -> None:
    found, gone = versions.version(number, time), versions.withdrawn("canceled", "a", number, time)
    assert found is None or found < gone.version


def test_two_that_say_the_same_version_and_differ_are_two(tmp_path: Path) -> None:
    report, texts = run(tmp_path, item(3), item(3) | {"body_text": TEXT.format("autre")})
    assert report.reasons == {Reason.ID_TAKEN: 1} and len(texts) == 1


@pytest.mark.parametrize("order", list(permutations(range(4)))[::3])
def test_a_store_elsewhere_has_the_newest_of_a_run(tmp_path: Path, order: tuple[int, ...]) -> None:
    pytest.importorskip("fsspec", reason="the extra files is not installed")
    items = [item(1), item(2), item(3, "canceled"), item(0, uri="urn:ag:2")]
    paths = [tmp_path / f"{n}.json" for n in range(4)]
    for path, n in zip(paths, order, strict=True):
        path.write_text(json.dumps(items[n]), encoding="utf-8")
    record = Distant.open(f"file://{tmp_path}/news")
    report = keeping.ingest(read_paths(paths), record, progress=lambda report: None, report=Report())
    with Store.open(tmp_path / "news") as store:
        assert list(store.articles()) == ["urn:ag:2"]
    assert (report.seen, report.skipped) == (4, 0)


def test_who_stood_for_others_lets_them_go(tmp_path: Path) -> None:
    """Where a dispatch is taken back by one site, it is still that of the other."""
    articles = [
        Article(
            f"a{n}",
            "\n\n".join(map(TEXT.format, range(9))),
            language="fr",
            url=f"https://{n}.example/a",
            version=Version(1),
        )
        for n in (1, 2)
    ]
    gone = Withdrawn("canceled", version=Version(2, "", True), where="x", id="a1")
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        assert ingest(articles, store).duplicates == 1
        report = ingest([gone], store)
        assert (report.withdrawn, report.articles) == (1, 1)
        assert list(store.articles()) == ["a2"] and b'schema:version "1"' in store.turtle("a2")
