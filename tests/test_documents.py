"""PDF and Word files in, articles and clear lines out; each file is made here."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Sequence

import docx as word
import matplotlib as mpl
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import docx, formats, pdf
from kg.read.paragraphs import paragraphs
from kg.read.sources import Source

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

mpl.rcParams["pdf.compression"] = 0


def _pdf(data: bytes) -> Article | SourceError:
    (result,) = pdf.read(io.BytesIO(data), Source(where="f.pdf", suffix="pdf", id="f"))
    return result


def _docx(data: bytes) -> Article | SourceError:
    (result,) = docx.read(io.BytesIO(data), Source(where="f.docx", suffix="docx", id="f"))
    return result


def _printed(*pages: Sequence[str], title: str | None = None) -> bytes:
    """Pages of lines as matplotlib prints them."""
    file = io.BytesIO()
    with PdfPages(file, metadata={"Title": title, "CreationDate": None}) as made:
        for lines in pages:
            page = Figure()
            for place, line in enumerate(lines):
                page.text(0.05, 0.95 - place * 0.05, line)
            made.savefig(page)
    return file.getvalue()


def _written(content: bytes, pages: int = 1) -> bytes:
    """A PDF file as PDF 1.7 (ISO 32000-1) has it, whose pages share one packed content."""
    packed = zlib.compress(content)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    file, places = b"%PDF-1.7\n", b""
    for number, object_ in enumerate(objects, 1):
        places += b"%010d 00000 n \n" % len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, object_)
    end = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(file)
    return file + b"xref\n0 6\n0000000000 65535 f \n" + places + end


def _package(body: str | None, *, before: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        kind, target = f"{_TYPES}/officeDocument", "word/document.xml"
        pointer = f'<Relationship Id="r" Type="{kind}" Target="{target}"/>'
        package.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONSHIPS}">{pointer}</Relationships>')
        if body is not None:
            document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
            package.writestr("word/document.xml", before + document)
    return file.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


PAGES = (
    ["Gazette — page 1", "Le budget de la nation", "Le ministre de la Défense a annoncé mardi à Paris une aug-"],
    ["Gazette — page 2", "mentation des crédits pour trois années,", "selon l'état-", "major des armées."],
    ["Gazette — page 3", "L'état-major n'a rien ajouté. Les députés de la commission ont", "protesté, a-t-", "il dit."],
)


def test_pages_are_joined_into_paragraphs() -> None:
    article = _pdf(_printed(*PAGES, title="Le budget de la nation"))
    assert isinstance(article, Article)
    assert (article.id, article.title, article.issued) == ("f", "Le budget de la nation", None)
    assert article.text == (
        "Le budget de la nation\n\n"
        "Le ministre de la Défense a annoncé mardi à Paris une augmentation des crédits pour trois années, "
        "selon l'état-major des armées.\n\n"
        "L'état-major n'a rien ajouté. Les députés de la commission ont protesté, a-t-il dit."
    )


def test_a_title_that_no_page_bears_is_left_out() -> None:
    article = _pdf(_printed(["Un texte."], title="Microsoft Word - final_v3.doc"))
    assert isinstance(article, Article) and article.title is None


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (["Une ligne\nqui va loin"], ["Une ligne qui va loin"]),
        (["Une phrase.\n\nune autre."], ["Une phrase.", "une autre."]),
        (["Une ligne bien plus longue que d'autres,\ncourte.\nUne ligne qui commence."], None),
        (["Les 15 000 mani\u00ad\nfestants"], ["Les 15 000 manifestants"]),
        (["Jean-\nClaude Juncker"], ["Jean-Claude Juncker"]),
        (["dit-\nil"], ["dit-il"]),
        (["le porte-\nparole, un porte-parole"], ["le porte-parole, un porte-parole"]),
        (["de 2014-\n2015"], ["de 2014-2015"]),
        (["Sont cités\n• les uns\n• les autres"], ["Sont cités", "• les uns", "• les autres"]),
        (
            ["À gauche 2\nun\ndeux", "À droite 3\ntrois\nquatre", "À gauche 4\ncinq\nsix"],
            ["un deux", "À droite 3 trois quatre cinq six"],
        ),
        ([], []),
        (["", " \n "], []),
    ],
)
def test_lines_become_paragraphs(pages: list[str], expected: list[str] | None) -> None:
    long = ["Une ligne bien plus longue que d'autres, courte.", "Une ligne qui commence."]
    assert paragraphs(pages) == (long if expected is None else expected)


def test_an_encrypted_pdf_is_one_line_unless_everybody_may_read_it() -> None:
    results = []
    for password in ("geheim", ""):
        writer, file = pypdf.PdfWriter(clone_from=io.BytesIO(_printed(["Un texte."]))), io.BytesIO()
        writer.encrypt(password, "owner", algorithm="RC4-128")
        writer.write(file)
        results.append(_pdf(file.getvalue()))
    assert str(results[0]) == "f.pdf: it is encrypted: save it without a password"
    assert isinstance(results[1], Article) and results[1].text == "Un texte."


def test_a_pdf_of_pictures_needs_ocr() -> None:
    error = _pdf(_printed([]))
    assert isinstance(error, SourceError) and error.reason is Reason.EMPTY
    assert str(error) == "f.pdf: no text in it: it needs OCR"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.MALFORMED),
        (b"%PDF-1.7\n", Reason.MALFORMED),
        (_written(b"BT (un) Tj ET")[:200], Reason.MALFORMED),
        (_written(b"BT (un) Tj ET").replace(b"/Kids[3 0 R ]", b"/Kids[2 0 R ]"), Reason.MALFORMED),
        (_written(b" " * 100_000_000), Reason.BOMB),
        (_written(b"BT " + b"(un) Tj " * 6_000), Reason.BOMB),
        (_written(b"BT /F 12 Tf (un) Tj ET", pages=1001), Reason.TOO_LARGE),
        (_written(b"BT /F 12 Tf (%s) Tj ET" % (b"mot " * 100_000), pages=9), Reason.TOO_LARGE),
    ],
    ids=["empty", "head", "cut", "loop", "bomb", "many words", "many pages", "much text"],
)
def test_a_hostile_pdf_is_one_line(
    data: bytes, reason: Reason, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_OPERATIONS", 10_000)
    error = _pdf(data)
    assert isinstance(error, SourceError) and error.reason is reason and str(error).startswith("f.pdf: ")
    assert "\n" not in str(error) and capfd.readouterr() == ("", "")


def test_a_pdf_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_SECONDS", -1.0)
    error = _pdf(_written(b"BT /F 12 Tf (un) Tj ET", pages=3))
    assert isinstance(error, SourceError) and error.reason is Reason.TOO_SLOW


def test_paragraphs_of_a_word_file() -> None:
    document, file = word.Document(), io.BytesIO()
    document.core_properties.title = "Le titre"
    document.add_heading("Un intertitre", 1)
    document.add_paragraph("Un paragraphe,").add_run(" et sa suite.").bold = True
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "Lille", "12 blessés"
    document.add_paragraph("\tFin.\nEt plus rien. ")
    document.save(file)
    assert _docx(file.getvalue()) == Article(
        id="f",
        text="Un intertitre\n\nUn paragraphe, et sa suite.\n\nLille\n\n12 blessés\n\nFin.\nEt plus rien.",
        title="Le titre",
    )


def test_what_was_deleted_or_stands_twice_is_no_text() -> None:
    deleted = "<w:p><w:r><w:t>Il </w:t></w:r><w:del><w:r><w:delText>ne </w:delText></w:r></w:del>"
    moved = "<w:moveFrom><w:r><w:t>ici</w:t></w:r></w:moveFrom><w:r><w:t>vient.</w:t></w:r></w:p>"
    box = f"<w:p><w:r><a><Choice>{_paragraph('Encadré')}</Choice><Fallback>{_paragraph('Encadré')}</Fallback></a>"
    article = _docx(_package(deleted + moved + box + "<w:t>Autour</w:t></w:r></w:p>"))
    assert isinstance(article, Article) and article.text == "Il vient.\n\nEncadré\n\nAutour"


_LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_FILE = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.MALFORMED),
        (b"PK\3\4 no zip", Reason.MALFORMED),
        (_package(_paragraph("un"))[:-40], Reason.MALFORMED),
        (_package(None), Reason.MALFORMED),
        (_package(_paragraph("un")).replace(b"PK\1\2", b"PK\1\3"), Reason.MALFORMED),
        (_package("<w:p>"), Reason.MALFORMED),
        (_package("<w:p>" * 10_000), Reason.MALFORMED),
        (_package(""), Reason.EMPTY),
        (_package(_paragraph("&b;"), before=_LAUGHS), Reason.UNSAFE),
        (_package(_paragraph("&b;"), before=_FILE), Reason.UNSAFE),
        (_package(_paragraph("x" * 20_000_000)), Reason.BOMB),
    ],
    ids=[
        "empty",
        "no zip",
        "cut",
        "no document",
        "no directory",
        "no XML",
        "deep",
        "no text",
        "entities",
        "a file",
        "bomb",
    ],
)
def test_a_hostile_word_file_is_one_line(data: bytes, reason: Reason) -> None:
    error = _docx(data)
    assert isinstance(error, SourceError) and error.reason is reason and str(error).startswith("f.docx: ")
    assert "\n" not in str(error)


@given(st.binary(max_size=60), st.integers(0, 500))
def test_nothing_makes_them_fall_over(noise: bytes, place: int) -> None:
    for read, data in ((_pdf, _written(b"BT /F 12 Tf (un) Tj ET")), (_docx, _package(_paragraph("un")))):
        assert isinstance(read(data[:place] + noise + data[place + len(noise) :]), Article | SourceError)


def test_both_are_told_by_their_content() -> None:
    for data in (_printed(["Un."]), _package(_paragraph("Un."))):
        (article,) = formats.read(io.BytesIO(data), Source(where="f", suffix="", id="f"))
        assert isinstance(article, Article) and article.text == "Un."


def test_pdf_without_pypdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    error = _pdf(b"%PDF-1.7")
    assert isinstance(error, SourceError) and error.reason is Reason.NOT_INSTALLED
    assert "pip install 'dateline-kg[pdf]'" in str(error)


@pytest.mark.parametrize("piece", ["<w:p/>", "<w:bookmarkEnd/>", "<w:p><w:r/></w:p>"])
def test_what_is_read_of_a_word_file_is_let_go(piece: str) -> None:
    file = io.BytesIO(_package(piece * 40_000))
    with zipfile.ZipFile(file) as package:
        events = docx._events(package, "word/document.xml", ("end",))
        beside = max(len(parent) for _, element in events if (parent := element.getparent()) is not None)
    assert beside < 20_000  # those that were parsed ahead
