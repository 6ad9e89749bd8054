from __future__ import annotations

import io
from datetime import date

import pytest

from kg.errors import PassedOver, Reason, SourceError
from kg.model import Article
from kg.read.newsml import read
from kg.read.sources import Source

NAR = "xmlns='http://iptc.org/std/nar/2006-10-01/'"
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr">
<head><title>x</title></head><body><p>Le maire a <em>démis</em>sionné.</p><p>Son adjointe le remplace.</p></body></html>
</inlineXML>"""


def item(
    guid: str = "urn:newsml:ag.example:1",
    *,
    content: str = XHTML,
    status: str = "stat:usable",
    kind: str = "ninat:text",
    version: int = 1,
    extra: str = "",
) -> str:
    return f"""<newsItem {NAR} guid="{guid}" version="{version}" standard="NewsML-G2" xml:lang="en">
    <itemMeta><itemClass qcode="{kind}"/><provider qcode="nprov:AG"><name>Agence Gazette</name></provider>
    <versionCreated>2025-03-06T08:00:00+01:00</versionCreated><pubStatus qcode="{status}"/></itemMeta>
    <contentMeta><contentCreated>2025-03-05T23:30:00-01:00</contentCreated>{extra}
    <headline role="hlrole:sub">Sous-titre</headline><headline>Le maire s'en va</headline></contentMeta>
    <contentSet>{content}</contentSet></newsItem>"""


def message(*items: str) -> str:
    return f"<newsMessage {NAR}><header/><itemSet>{''.join(items)}<packageItem guid='p'/></itemSet></newsMessage>"


def results(text: str) -> list[Article | SourceError]:
    return list(read(io.BytesIO(text.encode()), Source("a.xml", "xml", "a")))


def test_an_item_is_an_article() -> None:
    assert results(item()) == [
        Article(
            id="urn:newsml:ag.example:1",
            text="Le maire a démissionné.\n\nSon adjointe le remplace.",
            language="fr",
            title="Le maire s'en va",
            issued=date(2025, 3, 5),
            publisher="Agence Gazette",
        )
    ]


@pytest.mark.parametrize(
    "content",
    [
        "<inlineXML><nitf xmlns=''><body><body.content><p>Le texte.</p></body.content></body></nitf></inlineXML>",
        "<inlineData contenttype='text/plain'>Le texte.\r\n</inlineData>",
        "<inlineData contenttype='text/html'>&lt;p&gt;Le texte.&lt;/p&gt;</inlineData>",
        "<inlineData/><inlineXML><p>Le texte.</p></inlineXML>",
    ],
)
def test_the_text_in_other_clothes(content: str) -> None:
    (article,) = results(item(content=content))
    assert isinstance(article, Article) and article.text == "Le texte."


def test_a_message_has_many_items() -> None:
    found = results(message(item("a"), item("foto", kind="ninat:picture", content=""), item("b")))
    assert [article.id for article in found if isinstance(article, Article)] == ["a", "b"] and len(found) == 2


def test_the_last_version_of_an_item_counts() -> None:
    newer = item("a", version=10, content=XHTML.replace("maire", "préfet"))
    (article,) = results(message(newer, item("a", version=9)))
    assert isinstance(article, Article) and "préfet" in article.text


def test_the_language_of_the_content_is_said_first() -> None:
    (article,) = results(item(extra="<language tag='fr-BE'/>"))
    assert isinstance(article, Article) and article.language == "fr-BE"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (item("a", status="stat:canceled"), Reason.WITHDRAWN),
        (item("a", status="stat:withheld"), Reason.WITHDRAWN),
        (item("a", content="<remoteContent href='a.txt'/>"), Reason.EMPTY),
        (item("a", content=""), Reason.EMPTY),
        (item(" "), Reason.METADATA),
    ],
)
def test_a_bad_item_takes_no_other_with_it(bad: str, reason: Reason) -> None:
    error, article = results(message(bad, item("b")))
    assert isinstance(error, SourceError) and error.reason == reason and str(error).startswith("a.xml:")
    assert isinstance(article, Article) and article.id == "b"


def test_who_is_told_that_an_item_is_canceled_is_told_which() -> None:
    (error,) = results(item("urn:a", status="stat:canceled"))
    assert isinstance(error, SourceError) and error.id == "urn:a"


def test_a_package_has_no_text_of_its_own() -> None:
    (error,) = results(f"<packageItem {NAR} guid='p'/>")
    assert isinstance(error, PassedOver) and error.reason == Reason.EMPTY


def test_what_is_something_else_is_one_line() -> None:
    (error,) = results("<bulletin/>")
    assert isinstance(error, SourceError) and error.reason == Reason.FORMAT


def test_newsml_1() -> None:
    text = """<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>ag.example</ProviderId>
    <DateId>20250305</DateId>    <NewsItemId>port</NewsItemId><RevisionId PreviousRevision="0" Update="N">1</RevisionId>
    <PublicIdentifier>urn:newsml:ag.example:20250305:port:1N</PublicIdentifier></NewsIdentifier></Identification>
    <NewsManagement><FirstCreated>20250305T101500Z</FirstCreated><Status FormalName="Usable"/></NewsManagement>
    <NewsComponent><NewsLines><HeadLine>Le port rouvre</HeadLine></NewsLines>
    <AdministrativeMetadata><Provider><Party FormalName="AG"/></Provider></AdministrativeMetadata>
    <DescriptiveMetadata><Language FormalName="fr"/></DescriptiveMetadata>
    <NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent><p>Une photo</p></DataContent></ContentItem>
    </NewsComponent><NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><DataContent>
    <p>Le port a rouvert.</p><p>Les grues tournent.</p></DataContent></ContentItem></NewsComponent></NewsComponent>
    </NewsItem></NewsML>"""
    assert results(text) == [
        Article(
            id="urn:newsml:ag.example:20250305:port",
            text="Le port a rouvert.\n\nLes grues tournent.",
            language="fr",
            title="Le port rouvre",
            issued=date(2025, 3, 5),
            publisher="AG",
        )
    ]
    (error,) = results(text.replace("Usable", "Canceled"))
    assert isinstance(error, SourceError) and error.reason == Reason.WITHDRAWN


def test_an_item_that_is_taken_back_in_a_message_is_not_in_it() -> None:
    for version in ("1", "2", ""):
        usable, gone = (item("a", status=f"stat:{status}") for status in ("usable", "canceled"))
        gone = gone.replace('version="1"', f'version="{version}"')
        for order in ((usable, gone), (gone, usable)):
            (error,) = results(message(*order))
            assert isinstance(error, SourceError) and error.reason == Reason.WITHDRAWN
