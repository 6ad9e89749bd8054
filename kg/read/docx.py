"""A Word file (Office Open XML, ECMA-376) in, one article out: its paragraphs, those in tables and text boxes, too.

The parts that are needed are read straight from the package, as python-docx unpacks all of it, at whatever size.
"""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import limits
from kg.read.files.opening import spooled
from kg.read.sources import Source

_FREELY = limits.MB  # bytes of a part, from which on it may be no more than so many times larger than packed
# what zipfile raises for a broken package, and what unpacks it
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOT_TEXT = frozenset({"Fallback", "moveFrom"})  # what is shown elsewhere, or was taken away


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The article of a file, or the reason why there is none."""
    try:
        with spooled(file) as copy, _package(copy) as package:
            yield _article(package, source)
    except SourceError as error:
        yield error.at(source.where)


def _package(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _BROKEN as error:
        raise _malformed(error) from error


def _article(package: zipfile.ZipFile, source: Source) -> Article:
    parts = _parts(package)
    if "officeDocument" not in parts:
        raise SourceError("not DOCX: it names no document", reason=Reason.MALFORMED)
    text = "\n\n".join(_paragraphs(package, parts["officeDocument"]))
    if not text:
        raise SourceError("empty: an article needs text", reason=Reason.EMPTY)
    return Article(id=source.id, text=text, title=_title(package, parts.get("core-properties")), where=source.where)


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The parts that the package itself points at, by what they are to it (ECMA-376 part 2, clause 6.5)."""
    found: dict[str, str] = {}
    for _, element in _events(package, "_rels/.rels", ("end",)):
        if _name(element) == "Relationship" and element.get("TargetMode") != "External":
            kind = element.get("Type", "").rpartition("/")[2]
            found.setdefault(kind, posixpath.normpath("/" + element.get("Target", "")).lstrip("/"))
    return found


def _title(package: zipfile.ZipFile, part: str | None) -> str | None:
    """The title that somebody wrote among the properties.

    The days there are of the file and none is that of the issue; the language is the program's as often as the text's.
    """
    if part is None or part not in package.namelist():
        return None
    titles = (element.text for _, element in _events(package, part, ("end",)) if _name(element) == "title")
    return " ".join((next(titles, "") or "").split()) or None


def _paragraphs(package: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The paragraphs of a part in order; one in a text box before the one in which the box is anchored."""
    open_: list[list[str]] = []  # the words of the paragraphs that have begun, the inner last
    left_out = 0  # elements around that are no text
    for event, element in _events(package, part, ("start", "end")):
        name = _name(element)
        if name in _NOT_TEXT:
            left_out += 1 if event == "start" else -1
        elif event == "start" and name == "p":
            open_.append([])
        elif event == "end" and open_ and not left_out:
            open_[-1].append((element.text or "") if name == "t" else _BREAKS.get(name, ""))
        if event == "end" and name == "p" and open_ and (words := "".join(open_.pop()).strip()):
            yield "\n".join(map(str.strip, words.split("\n")))


def _events(package: zipfile.ZipFile, part: str, events: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """The elements of a part as they begin and end, without entities, without the network."""
    try:
        with _opened(package, part) as file:
            parser = etree.iterparse(file, events=events, resolve_entities=False, no_network=True, load_dtd=False)
            for event, element in parser:
                if element.getparent() is None and element.getroottree().docinfo.doctype:
                    raise SourceError(f"{part} has a document type, which none in DOCX may have", reason=Reason.UNSAFE)
                yield event, element
                if event == "end":
                    _forget(element)
    except etree.XMLSyntaxError as error:
        raise _malformed(f"{part}: {error.msg.split(', ')[0]}") from error  # without advice to programmers
    except _BROKEN as error:
        raise _malformed(error) from error
    except RuntimeError as error:  # a password is needed for the part
        raise SourceError("it is encrypted: save it without a password", reason=Reason.UNREADABLE) from error


def _forget(element: etree._Element) -> None:
    """Free an element that has ended, and those before it beside it: five million of them fill 600 MB."""
    element.clear()
    if (parent := element.getparent()) is not None:
        while element.getprevious() is not None:
            del parent[0]


def _opened(package: zipfile.ZipFile, part: str) -> IO[bytes]:
    try:
        about = package.getinfo(part)
    except KeyError as error:
        raise SourceError(f"not DOCX: there is no {part} in it", reason=Reason.MALFORMED) from error
    if about.file_size > _FREELY and about.file_size > limits.RATIO * about.compress_size:
        raise SourceError(f"{part} unpacks to more than {limits.RATIO} times its size", reason=Reason.BOMB)
    if about.file_size > limits.RECORD:
        raise SourceError(f"{part} has more than {limits.RECORD // limits.MB} MB", reason=Reason.TOO_LARGE)
    return package.open(about)  # which gives no more than the size that was looked at


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _malformed(error: Exception | str) -> SourceError:
    return SourceError(f"not DOCX that can be read: {' '.join(str(error).split()):.160}", reason=Reason.MALFORMED)
