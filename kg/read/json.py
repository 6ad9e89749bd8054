"""JSON in, the articles of its objects out: one object, an array of them, or one after the other, of any length."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import encodings, fields, jsonl, limits
from kg.read.files import opening
from kg.read.sources import BLANK, Source

_LISTS = ("articles", "items", "results", "docs", "data")  # where answers of services have their articles
_BETWEEN = re.compile(r"[\s,\ufeff]*")


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a file in order, each with the line on which it begins.

    An object without a text that has a list of objects stands for these. What is no JSON, or no object, ends the file:
    a million numbers are one error.
    """
    stream = opening.stream(file)
    if _is_lines(stream.head()):
        yield from jsonl.read(stream, source)  # which gets over what is no JSON
        return
    number = 1
    try:
        for number, value in values(encodings.recoded(stream)):
            if not isinstance(value, dict):
                raise SourceError('not an object: an article reads {"id": "…", "text": "…"}', reason=Reason.MALFORMED)
            yield from _articles(value, f"{source.where}:{number}")
    except SourceError as error:
        where = f"{source.where}:{number}"
        yield error.at(where)


def _is_lines(head: bytes) -> bool:
    try:
        first = json.loads(head.lstrip(BLANK).split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and fields.has_text(first)


def _articles(value: dict[str, Any], where: str) -> Iterator[Article | SourceError]:
    lists = [value[key] for key in _LISTS if isinstance(value.get(key), list) and not fields.has_text(value)]
    for record in [value] if not lists else (each for each in lists[0] if isinstance(each, dict)):
        try:
            yield fields.article(record, where)
        except SourceError as error:
            yield error.at(where)


def values(file: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """The values of a file and of its one array, each with its line. Raises `SourceError` where it is no JSON."""
    text = _Text(file)
    closed = text.take("[") and "]"
    while text.more():
        if closed and text.take(closed):
            closed = ""
        else:
            yield text.line, text.value()
    if closed:
        raise SourceError("not JSON: the array has no end", reason=Reason.MALFORMED)


class _Text:
    """A window on a text that moves on as values are taken from it, no larger than a record may be."""

    def __init__(self, file: IO[bytes]) -> None:
        self.line = 1
        self._file, self._window, self._at = file, "", 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._whole = False  # all of the file is in the window

    def more(self) -> bool:
        """Whether anything but white space and commas is left."""
        while True:
            self._move(_BETWEEN.match(self._window, self._at).end())  # type: ignore[union-attr]  # matches nothing, too
            if self._at < len(self._window) or not self._widened():
                return self._at < len(self._window)

    def take(self, sign: str) -> bool:
        """Whether a sign comes next, which is passed then."""
        found = self.more() and self._window.startswith(sign, self._at)
        if found:
            self._move(self._at + len(sign))
        return found

    def value(self) -> Any:
        """The value that comes next. Raises `SourceError` for what is none."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._window, self._at)
                if end < len(self._window) or not self._widened():  # "12" may go on as "123"
                    self._move(end)
                    return value
            except json.JSONDecodeError as error:
                if not self._widened():
                    raise SourceError(
                        f"not JSON: {error.msg}: nothing after it is read", reason=Reason.MALFORMED
                    ) from error
            except (ValueError, RecursionError) as error:
                raise SourceError(f"not JSON that can be read: {error}", reason=Reason.MALFORMED) from error

    def _move(self, at: int) -> None:
        self.line += self._window.count("\n", self._at, at)
        self._at = at

    def _widened(self) -> bool:
        """Whether there is more in the window than before: twice as much each time, so that little is read in vain."""
        if self._whole:
            return False
        left = len(self._window) - self._at
        if left > limits.LINE:
            raise SourceError(f"a record of more than {limits.LINE // limits.MB} MB", reason=Reason.TOO_LARGE)
        data = self._file.read(max(1 << 16, left))
        self._whole = not data
        self._window, self._at = self._window[self._at :] + self._decoded(data), 0
        return True

    def _decoded(self, data: bytes) -> str:
        try:
            return self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise SourceError(f"not UTF-8: {error.reason}", reason=Reason.ENCODING) from error


_DECODER = json.JSONDecoder()
