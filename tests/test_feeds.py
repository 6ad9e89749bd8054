from __future__ import annotations

import io
from datetime import date

import pytest

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import ids
from kg.read.feeds import read
from kg.read.sources import Source

LINK = "https://gazette.example/2025/03/port"
ARTICLE = Article(
    id=ids.of_url(LINK),
    text="Le port a rouvert.\n\nLes grues tournent.",
    language="fr",
    title="Le port & la ville",
    issued=date(2025, 3, 5),
    publisher="La Gazette",
    url=LINK,
)
RSS_2 = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>La Gazette</title><language>fr</language><item>
<media:title>Photo</media:title><title>Le port &amp;amp; la ville</title><link>{LINK}</link><guid>x</guid>
<description>Teaser</description><pubDate>Wed, 05 Mar 2025 23:30:00 -0500</pubDate>
<content:encoded><![CDATA[<p>Le port a rou<b>vert</b>.</p><p>Les grues tournent.</p>]]></content:encoded>
</item></channel></rss>"""
RSS_1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>La Gazette</title><dc:language>fr</dc:language></channel>
<item rdf:about="{LINK}"><title>Le port &amp;amp; la ville</title><link>{LINK}</link><dc:date>2025-03-05</dc:date>
<description>&lt;p&gt;Le port a rouvert.&lt;/p&gt;Les grues tournent.</description></item></rdf:RDF>"""
RSS_091 = f"""<rss version="0.91"><channel><title>La Gazette</title><language>fr</language><item>
<title>Le port &amp;amp; la ville</title><link>{LINK}</link><pubDate>5 Mar 2025 10:00 GMT</pubDate>
<description>Le port a rouvert.&lt;br&gt;&lt;br&gt;Les grues tournent.</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://gazette.example/">
<title>La Gazette</title><entry><id>tag:1</id>
<title type="html">Le port &amp;amp; la ville</title><link rel="enclosure" href="x.mp3"/>
<link href="{LINK.removeprefix("https://gazette.example/")}"/><published>2025-03-05T10:00:00Z</published>
<updated>2025-03-07T10:00:00Z</updated><summary>Teaser</summary><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Le port a rou<b>vert</b>.</p><p>Les grues tournent.</p></div></content>
</entry></feed>"""


def results(text: str) -> list[Article | SourceError]:
    return list(read(io.BytesIO(text.encode()), Source("a.rss", "rss", "a")))


@pytest.mark.parametrize("feed", [RSS_2, RSS_1, RSS_091, ATOM], ids=["2.0", "1.0", "0.91", "atom"])
def test_a_feed_of_each_kind(feed: str) -> None:
    assert results(feed) == [ARTICLE]


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("text", "1 &lt; 2 &amp;amp; 3", "1 < 2 &amp; 3"),
        ("html", "1 &amp;lt; 2&lt;br&gt;suite", "1 < 2\nsuite"),
        ("image/png", "AAAA", "Teaser"),
    ],
)
def test_contents_of_atom(kind: str, content: str, text: str) -> None:
    start, rest = ATOM.split('<content type="xhtml">')
    (article,) = results(f'{start}<content type="{kind}">{content}{rest[rest.index("</content>") :]}')
    assert isinstance(article, Article) and article.text == text


def test_a_description_may_hold_tags_as_they_are() -> None:
    (article,) = results(
        "<rss><item><description>1 &lt; 2<p>R&amp;eacute;union <b>1</b></p></description></item></rss>"
    )
    assert isinstance(article, Article) and article.text == "1 < 2\n\nR&eacute;union 1"


def test_a_teaser_is_a_text() -> None:
    (article,) = results("<rss><channel><item><description>Un mot.</description></item></channel></rss>")
    assert isinstance(article, Article) and (article.text, article.url) == ("Un mot.", None)
    assert article.id == results("<rss><item><description>Un mot.</description></item></rss>")[0].id  # type: ignore[union-attr]


def test_a_guid_may_be_the_address() -> None:
    item = f"<rss><item><guid>{LINK}</guid><description>x</description></item></rss>"
    (article,) = results(item)
    assert isinstance(article, Article) and article.url == LINK
    (article,) = results(item.replace("<guid>", "<guid isPermaLink='false'>"))
    assert isinstance(article, Article) and (article.url, article.id) == (None, LINK)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "https:///x", "ftp://a.example/"]
)
def test_an_address_that_is_none_is_left_out(link: str) -> None:
    (article,) = results(f"<rss><item><link>{link}</link><description>x</description></item></rss>")
    assert isinstance(article, Article) and article.url is None


def test_an_entry_without_words_takes_no_other_with_it() -> None:
    error, article = results(RSS_2.replace("<item>", "<item><title>Rien</title></item><item>"))
    assert isinstance(error, SourceError) and error.reason == Reason.EMPTY and str(error).startswith("a.rss:")
    assert article == ARTICLE


@pytest.mark.parametrize(("text", "reason"), [("<opml/>", Reason.FORMAT), ("<rss>", Reason.MALFORMED)])
def test_what_is_no_feed_is_one_line(text: str, reason: Reason) -> None:
    (error,) = results(text)
    assert isinstance(error, SourceError) and error.reason == reason
