"""A PDF file in, one article out: the text of its pages in the order in which it stands in the file.

What its metadata say of dates and languages is of the file and of the program that made it, and so is left out.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import limits
from kg.read.files.opening import spooled
from kg.read.paragraphs import paragraphs
from kg.read.sources import Source

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGES = 1000  # a book; no article is one
_SECONDS = 60.0  # for all pages
_UNPACKED = 16 << 20  # bytes of a stream in the file; the text of a page is a few thousand
_OPERATIONS = 500_000  # of a page: a map with all its lines has fewer
_TITLE_WITHIN = 1000  # characters


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The article of a file, or the reason why there is none."""
    try:
        with spooled(file) as copy:
            yield _article(copy, source)
    except SourceError as error:
        yield error.at(source.where)


def _article(file: IO[bytes], source: Source) -> Article:
    try:
        import pypdf
    except ImportError as error:
        raise SourceError("PDF needs pypdf: pip install 'dateline-kg[pdf]'", reason=Reason.NOT_INSTALLED) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends on its way is nothing to be told
    bounds = pypdf.apply_configuration(
        maximum_declared_stream_length=_UNPACKED,
        array_based_stream_maximum_output_length=_UNPACKED,
        zlib_maximum_output_length=_UNPACKED,
        lzw_maximum_output_length=_UNPACKED,
        run_length_maximum_output_length=_UNPACKED,
        brotli_maximum_output_length=_UNPACKED,
        stream_decoding_work_maximum_length=4 * _UNPACKED,
        stream_parsing_work_maximum_count=_OPERATIONS,
        xform_maximum_invocations_per_extraction=500,
    )
    try:
        with bounds:
            reader = pypdf.PdfReader(file, strict=False)
            _decrypt(reader)
            text = "\n\n".join(paragraphs(_pages(reader)))
            title = _title(reader, text)
    except SourceError:
        raise
    except pypdf.errors.LimitReachedError as error:
        raise SourceError(f"more than is read of a page: {error}", reason=Reason.BOMB) from error
    except pypdf.errors.DependencyError as error:
        raise SourceError(f"it is encrypted in a way that needs more: {error}", reason=Reason.UNREADABLE) from error
    except Exception as error:  # what a broken file makes pypdf stumble over is of any kind
        raise SourceError(f"not PDF that can be read: {_said(error)}", reason=Reason.MALFORMED) from error
    if not text:
        raise SourceError("no text in it: it needs OCR", reason=Reason.EMPTY)
    return Article(id=source.id, text=text, title=title, where=source.where)


def _decrypt(reader: PdfReader) -> None:
    """Read a file that only forbids to change it; one with a password is an error."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError("it is encrypted: save it without a password", reason=Reason.UNREADABLE)


def _pages(reader: PdfReader) -> list[str]:
    if len(reader.pages) > _PAGES:
        raise SourceError(f"{len(reader.pages):,} pages: at most {_PAGES:,} are read", reason=Reason.TOO_LARGE)
    texts: list[str] = []
    end = time.monotonic() + _SECONDS
    for page in reader.pages:
        texts.append(page.extract_text())
        if sum(map(len, texts)) > limits.ARTICLE:
            raise SourceError(f"more than {limits.ARTICLE:,} characters", reason=Reason.TOO_LARGE)
        if time.monotonic() > end:
            raise SourceError(f"its first {len(texts)} pages took {_SECONDS:.0f} seconds", reason=Reason.TOO_SLOW)
    return texts


def _title(reader: PdfReader, text: str) -> str | None:
    """The title in the metadata where it stands on the first page: else it is mostly a file name or an older title."""
    said = reader.metadata.title if reader.metadata else None
    title = " ".join(str(said or "").split())
    first = " ".join(text[:_TITLE_WITHIN].split()).casefold()
    return title if title and title.casefold() in first else None


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
