from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from kg.errors import PassedOver, Reason, SourceError
from kg.model import Article
from kg.read.formats import of, read
from kg.read.sources import Source

XML = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a comment <html> -->\n'


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "t")
    return file.getvalue()


@pytest.mark.parametrize(
    ("head", "suffix", "format"),
    [
        # what is unmistakable, whatever it is called
        (b"WARC/1.1\r\n", "txt", "warc"),
        (b"%PDF-1.7\n", "html", "pdf"),
        (b"PAR1\x15", "", "parquet"),
        (b"\x1f\x8b\x08\0", "txt", "gzip"),
        (b"\x28\xb5\x2f\xfd\0", "jsonl", "zstd"),
        (zipped("a.txt"), "zip", "zip"),
        (zipped("a.txt"), "", "zip"),
        (zipped("word/document.xml"), "txt", "docx"),
        (b"<!DOCTYPE html>\n<html>", "txt", "html"),
        (b"\xef\xbb\xbf  <HTML>", "", "html"),
        (XML + '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">', "txt", "newsml"),
        (XML + '<nar:newsItem xmlns:nar="http://iptc.org/std/nar/2006-10-01/">', "xml", "newsml"),
        (XML + "<!DOCTYPE nitf SYSTEM 'nitf.dtd'>\n<nitf>", "xml", "nitf"),
        (XML + '<rss version="2.0">', "xml", "feed"),
        (XML + '<feed xmlns="http://www.w3.org/2005/Atom">', "", "feed"),
        (XML + '<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "xml", "feed"),
        ((XML + "<rss>").encode("utf-16"), "", "feed"),
        ('{"id": "a",', "txt", "json"),
        ('[{"id": "a",', "", "json"),
        ('{"uri": "urn:a", "body_text": "t"}', "json", "ninjs"),
        # what its name decides
        ('{"id": "a", "text": "t"}\n{"id"', "jsonl", "jsonl"),
        ('{"id": "a", "text": "t"}\n{"id"', "ndjson", "jsonl"),
        ('{\n  "id": "a"', "jsonl", "json"),
        ("<p>Un paragraphe", "htm", "html"),
        ("<AFP> Paris, 2 octobre", "txt", "txt"),
        ("{Paris} Le ministre", "txt", "txt"),
        ("id,text\n", "csv", "csv"),
        ("Paris", "TXT".lower(), "txt"),
        # what is neither
        ("Paris", "", None),
        ("body { margin: 0 }", "css", None),
        (XML + "<svg>", "svg", None),
        (XML + "<urlset>", "xml", None),
        (XML + '<rdf:RDF xmlns="http://www.w3.org/2002/07/owl#">', "xml", None),
        (b"\x89PNG\r\n\x1a\n", "png", None),
        (zipped("xl/workbook.xml"), "xlsx", None),
        (b"{\\rtf1\\ansi Paris}", "txt", None),
        (b"no zip", "docx", "docx"),  # its reader says what is wrong
        (b"", "", None),
    ],
)
def test_a_format_is_told_by_its_beginning_or_by_its_name(head: bytes | str, suffix: str, format: str | None) -> None:
    assert of(head.encode() if isinstance(head, str) else head, suffix) == format


def test_what_is_of_no_format_is_passed_over() -> None:
    said = {b"p {}": "not a format that is read: .csv, ", b"<?xml version='1.0'?><svg/>": "XML with the root <svg>"}
    for data in said:
        (item,) = read(io.BytesIO(data), Source("a.x", "x", "a", named=False))
        assert (
            isinstance(item, PassedOver) and item.reason == Reason.FORMAT and str(item).startswith(f"a.x: {said[data]}")
        )


def test_an_article_has_its_place_and_an_error_begins_with_it() -> None:
    (article,) = read(io.BytesIO(gzip.compress(b"Texte")), Source("a.txt.gz", "txt", "a"))
    assert article == Article(id="a", text="Texte") and article.where == "a.txt.gz"
    (error,) = read(io.BytesIO(b""), Source("a.txt", "txt", "a"))
    assert (str(error), error.where) == ("a.txt: empty: an article needs text", "a.txt")


def test_a_reader_that_breaks_is_an_error_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(file: object, source: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("kg.read.formats.plugins.load", lambda group, name: broken)
    (error,) = read(io.BytesIO(b"Texte"), Source("a.txt", "txt", "a"))
    assert isinstance(error, SourceError) and error.reason == Reason.BROKEN and "\n" not in str(error)
