from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import Reason, SourceError
from kg.read.encodings import decode, recoded

TEXT = "« L’État », a-t-il dit, « l’a décidé dès l’été ; coût : 5 € »…"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_of_western_texts_are_told(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    assert decode((mark + TEXT).encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    assert decode("Général, été, œuvre".replace("œ", "oe").encode(encoding)) == "Général, été, oeuvre"


@pytest.mark.parametrize("word", ["Général", "Été", "ÉTÉ »", "à", "L’ÉTÉ», dit-il", "«\xa0Évêque\xa0»", "über", "año"])
def test_latin_1_and_windows_1252_are_told_in_short_texts(word: str) -> None:
    assert decode(word.encode("cp1252")) == word


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("koi8-r", "koi8-r", "Правительство объявило"),
        ("Shift_JIS", "shift_jis", "政府は発表した"),
        ("ISO-8859-1", "cp1252", "l’été"),  # as pages call Windows-1252
        ("iso-8859-15", "iso-8859-15", "5 €, c\u0153ur"),
        ("ascii", "utf-8", "l’été"),  # what is UTF-8 is it, whatever is said
        ("no-such\0thing", "utf-8", "l’été"),
        ("hex", "cp1252", "l’été"),
        ("ISO-8859-9", "cp1254", "l’été à Muğla"),
        ("gb2312", "gb18030", "政府宣布，𠮷"),
        ("unicode_escape", "cp1252", "l’été \\x41"),  # codecs of Python's that are no encodings of pages
        ("raw_unicode_escape", "cp1252", "l’été \\u0041"),
        ("utf-7", "cp1252", "l’été"),
        ("punycode", "cp1252", "l’été"),
        ("idna", "cp1252", "l’été"),
        ("cp037", "cp1252", "l’été"),
        ("cp500", "cp1252", "l’été"),
    ],
)
def test_what_is_declared_is_believed_where_it_fits(declared: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), declared) == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("été".encode() * 9 + b"\xc3", "byte 45 is 0xC3"),  # UTF-8 that was cut
        (b"abc \x81", "byte 4 is 0x81"),
        ("Правительство".encode("cp1251"), "byte 0 is 0xCF"),
        (b"\xff\xfea", "not UTF-16-LE: "),
        (b"abc\0", "a NUL at byte 3"),
        (b"\x01\x02\x03a", "control characters"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as error:
        decode(data)
    assert error.value.reason == Reason.ENCODING


@given(st.binary())
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        decode(data).encode()
    except SourceError as error:
        assert error.reason == Reason.ENCODING


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_are_recoded_on_the_way(encoding: str) -> None:
    lines = f"{TEXT}\n" * 5000
    assert b"".join(recoded(io.BytesIO(lines.encode(encoding)))).decode() == lines
