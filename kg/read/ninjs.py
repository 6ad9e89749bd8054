"""Items of ninjs in, one, an array of them or one a line, their articles out.

ninjs is the IPTC's "News in JSON"; properties are those of its schemas 1.0 to 3.3
(https://github.com/iptc/newsinjson): 1.x has `headline` and `body_*`, 2.x lists of `headlines` and `bodies`, and 3.x
writes `versionCreated` for `versioncreated`. Only items of type text are articles; others are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import encodings, ids, json, jsonl, markup, metadata, nitf, versions, xml
from kg.read.sources import BLANK, Source

_MARKUP = "html", "nitf", "xml"  # in names of body_* and of media types: paragraphs are known, so that it goes first


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a file in order; an item that holds none that can be read is a `SourceError`."""
    for where, value in _values(file, source.where):
        if isinstance(value, SourceError):
            yield value.at(where)
            continue
        for item in value if isinstance(value, list) else [value]:
            try:
                if article := _article(item, source, where):
                    yield article
            except SourceError as error:
                yield error.at(where)


def _values(file: IO[bytes], name: str) -> Iterator[tuple[str, Any]]:
    """What a file holds, each with its place; a line that is no JSON costs no other, anything else ends the file."""
    stream, number = encodings.recoded(file), 1
    try:
        if not _is_lines(stream.head()):
            for number, value in json.values(stream):
                yield f"{name}:{number}", value
            return
        for number, line in enumerate(jsonl.lines(stream), start=1):
            if line.strip(BLANK):
                yield f"{name}:{number}", _parsed(line)
    except SourceError as error:
        yield f"{name}:{number}", error


def _is_lines(head: bytes) -> bool:
    """Whether the first object ends with its line, or goes on further than one can see."""
    first, end, _ = head.lstrip(BLANK).partition(b"\n")
    return first.startswith(b"{") and (not end or not isinstance(_parsed(first), SourceError))


def _parsed(line: bytes) -> Any:
    try:
        return jsonl.value(jsonl.text(line))
    except SourceError as error:
        return error


def _article(item: Any, source: Source, where: str) -> Article | None:
    if not isinstance(item, dict):
        raise SourceError('not an object: an item reads {"uri": "…", "body_text": "…"}', reason=Reason.FORMAT)
    fields = {key.lower(): value for key, value in item.items()}
    if _string(fields.get("type")).lower() not in ("", "text"):
        return None
    id = ids.given(_string(fields.get("uri")) or source.id)
    version = _said(fields.get("version")), _string(fields.get("versioncreated"))
    if (status := _string(fields.get("pubstatus")).lower()) in versions.WITHDRAWN:
        raise versions.withdrawn(status, id, *version)
    return Article(
        id=id,
        text=_text(fields),
        language=_string(fields.get("language")) or None,
        title=_title(fields),
        issued=metadata.day(*(_string(fields.get(f"{made}created")) for made in ("content", "first", "version"))),
        publisher=_publisher(fields),
        where=where,
        version=versions.version(*version),
    )


def _text(fields: dict[str, Any]) -> str:
    bodies = [(body.get("contenttype"), body.get("value")) for body in _objects(fields.get("bodies"))]
    bodies += [(key, value) for key, value in fields.items() if key.startswith("body_")]
    known = sorted(((_string(kind), _string(value)) for kind, value in bodies), key=_preference)
    for kind, value in known:
        if text := _words(kind, value):
            return text
    raise SourceError("empty: an article needs text in body_text, body_xhtml or bodies", reason=Reason.EMPTY)


def _preference(body: tuple[str, str]) -> bool:
    return not any(name in body[0].lower() for name in _MARKUP)


def _words(kind: str, value: str) -> str:
    if "nitf" in kind:
        root = xml.parse(value)
        return nitf.body(root) if xml.name(root) == "nitf" else markup.text(root)
    # "body_main" does not say what it is
    return markup.html(value) if not _preference((kind, "")) or "</p>" in value else markup.plain(value)


def _title(fields: dict[str, Any]) -> str | None:
    heads = sorted(_objects(fields.get("headlines")), key=lambda head: head.get("role") != "main")
    found = [head.get("value") for head in heads] + [fields.get(key) for key in ("headline", "headline_main", "title")]
    return next((line for words in found if (line := markup.line(_string(words)))), None)


def _publisher(fields: dict[str, Any]) -> str | None:
    sources = [*_objects(fields.get("infosources")), *_objects(fields.get("infosource"))]
    found = [source.get("name") for source in sources] + [fields.get(key) for key in ("provider", "copyrightholder")]
    return next((name for each in found if (name := _string(each).strip())), None)


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects of an array, their keys in small letters; none where it is something else."""
    found = value if isinstance(value, list) else []
    return [{key.lower(): field for key, field in each.items()} for each in found if isinstance(each, dict)]


def _said(value: Any) -> str:
    """What is a string by the schema, and a number in much that is sent."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(value)


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
