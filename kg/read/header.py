"""A plain text in, what stands at its head about the article out, and where the article begins.

Three ways are known: lines of "Title: …" as archives and mail have them, the same between "---" (front matter, as
Jekyll has it), and a title with a line of nothing but a date under it. Whatever is not plainly one of them is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.read import days, words

_LINES = 40  # of a head; what goes on longer is a list
_TITLE = 250  # characters
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_FIELD = re.compile(r"([^\W\d_][^:\r\n]{0,30}?)[ \t\u00a0\u202f]?:(?:[ \t\u00a0\u202f]+(.*)|)", re.DOTALL)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_SENTENCE = re.compile(r"[.:;,…]\s*$")  # how no title ends
_BLANK = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")
_RULE = "---"


@dataclass(frozen=True, slots=True)
class Header:
    """What a head says, and `start`, the offset at which the article's text begins."""

    start: int = 0
    title: str | None = None
    issued: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


def find(text: str) -> Header:
    """The header of a text; one that starts at 0 and says nothing where there is none."""
    begin = len(text) - len(text.lstrip("\r\n"))
    first = _LINE.match(text, begin)
    if first is None or begin == len(text):
        return Header()
    if first[1].rstrip() == _RULE:
        found = _front_matter(text, first.end())
    elif ":" in first[1]:
        found = _fields(text, begin)
    else:
        found = _titled(text, begin)
    return found if found and text[found.start :].strip() else Header()


def _fields(text: str, begin: int) -> Header | None:
    """Lines of "Title: …" up to a blank one, or up to that of the text itself."""
    said: dict[str, str] = {}
    known = 0
    for line in _lines(text, begin):
        field = _FIELD.fullmatch(line[1])
        part = words.part(field[1]) if field else None
        if not said and not known and part is None:
            return None
        if part == "text" and field and known:
            return _made(said, _behind(text, line.start() + (field.start(2) if field[2] else len(line[1]))))
        if not line[1].strip():
            return _made(said, _behind(text, line.end())) if known > 1 else None
        if field is None and not line[1][:1].isspace():
            return None
        if part and field and part not in said:
            known += 1
            said[part] = (field[2] or "").strip()
    return None


def _front_matter(text: str, begin: int) -> Header | None:
    """What stands between two rules: keys, values and, indented or with hyphens, lists, which are not kept."""
    said: dict[str, str] = {}
    for line in _lines(text, begin):
        if line[1].rstrip() == _RULE:
            return _made(said, _behind(text, line.end())) if said else None
        field = _FIELD.fullmatch(line[1])
        if field is None and line[1].strip() and line[1][:1] not in " \t-#]":
            return None
        if field and (part := words.part(field[1])) and part not in said:
            said[part] = (field[2] or "").strip().strip("\"'")
    return None


def _titled(text: str, begin: int) -> Header | None:
    """A title, a date alone under it, and a blank line."""
    lines = list(_lines(text, begin))[:4]
    title = lines[0][1].strip()
    at = 2 if len(lines) > 3 and not lines[1][1].strip() else 1
    if len(lines) < at + 2 or not title or len(title) > _TITLE or _SENTENCE.search(title) or lines[at + 1][1].strip():
        return None
    issued = days.written(lines[at][1])
    return Header(_behind(text, lines[at + 1].end()), title=title, issued=issued) if issued else None


def _made(said: dict[str, str], start: int) -> Header:
    source, url = said.get("publisher", ""), said.get("url", "")
    if _ADDRESS.fullmatch(source):
        source, url = "", url or source
    language = said.get("language") or ""
    issued = days.written(said["date"]) if said.get("date") else None
    return Header(
        start=start,
        title=said.get("title") or None,
        issued=issued,
        publisher=source or None,
        url=url if _ADDRESS.fullmatch(url) else None,
        language=language if _TAG.fullmatch(language) else None,
    )


def _lines(text: str, begin: int) -> Iterator[re.Match[str]]:
    for _ in range(_LINES):
        line = _LINE.match(text, begin)
        if line is None or begin >= len(text):
            return
        yield line
        begin = line.end()


def _behind(text: str, start: int) -> int:
    """Where the text begins behind blank lines."""
    blank = _BLANK.match(text, start)
    return blank.end() if blank else start
