from __future__ import annotations

import io
from datetime import date

import pytest

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read.nitf import read
from kg.read.sources import Source

HEAD = """<title>Le port rouvre</title><docdata><doc-id id-string="ag.7" regsrc="AG"/>
<date.issue norm="20250304T181500+0100"/></docdata><pubdata name="La Gazette" ex-ref="https://gazette.example/port"/>"""
BODY = """<body.head><hedline><hl1>Le <em>port</em> rouvre</hl1><hl2>Sous-titre</hl2></hedline>
<dateline><location>Nantes</location>, 4 mars</dateline></body.head>
<body.content><block><p>La ministre <person>Anne <b>Le</b>roy</person> a inaugur&eacute; le port.</p>
<media><media-caption>Une photo</media-caption></media><p>Elle a promis<br/>des fonds.</p></block></body.content>"""


def document(head: str = HEAD, body: str = BODY, start: str = "<nitf>") -> str:
    return f"{start}<head>{head}</head><body xml:lang='fr'>{body}</body></nitf>"


def result(text: str) -> Article | SourceError:
    (found,) = read(io.BytesIO(text.encode()), Source("a.xml", "xml", "a"))
    return found


def test_a_document_is_an_article() -> None:
    assert result("<!DOCTYPE nitf PUBLIC '-//IPTC//DTD NITF 3.4//EN' 'nitf-3-4.dtd'>" + document()) == Article(
        id="ag.7",
        text="Nantes, 4 mars\n\nLa ministre Anne Leroy a inauguré le port.\n\nElle a promis\ndes fonds.",
        language="fr",
        title="Le port rouvre",
        issued=date(2025, 3, 4),
        publisher="La Gazette",
        url="https://gazette.example/port",
    )


def test_a_dateline_is_not_repeated() -> None:
    article = result(document(body=BODY.replace("<block>", "<block><p>NANTES (AG) — Suite.</p>")))
    assert isinstance(article, Article) and article.text.startswith("NANTES (AG) — Suite.")


def test_a_namespace_changes_nothing() -> None:
    assert result(document(start="<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'>")) == result(document())


def test_what_is_not_known_is_left_out() -> None:
    found = result("<nitf><body><body.content><p>Texte.</p></body.content></body></nitf>")
    assert found == Article(id="a", text="Texte.")


@pytest.mark.parametrize("norm", ["20250304", "20250304000000-0500", "2025-03-04T01:00:00Z", "20250304T181500Z"])
def test_ways_to_write_a_day(norm: str) -> None:
    found = result(document(head=f"<docdata><date.issue norm='{norm}'/></docdata>"))
    assert isinstance(found, Article) and found.issued == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (document(head="<docdata management-status='canceled'/>"), Reason.WITHDRAWN),
        (document(body="<body.content><p> </p></body.content>"), Reason.EMPTY),
        ("<nitf>", Reason.MALFORMED),
        ("<autre/>", Reason.FORMAT),
    ],
)
def test_what_is_no_article_is_one_line(text: str, reason: Reason) -> None:
    found = result(text)
    assert isinstance(found, SourceError) and found.reason == reason
    assert str(found).startswith("a.xml: ") and "\n" not in str(found)
