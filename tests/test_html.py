"""Pages saved from the web become articles without what stands around them, and nothing that a page holds breaks it."""

from __future__ import annotations

import io
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read.html import read
from kg.read.page import linked, tree
from kg.read.sources import Source

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
TEXT = (
    "Le maire de Vannes a inauguré mardi la nouvelle passerelle du port, en présence de deux cents habitants.",
    "Les travaux ont duré quatorze mois. La passerelle remplace un pont fermé depuis l’hiver 2022, a-t-il rappelé.",
    "Une seconde passerelle doit être construite au printemps prochain sur la rive gauche, selon la mairie.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)


def found(page: str | bytes, url: str | None = None) -> Article | SourceError:
    data = page.encode() if isinstance(page, str) else page
    (item,) = read(io.BytesIO(data), Source("a.html", "html", "a", url=url))
    return item


def article(page: str | bytes, url: str | None = None) -> Article:
    item = found(page, url)
    assert isinstance(item, Article), item
    return item


def reason(page: str | bytes) -> Reason:
    item = found(page)
    assert isinstance(item, SourceError)
    assert str(item).startswith("a.html: ")
    assert "\n" not in str(item)
    return item.reason


def page(head: str = "", body: str = BODY, attributes: str = 'lang="fr"') -> str:
    return f"<!DOCTYPE html><html {attributes}><head><title>t</title>{head}</head><body>{body}</body></html>"


def data(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


# ---- pages as sites make them


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_what_it_states(path: Path) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text())
    item = found(path.read_bytes())
    if "reason" in expected:
        assert isinstance(item, SourceError)
        assert expected["reason"] in str(item)
        return
    assert isinstance(item, Article)
    assert (item.title, item.publisher, item.url) == tuple(map(expected.get, ("title", "publisher", "url")))
    assert (item.issued and item.issued.isoformat()) == expected.get("issued")
    assert item.language in (expected["language"], None)


def test_nearly_all_paragraphs_of_the_sample_pages_are_those_of_their_articles() -> None:
    right = read_all = wanted = 0
    for path in PAGES:
        expected = tomllib.loads(path.with_suffix(".toml").read_text())
        item = found(path.read_bytes())
        paragraphs = item.text.split("\n\n") if isinstance(item, Article) else []
        right += len(set(paragraphs) & set(expected.get("paragraphs", ())))
        read_all += len(paragraphs)
        wanted += len(expected.get("paragraphs", ()))
    assert right == wanted
    assert right / read_all > 0.94


def test_a_page_gives_the_same_text_each_time() -> None:
    assert {article(page()).text for _ in range(4)} == {"\n\n".join(TEXT)}


# ---- text


def test_headings_items_and_quotes_are_paragraphs() -> None:
    body = (
        f"<article><h1>t</h1>{BODY}<h2>Deux points</h2><ul><li>Le quai sera élargi.</li><li>Le feu restera.</li></ul>"
    )
    body += f"<blockquote><p>Nous attendions ce jour depuis trois ans.</p></blockquote>{BODY[:110]}</article>"
    lines = ["Deux points", "Le quai sera élargi.", "Le feu restera.", "Nous attendions ce jour depuis trois ans."]
    assert article(page(body=body)).text.split("\n\n")[3:7] == lines


def test_a_quote_keeps_the_marks_that_browsers_show() -> None:
    body = BODY + "<p>Il a dit : <q>Nous <em>tenons</em> parole</q> avant de partir.</p>"
    assert article(page(body=body)).text.endswith('Il a dit : "Nous tenons parole" avant de partir.')


def test_what_cannot_be_seen_is_no_text() -> None:
    odd = "Le gou&shy;verne\u200bment a cé\x01dé, le pré&#x92;sident &amp; le maire aussi&#xD800;."
    text = article(page(body=BODY + f"<p>{odd}</p>")).text
    assert (
        text.split("\n\n")[-1] == "Le gouvernement a cédé, le pré’sident & le maire aussi\ufffd."
    )  # as browsers have it


def test_the_title_is_not_repeated() -> None:
    assert article(page(body=f"<article><h1>Le pont</h1>{BODY}</article>")).text == "\n\n".join(TEXT)


def test_what_stood_before_the_day_is_no_paragraph() -> None:
    day = "<time class='entry-date published' datetime='2025-11-03'>3 novembre 2025</time>"
    inner = f"<h1>Le pont</h1><span class='posted-on'>Publié le {day}</span><div class='entry-content'>{BODY}</div>"
    told = article(page(body=f"<div class='entry-content-wrap'>{inner}</div>"))
    assert (told.text, told.issued) == ("\n\n".join(TEXT), date(2025, 11, 3))


def test_a_short_text_is_an_article_where_the_page_says_that_it_is_one() -> None:
    short = f"<article><h1>t</h1><p>{TEXT[0]}</p></article>"
    assert reason(page("", short)) == Reason.EMPTY
    for head in ('"og:type" content="article"', '"article:published_time" content="2024-11-11"'):
        assert article(page(f"<meta property={head}>", short)).text == TEXT[0]


def test_an_article_that_only_its_data_holds_is_read_from_there() -> None:
    held = "\\n".join(TEXT)
    script = data(f'{{"@type": "NewsArticle", "headline": "Le pont", "articleBody": "{held}"}}')
    assert article(page(script, '<div id="app"></div>')).text == "\n\n".join(TEXT)
    assert reason(page(script.replace("mairie.", "mairie…"), '<div id="app"></div>')) == Reason.EMPTY


def test_a_text_for_machines_that_is_made_to_exhaust_is_passed_over() -> None:
    script = data('{"@type": "NewsArticle", "headline": "Le pont", "articleBody": "' + "<div>" * 3000 + '"}')
    assert article(page(script)).text == "\n\n".join(TEXT)


# ---- what a page states


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2025-10-01T23:30:00-05:00">', date(2025, 10, 1)),
        ('<meta property="article:modified_time" content="2025-10-01T23:30:00-05:00">', None),
        ('<meta name="DC.date.issued" content="2025-10-01">', date(2025, 10, 1)),
        ('<meta name="pubdate" content="Wed, 01 Oct 2025 08:00:00 GMT">', date(2025, 10, 1)),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', None),
        ('<meta property="article:published_time" content="01/10/2025">', None),
        (
            data('{"@type": "NewsArticle", "datePublished": "2025-10-02", "dateModified": "2025-10-05"}'),
            date(2025, 10, 2),
        ),
        (data('{"@type": "NewsArticle", "dateModified": "2025-10-05"}'), None),
        (data('{"@type": "WebPage", "datePublished": "2025-10-02"}'), None),
    ],
)
def test_the_day_of_issue_is_what_the_page_calls_so(head: str, day: date | None) -> None:
    assert article(page(head)).issued == day


@pytest.mark.parametrize(
    ("times", "day"),
    [
        ('<time datetime="2025-10-01">1er octobre</time>', date(2025, 10, 1)),
        ('<time datetime="2025-10-01">1</time> <time datetime="2025-10-03">modifié</time>', None),
        (
            '<time class="published" datetime="2025-10-01">1</time><time datetime="2025-10-03">3</time>',
            date(2025, 10, 1),
        ),
        ('<time datetime="PT3M">3 minutes</time>', None),
    ],
)
def test_a_time_beside_the_headline_is_the_day_where_it_is_the_only_one(times: str, day: date | None) -> None:
    assert article(page(body=f"<article><header><h1>Le pont</h1>{times}</header>{BODY}</article>")).issued == day


def test_no_day_is_guessed() -> None:
    body = f'{BODY}<footer>© 2024</footer><aside><time datetime="2024-05-05">5 mai</time></aside>'
    assert article(page(body=body), "https://example.org/2023/04/05/pont.html").issued is None


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Le pont", "publisher": {"name": "L\'Écho"},}',
        '<!-- {"@type": "NewsArticle", "headline": "Le pont", "publisher": "L\'Écho"} -->',
        '[[{"@graph": [{"@type": ["NewsArticle"], "headline": "Le pont", "publisher": {"@id": "#o"}},'
        ' {"@id": "#o", "name": "L&#39;Écho"}]}]]',
        '{"@type": "http://schema.org/OpinionNewsArticle", "headline": "Le\tpont", "publisher": [{"name": "L\'Écho"}]}',
    ],
)
def test_data_for_machines_is_read_as_sites_write_it(script: str) -> None:
    told = article(page(data(script)))
    assert (told.title, told.publisher) == ("Le pont", "L'Écho")


def test_of_data_that_is_no_json_only_what_is_beyond_doubt_is_taken() -> None:
    broken = '{"@type": "NewsArticle", "headline": "Le pont", "description": "a "b"", "datePublished": "2025-10-01"'
    told = article(page(data(broken)))
    assert (told.title, told.issued) == ("Le pont", date(2025, 10, 1))
    twice = article(page(data(broken + '"headline": "Autre"')))
    assert (twice.title, twice.issued) == ("t", None)


def test_of_several_articles_it_is_the_one_that_has_the_address() -> None:
    each = '{"@type": "NewsArticle", "headline": "%s", "url": "https://e.org/%s"}'
    script = data(f"[{each % ('Un', 'un')}, {each % ('Deux', 'deux')}]")
    assert article(page(script), "https://e.org/deux").title == "Deux"
    assert article(page(script), "https://e.org/trois").title == "t"


def test_a_name_of_the_site_is_no_part_of_the_title() -> None:
    head = (
        '<meta property="og:site_name" content="L’Écho"><meta property="og:title" content="Le pont - suite | L’Écho">'
    )
    assert article(page(head)).title == "Le pont - suite"


# ---- addresses


@pytest.mark.parametrize(
    ("head", "own", "url", "sources"),
    [
        ('<link rel="canonical" href="https://e.org/a">', None, "https://e.org/a", ()),
        ('<link rel="canonical" href="https://e.org/a#b">', "https://e.org/a", "https://e.org/a", ()),
        ('<link rel="canonical" href="/a">', "https://e.org/a?utm=1", "https://e.org/a?utm=1", ("https://e.org/a",)),
        ('<link rel="canonical" href="/a">', None, None, ()),
        ('<link rel="canonical" href="https://f.org/x">', "https://e.org/a", "https://e.org/a", ("https://f.org/x",)),
        ('<link rel="canonical" href="https://e.org/">', "https://e.org/a", "https://e.org/a", ()),
        ('<base href="https://evil.org/"><link rel="canonical" href="b">', "https://e.org/a", "https://e.org/a", ("https://e.org/b",)),
        *((f'<link rel="canonical" href="{bad}">', None, None, ()) for bad in ("javascript:x()", "file:///a", "http://[")),
        ('<meta property="og:url" content="https://e.org/a">', None, "https://e.org/a", ()),
    ],
)  # fmt: skip
def test_a_page_is_known_by_its_own_address(head: str, own: str | None, url: str | None, sources: tuple[str]) -> None:
    told = article(page(head), own)
    assert (told.url, told.sources) == (url, sources)


def test_a_browser_writes_where_a_page_was() -> None:
    saved = "<!-- saved from url=(0025)https://e.org/le-pont.html -->\n" + page()
    assert article(saved).url == "https://e.org/le-pont.html"
    single = "<!--\n Page saved with SingleFile \n url: https://e.org/b \n saved date: x -->" + page()
    assert article(single).url == "https://e.org/b"


# ---- encodings and languages


@pytest.mark.parametrize(
    ("said", "encoding"),
    [("utf-8", "utf-8"), ("utf-8", "cp1252"), ("iso-8859-1", "cp1252"), ("iso-8859-1", "utf-8"), ("?", "utf-8-sig")],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(said: str, encoding: str) -> None:
    assert article(page(f'<meta charset="{said}">').encode(encoding)).text == "\n\n".join(TEXT)
    assert article(page(f'<meta charset="{said}">').encode("utf-16")).text == "\n\n".join(TEXT)


def test_a_nul_is_passed_over() -> None:
    assert article(page().replace("habitants", "habi\0tants")).text == "\n\n".join(TEXT)


def test_a_text_of_lost_characters_is_none() -> None:
    assert reason(page().encode().replace("é".encode(), b"\xff\x81")) == Reason.ENCODING


def test_the_text_tells_its_language_better_than_a_template() -> None:
    assert article(page(attributes='lang="en-US"')).language == "fr"
    german = (
        "<p>Der Bürgermeister hat am Dienstag die neue Brücke über den Hafen eröffnet, die lange erwartet wurde.</p>"
    )
    assert reason(page(body=german * 3)) == Reason.LANGUAGE


# ---- pages that are made to break what reads them


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (b"<div>" * 10_000 + b"<p>x", Reason.BOMB),
        (b"<div>" * 1_000_000, Reason.BOMB),
        (b"<p " + b" ".join(b"a%d" % i for i in range(100_000)) + b">x", Reason.BOMB),
        (b"<p " + b" ".join(b'a%d=">"' % i for i in range(20_000)) + b">x", Reason.BOMB),
        (b"<a>x</a>" * 100_000, Reason.TOO_LARGE),
        (b" " * (tree.SIZE + 1), Reason.TOO_LARGE),
        (b"<p>" + b"Un mot. " * 1_000_000, Reason.TOO_LARGE),
        (b"<!--" * 1000, Reason.EMPTY),
        (b"", Reason.EMPTY),
        (b"<![CDATA[" * 1000, Reason.EMPTY),
        (b"<script>" * 10_000 + BODY.encode(), Reason.EMPTY),
        (b'<script type="application/ld+json">' + b"[" * 500_000 + b"</script>", Reason.EMPTY),
    ],
)
def test_a_hostile_page_is_one_clear_line(hostile: bytes, why: Reason) -> None:
    assert reason(b"<html><body>" + hostile if hostile else b"") == why


def test_markup_that_is_wrong_does_no_harm() -> None:
    broken = (
        f'<html><body><article><p>{TEXT[0]}<p>{TEXT[1]}<div><b><i></b>{TEXT[2]}<!-- <p>nichts</p> <script>"</script>'
    )
    assert article(broken).text == "\n\n".join(TEXT)


def test_a_page_asks_for_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("geheim")
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    told = article(
        head + f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{BODY}<p>Voici &x; la fin.</p></body></html>'
    )
    assert "geheim" not in told.text


def test_a_script_may_look_like_a_tag_of_many_attributes() -> None:
    script = "<script>if (a <b) { " + "let a = 1 ; " * 10_000 + "}</script>"
    assert article(page(script)).text == "\n\n".join(TEXT)


@given(st.text(alphabet="<>/a p=\"'!-&;#x[]", max_size=400))
def test_any_markup_gives_one_article_or_one_error(text: str) -> None:
    assert isinstance(found(f"<html><body>{text}{BODY}"), Article | SourceError)


@settings(max_examples=30)
@given(st.recursive(st.none() | st.text(max_size=9), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["@type", "@graph", "headline", "publisher", "name", "@id", "url", "datePublished", "articleBody"]),
    inner), max_leaves=9))  # fmt: skip
def test_any_data_is_read_or_passed_over(value: object) -> None:
    import json

    items = linked.objects([json.dumps([value, {"@type": "NewsArticle", "headline": "Le pont"}])])
    linked.article(items, frozenset())
    assert any(linked.text(item, "headline") == "Le pont" for item in items)
    for item in items:
        linked.publisher(item, items), linked.address(item), linked.is_for_all(item)
