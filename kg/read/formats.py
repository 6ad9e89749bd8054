"""A stream of any format in, its articles out.

The format is told by the content where that is unmistakable, and else by the suffix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from kg import plugins
from kg.errors import KGError, PassedOver, PluginError, Reason, SourceError
from kg.model import Article
from kg.read import ids
from kg.read.files import opening, packed
from kg.read.sources import BLANK, READERS, Source

# what files of a format are called; a format's own name is a suffix, too
_SUFFIXES = {
    "text": "txt",
    "ndjson": "jsonl",
    "jl": "jsonl",
    "tsv": "csv",
    "tab": "csv",
    "pq": "parquet",
    "htm": "html",
    "xhtml": "html",
    "shtml": "html",
    "rss": "feed",
    "atom": "feed",
    "rdf": "feed",
    "nml": "newsml",
}
_PLAIN = "txt"  # what has a name without a suffix, or none, and was given by the user
_XML = "xml"  # what is XML by its name shows by its root what it is
_MAGIC = (
    (re.compile(rb"WARC/\d\.\d+\r?\n"), "warc"),
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"PAR1"), "parquet"),
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "zstd"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "zip"),
)
_PACKED = packed.SUFFIXES | {"zip", "wacz"}
_RTF = b"{\\rtf"  # begins like JSON, and is none
_ITEMS = "newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem"  # of NewsML-G2
_ROOTS = {
    **dict.fromkeys(("newsml", "newsmessage", *_ITEMS), "newsml"),
    "nitf": "nitf",
    **dict.fromkeys(("rss", "feed"), "feed"),
    **dict.fromkeys(("html", "head", "body"), "html"),
}
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|\s+)", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?[^\s>]+\s+(SYSTEM|PUBLIC)?")
_NINJS = re.compile(r'"(?:body_\w+|bodies|headlines|(?:version|content)created|pubstatus)"\s*:', re.IGNORECASE)
_URI = re.compile(r'"uri"\s*:')
_OBJECT = re.compile(r'\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:')  # how no text begins
_OURS = re.compile(r'"text"\s*:')


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a stream, whatever its format, packed or not; of a format that is not read, a `PassedOver`.

    Each has its place, and each error begins with it. Nothing is raised: what breaks a reader is the last error.
    """
    try:
        stream = opening.stream(file)
        head = stream.head()
        format = of(head, source.suffix) or (_PLAIN if source.named and not source.suffix else None)
        if format is None:
            yield unknown(head, source)
        elif format in packed.KINDS:
            yield from _unpacked(format, stream, source)
        else:
            yield from (_placed(item, source) for item in plugins.load(READERS, format)(stream, source))
    except SourceError as error:
        yield error.at(source.where)
    except PluginError as error:
        yield SourceError(f"{error}", reason=Reason.NOT_INSTALLED).at(source.where)
    except OSError as error:
        yield SourceError(f"cannot be read: {error.strerror or error}").at(source.where)
    except KGError:
        raise  # an ontology that is malformed, which every file would meet
    except MemoryError:
        yield SourceError("too large for the memory", reason=Reason.MEMORY).at(source.where)
    except Exception as error:  # the reader of another package, or a library on a file that nobody thought of
        said = f"the reader broke on it ({type(error).__name__}: {error}): please report it"
        yield SourceError(said, reason=Reason.BROKEN).at(source.where)


def of(head: bytes, suffix: str) -> str | None:
    """The format of what begins so and has this suffix ("xml", "" for none); None where it is none that is read."""
    for magic, format in _MAGIC:
        if magic.match(head):
            return _zipped(head, suffix) if format == "zip" else format
    if head.startswith(_RTF):
        return None
    named = of_suffix(suffix)
    start = head.lstrip(BLANK)[:1]
    if start == b"<" or head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0<\0" in head[:4] or b"<\0" in head[:2]:
        named = _marked_up(_decoded(head)) or named
    elif start in (b"{", b"["):
        named = _of_json(_decoded(head), named)
    return named


def of_suffix(suffix: str) -> str | None:
    """The format that files of a suffix are in, by its name or by the names of the readers that are installed."""
    named = _SUFFIXES.get(suffix, suffix)
    return named if named in plugins.names(READERS) else None


def unknown(head: bytes, source: Source) -> SourceError:
    """What is said of a file of no format that is read: mostly that it is passed over."""
    kind: type[SourceError] = PassedOver
    reason = Reason.FORMAT
    if source.suffix == _XML or head.lstrip(BLANK).startswith(b"<?xml"):
        text = _decoded(head)
        said = f"XML with the root <{_root(text)}>: not one that is read: NewsML-G2, NITF, RSS, Atom, XHTML"
        if entities := _ENTITY.findall(text):
            outside = any(entities)
            kind, reason = SourceError, Reason.UNSAFE if outside else Reason.BOMB
            said = f"XML that declares entities, {'from elsewhere' if outside else 'which may become huge'}: not read"
    elif (end := _end(source)) in _PACKED:  # a download that failed is often a page that says so
        kind, reason = SourceError, Reason.MALFORMED
        said = f"not packed, as .{end} says it is: name it after what is in it, or fetch it again"
    else:
        readable = ", ".join(f".{name}" for name in plugins.names(READERS))
        said = f"not a format that is read: {readable}, packed or not"
    return kind(said, reason=reason).at(source.where)


def _end(source: Source) -> str:
    """How the name of a file ends, also where it says how it is packed."""
    return source.path.suffix.lstrip(".").lower() if source.path else source.suffix


def _placed(item: Article | SourceError, source: Source) -> Article | SourceError:
    if isinstance(item, SourceError):
        return item.at(source.where)
    if item.where and item.id:
        return item
    # an article without an id and without a file came in on standard input
    id = item.id or (ids.of_url(item.url) if item.url else ids.of_text(item.text, "stdin"))
    return replace(item, id=id, where=item.where or source.where)


def _unpacked(format: str, stream: opening.Stream, source: Source) -> Iterator[Article | SourceError]:
    for inner in packed.members(format, stream, source):
        if isinstance(inner, SourceError):
            yield inner
            continue
        for item in read(*inner):
            yield item
            if isinstance(item, SourceError) and item.reason == Reason.BOMB:
                return  # one line for all of it


def _zipped(head: bytes, suffix: str) -> str | None:
    """What a zip file is: a Word file, a zip of articles where it is called so, or another program's file."""
    if b"word/" in head or suffix == "docx":
        return "docx"
    return "zip" if suffix in ("zip", "wacz", "") else None


def _marked_up(text: str) -> str | None:
    root = _root(text).lower()
    if root == "rdf":  # RSS 1.0 is RDF, and most RDF is not RSS
        return "feed" if "http://purl.org/rss/" in text else None
    return _ROOTS.get(root)


def _root(text: str) -> str:
    """The name of the root element, or what a document type says that it will be where the head does not show it."""
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    element = _ROOT.match(text, at)
    return element[1] if element else doctype[1] if (doctype := _DOCTYPE.search(text)) else ""


def _of_json(text: str, named: str | None) -> str | None:
    if named not in (None, "json", "jsonl") and not _OBJECT.match(text):
        return named
    if _URI.search(text) and _NINJS.search(text) and not _OURS.search(text):
        return "ninjs"
    if named == "jsonl" and text.lstrip("\ufeff").split("\n", 1)[0].strip() not in ("{", "["):
        return "jsonl"
    return "json"


def _decoded(head: bytes) -> str:
    """The head as far as letters of ASCII matter."""
    if head[:2] == b"\xff\xfe" or head[1:2] == b"\0":
        return head.decode("utf-16-le", "replace").lstrip("\ufeff")
    if head[:2] == b"\xfe\xff" or head[:1] == b"\0":
        return head.decode("utf-16-be", "replace").lstrip("\ufeff")
    return head.decode("utf-8", "replace").lstrip("\ufeff")
