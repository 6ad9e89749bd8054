"""What a reader is told about the file that it reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from kg.errors import SourceError
from kg.model import Article

READERS = "kg.readers"
STDIN = "-"
BLANK = b" \t\r\n\xef\xbb\xbf"  # bytes that a line may hold and still say nothing; the last three are a byte order mark
Fetched: TypeAlias = Callable[[str], Iterator[Article | SourceError]]  # an address of the web in, its articles out

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def is_address(path: str) -> bool:
    """Whether a path leads into the web."""
    return _ADDRESS.match(path) is not None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold, where its names do not tell."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file, standard input, or what lies in a container or came from an address.

    `where` is what messages call it, `suffix` its file's ("html", without what it is packed in), `id` that of an
    article that brings none. It stands at `path`, or `elsewhere`, at an address with a protocol. `url` is the address
    that it was fetched from, `issued` a day that is known from outside, `charset` the encoding that a server said.
    """

    where: str
    suffix: str
    id: str
    path: Path | None = None
    elsewhere: str | None = None
    url: str | None = None
    issued: date | None = None
    charset: str | None = None
    columns: Columns = Columns()
    named: bool = True  # by the user, and not met in a folder or in a container
    depth: int = 0  # how many containers it lies in


def shown(name: str) -> str:
    """A name as messages show it: on one line, and in the order in which it stands.

    A file name may hold bytes that are no UTF-8, line ends, and signs that turn the order of others.
    """
    if name.isprintable():
        return name
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in name)
