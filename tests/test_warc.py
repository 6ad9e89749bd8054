"""Archives of the web are read record by record, and one that is damaged costs no other."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.errors import PassedOver, Reason, SourceError
from kg.model import Article
from kg.read import archive, formats, warc
from kg.read import read as read_paths
from kg.read.page import tree
from kg.read.sources import Source

SENTENCE = "Le maire de Vannes a inauguré mardi la passerelle numéro {} du port, en présence de deux cents habitants."
TEXT = "Les travaux ont duré quatorze mois. La passerelle remplace un pont fermé depuis l’hiver 2022, a-t-il rappelé."
Items = list[Article | SourceError]


def page(number: int) -> bytes:
    head = '<meta charset="utf-8"><meta property="og:type" content="article">'
    return (
        f'<html lang="fr"><head>{head}</head><body><p>{SENTENCE.format(number)}</p><p>{TEXT}</p></body></html>'.encode()
    )


def url(number: int) -> str:
    return f"https://www.example.org/passerelle-{number}.html"


class _Writer(WARCWriter):  # type: ignore[misc]
    def _create_temp_file(self) -> io.BytesIO:  # warcio's own is never closed, and a warning is an error here
        return io.BytesIO()


class Archive:
    """A WARC file that is written in memory, by warcio."""

    def __init__(self, *, packed: bool = False) -> None:
        self.file = io.BytesIO()
        self._writer = _Writer(self.file, gzip=packed)

    def add(self, url: str, data: bytes, kind: str = "response", status: str = "200 OK", **headers: str) -> Archive:
        http = None
        type_ = headers.pop("type", "text/html")
        if kind in ("response", "revisit"):
            named = [(name.replace("_", "-"), value) for name, value in headers.items()]
            http = StatusAndHeaders(status, [("Content-Type", type_), *named], protocol="HTTP/1.1")
        content = None if http else type_
        record = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(data), http_headers=http, warc_content_type=content or ""
        )
        self._writer.write_record(record)
        return self

    @property
    def data(self) -> bytes:
        return self.file.getvalue()


def pages(*numbers: int, packed: bool = False) -> Archive:
    made = Archive(packed=packed)
    for number in numbers:
        made.add(url(number), page(number))
    return made


def items(data: bytes | Archive) -> Items:
    file = io.BytesIO(data.data if isinstance(data, Archive) else data)
    return list(formats.read(file, Source("a.warc", "warc", "a")))


def numbers(found: Items) -> list[int]:
    """Which pages were read."""
    return [int(item.text.split("numéro ")[1].split()[0]) for item in found if isinstance(item, Article)]


def problems(found: Items) -> list[Reason]:
    return [item.reason for item in found if isinstance(item, SourceError)]


# ---- what is read


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_articles_with_their_addresses(packed: bool) -> None:
    found = items(pages(1, 2, 3, packed=packed))
    assert numbers(found) == [1, 2, 3]
    (first, *_) = found
    assert isinstance(first, Article)
    assert (first.url, first.language, first.issued) == (url(1), "fr", None)
    assert first.id.startswith("example.org-passerelle-1-")
    assert first.where == f"a.warc:{url(1)}"


@pytest.mark.parametrize("level", [0, 9])
def test_a_file_that_is_packed_as_a_whole_is_read_too(level: int) -> None:
    assert numbers(items(gzip.compress(pages(1, 2, 3).data, level))) == [1, 2, 3]
    assert numbers(items(zstandard.compress(pages(1, 2, 3).data))) == [1, 2, 3]


def test_a_file_on_the_disk_is_read(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(pages(1, 2, packed=True).data)
    assert numbers(list(read_paths([tmp_path]))) == [1, 2]


def chunked(data: bytes) -> bytes:
    parts = (data[at : at + 50] for at in range(0, len(data), 50))
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("zstd", zstandard.compress),
        ("gzip, zstd", lambda data: zstandard.compress(gzip.compress(data))),
        ("gzip", bytes),  # unpacked by the crawler, its header left as it was
        ("br", bytes),
        ("identity", bytes),
    ],
)
def test_what_a_server_packed_is_unpacked(encoding: str, pack: type[bytes]) -> None:
    body = pack(page(1))
    assert numbers(items(Archive().add(url(1), body, Content_Encoding=encoding))) == [1]
    in_chunks = Archive().add(url(1), chunked(body), Content_Encoding=encoding, Transfer_Encoding="chunked")
    assert numbers(items(in_chunks)) == [1]
    said_so = Archive().add(url(1), body, Content_Encoding=encoding, Transfer_Encoding="chunked")
    assert numbers(items(said_so)) == [1]


def test_what_a_server_says_of_the_encoding_holds() -> None:
    cyrillic = "<p>" + "Мэр города открыл во вторник новый мост через реку, сообщила администрация. " * 5
    found = items(Archive().add(url(1), cyrillic.encode("koi8-r"), type="text/html; charset=KOI8-R"))
    assert problems(found) == [Reason.LANGUAGE]
    assert "'ru'" in str(found[0])


def test_texts_made_from_pages_and_saved_resources_are_read() -> None:
    made = Archive().add(url(1), SENTENCE.format(1).encode(), "conversion", type="text/plain")
    made.add(url(2), page(2), "resource", type="text/html").add(url(3), SENTENCE.encode(), type="text/plain")
    found = items(made)
    assert numbers(found) == [1, 2]
    assert [item.url for item in found if isinstance(item, Article)] == [url(1), url(2)]


def test_what_holds_no_article_is_passed_over_without_a_word() -> None:
    made = pages(1)
    made.add(url(2), page(2), status="404 Not Found").add(url(3), b"", "revisit").add(
        url(4), b"GIF89a", type="image/gif"
    )
    made.add("dns:example.org", b"x", "resource", type="text/dns").add("urn:x", b"x", "metadata").add(url(5), b"")
    found = items(made)
    assert (numbers(found), problems(found)) == ([1], [])


def test_a_page_without_an_article_is_passed_over() -> None:
    (found,) = items(Archive().add("https://www.example.org/", b"<html><body><p>Bonjour.</p></body></html>"))
    assert isinstance(found, PassedOver)
    assert str(found) == "a.warc:https://www.example.org/: no article in this page: a page that lists others"


def test_feeds_are_read_and_the_data_of_programs_is_passed_over() -> None:
    rss = f"<rss version='2.0'><channel><item><title>Le pont</title><description>{TEXT}</description>"
    rss += f"<link>{url(4)}</link></item></channel></rss>"
    made = Archive().add("https://e.org/rss", rss.encode(), type="application/rss+xml; charset=utf-8")
    made.add("https://e.org/api", b'{"menu": [1, 2]}', type="application/json")
    made.add("https://e.org/map.xml", b"<urlset><url/></urlset>", type="text/xml")
    (article, *others) = items(made)
    assert isinstance(article, Article)
    assert (article.text, article.url) == (TEXT, url(4))
    assert [type(other) for other in others] == [PassedOver, PassedOver]


def test_of_a_page_that_was_fetched_twice_the_first_text_is_kept(tmp_path: Path) -> None:
    twice = pages(1).add(url(1), page(1)).add(url(1), page(2))
    (tmp_path / "a.warc").write_bytes(twice.data)
    found = list(read_paths([tmp_path / "a.warc"]))
    assert (numbers(found), problems(found)) == ([1, 1], [Reason.ID_TAKEN])


# ---- damage


def test_a_record_of_a_wrong_length_costs_no_other() -> None:
    data = pages(1, 2, 3).data
    second = data.index(b"passerelle-2")
    at = data.index(b"Content-Length: ", second) + 16
    for wrong in (b"12", b"99", b"-1", b"1e3", b"", b"\xc2\xb2"):
        found = items(data[:at] + wrong + data[data.index(b"\r\n", at) :])
        assert (numbers(found), problems(found)) == ([1, 3], [Reason.MALFORMED] * len(problems(found)))
        assert problems(found)


def test_what_stands_between_records_is_one_error() -> None:
    data = pages(1, 2).data
    second = data.index(b"WARC/1.0", 10)
    for odd in (b"\xff" * 200_000, b"nichts\r\n" * 3, b"x"):
        found = items(data[:second] + odd + b"\r\n" + data[second:])
        assert problems(found) == [Reason.MALFORMED]
        assert numbers(found) == [2]  # the first one's length may be wrong as well


def test_a_record_that_was_damaged_or_cut_is_not_read() -> None:
    data = pages(1, 2).data
    assert problems(items(data.replace("numéro 1".encode(), "numéro 7".encode()))) == [Reason.MALFORMED]
    cut = data.replace(b"WARC-Type: response", b"WARC-Truncated: length\r\nWARC-Type: response", 1)
    assert (numbers(items(cut)), problems(items(cut))) == ([2], [Reason.MALFORMED])
    short = items(data[:-300])
    assert (numbers(short), problems(short)) == ([1], [Reason.MALFORMED])


def test_where_a_packed_file_breaks_off_what_came_before_is_read() -> None:
    data = pages(1, 2, 3, packed=True).data
    found = items(data[:-200])
    assert numbers(found) == [1, 2]
    assert problems(found) == [Reason.MALFORMED]


def test_a_damaged_member_of_a_packed_file_costs_no_other() -> None:
    data = bytearray(pages(*range(8), packed=True).data)
    starts = [at for at in range(len(data)) if data.startswith(b"\x1f\x8b\x08", at)]
    for at in (starts[3] + 1, starts[3] + 100, starts[4] - 6):  # its beginning, its middle, its checksum
        broken = bytearray(data)
        broken[at : at + 2] = b"\xff\xff"
        found = items(bytes(broken))
        assert problems(found) == [Reason.MALFORMED]
        assert numbers(found) in ([0, 1, 2, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7])


def test_a_page_that_is_packed_to_fill_the_memory_is_one_error() -> None:
    bomb = gzip.compress(b"<p>" + b" " * 100_000_000)
    assert problems(items(Archive().add(url(1), bomb, Content_Encoding="gzip"))) == [Reason.TOO_LARGE]
    assert problems(items(Archive().add(url(1), gzip.compress(page(1))[:-20], Content_Encoding="gzip"))) == [
        Reason.MALFORMED
    ]
    assert problems(items(Archive().add(url(1), b"\x1b\x03\x00", Content_Encoding="br"))) == [Reason.FORMAT]


@pytest.mark.parametrize(
    "hostile",
    [
        b"WARC/1.0\r\n" + b"A: b\r\n" * 1_000_000,
        b"WARC/1.0\r\nA: " + b"b" * 5_000_000,
        b"WARC/1.0\r\n\r\n" * 1000,
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://[\r\nContent-Length: 5\r\n\r\nHTTP/\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: " + b"1" * 5000 + b"\r\n\r\n",
        b"WARC/9.9\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_hostile_headers_cost_no_other_record(hostile: bytes) -> None:
    found = items(hostile + b"\r\n\r\n" + pages(1).data)
    assert all(len(str(item)) < 400 for item in found)
    assert numbers(found) == ([1] if b"999" not in hostile else [])


@pytest.mark.parametrize(
    "response",
    ["HTTP/1.1 ²00 OK\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n"],
)
def test_a_response_that_is_none_costs_no_other(response: str) -> None:
    data = response.encode()
    head = f"WARC-Type: response\r\nWARC-Target-URI: {url(0)}\r\nContent-Length: {len(data)}"
    assert numbers(items(f"WARC/1.0\r\n{head}\r\n\r\n".encode() + data + b"\r\n\r\n" + pages(1).data)) == [1]


def test_a_page_that_breaks_the_reader_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: str) -> object:
        if "numéro 2" in data:
            raise RuntimeError("nobody thought of it")
        return parsed(data)

    parsed = tree.parsed
    monkeypatch.setattr(tree, "parsed", broken)
    found = items(pages(1, 2, 3).data)
    assert (numbers(found), problems(found)) == ([1, 3], [Reason.BROKEN])


@given(st.binary(max_size=300))
def test_any_bytes_are_records_or_errors(data: bytes) -> None:
    for item in archive.records(io.BytesIO(b"WARC/1.0\r\n" + data), Source("a", "warc", "a")):
        assert isinstance(item, archive.Record | SourceError)


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=5))
def test_an_archive_with_wrong_bytes_is_read_all_the_same(wrong: list[tuple[int, int]]) -> None:
    data = bytearray(pages(1, 2, 3).data)
    for at, byte in wrong:
        data[at % len(data)] = byte
    for item in warc.read(io.BytesIO(bytes(data)), Source("a", "warc", "a")):
        assert isinstance(item, Article | SourceError)


def test_records_are_read_as_they_come() -> None:
    class Counted(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.file, self.given = io.BytesIO(data), 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            data = self.file.read(len(buffer))
            buffer[: len(data)] = data
            self.given += len(data)
            return len(data)

    raw = Counted(pages(*range(300)).data)
    reading: Iterator[Article | SourceError] = formats.read(io.BufferedReader(raw), Source("a.warc", "warc", "a"))
    next(reading)
    assert raw.given < len(raw.file.getvalue()) // 2
