from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.errors import Reason, SourceError
from kg.read import markup, xml

LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
)


def words(document: str | bytes) -> str:
    return markup.text(xml.read(io.BytesIO(document.encode() if isinstance(document, str) else document)))


def problem(document: str | bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        words(document)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("start", ["", "<!DOCTYPE nitf SYSTEM 'nitf-3-4.dtd'>", "<?xml version='1.0'?>\n"])
def test_characters_go_by_the_names_of_html_and_iso(start: str) -> None:
    assert words(f"{start}<nitf><p>&eacute;t&eacute;&nbsp;&ndash; &OElig;uvre &amp; &scaron;</p></nitf>") == (
        "été\u00a0– Œuvre & š"
    )


def test_what_is_quoted_stays_as_it_is() -> None:
    assert words("<p><![CDATA[R&eacute;union & <suite>]]></p>") == "R&eacute;union & <suite>"


def test_an_entity_of_the_document_is_what_it_says() -> None:
    assert words("<!DOCTYPE a [<!ENTITY agence 'AFP'>]><a>selon l'&agence;</a>") == "selon l'AFP"


@pytest.mark.parametrize(
    "document",
    [
        LAUGHS + "<a>&j;</a>",
        LAUGHS + "<a b='&j;'/>",
        f"<!DOCTYPE a [<!ENTITY a '{'x' * 50_000}'>]><a>{'&a;' * 50_000}</a>",
        "<!DOCTYPE a [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><a>&a;</a>",
        "<a>" * 1_000_000,
        "<a/>" * 2_000_001,
        f"<a>{'x' * 11_000_000}</a>",
    ],
    ids=["laughs", "laughs-in-attribute", "quadratic", "loop", "deep", "tags", "one-text"],
)
def test_what_is_made_to_grow_is_refused(document: str) -> None:
    assert problem(document).reason == Reason.BOMB


def test_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    for declared in (f"x SYSTEM '{secret.as_uri()}'", f"x PUBLIC 'x' '{secret.as_uri()}'"):
        assert problem(f"<!DOCTYPE a [<!ENTITY {declared}>]><a>&x;</a>").reason == Reason.UNSAFE
    including = f"<a xmlns:i='http://www.w3.org/2001/XInclude'><i:include href='{secret}' parse='text'/>x</a>"
    assert words(including) == "x"
    assert words(f"<?xml-stylesheet href='{secret.as_uri()}' type='text/xsl'?><a>x</a>") == "x"
    (tmp_path / "a.dtd").write_text("<!ENTITY x 'secret'>")
    assert "secret" not in str(problem(f"<!DOCTYPE a SYSTEM '{tmp_path / 'a.dtd'}'><a>&x;</a>"))


def test_a_document_of_more_than_32_mb_is_refused() -> None:
    assert problem(b"<a>" + b" " * (32 << 20)).reason == Reason.TOO_LARGE


@pytest.mark.parametrize("document", ["", "<a>", "<a></b>", "texte", "<a>\0</a>", "<a>&#xD800;</a>", "<a>&nichts;</a>"])
def test_what_is_no_xml_says_so_and_where(document: str) -> None:
    assert problem(document).reason in (Reason.MALFORMED, Reason.ENCODING)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "ISO-8859-1"), ("cp1252", "windows-1252")],
)
def test_encodings_are_as_declared(encoding: str, declared: str) -> None:
    document = f"<?xml version='1.0' encoding='{declared}'?><a>l’été</a>"
    assert words(document.encode(encoding)) == "l’été"


def test_without_a_declaration_it_is_utf_8_or_else_western() -> None:
    assert words("<a>l’été</a>".encode()) == words("<a>l’été</a>".encode("cp1252")) == "l’été"


@pytest.mark.parametrize("declared", ["punycode", "rot13", "zip", "klingon", "UTF-8"])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    document = f"<?xml version='1.0' encoding='{declared}'?><a>l’été</a>"
    assert words(document.encode()) == words(document.encode("cp1252")) == "l’été"


def test_what_is_in_no_encoding_is_one_line() -> None:
    assert problem(b"<a>\x81\xff\xfe\xfd</a>").reason == Reason.ENCODING
